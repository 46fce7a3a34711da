// `vanthu admin rules`: by which medium documents go and come (D7, D8, D14): catalogues from files, and which agencies take legal
// documents on paper.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct RulesAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Quy định về hình thức gửi, nhận văn bản.",
        subcommands: [List.self, Import.self, Duty.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Liệt kê quy định, cả quy định đã hết hiệu lực.")
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Cơ quan (slug); không nêu là quy định chung của hệ thống.")
        var agency: String?

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let owner = try await agency.asyncMap { try await administered.agency($0).id }
            for rule in try await administered.office.read({ try $0.mediumRules.known(to: owner) }) {
                print(
                    [
                        rule.catalogue, rule.direction.rawValue, rule.medium.rawValue, rule.name,
                        rule.subject?.rawValue ?? "", rule.validFrom.iso, rule.validTo?.iso ?? "", rule.basis,
                    ].joined(separator: "\t"))
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Nhập một danh mục; danh mục cũ cùng tên hết hiệu lực khi danh mục mới bắt đầu.",
            discussion: """
                Tệp CSV (UTF-8) có các cột ten_loai và hinh_thuc (dien_tu, dien_tu_va_giay, giay); có thể thêm gui, nhan \
                (đánh dấu x), loai, linh_vuc, noi_nhan, can_cu, tu_ngay, den_ngay. Không nêu tệp thì nhập danh mục có sẵn: \
                kien-giang hoặc luc-nam.
                Có thể nhập trước ngày hiệu lực: quy định cũ được áp dụng đến hết ngày trước đó.
                """)
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tệp CSV.")
        var file: String?
        @Option(help: "Tên danh mục, ví dụ kien-giang.")
        var profile: String
        @Option(help: "Cơ quan áp dụng (slug); không nêu là cả hệ thống.")
        var agency: String?
        @Option(help: "Căn cứ pháp lý, cho những dòng không ghi.")
        var basis: String?
        @Option(help: "Ngày bắt đầu hiệu lực, cho những dòng không ghi.")
        var from: String?

        func validate() throws {
            let isName =
                !profile.isEmpty && profile.count <= 60
                && profile.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
                }
            guard isName else {
                throw ValidationError("Tên danh mục chỉ được gồm chữ thường không dấu, số và gạch nối.")
            }
            if let from, OfficeDate(typed: from) == nil {
                throw ValidationError("“\(from)” không phải là ngày. Ghi như 15/02/2020.")
            }
            if file == nil, KnownCatalogue(rawValue: profile) == nil {
                let names = KnownCatalogue.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("Không có danh mục “\(profile)” đi kèm (có: \(names)). Nêu tệp CSV.")
            }
        }

        func run() async throws {
            let lines = try lines()
            let administered = try await AdministeredOffice(installation)
            let owner = try await agency.asyncMap { try await administered.agency($0).id }
            let imported = try await administered.run(
                ImportRules(profile, for: owner, lines), refused: "Chưa nhập được danh mục.")
            for line in RuleImportWords.lines(imported) { print(line) }
        }

        private func lines() throws -> [RuleLine] {
            let known = KnownCatalogue(rawValue: profile)
            do {
                let bytes = try file.map(Self.contents) ?? Array((known?.text ?? "").utf8)
                return try RuleCatalogue.read(
                    bytes, basis: basis ?? known?.basis ?? "",
                    from: from.flatMap { OfficeDate(typed: $0) } ?? known?.firstDay)
            } catch let fault as RuleFileFault {
                throw Stop.with("Chưa nhập được danh mục. \(RuleFileFaults.text(fault))", code: 1)
            }
        }

        private static func contents(_ path: String) throws -> [UInt8] {
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw Stop.with("Không mở được tệp \(path).", code: 1)
            }
            defer { try? handle.close() }
            return [UInt8](try handle.read(upToCount: RuleCatalogue.byteLimit + 1) ?? Data())
        }
    }

    struct Duty: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Ghi cơ quan nào kiểm tra văn bản quy phạm pháp luật, đăng Công báo, giữ CSDL pháp luật.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Mã định danh của cơ quan trong danh bạ, ví dụ H31.12.")
        var code: String
        @Option(help: "kiem-tra-van-ban, cong-bao hoặc csdl-phap-luat.")
        var duty: RecipientDuty
        @Flag(help: "Thôi ghi nhiệm vụ này.")
        var remove = false

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let found = try await administered.office.read {
                try $0.correspondents.find(code: code, on: administered.office.clock.now.officeDate)
            }
            guard let agency = found.first else {
                throw Stop.with("Danh bạ không có cơ quan mã “\(code)”.", code: 1)
            }
            try await administered.run(
                SetRecipientDuty(duty, of: agency.id, holds: !remove), refused: "Chưa ghi được nhiệm vụ.")
            print("\(agency.name): \(remove ? "thôi nhiệm vụ" : "có nhiệm vụ") \(duty.rawValue).")
        }
    }
}

/// What became of a list, and what of it can never apply.
enum RuleImportWords {
    static func lines(_ imported: ImportedRules) -> [String] {
        var lines = ["Đã nhập \(imported.entered) quy định; \(ended(imported))."]
        if !imported.unknownTypes.isEmpty {
            lines.append(
                """
                Lưu ý: hệ thống không có loại văn bản \(imported.unknownTypes.joined(separator: ", ")), nên quy định về các \
                loại này chưa được áp dụng. Khi phát hành văn bản thuộc các loại đó dưới tên loại khác, văn thư chọn \
                hình thức gửi ở mục “Gửi khác quy định” và ghi lý do.
                """)
        }
        return lines
    }

    private static func ended(_ imported: ImportedRules) -> String {
        if imported.ended == 0 { return "không có quy định cũ cùng tên" }
        let count = "\(imported.ended) quy định cũ"
        guard let days = imported.lastDays else { return "\(count) chưa áp dụng nay không áp dụng nữa" }
        let first = day(days.lowerBound), last = day(days.upperBound)
        return first == last
            ? "\(count) được áp dụng đến hết ngày \(first)"
            : "\(count) được áp dụng đến hết các ngày từ \(first) đến \(last)"
    }

    private static func day(_ day: OfficeDate) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(day.day))/\(two(day.month))/\(day.year)"
    }
}

/// Why a file is no catalogue.
enum RuleFileFaults {
    static func text(_ fault: RuleFileFault) -> String {
        switch fault {
        case .notText: "Tệp không phải văn bản UTF-8."
        case .tooLarge: "Tệp quá lớn (nhiều nhất \(RuleCatalogue.lineLimit) dòng, 1 MB)."
        case .noColumn(let column): "Thiếu cột \(column)."
        case .empty: "Tệp không có dòng nào."
        case .wrong(let line, let column, let value): "Dòng \(line), cột \(column): không hiểu “\(value)”."
        case .noBasis(let line): "Dòng \(line) không có căn cứ pháp lý; nêu --basis."
        case .noFirstDay(let line): "Dòng \(line) không có ngày bắt đầu hiệu lực; nêu --from."
        }
    }
}

extension RecipientDuty: ExpressibleByArgument {}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<T>(_ transform: (Wrapped) async throws -> T) async rethrows -> T? {
        if let self { try await transform(self) } else { nil }
    }
}
