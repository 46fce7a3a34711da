// What one signature shall be, as the command line says it: whose key, in which field, at which place, with which
// appearance (Nghị định 30/2020/NĐ-CP, Phụ lục I).
import ArgumentParser
import Foundation
import Operations
import PDFSignatures

enum SigningRole: String, ExpressibleByArgument, CaseIterable {
    case head, seal, enclosure, copy

    /// The field that a prepared letter keeps for it.
    var field: String? {
        switch self {
        case .head: FieldName.signer
        case .seal, .enclosure: FieldName.seal
        case .copy: "ChuKySaoVanBan"
        }
    }
}

struct SigningOptions: ParsableArguments {
    @Option(help: "Tệp khóa PKCS#12 (.p12, .pfx).")
    var p12: String?
    @Option(help: "Tên biến môi trường chứa mã PIN của khóa.")
    var pinEnv: String?
    @OptionGroup var lasting: LevelOptions
    @Option(
        name: .customLong("pkcs11"),
        help: "Thư viện PKCS#11 của thiết bị (.so), dùng thay --p12; kèm --token và --key.")
    var pkcs11: String?
    @Option(help: "Nhãn thiết bị PKCS#11.")
    var token: String?
    @Option(help: "Nhãn khóa, hoặc nhãn chứng thư của khóa, trong thiết bị PKCS#11.")
    var key: String?
    @Option(help: "Tên ô chữ ký; ô chưa ký có sẵn thì dùng đúng chỗ của nó.")
    var field: String?
    @Option(help: "Trang, đếm từ 1.")
    var page: Int?
    @Option(help: "Khung x,y,rộng,cao theo điểm (1/72 inch), gốc ở góc dưới bên trái trang.")
    var rect: PlaceOnPage?
    @Option(help: "Ảnh PNG của chữ ký hoặc con dấu.")
    var image: String?
    @Option(
        help: "Vai trò: head (người ký), seal (dấu cơ quan), enclosure (phụ lục kèm theo), copy (bản sao).")
    var role: SigningRole?
    @Option(help: "Số và ký hiệu in trong chữ ký của phụ lục, ví dụ 54/UBND-VP.")
    var document: String?
    @Option(help: "Hình thức sao in trong chữ ký của bản sao.")
    var copyForm = "SAO Y"
    @Option(help: "Tên cơ quan sao in trong chữ ký của bản sao.")
    var agency: String?

    func validate() throws {
        if (page == nil) != (rect == nil) { throw ValidationError("--page và --rect đi cùng nhau.") }
        if let page, page < 1 { throw ValidationError("Trang đếm từ 1.") }
        guard (p12 == nil) != (pkcs11 == nil) else {
            throw ValidationError(
                "Chỉ rõ một khóa: --p12 TỆP, hoặc --pkcs11 THƯ_VIỆN --token NHÃN --key NHÃN.")
        }
        if pkcs11 != nil, token == nil || key == nil {
            throw ValidationError("Thiết bị PKCS#11 cần --token và --key.")
        }
        // A device with a keypad takes the PIN itself.
        if p12 != nil, pinEnv == nil {
            throw ValidationError("Chỉ rõ --pin-env: tên biến môi trường chứa mã PIN.")
        }
    }

    /// Opened once, for one file or for many.
    func openKey() throws -> any SigningKey {
        let pin = try pinEnv.map { try KeyFiles.secret(in: $0) }
        do {
            if let pkcs11, let token, let key {
                let isOnKeypad = try PKCS11Token.tokens(module: pkcs11).contains {
                    $0.label == token && $0.hasKeypad
                }
                if pin == nil, !isOnKeypad {
                    throw ValidationError("Chỉ rõ --pin-env: tên biến môi trường chứa mã PIN.")
                }
                return try PKCS11Token(module: pkcs11, label: token, pin: pin).key(.label(key))
            }
            guard let p12, let pin else { throw ValidationError("Chỉ rõ khóa: --p12 TỆP --pin-env TÊN.") }
            return try PKCS12Key(try KeyFiles.bytes(p12), passphrase: pin)
        } catch { throw PDFReasons.stop("Không mở được khóa", error) }
    }

    func request(for pdf: FileBytes, key: any SigningKey, at moment: Date) throws -> SigningRequest {
        SigningRequest(
            field: try field ?? role?.field ?? freeName(in: pdf), place: try place(in: pdf),
            appearance: try appearance(at: moment), key: key, signingTime: moment,
            level: lasting.signatureLevel)
    }

    private func freeName(in pdf: FileBytes) throws(PDFError) -> String {
        let used = Set(try PDFFile(pdf).fieldNames(ofType: "Sig"))
        return (1...(used.count + 1)).map { "ChuKy\($0)" }.first { !used.contains($0) } ?? "ChuKy"
    }

    private func place(in pdf: FileBytes) throws(PDFError) -> Place? {
        if let page, let rect { return Place(page: page - 1, rect: rect.rect) }
        guard role == .enclosure || role == .copy, field == nil else { return nil }
        guard let first = try PDFFile(pdf).pages.first else { return nil }
        return SignatureLayout.enclosure(on: first, lines: role == .copy ? 3 : 2)
    }

    private func appearance(at moment: Date) throws -> Appearance {
        if let image { return .image(png: try KeyFiles.bytes(image)) }
        switch role {
        case .enclosure:
            let lines = document.map { EnclosureMark.lines(numberAndNotation: $0, signingTime: moment) }
            return .text(lines: lines ?? [EnclosureMark.time(moment)], font: try LetterFonts.load().upright)
        case .copy:
            let lines = [copyForm, agency ?? document, EnclosureMark.time(moment)].compactMap { $0 }
            return .text(lines: lines, font: try LetterFonts.load().upright)
        case .head, .seal, nil:
            return .none
        }
    }
}

/// `x,y,w,h` in points.
struct PlaceOnPage: ExpressibleByArgument {
    let rect: Rect

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.count == 4, let x = parts[0], let y = parts[1], let width = parts[2],
            let height = parts[3],
            [x, y, width, height].allSatisfy(\.isFinite), width > 0, height > 0
        else { return nil }
        rect = Rect(x: x, y: y, width: width, height: height)
    }
}
