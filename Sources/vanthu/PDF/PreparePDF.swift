// `vanthu pdf prepare` and `vanthu pdf fill`: the empty fields for number, date and both signatures before the first
// signature, and the clerk's number and date in them afterwards (Nghị định 30/2020/NĐ-CP, Phụ lục I).
import ArgumentParser
import Domain
import Foundation
import OfficeFiles
import Operations
import PDFSignatures

struct PreparePDF: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare", abstract: "Đặt sẵn ô số, ngày và hai ô chữ ký trước khi ký.",
        discussion: """
            Không có --profile thì tìm chỗ từ chữ trên trang: “Số:      /…”, “ngày   tháng   năm”, khối chức danh.
            Mã thoát: 0 đã chuẩn bị, 1 không làm được, 2 không đọc được tệp, 3 không tìm đủ chỗ (có nêu lý do).
            """)

    @Argument(help: "Tệp PDF.")
    var input: String
    @Argument(help: "Tệp kết quả.")
    var output: String
    @Option(help: "Tệp JSON nêu sẵn các chỗ.")
    var profile: String?

    func run() async throws {
        let pdf = try PDFBytesOnDisk.read(input)
        do {
            let layout = if let profile { try Self.layout(in: profile) } else { try await found(in: pdf) }
            let fonts = try LetterFonts.load()
            try Preparation.prepare(
                file: input, to: output, layout: layout, font: fonts.upright, italicFont: fonts.italic)
        } catch { throw PDFReasons.stop("Chưa chuẩn bị được \(input)", error) }
        print("Đã chuẩn bị \(output).")
    }

    private static func layout(in path: String) throws -> SignatureLayout {
        do {
            return try JSONDecoder().decode(SignatureLayout.self, from: Data(try KeyFiles.bytes(path)))
        } catch is DecodingError {
            throw Stop.with("Tệp \(path) không phải hồ sơ vị trí dạng JSON.", code: 64)
        }
    }

    private func found(in pdf: FileBytes) async throws -> SignatureLayout {
        let pages = try PDFFile(pdf).pages
        let words = try await PrintedWords.read(input)
        let finding = LayoutFinder.find(words: words, pages: pages, signerName: nil)
        guard let layout = finding.layout, finding.reasons.isEmpty else {
            let reasons = finding.reasons.map(Self.text).joined(separator: "; ")
            throw Stop.with(
                "Chưa chuẩn bị được \(input): \(reasons.isEmpty ? "không tìm đủ chỗ" : reasons).", code: 3)
        }
        return layout
    }

    private static func text(_ reason: LayoutReason) -> String {
        switch reason {
        case .noText: "trang không có chữ đọc được (có thể là bản quét)"
        case .numberLineNotFound: "không thấy dòng “Số: …/…”"
        case .numberSpaceTooSmall: "chỗ trống cho số quá hẹp"
        case .dateLineNotFound: "không thấy dòng “ngày … tháng … năm …”"
        case .dateSpaceTooSmall: "chỗ trống cho ngày, tháng quá hẹp"
        case .titleBlockNotFound: "không thấy khối chức danh người ký"
        case .signerNameNotFound: "không thấy họ tên người ký"
        case .noRoomForSignature: "không đủ chỗ giữa chức danh và họ tên"
        }
    }
}

struct FillPDF: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Điền số và ngày vào các ô đã chuẩn bị.",
        discussion: """
            Chữ ký đã có vẫn hợp lệ. Ký hiệu in sẵn trên trang được so với --notation.
            Mã thoát: 0 đã điền, 1 không điền được, 2 không đọc được tệp.
            """)

    @Argument(help: "Tệp PDF đã chuẩn bị.")
    var input: String
    @Argument(help: "Tệp kết quả.")
    var output: String
    @Option(help: "Số văn bản, ví dụ 54.")
    var number: Int
    @Option(help: "Ký hiệu, ví dụ UBND-VP.")
    var notation: String
    @Option(help: "Ngày văn bản, ví dụ 2020-02-18.")
    var date: String

    func validate() throws {
        if number < 1 { throw ValidationError("Số văn bản phải lớn hơn 0.") }
        if OfficeDate(date) == nil {
            throw ValidationError("Ngày viết dạng NĂM-THÁNG-NGÀY, ví dụ 2020-02-18.")
        }
    }

    func run() async throws {
        guard let date = OfficeDate(date) else { throw ValidationError("Ngày không đúng.") }
        let pdf = try PDFBytesOnDisk.read(input)
        do {
            let file = try PDFFile(pdf)
            try await compareNotation(file.pages)
            let values = [
                FieldName.number: Notation.printed(number), FieldName.day: Notation.printedDay(date.day),
                FieldName.month: Notation.printedMonth(date.month), FieldName.year: String(date.year),
            ]
            try fill(values, fields: Set(file.fieldNames(ofType: "Tx")))
        } catch { throw PDFReasons.stop("Chưa điền được \(input)", error) }
        print("Đã điền \(output).")
    }

    /// A page that prints a part itself has no field for it.
    private func fill(_ values: [String: String], fields: Set<String>) throws {
        let values = values.filter { fields.contains($0.key) }
        guard !values.isEmpty else {
            throw Stop.with(
                "Chưa điền được \(input): tệp chưa có ô số, ngày. Chạy vanthu pdf prepare trước khi ký.",
                code: 1)
        }
        let fonts = try LetterFonts.load()
        try FormFilling.fill(
            file: input, to: output, values: values, font: fonts.upright, italicFont: fonts.italic)
    }

    private func compareNotation(_ pages: [PageBox]) async throws {
        guard let words = try? await PrintedWords.read(input),
            let printed = SigningPreparation.notation(in: words, pages: pages), printed != notation
        else { return }
        throw Stop.with("Chưa điền được \(input): trang in ký hiệu \(printed), khác \(notation).", code: 1)
    }
}
