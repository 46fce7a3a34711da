import Foundation

@testable import WebTransfers

/// Mail servers that say whatever a test wants (rough_mail.py).
final class RoughMail {
    enum Step: Encodable {
        case say(String), read(Int), until(String), again(String, Int), startTLS, sleep(Double)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .say(let text): try container.encode(text)
            case .read(let count): try container.encode(["read": count])
            case .until(let line): try container.encode(["until": line])
            case .again(let text, let times): try container.encode(Again(again: text, times: times))
            case .startTLS: try container.encode(["starttls": 1])
            case .sleep(let seconds): try container.encode(["sleep": seconds])
            }
        }

        private struct Again: Encodable { let again: String, times: Int }
    }

    private struct Scenario: Encodable { let tls: Bool, steps: [Step] }

    /// Its certificates are shown.
    private let rough: RoughServer
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init() throws {
        rough = try RoughServer()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "rough_mail.py")
        process.arguments = [script.path, rough.folder.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }

    var folder: URL { rough.folder }

    var settings: TransferSettings {
        TransferSettings(
            policy: AddressPolicy(allowed: [AllowedHost("127.0.0.1")]),
            trustedRoots: rough.folder.appending(path: "root.pem").path)
    }

    private func server(_ protection: MailProtection, tls: Bool, _ steps: [Step]) throws -> MailServer {
        let scenario = try JSONEncoder().encode(Scenario(tls: tls, steps: steps))
        try input.fileHandleForWriting.write(contentsOf: scenario + [0x0A])
        var line = Data()
        while line.last != 0x0A { line += output.fileHandleForReading.availableData }
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let port = Int(text) else { throw RoughServer.Absent() }
        let login = protection == .none ? nil : MailLogin(user: "a@b", password: "mật khẩu")
        return MailServer(host: "127.0.0.1", port: port, protection: protection, login: login)
    }

    /// A mailbox whose server is polite until a folder was opened, or says all itself.
    func mailbox(_ steps: [Step], by protection: MailProtection = .tls, polite: Bool = true) throws -> Mailbox
    {
        let beginning: [Step] = [
            .say("* OK hello\r\n"), .read(1), .say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n$T OK\r\n"),
            .read(1), .say("$T OK come in\r\n"), .read(1), .say("* CAPABILITY IMAP4rev1\r\n$T OK\r\n"),
            .read(1), .say("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] lasting\r\n$T OK [READ-WRITE] open\r\n"),
        ]
        let server = try server(protection, tls: protection == .tls, (polite ? beginning : []) + steps)
        return Mailbox(server, settings: settings)
    }

    func submission(_ steps: [Step], by protection: MailProtection) throws -> MailSubmission {
        MailSubmission(try server(protection, tls: protection == .tls, steps), settings: settings)
    }
}
