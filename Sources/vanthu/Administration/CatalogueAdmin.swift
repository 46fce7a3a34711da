// `vanthu admin agencies`: danh bạ cơ quan of the whole installation: taking up lists, the codes of the agencies here, the
// way letters take to those elsewhere, and looking things up.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct CatalogueAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agencies", abstract: "Danh bạ cơ quan: nạp, tra cứu, mã định danh, cách gửi.",
        subcommands: [Import.self, Code.self, SetChannel.self, Show.self, Search.self])

    struct Code: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Nhập mã định danh của một cơ quan thuộc hệ thống.",
            discussion: "Mã lấy từ danh bạ do cơ quan quản lý công bố; phần mềm không tự đặt mã.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Cơ quan (slug).")
        var slug: String
        @Option(help: "Mã theo Quyết định 20/2020/QĐ-TTg, ví dụ H31.12.05.")
        var code = ""
        @Option(help: "Mã theo QCVN 102:2016, ví dụ 005.12.00.H31.")
        var qcvn102 = ""

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let agency = try await administered.agency(slug)
            let outcome = try await administered.run(
                SetAgencyCode(agency.id, code: code, codeQCVN102: qcvn102),
                refused: "Chưa nhập được mã định danh.")
            print(
                "Mã định danh của \(agency.name): \(CatalogueLines.codes(outcome.agency)).")
            if let name = outcome.listedName {
                print("Trong danh bạ, mã này là của: \(name).")
            } else {
                print("Lưu ý: mã này không có trong danh bạ đã nạp. Kiểm tra lại trước khi gửi ra ngoài.")
            }
        }
    }

    struct SetChannel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "channel", abstract: "Đặt cách gửi văn bản tới một cơ quan ngoài hệ thống.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Mã định danh, hoặc mã số trong danh bạ.")
        var agency: String
        @Option(help: "Cách gửi: axis, lgsp, vanthu, mail hoặc paper.")
        var channel: Channel
        @Option(help: "Nơi kết nối, theo tên trong cấu hình liên thông.")
        var partner: String?
        @Option(help: "Thư điện tử công vụ.")
        var mail: String?
        @Option(help: "Địa chỉ nhận văn bản giấy.")
        var address: String?

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let found = try await administered.correspondent(agency)
            let now = try await administered.run(
                RouteCorrespondent(
                    found.id, channel: channel, partner: partner, mail: mail, address: address),
                refused: "Chưa đặt được cách gửi.")
            print("\(now.name): \(CatalogueLines.channel(now)).")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Xem một cơ quan trong danh bạ.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Mã định danh, hoặc mã số trong danh bạ.")
        var agency: String

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let found = try await administered.correspondent(agency)
            guard let line = try await administered.office.read({ try $0.catalogueLists.line(found.id) })
            else { return }
            CatalogueLines.show(line)
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Tìm trong danh bạ theo tên, mã định danh hoặc cơ quan chủ quản; gõ không dấu cũng được.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Từ cần tìm; để trống để liệt kê từ đầu.")
        var words: [String] = []
        @Option(help: "Loại: state, party, massOrganisation hoặc outside.")
        var kind: CorrespondentKind?
        @Option(help: "Số dòng nhiều nhất.")
        var limit = 50

        func validate() throws {
            guard (1...10_000).contains(limit) else { throw ValidationError("Số dòng từ 1 đến 10000.") }
        }

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let question = CatalogueQuestion(words.joined(separator: " "), kind: kind)
            let count = limit
            let found = try await administered.office.read { tables in
                try tables.catalogueLists.page(question, limit: count)
            }
            for line in found { print(CatalogueLines.one(line)) }
            if found.isEmpty { print("Không tìm thấy cơ quan nào.") }
        }
    }
}

extension AdministeredOffice {
    /// By id, or by a code that is one agency's.
    func correspondent(_ text: String) async throws -> Correspondent {
        let today = office.clock.now.officeDate
        let found = try await office.read { tables in
            if let id = ID<Agency>(text), let agency = try tables.correspondents.find(id) { return [agency] }
            let all = try tables.correspondents.find(code: text, on: today)
            let valid = all.filter { $0.isValid(on: today) }
            return valid.isEmpty ? all : valid
        }
        guard let agency = found.first else {
            throw Stop.with(
                "Danh bạ không có cơ quan “\(text)”. Tìm bằng vanthu admin agencies search.", code: 1)
        }
        if found.count > 1 {
            let lines = found.map { "\($0.id)\t\($0.name)" }.joined(separator: "\n")
            throw Stop.with("Mã “\(text)” là của nhiều cơ quan; dùng mã số:\n\(lines)", code: 1)
        }
        return agency
    }
}

/// How the command line writes down an agency of the catalogue.
enum CatalogueLines {
    static func codes(_ agency: Correspondent) -> String {
        let both = [agency.code, agency.codeQCVN102].filter { !$0.isEmpty }
        return both.isEmpty ? "chưa có mã" : both.joined(separator: " / ")
    }

    static func channel(_ agency: Correspondent) -> String {
        let way =
            switch agency.channel {
            case .loopback: "trong hệ thống"
            case .vanthu: "hệ thống VanThu khác"
            case .axis: "trục liên thông văn bản quốc gia"
            case .lgsp: "nền tảng tích hợp, chia sẻ dữ liệu của tỉnh"
            case .mail: "thư điện tử"
            case .paper: "bản giấy"
            }
        return [way, agency.partner, agency.mail, agency.address].filter { !$0.isEmpty }.joined(
            separator: ", ")
    }

    static func one(_ line: CatalogueLine) -> String {
        let agency = line.agency
        let ended = agency.validTo.map {
            "đến hết \($0.iso)" + (line.successorName.map { ", nay là \($0)" } ?? "")
        }
        return [
            agency.id.description, codes(agency), agency.name, agency.superiorName, agency.channel.rawValue,
            ended ?? "",
        ].joined(separator: "\t")
    }

    static func show(_ line: CatalogueLine) {
        let agency = line.agency
        print("Mã số: \(agency.id)")
        print("Tên: \(agency.name)")
        print("Mã định danh: \(codes(agency))")
        if !agency.superiorName.isEmpty { print("Cơ quan chủ quản: \(agency.superiorName)") }
        print("Cách gửi: \(channel(agency))")
        if let from = agency.validFrom { print("Hiệu lực từ: \(from.iso)") }
        if let to = agency.validTo { print("Hiệu lực đến hết: \(to.iso)") }
        if let successor = line.successorName { print("Cơ quan kế thừa: \(successor)") }
    }
}

extension Channel: ExpressibleByArgument {}
extension CorrespondentKind: ExpressibleByArgument {}
