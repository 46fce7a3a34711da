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

    struct Add: DutyCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Cử một vị trí quản trị của cơ quan làm quản trị hệ thống: tạm dừng, mở lại kênh liên thông, xử lý gói tin đến chưa đọc được."
        )
        static let refused = "Chưa cử được."
        @OptionGroup var installation: InstallationOptions
        @OptionGroup var holder: AdministratorOptions

        static func operation(_ position: ID<Position>) -> some OfficeOperation {
            AppointInstallationAdministrator(position)
        }

        static func done(_ name: String) -> String { "Đã cử \(name), làm quản trị hệ thống." }
    }

    struct End: DutyCommand {
        static let configuration = CommandConfiguration(abstract: "Thôi cử quản trị hệ thống.")
        static let refused = "Chưa thôi cử được."
        @OptionGroup var installation: InstallationOptions
        @OptionGroup var holder: AdministratorOptions

        static func operation(_ position: ID<Position>) -> some OfficeOperation {
            EndInstallationAdministrator(position)
        }

        static func done(_ name: String) -> String { "\(name), thôi làm quản trị hệ thống." }
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

/// One act about one administrator, said in a line when it is done.
protocol DutyCommand: AsyncParsableCommand {
    associatedtype Operation: OfficeOperation

    var installation: InstallationOptions { get }
    var holder: InstallationAdmin.AdministratorOptions { get }
    static var refused: String { get }

    static func operation(_ position: ID<Position>) -> Operation
    /// `name`: the person with the title of the position.
    static func done(_ name: String) -> String
}

extension DutyCommand {
    func run() async throws {
        let administered = try await AdministeredOffice(installation)
        let position = try await holder.find(administered)
        _ = try await administered.run(Self.operation(position.id), refused: Self.refused)
        print(Self.done("\(position.personName), \(position.title)"))
    }
}
