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
            if channel == .vanthu, partner.trimmingCharacters(in: .whitespaces).isEmpty {
                throw ValidationError(
                    "Gửi qua vanthu phải nêu --partner: tên nơi kết nối trong cấu hình liên thông.")
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
                route: Route(channel, partner.trimmingCharacters(in: .whitespaces)),
                allowsShrinking: allowShrinking)
            let report = try await administered.takeUp(refresh, isDry: dryRun)
            CatalogueReasons.print(report, isDry: dryRun)
        }
    }

    struct Refresh: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Cập nhật danh bạ từ trục liên thông văn bản quốc gia, hoặc từ một hệ thống VanThu khác.",
            discussion: """
                Tài khoản của trục, địa chỉ và chứng thư của hệ thống kia lấy trong tệp cấu hình liên thông của máy chủ.
                Hệ thống kia chỉ cho biết cơ quan của mình: mã đã là của cơ quan gửi qua đường khác thì giữ nguyên.
                """)
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Lấy cơ quan của hệ thống VanThu này, theo tên trong cấu hình liên thông.")
        var partner: String?
        @Flag(help: "Chấp nhận dù hơn một phần năm cơ quan không còn trong danh sách.")
        var allowShrinking = false
        @Flag(help: "Chỉ xem sẽ thay đổi những gì, không ghi.")
        var dryRun = false

        func run() async throws {
            if let partner { return try await refresh(from: partner) }
            guard let reading = AxisCatalogueReading(try installation.loadExchangeSettings()) else {
                throw Stop.with(
                    "Chưa cập nhật được danh bạ. Cấu hình liên thông chưa có tài khoản của trục.", code: 1)
            }
            let administered = try await AdministeredOffice(installation)
            let entries: [CatalogueEntry], unreadable: Int
            do { (entries, unreadable) = try await reading.read() } catch {
                throw Stop.with("Chưa cập nhật được danh bạ. \(error.words)", code: 1)
            }
            let refresh = RefreshCatalogue(
                entries, list: AxisCatalogueReading.list, route: Route(.axis), allowsShrinking: allowShrinking
            )
            let report = try await administered.takeUp(refresh, isDry: dryRun)
            if unreadable > 0 { print("Trục trả về \(unreadable) dòng không có mã định danh, đã bỏ qua.") }
            CatalogueReasons.print(report, isDry: dryRun)
        }

        private func refresh(from partner: String) async throws {
            guard
                let reading = PartnerCatalogueReading(
                    try installation.loadExchangeSettings(), partner: partner)
            else {
                throw Stop.with(
                    "Chưa cập nhật được danh bạ. Cấu hình liên thông chưa có nơi kết nối “\(partner)”.",
                    code: 1)
            }
            let administered = try await AdministeredOffice(installation)
            let entries: [CatalogueEntry]
            do { entries = try await reading.read() } catch {
                throw Stop.with("Chưa cập nhật được danh bạ. \(error.words)", code: 1)
            }
            let refresh = RefreshCatalogue(
                entries, list: reading.list, route: reading.route, allowsShrinking: allowShrinking,
                ownOnly: true)
            CatalogueReasons.print(try await administered.takeUp(refresh, isDry: dryRun), isDry: dryRun)
        }
    }
}

extension AdministeredOffice {
    func takeUp(_ refresh: RefreshCatalogue, isDry: Bool) async throws -> CatalogueReport {
        guard isDry else { return try await run(refresh, refused: "Chưa nạp được danh bạ.") }
        do { return try await refresh.preview(in: office) } catch let refused as Refused {
            throw Stop.with("Chưa nạp được danh bạ. \(AdminRefusals.text(refused))", code: 1)
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
        case .knownOtherwise(let name): "mã là của \(name), đã có trong danh bạ và gửi qua đường khác."
        case .noMail: "không có địa chỉ thư điện tử, mà cơ quan mới gửi qua thư."
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
