// `vanthu admin person`, `position` and `password`: people, the posts they hold, and their way in.
import ArgumentParser
import Domain
import Foundation
import Operations
import Store

struct PersonAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Người dùng.",
        subcommands: [List.self, Add.self, Lock.self, Unlock.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Liệt kê người dùng và vị trí công tác.")
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Chỉ một cơ quan.")
        var agency: String?

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            var only: ID<Agency>?
            if let agency { only = try await administered.agency(agency).id }
            let chosen = only
            for row in try await administered.office.read({ try $0.peopleLists.all(in: chosen) }) {
                let post = [row.agencySlug, row.role?.rawValue, row.title].map { $0 ?? "–" }
                print(
                    ([row.login, row.personName] + post + (row.isLocked ? ["đã khóa"] : [])).joined(
                        separator: "\t"))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Thêm người dùng và in mật khẩu dùng một lần.",
            discussion: "Người dùng phải đổi mật khẩu ở lần đăng nhập đầu.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập.")
        var login: String
        @Option(help: "Họ và tên.")
        var name: String

        func validate() throws {
            guard !login.isEmpty, login == login.lowercased(), !login.contains(where: \.isWhitespace) else {
                throw ValidationError("Tên đăng nhập viết chữ thường, không có khoảng trắng.")
            }
            guard !name.trimmingCharacters(in: .whitespaces).isEmpty else {
                throw ValidationError("Họ và tên không được để trống.")
            }
        }

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let password = OneTimePassword.make()
            let hash = await Passwords(turnstile: administered.office.passwordHashing).hash(password)
            try await administered.run(
                AddPerson(login: login, name: name, passwordHash: hash, mustChangePassword: true),
                refused: "Chưa thêm được người dùng.")
            print("Đã thêm \(name) (\(login)). Mật khẩu dùng một lần: \(password)")
        }
    }

    struct Lock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Khóa tài khoản; mọi phiên đăng nhập của tài khoản kết thúc ngay.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập.")
        var login: String

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let account = try await administered.account(login)
            try await administered.run(LockAccount(account: account.id), refused: "Chưa khóa được tài khoản.")
            print("Đã khóa tài khoản \(account.login).")
        }
    }

    struct Unlock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Mở khóa tài khoản.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập.")
        var login: String

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let account = try await administered.account(login)
            try await administered.run(
                UnlockAccount(account: account.id), refused: "Chưa mở khóa được tài khoản.")
            print("Đã mở khóa tài khoản \(account.login).")
        }
    }
}

struct PositionAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "position", abstract: "Vị trí công tác.", subcommands: [Add.self, End.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Giao cho một người một vị trí công tác ở một cơ quan.",
            discussion: "Vai trò: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập.")
        var login: String
        @Option(help: "Cơ quan (slug).")
        var agency: String
        @Option(help: "Vai trò.")
        var role: Role
        @Option(help: "Chức vụ như in trên văn bản, ví dụ “Trưởng phòng”.")
        var title: String

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let account = try await administered.account(login)
            let agency = try await administered.agency(agency)
            try await administered.run(
                AddPosition(account: account.id, agency: agency.id, role: role, title: title),
                refused: "Chưa thêm được vị trí.")
            print("Đã giao \(account.personName) vị trí \(title), \(agency.name).")
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Kết thúc một vị trí công tác.",
            discussion: "Việc đang chờ riêng vị trí này phải được xử lý hoặc chuyển trước.")
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập.")
        var login: String
        @Option(help: "Cơ quan (slug).")
        var agency: String
        @Option(help: "Vai trò, khi người này giữ nhiều vị trí ở cơ quan.")
        var role: Role?

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let position = try await administered.position(login, in: agency, role: role)
            do {
                try await administered.run(
                    EndPosition(position: position.id), refused: "Chưa kết thúc được vị trí.")
            } catch let awaited as PositionStillAwaited {
                throw Stop.with(
                    "Chưa kết thúc được vị trí: còn \(awaited.waiting) việc chờ riêng \(position.personName). Xử lý hoặc chuyển các việc đó trước.",
                    code: 1)
            }
            print("Đã kết thúc vị trí \(position.title) của \(position.personName).")
        }
    }
}

struct PasswordAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Mật khẩu.", subcommands: [Reset.self])

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Đặt lại mật khẩu và in mật khẩu dùng một lần.",
            discussion:
                "Mọi phiên của tài khoản kết thúc; lần đăng nhập đầu phải đổi mật khẩu. Mã PIN ký số không đổi."
        )
        @OptionGroup var installation: InstallationOptions
        @Argument(help: "Tên đăng nhập.")
        var login: String

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let account = try await administered.account(login)
            let password = OneTimePassword.make()
            let hash = await Passwords(turnstile: administered.office.passwordHashing).hash(password)
            try await administered.run(
                ResetPassword(account: account.id, passwordHash: hash), refused: "Chưa đặt lại được mật khẩu."
            )
            print("Mật khẩu dùng một lần của \(account.login): \(password)")
        }
    }
}
