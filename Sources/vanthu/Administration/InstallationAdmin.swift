// `vanthu admin installation`: which administrators look after the installation, its channels and what came for nobody yet,
// besides their own agency (decision 35).
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct InstallationAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "installation",
        abstract: "Quản trị hệ thống: trông coi kênh liên thông và gói tin chung.",
        subcommands: [List.self, Add.self, End.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Liệt kê quản trị hệ thống.")
        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            for one in try await administered.office.read({ try $0.installationAdministrators.all() }) {
                print([one.name, one.title, one.agency].joined(separator: "\t"))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Cử một vị trí quản trị của cơ quan làm quản trị hệ thống: tạm dừng, mở lại kênh liên thông, xử lý gói tin đến chưa đọc được."
        )
        @OptionGroup var installation: InstallationOptions
        @OptionGroup var holder: AdministratorOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let position = try await holder.find(administered)
            try await administered.run(
                AppointInstallationAdministrator(position.id), refused: "Chưa cử được.")
            print("Đã cử \(position.personName), \(position.title), làm quản trị hệ thống.")
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Thôi cử quản trị hệ thống.")
        @OptionGroup var installation: InstallationOptions
        @OptionGroup var holder: AdministratorOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let position = try await holder.find(administered)
            try await administered.run(
                EndInstallationAdministrator(position.id), refused: "Chưa thôi cử được.")
            print("\(position.personName), \(position.title), thôi làm quản trị hệ thống.")
        }
    }

    struct AdministratorOptions: ParsableArguments {
        @Option(help: "Tên đăng nhập.")
        var login: String
        @Option(help: "Cơ quan (slug).")
        var agency: String

        func find(_ administered: AdministeredOffice) async throws -> Position {
            try await administered.position(login, in: agency, role: .administrator)
        }
    }
}
