// `vanthu admin agency`: the agencies of the installation, each with its registers.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store
import TestKit

struct AgencyAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agency", abstract: "Cơ quan.", subcommands: [List.self, Add.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Liệt kê cơ quan.")
        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            for agency in try await administered.office.read({ try $0.agencies.all() }) {
                print("\(agency.slug)\t\(agency.abbreviation)\t\(agency.name)")
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Thêm một cơ quan cùng các sổ đăng ký của nó.")
        @OptionGroup var installation: InstallationOptions

        @Argument(help: "Tên trong đường dẫn: chữ thường không dấu, số và gạch nối, ví dụ phong-tu-phap.")
        var slug: String
        @Option(help: "Tên cơ quan, ví dụ “Phòng Tư pháp”.")
        var name: String
        @Option(help: "Chữ viết tắt trong ký hiệu văn bản, ví dụ PTP.")
        var abbreviation: String
        @Option(help: "Dòng cơ quan chủ quản in trên văn bản.")
        var superior = ""
        @Option(help: "Địa danh in trên văn bản.")
        var place: String
        @Option(help: "Nhóm: thanh-pho, phong-ban hoặc phuong-xa.")
        var group: AgencyGroup = .department

        func validate() throws {
            let isSlug =
                !slug.isEmpty
                && slug.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
                }
            guard isSlug, !slug.hasPrefix("-"), !slug.hasSuffix("-") else {
                throw ValidationError(
                    "Tên đường dẫn “\(slug)” chỉ được gồm chữ thường không dấu, số và gạch nối.")
            }
            guard
                ![name, abbreviation, place].contains(where: {
                    $0.trimmingCharacters(in: .whitespaces).isEmpty
                })
            else { throw ValidationError("Tên, chữ viết tắt và địa danh không được để trống.") }
        }

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let office = administered.office
            if try await office.read({ try $0.documentTypes.all().isEmpty }) {
                try await administered.run(
                    LoadDocumentTypes(types: try WorldFiles.documentTypes()),
                    refused: "Chưa nạp được danh mục loại văn bản.")
            }
            let agency = Agency(
                id: ID(UUIDv7.make(at: office.clock.now)), slug: slug, name: name, superiorLine: superior,
                abbreviation: abbreviation, place: place, group: group)
            try await administered.run(AddAgency(agency: agency), refused: "Chưa thêm được cơ quan.")
            print("Đã thêm \(name) (\(slug)).")
        }
    }
}
