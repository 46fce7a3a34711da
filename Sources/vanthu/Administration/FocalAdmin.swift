// `vanthu admin focal`: whose duty it is to collect the requests about certificates of all agencies.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct FocalAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "focal", abstract: "Đầu mối chứng thư số.", subcommands: [List.self, Add.self, End.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Liệt kê đầu mối chứng thư số.")
        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            for focal in try await administered.office.read({ try $0.certificateFocals.all() }) {
                print([focal.name, focal.title, focal.agency].joined(separator: "\t"))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cử một vị trí làm đầu mối: thấy và trả lời đề nghị về chứng thư số của mọi cơ quan.")
        @OptionGroup var installation: InstallationOptions
        @OptionGroup var holder: HolderOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let position = try await holder.find(administered)
            try await administered.run(AppointFocal(position.id), refused: "Chưa cử được.")
            print("Đã cử \(position.personName), \(position.title), làm đầu mối chứng thư số.")
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Thôi cử một vị trí làm đầu mối.")
        @OptionGroup var installation: InstallationOptions
        @OptionGroup var holder: HolderOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let position = try await holder.find(administered)
            try await administered.run(EndFocal(position.id), refused: "Chưa thôi cử được.")
            print("\(position.personName), \(position.title), thôi làm đầu mối chứng thư số.")
        }
    }

    struct HolderOptions: ParsableArguments {
        @Option(help: "Tên đăng nhập.")
        var login: String
        @Option(help: "Cơ quan (slug).")
        var agency: String
        @Option(help: "Vai trò, khi giữ nhiều vị trí.")
        var role: Role?

        func find(_ administered: AdministeredOffice) async throws -> Position {
            try await administered.position(login, in: agency, role: role)
        }
    }
}
