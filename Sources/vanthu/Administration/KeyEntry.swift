// `vanthu admin key import | enter | end`: a key file handed over by an authority, a key that is somewhere else, and
// taking a certificate out of use.
import ArgumentParser
import Domain
import Foundation
import Operations
import PDFSignatures
import Store

/// Whose key it is.
struct KeySubjectOption {
    let owner: KeyOwner
    let name: String
    let organisation: String
    let identifier: String

    static func check(login: String?, agency: String?) throws {
        guard (login == nil) != (agency == nil) else {
            throw ValidationError("Chỉ rõ một trong hai: --login hoặc --agency.")
        }
    }

    static func find(_ administered: AdministeredOffice, login: String?, agency: String?) async throws -> Self
    {
        if let agency {
            let found = try await administered.agency(agency)
            return KeySubjectOption(
                owner: .agency(found.id), name: found.name, organisation: found.superiorLine,
                identifier: found.slug)
        }
        let account = try await administered.account(login ?? "")
        let organisation = try await administered.office.read { tables in
            try tables.positions.ofAccount(account.id).first.flatMap {
                try tables.agencies.find($0.agency)?.name
            }
        }
        return KeySubjectOption(
            owner: .person(account.id), name: account.personName, organisation: organisation ?? "",
            identifier: account.login)
    }

    /// H5: the certificate must be this person's or agency's; an administrator who knows better says so.
    func refuseUnlessNamed(in certificate: [UInt8], anyName: Bool) throws {
        let particulars: CertificateParticulars
        do { particulars = try CertificateParticulars(certificate) } catch {
            throw Stop.with("Tệp chứng thư không đọc được.", code: 1)
        }
        guard !anyName, !CertificateNames.agree(particulars.name, name) else { return }
        throw Stop.with(
            "Chưa ghi được khóa. Chứng thư mang tên “\(particulars.name)”, không phải “\(name)”. "
                + "Nếu đúng là của chủ này, thêm --any-name.", code: 1)
    }
}

enum KeyKindWords {
    static func text(_ kind: KeyKind) -> String {
        switch kind {
        case .file: "tệp khóa"
        case .token: "thiết bị ở máy chủ"
        case .remote: "ký số từ xa"
        case .handOver: "máy tính của người ký"
        }
    }
}

extension KeyKind: ExpressibleByArgument {}

extension KeyAdmin {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Nhận tệp khóa PKCS#12 do cơ quan chứng thực cấp và khóa lại bằng mã PIN của chủ khóa.")
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Tên đăng nhập của chủ khóa.")
        var login: String?
        @Option(help: "Cơ quan (slug) là chủ khóa.")
        var agency: String?
        @Option(help: "Tệp PKCS#12 (.p12, .pfx).")
        var p12: String
        @Option(help: "Tên biến môi trường chứa mật khẩu của tệp PKCS#12.")
        var passwordEnv: String
        @Option(help: "Tên biến môi trường chứa mã PIN mới của chủ khóa.")
        var pinEnv: String
        @Option(help: "Ảnh PNG của chữ ký hoặc con dấu.")
        var picture: String
        @Flag(help: "Nhận cả khi tên trong chứng thư khác tên chủ khóa.")
        var anyName = false

        func validate() throws { try KeySubjectOption.check(login: login, agency: agency) }

        func run() async throws {
            let pin = try KeyFiles.secret(in: pinEnv), password = try KeyFiles.secret(in: passwordEnv)
            let file = try KeyFiles.bytes(p12), image = try KeyFiles.bytes(picture)
            let administered = try await AdministeredOffice(installation, needsKey: true)
            let subject = try await KeySubjectOption.find(administered, login: login, agency: agency)
            let certificate: [UInt8]
            do { certificate = try PKCS12Key(file, passphrase: password).certificate } catch {
                throw Stop.with(
                    "Chưa nhận được khóa: mật khẩu của tệp không đúng hoặc tệp không có khóa.", code: 1)
            }
            try subject.refuseUnlessNamed(in: certificate, anyName: anyName)
            let record: SigningKeyRecord
            do {
                record = try await SigningKeys(office: administered.office).lockAway(
                    file, passphrase: password, pin: pin, picture: image, for: subject.owner,
                    named: subject.name,
                    expiresAt: Instant(try CertificateParticulars(certificate).notAfter))
            } catch let refusal as Refused {
                throw Stop.with("Chưa nhận được khóa. \(AdminRefusals.text(refusal))", code: 1)
            }
            try await administered.run(IssueKey(key: record), refused: "Chưa nhận được khóa.")
            print("Đã nhận khóa của \(subject.name), hết hạn \(record.expiresAt.officeDate.iso).")
        }
    }

    struct Enter: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Ghi nơi giữ một khóa không nằm trong máy chủ: thiết bị, dịch vụ ký từ xa, máy của người ký.",
            discussion: """
                Thiết bị và dịch vụ được gọi bằng tên đặt trong tệp cấu hình ký số của máy chủ; mã PIN và mật khẩu \
                không bao giờ ghi ở đây.
                """)
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Tên đăng nhập của chủ khóa.")
        var login: String?
        @Option(help: "Cơ quan (slug) là chủ khóa.")
        var agency: String?
        @Option(help: "Nơi giữ khóa: token, remote hoặc handOver.")
        var kind: KeyKind
        @Option(help: "Tệp chứng thư của chủ khóa (PEM hoặc DER); PEM có thể kèm các chứng thư cấp trên.")
        var certificate: String
        @Option(help: "Ảnh PNG của chữ ký hoặc con dấu.")
        var picture: String
        @Option(help: "Tên của thiết bị hoặc dịch vụ trong tệp cấu hình ký số.")
        var holder: String = ""
        @Option(help: "Nhãn của khóa trên thiết bị, hoặc mã khóa (credentialID) ở dịch vụ.")
        var keyName: String = ""
        @Option(help: "Tài khoản của chủ khóa ở dịch vụ ký từ xa.")
        var account: String = ""
        @Option(help: "Số thiết bị, để ghi vào danh sách chứng thư số.")
        var device: String = ""
        @Flag(help: "Nhận cả khi tên trong chứng thư khác tên chủ khóa.")
        var anyName = false

        func validate() throws {
            try KeySubjectOption.check(login: login, agency: agency)
            switch kind {
            case .file: throw ValidationError("Tệp khóa thì dùng vanthu admin key import.")
            case .token where holder.isEmpty || keyName.isEmpty:
                throw ValidationError("Thiết bị cần --holder và --key-name.")
            case .remote where holder.isEmpty || account.isEmpty:
                throw ValidationError("Dịch vụ ký từ xa cần --holder và --account.")
            default: break
            }
        }

        private var place: KeyPlace {
            switch kind {
            case .file: .file
            case .token: .token(TokenPlace(token: holder, keyLabel: keyName))
            case .remote: .remote(RemotePlace(service: holder, account: account, credential: keyName))
            case .handOver: .handOver
            }
        }

        func run() async throws {
            let bytes = try KeyFiles.bytes(certificate), blocks = PEM.blocks(in: bytes, named: "CERTIFICATE")
            let own = blocks.first ?? bytes, image = try KeyFiles.bytes(picture)
            let administered = try await AdministeredOffice(installation)
            let subject = try await KeySubjectOption.find(administered, login: login, agency: agency)
            try subject.refuseUnlessNamed(in: own, anyName: anyName)
            let record: SigningKeyRecord
            do {
                record = try SigningKeys(office: administered.office).enter(
                    certificate: own, at: place, picture: image, for: subject.owner, named: subject.name,
                    chain: Array(blocks.dropFirst()), device: device)
            } catch let refusal as Refused {
                throw Stop.with("Chưa ghi được khóa. \(AdminRefusals.text(refusal))", code: 1)
            }
            try await administered.run(IssueKey(key: record), refused: "Chưa ghi được khóa.")
            print("Đã ghi chứng thư số của \(subject.name), hết hạn \(record.expiresAt.officeDate.iso).")
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ngừng dùng chứng thư số của một người hoặc cơ quan (thu hồi, trả lại).",
            discussion: "Chữ ký đã ký vẫn có giá trị; từ nay không ký thêm được bằng khóa này.")
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Tên đăng nhập của chủ khóa.")
        var login: String?
        @Option(help: "Cơ quan (slug) là chủ khóa.")
        var agency: String?

        func validate() throws { try KeySubjectOption.check(login: login, agency: agency) }

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            let subject = try await KeySubjectOption.find(administered, login: login, agency: agency)
            try await administered.run(EndKey(of: subject.owner), refused: "Chưa ngừng được.")
            print("Đã ngừng dùng chứng thư số của \(subject.name).")
        }
    }
}
