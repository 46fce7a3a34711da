import Foundation

@testable import PDFSignatures

/// The test world of keys (`Tests/PKI/world.py`): authorities, responders, lists and timestamps over HTTP on
/// a loopback port, truthful or lying. One process for all tests; it ends with this one.
struct TestWorld: Decodable, Sendable {
    struct Signer: Decodable, Sendable {
        var p12: String
        var key: String
        var certificate: String
        var commonName: String
        var issuer: String
        /// What a verdict must find: "good", "expired", "revoked 2025-06-01T00:00:00Z", "ocsp wrong-nonce" …
        var truth: String
    }

    var url: String
    var folder: String
    /// The folder with the one trusted root.
    var roots: String
    var passphrase: String
    /// An address that nobody listens at.
    var refused: String
    var signers: [String: Signer]
    /// Timestamp authorities by what is wrong with them; "good" is honest.
    var timestamps: [String: String]
    var ocspModes: [String]
    var crlModes: [String]
    var issuersModes: [String]

    /// `nil` where there is no python for it.
    static let shared: TestWorld? = {
        do { return try start()?.world } catch {
            print("=== BỎ QUA: thế giới khóa thử nghiệm không chạy: \(error) ===")
            return nil
        }
    }()

    /// A world of its own, for tests that set the clock.
    static func start(clock: String? = nil) throws -> Running? {
        guard let python = Outside.python else { return nil }
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("PKI/world.py")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "world-\(UUID().uuidString)")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [program.path, folder.path] + (clock.map { ["--clock", $0] } ?? [])
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while line.last != 0x0A {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { throw CocoaError(.fileReadUnknown) }
            line += more
        }
        let world = try JSONDecoder().decode(TestWorld.self, from: line)
        return Running(world: world, process: process, input: input)
    }

    /// The process ends when its standard input is closed, at the latest with this process.
    final class Running: @unchecked Sendable {
        let world: TestWorld
        private let process: Process
        private let input: Pipe

        init(world: TestWorld, process: Process, input: Pipe) {
            (self.world, self.process, self.input) = (world, process, input)
            Running.kept.withLock { $0.append(self) }
        }

        private static let kept = Locked<[Running]>([])
    }

    func key(_ name: String, pss: Bool = false) throws -> PKCS12Key {
        guard let signer = signers[name] else { throw CocoaError(.fileNoSuchFile) }
        return try PKCS12Key(
            Outside.read(URL(fileURLWithPath: signer.p12)), passphrase: passphrase, pss: pss)
    }

    /// A certificate of anybody in the world, DER.
    func certificate(_ name: String) throws -> [UInt8] {
        try Outside.read(URL(fileURLWithPath: folder + "/certificates/\(name).cer"))
    }

    func trust() throws -> TrustStore { TrustStore(roots: [try certificate("root")]) }

    func issuers(_ name: String, mode: String = "good") -> String { "\(url)/issuers/\(name)/\(mode)" }
    func ocsp(_ name: String, mode: String = "good") -> String { "\(url)/ocsp/\(name)/\(mode)" }
    func list(_ name: String, mode: String = "good") -> String { "\(url)/crl/\(name)/\(mode)" }
}

/// A value behind a lock.
final class Locked<Value>: @unchecked Sendable {
    private var value: Value
    private let lock = NSLock()

    init(_ value: Value) { self.value = value }

    func withLock<R>(_ body: (inout Value) throws -> R) rethrows -> R {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
