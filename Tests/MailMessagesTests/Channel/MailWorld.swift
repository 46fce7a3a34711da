import Foundation
import Testing
import WebTransfers

/// The post office of Tests/Mail/world.py: exim and dovecot on loopback.
final class MailWorld {
    private struct Places: Decodable {
        let host: String
        let smtp, smtps, plain, imap, imaps: Int
        let root: String
        let users: [String: String]
        let folder: String
    }

    struct Trouble: Error { let text: String }

    static let sender = "vanthu@rachgia.example"
    static let receiver = "vanthu@tuphap.example"

    /// Whether the servers are there; says so aloud when not.
    static let isThere: Bool = {
        let programs = ["exim4", "dovecot"].filter { name in
            ["/usr/sbin/", "/usr/bin/"].contains {
                FileManager.default.isExecutableFile(atPath: $0 + name)
            }
        }
        if programs.count == 2 { return true }
        print(
            "=== BỎ QUA: chưa cài exim4-daemon-light và dovecot-imapd (bin/setup), các phép thử thư điện tử với máy chủ thật không chạy ==="
        )
        return false
    }()

    private let places: Places
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    /// Whatever the test needs to put somewhere.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "letters-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Mail/world.py")
        process.arguments = [script.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = try Self.line(output)
        do { places = try JSONDecoder().decode(Places.self, from: line) } catch {
            throw Trouble(text: String(decoding: line, as: UTF8.self))
        }
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func line(_ pipe: Pipe) throws -> Data {
        var line = Data()
        while line.last != 0x0A {
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Trouble(text: "the mail world ended") }
            line += more
        }
        return line
    }

    /// One command of world.py.
    func tell(_ command: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
        let answer = try Self.line(output)
        guard try JSONDecoder().decode([String: Bool].self, from: answer) == ["done": true] else {
            throw Trouble(text: String(decoding: answer, as: UTF8.self))
        }
    }

    // MARK: What stands there

    var settings: TransferSettings {
        TransferSettings(
            policy: AddressPolicy(allowed: [AllowedHost("localhost"), AllowedHost("127.0.0.1")]),
            trustedRoots: places.root)
    }

    func login(_ address: String = sender) -> MailLogin {
        MailLogin(user: address, password: places.users[address] ?? "")
    }

    func smtp(_ protection: MailProtection, host: String? = nil) -> MailServer {
        let port =
            switch protection {
            case .tls: places.smtps
            case .startTLS: places.smtp
            case .none: places.plain
            }
        return MailServer(
            host: host ?? places.host, port: port, protection: protection,
            login: protection == .none ? nil : login())
    }

    func imap(_ protection: MailProtection = .tls, of address: String = receiver) -> MailServer {
        MailServer(
            host: places.host, port: protection == .tls ? places.imaps : places.imap,
            protection: protection, login: login(address))
    }

    /// SMTP in the clear, whatever is asked for.
    var plainPort: Int { places.plain }

    func submission(_ protection: MailProtection = .startTLS) -> MailSubmission {
        MailSubmission(smtp(protection), settings: settings)
    }

    func inbox(of address: String = receiver, _ protection: MailProtection = .tls) throws -> OpenFolder {
        try Mailbox(imap(protection, of: address), settings: settings).open()
    }

    /// Waits until so many messages lie in an inbox: delivery is the server's own affair and takes its time.
    func inbox(of address: String = receiver, holding count: Int) throws -> OpenFolder {
        for _ in 0..<300 {
            let inbox = try inbox(of: address)
            if inbox.count >= count { return inbox }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw Trouble(text: "\(count) messages did not arrive at \(address)")
    }

    // MARK: Files

    func put(_ text: String, _ name: String = "message.eml") throws -> String {
        try put(Array(text.replacing("\n", with: "\r\n").utf8), name)
    }

    func put(_ bytes: [UInt8], _ name: String = "message.eml") throws -> String {
        let path = folder.appending(path: name)
        try Data(bytes).write(to: path)
        return path.path
    }

    func place(_ name: String = "fetched.eml") -> String { folder.appending(path: name).path }

    func read(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }
}

/// What a call failed with.
func mailFailure<R>(_ body: () throws(MailFailure) -> R) -> MailFailure? {
    do throws(MailFailure) {
        _ = try body()
        return nil
    } catch { return error }
}
