// `vanthu admin key`: certificates of persons and agencies. `issue` makes one under an authority whose certificate and key
// are given as files, and locks it away under the owner's PIN; nobody can read or reset that PIN afterwards (decision 31).
// `import` does the same with a key file that an authority handed over, `enter` says where a key outside is, `end` takes
// one out of use.
import ArgumentParser
import Domain
import Foundation
import Operations
import PDFSignatures
import Store

struct KeyAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Khóa ký số.",
        subcommands: [List.self, Issue.self, Import.self, Enter.self, End.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Liệt kê khóa đang dùng của người và cơ quan.")
        @OptionGroup var installation: InstallationOptions

        func run() async throws {
            let administered = try await AdministeredOffice(installation)
            for key in try await administered.office.read({ try $0.signingKeys.inUse() }) {
                let state = key.isLocked ? "bị khóa vì nhập sai PIN" : "đang dùng"
                let device = key.device.isEmpty ? "" : " (\(key.device))"
                print(
                    [
                        key.ownerName, key.subjectName, "hết hạn \(key.expiresAt.officeDate.iso)", state,
                        KeyKindWords.text(key.kind) + device,
                    ].joined(separator: "\t"))
            }
        }
    }

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cấp khóa ký cho một người (--login) hoặc con dấu số cho một cơ quan (--agency).",
            discussion: "Khóa đang dùng được thay; chữ ký đã ký bằng khóa cũ vẫn có giá trị.")
        @OptionGroup var installation: InstallationOptions
        @Option(help: "Tên đăng nhập của người được cấp.")
        var login: String?
        @Option(help: "Cơ quan (slug) được cấp.")
        var agency: String?
        @Option(help: "Tệp chứng thư của cơ quan chứng thực (PEM hoặc DER).")
        var caCertificate: String
        @Option(help: "Tệp khóa riêng của cơ quan chứng thực (PEM không mật khẩu, hoặc DER).")
        var caKey: String
        @Option(help: "Tên biến môi trường chứa mã PIN mới của chủ khóa.")
        var pinEnv: String
        @Option(help: "Ảnh PNG của chữ ký hoặc con dấu.")
        var picture: String

        func validate() throws { try KeySubjectOption.check(login: login, agency: agency) }

        func run() async throws {
            let pin = try KeyFiles.secret(in: pinEnv)
            let root = CertificateFactory.Issued(
                certificate: try KeyFiles.der(caCertificate), key: try KeyFiles.der(caKey))
            let image = try KeyFiles.bytes(picture)
            let administered = try await AdministeredOffice(installation, needsKey: true)
            let subject = try await KeySubjectOption.find(administered, login: login, agency: agency)
            let record: SigningKeyRecord
            do {
                let file = try IssuingAuthority(root: root).keyFile(
                    name: subject.name, organisation: subject.organisation, identifier: subject.identifier,
                    at: administered.office.clock.now)
                record = try await SigningKeys(office: administered.office).lockAway(
                    file.bytes, passphrase: file.passphrase, pin: pin, picture: image, for: subject.owner,
                    named: subject.name, expiresAt: file.expiresAt)
            } catch let refusal as Refused {
                throw Stop.with("Chưa cấp được khóa. \(AdminRefusals.text(refusal))", code: 1)
            } catch is SigningError {
                throw Stop.with(
                    "Chưa cấp được khóa: chứng thư hoặc khóa của cơ quan chứng thực không dùng được.", code: 1
                )
            }
            try await administered.run(IssueKey(key: record), refused: "Chưa cấp được khóa.")
            print("Đã cấp khóa cho \(subject.name), hết hạn \(record.expiresAt.officeDate.iso).")
        }
    }
}

/// Key and certificate files, and secrets that stand in an environment variable and never on the command line.
enum KeyFiles {
    static func secret(in variable: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[variable], !value.isEmpty else {
            throw Stop.with("Biến môi trường \(variable) trống hoặc chưa đặt.", code: 64)
        }
        return value
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        do { return [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
            throw Stop.with("Không đọc được tệp \(path).")
        }
    }

    /// The first object of a PEM file, or the bytes as they are.
    static func der(_ path: String) throws -> [UInt8] {
        let bytes = try bytes(path)
        return PEM.blocks(in: bytes).first ?? bytes
    }
}

enum PEM {
    /// The contents of every block; none when the file is not PEM.
    static func blocks(in bytes: [UInt8], named name: String? = nil) -> [[UInt8]] {
        guard let text = String(validating: bytes, as: UTF8.self), text.contains("-----BEGIN ") else {
            return []
        }
        return text.components(separatedBy: "-----BEGIN ").dropFirst().compactMap { part in
            if let name, !part.hasPrefix(name + "-----") { return nil }
            guard let start = part.range(of: "-----"), let end = part.range(of: "-----END") else {
                return nil
            }
            guard start.upperBound <= end.lowerBound else { return nil }
            let body = String(part[start.upperBound..<end.lowerBound])
            return Data(base64Encoded: body, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
        }
    }
}
