import Foundation

@testable import WebTransfers

/// The server with bad manners (rough_server.py), with a root and certificates of its own made by `openssl`.
final class RoughServer {
    let folder: URL
    private(set) var port = 0
    private(set) var securePort = 0
    private let process = Process()
    private let input = Pipe()

    struct Absent: Error {}

    /// - Parameter name: What the certificate is made out to.
    init(named name: String = "127.0.0.1") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try makeCertificates(for: name)
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "rough_server.py")
        process.arguments = [script.path, folder.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Absent() }
            line += more
        }
        let ports = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap {
            Int($0)
        }
        guard ports.count == 2 else { throw Absent() }
        (port, securePort) = (ports[0], ports[1])
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }
    func secureURL(_ path: String) -> String { "https://127.0.0.1:\(securePort)/\(path)" }

    /// Transfers that may reach this server, and what else the test wants.
    func transfers(_ change: (inout TransferSettings) -> Void = { _ in }) -> HTTPTransfers {
        var settings = TransferSettings(
            policy: AddressPolicy(allowed: [AllowedHost("127.0.0.1")]),
            trustedRoots: folder.appending(path: "root.pem").path)
        change(&settings)
        return HTTPTransfers(settings)
    }

    func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    private func makeCertificates(for name: String) throws {
        let path = folder.path
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"]
        try openssl(
            ["req", "-x509"] + key + [
                "-subj", "/CN=Root", "-keyout", "\(path)/root.key", "-out", "\(path)/root.pem",
            ])
        for (file, extensions) in [
            ("server", "subjectAltName=\(kind(name)):\(name)"), ("client", "keyUsage=digitalSignature"),
        ] {
            try openssl(
                ["req", "-x509"] + key + [
                    "-CA", "\(path)/root.pem", "-CAkey", "\(path)/root.key", "-subj",
                    "/CN=\(file) of the test",
                    "-addext", extensions, "-addext", "basicConstraints=critical,CA:FALSE",
                    "-keyout", "\(path)/\(file).key", "-out", "\(path)/\(file).crt",
                ])
        }
        try Data(try file("server.key") + file("server.crt")).write(to: folder.appending(path: "server.pem"))
        try openssl([
            "pkcs12", "-export", "-inkey", "\(path)/client.key", "-in", "\(path)/client.crt", "-passout",
            "pass:abc",
            "-out", "\(path)/client.p12",
        ])
    }

    private func kind(_ name: String) -> String { name.first?.isNumber == true ? "IP" : "DNS" }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Absent() }
    }
}
