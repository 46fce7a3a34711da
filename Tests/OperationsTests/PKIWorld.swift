import Domain
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit

/// The test world of keys on this machine: authorities, responders and timestamps over HTTP, at the story's morning.
final class PKIWorld: Sendable {
    struct Told: Decodable, Sendable {
        struct Signer: Decodable, Sendable {
            let p12: String
        }

        let url: String
        let roots: String
        let passphrase: String
        let refused: String
        let signers: [String: Signer]
        let timestamps: [String: String]
    }

    let told: Told
    private let process: Process
    private let input: Pipe

    /// Nil, and said so, where the test run has no Python.
    static let shared: Result<PKIWorld, any Error>? = {
        guard let python = ProcessInfo.processInfo.environment["VANTHU_PYTHON"] else {
            print("*** VANTHU_PYTHON is not set: the levels of signatures are NOT tested ***")
            return nil
        }
        return Result { try PKIWorld(python) }
    }()

    private struct Silent: Error {}

    private init(_ python: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "PKI/world.py")
        let output = Pipe()
        (process, input) = (Process(), Pipe())
        process.executableURL = URL(filePath: python)
        process.arguments = [script.path(), folder.path(), "--clock", "2026-05-12T00:30:00Z"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = Data()
        while !line.contains(0x0A) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Silent() }
            line += more
        }
        told = try JSONDecoder().decode(Told.self, from: line.prefix { $0 != 0x0A })
    }

    func settings(
        timestamp mode: String?, withoutTimestamp: SigningSettings.WithoutTimestamp = .refuse
    ) -> SigningSettings {
        SigningSettings(
            timestamp: TimestampSettings(url: mode.flatMap { told.timestamps[$0] } ?? told.refused),
            withoutTimestamp: withoutTimestamp, insideAddresses: [told.url])
    }
}

extension StoryWorld {
    /// The same office with the test world's authorities trusted as well.
    func signing(in world: PKIWorld, _ settings: SigningSettings) throws -> StoryWorld {
        let roots = try TrustRoots(folder: world.told.roots).certificates
        return StoryWorld(
            office: Office(
                database: office.database, blobs: office.blobs, clock: office.clock,
                serverKey: office.serverKey,
                trust: TrustRoots(certificates: office.trust.certificates + roots), signing: settings))
    }

    /// Somebody of the test world becomes the head's certificate, or the agency's.
    func issueKey(of signer: String, in world: PKIWorld, for owner: KeyOwner, named name: String) async throws
    {
        guard let path = world.told.signers[signer]?.p12 else { throw CocoaError(.fileNoSuchFile) }
        let file = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let record = try await SigningKeys(office: office).lockAway(
            file, passphrase: world.told.passphrase, pin: Self.pin, picture: Ink.signature(name: name),
            for: owner,
            named: name, expiresAt: Self.morning.adding(seconds: 400 * 86_400))
        try await runner.run(IssueKey(key: record), as: .system(name: "Cài đặt ban đầu", agency: nil))
    }
}
