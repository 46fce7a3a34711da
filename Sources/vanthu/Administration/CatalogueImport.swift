// `vanthu admin agencies import`: a list of agencies, as a table or as the axis answers it. All of it or nothing; what was
// refused or is odd is said line by line.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

extension CatalogueAdmin {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Nạp hoặc cập nhật danh bạ từ tệp CSV hay JSON.",
            discussion: """
                CSV: dòng đầu là tên cột (tên, mã định danh, mã QCVN 102, mã cũ, cơ quan chủ quản, mã cơ quan chủ quản, \
                loại, thư điện tử, địa chỉ, hiệu lực từ, hiệu lực đến, mã kế thừa, đã xóa), tiếng Việt hoặc tiếng Anh. \
                JSON: danh sách đơn vị của trục (getAgenciesList, getAgenciesListQD20, getSynchronizeUnit).
                Cơ quan đã có giữ nguyên mã số; cơ quan không còn trong cùng danh sách thì kết thúc, không xóa; \
                cách gửi, thư, địa chỉ do người dùng đặt thì giữ nguyên.
                """)
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tệp CSV hoặc JSON.")
        var file: String
        @Option(help: "Tên danh sách; nơi không còn trong danh sách chỉ xét trong cùng tên.")
        var list = "danh-ba"
        @Option(help: "Cách gửi tới cơ quan mới: axis, lgsp, vanthu, mail hoặc paper.")
        var channel: Channel = .axis
        @Option(help: "Nơi kết nối của cơ quan mới, theo tên trong cấu hình liên thông.")
        var partner = ""
        @Flag(help: "Tệp chỉ là một phần: cơ quan không có trong tệp thì để nguyên.")
        var partial = false
        @Flag(help: "Chấp nhận dù hơn một phần năm cơ quan không còn trong danh sách.")
        var allowShrinking = false
        @Flag(help: "Chỉ xem sẽ thay đổi những gì, không ghi.")
        var dryRun = false

        func validate() throws {
            if list.trimmingCharacters(in: .whitespaces).isEmpty {
                throw ValidationError("Tên danh sách không được để trống.")
            }
            if channel == .loopback {
                throw ValidationError("Cách gửi phải là axis, lgsp, vanthu, mail hoặc paper.")
            }
        }

        func run() async throws {
            let content: CatalogueFile
            do { content = try CatalogueFile(path: file) } catch {
                throw Stop.with("Chưa nạp được danh bạ. \(CatalogueReasons.text(error, file))", code: 1)
            }
            let administered = try await AdministeredOffice(installation)
            let refresh = RefreshCatalogue(
                content.entries, unread: content.refused, list: list, isComplete: !partial,
                route: Route(channel, partner), allowsShrinking: allowShrinking)
            let report: CatalogueReport
            if dryRun {
                do { report = try await refresh.preview(in: administered.office) } catch let refused
                    as Refused
                {
                    throw Stop.with("Chưa nạp được danh bạ. \(AdminRefusals.text(refused))", code: 1)
                }
            } else {
                report = try await administered.run(refresh, refused: "Chưa nạp được danh bạ.")
            }
            CatalogueReasons.print(report, isDry: dryRun)
        }
    }
}

/// Words for what a list did.
enum CatalogueReasons {
    /// More are counted only.
    private static let shown = 200

    static func print(_ report: CatalogueReport, isDry: Bool) {
        for refusal in report.refused.prefix(shown) {
            Swift.print("Không nhận dòng \(refusal.line)\(named(refusal.name)): \(text(refusal.fault))")
        }
        more(report.refused.count)
        for warning in report.warnings.prefix(shown) {
            Swift.print("Lưu ý dòng \(warning.line)\(named(warning.name)): \(text(warning.doubt))")
        }
        more(report.warnings.count)
        for name in report.endedNames { Swift.print("Kết thúc: \(name)") }
        let counts =
            "thêm \(report.added), đổi \(report.changed), kết thúc \(report.ended), giữ nguyên \(report.unchanged), không nhận \(report.refused.count)"
        Swift.print(isDry ? "Xem trước, chưa ghi gì: \(counts)." : "Đã nạp danh bạ: \(counts).")
    }

    static func text(_ fault: CatalogueFile.Fault, _ path: String) -> String {
        switch fault {
        case .notFound: "Không đọc được tệp \(path)."
        case .tooLarge: "Tệp lớn quá \(CatalogueFile.mostBytes / 1_048_576) MB."
        case .tooManyEntries: "Tệp có hơn \(CatalogueFile.mostEntries) dòng."
        case .noHeads(let heads):
            "Dòng đầu phải có cột tên và cột mã định danh; tệp có: \(heads.joined(separator: ", "))."
        case .broken(let detail): "Tệp hỏng hoặc không phải CSV, JSON dạng UTF-8 (\(detail))."
        }
    }

    private static func more(_ count: Int) {
        if count > shown { Swift.print("… và \(count - shown) dòng nữa.") }
    }

    private static func named(_ name: String) -> String { name.isEmpty ? "" : " (\(name))" }

    private static func text(_ fault: CatalogueReport.Fault) -> String {
        switch fault {
        case .unreadable(let start): "không đọc được: \(start)"
        case .noName: "không có tên."
        case .noCode: "không có mã định danh."
        case .tooLong(let start): "dài quá giới hạn: \(start)…"
        case .doubled(let code, let line): "mã \(code) đã có ở dòng \(line)."
        case .twoAgencies(let one, let other): "hai mã đang là của hai cơ quan khác nhau: \(one); \(other)."
        case .badDay(let value): "ngày không hợp lệ: \(value)."
        }
    }

    private static func text(_ doubt: CatalogueReport.Doubt) -> String {
        switch doubt {
        case .oddCode(let code): "mã \(code) không theo QCVN 102 hay Quyết định 20/2020, vẫn nhận."
        case .hostedName(let ours, let listed):
            "cơ quan thuộc hệ thống giữ tên “\(ours)”; danh sách ghi “\(listed)”."
        case .hostedEnded(let name): "danh sách ghi đã xóa, nhưng \(name) thuộc hệ thống nên giữ nguyên."
        case .successorUnknown(let code): "không thấy cơ quan kế thừa có mã \(code)."
        }
    }
}
