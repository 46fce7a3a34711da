// `vanthu admin token`: what other programs show to the API instead of a password (decision 28).
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct TokenAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Mã truy cập cho phần mềm.",
        subcommands: [List.self, Issue.self, Revoke.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Liệt kê mã truy cập, không in mã.")
        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            for token in try await administered.office.read({ try $0.apiTokens.all() }) {
                let state = token.revokedAt.map { "đã thu hồi \($0.officeDate.iso)" } ?? "đang dùng"
                let parts = [
                    token.id.description, token.label, token.personName, token.agencyName,
                    "cấp \(token.createdAt.officeDate.iso)", state,
                ]
                print(parts.joined(separator: "\t"))
            }
        }
    }

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cấp mã truy cập; mã chỉ được in một lần.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập của người mà phần mềm làm thay.")
        var login: String
        @Option(help: "Cơ quan (slug).")
        var agency: String
        @Option(help: "Vai trò, khi người này giữ nhiều vị trí ở cơ quan.")
        var role: Role?
        @Option(help: "Mã này dùng cho phần mềm nào.")
        var label: String

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let position = try await administered.position(login, in: agency, role: role)
            let token = SessionToken.make()
            let id = try await administered.run(
                IssueToken(position: position.id, label: label, token: token),
                refused: "Chưa cấp được mã truy cập.")
            print("Mã số: \(id)\nMã truy cập (chỉ hiện một lần): \(token)")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Thu hồi mã truy cập.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Mã số trong danh sách.")
        var id: String

        func run() async throws {
            guard let token = ID<ApiToken>(id) else {
                throw Stop.with("“\(id)” không phải mã số trong vanthu admin token list.", code: 64)
            }
            let administered = try await AdministeredOffice(installation)
            try await administered.run(RevokeToken(token: token), refused: "Chưa thu hồi được mã truy cập.")
            print("Đã thu hồi mã truy cập \(id).")
        }
    }
}
