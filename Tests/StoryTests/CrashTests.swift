import BlobStorage
import Crypto
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// A power cut at every named step of signing, issuing and delivery, on both databases: a process of its own carries one
/// letter after the other, dies at the place, and is started again.
struct CrashTests {
    @Test(
        "decision 3, D2, E5: killed at any step, the next run finishes with one number, one document, one receipt each",
        arguments: DatabaseKind.available)
    func everyPlace(_ kind: DatabaseKind) async throws {
        guard let program = Program.vanthu else {
            print("*** vanthu is not beside the tests: the crash tests are SKIPPED ***")
            return
        }
        try await TemporaryOffice.place(kind) { folder, address in
            let story = Program(path: program, folder: folder, address: address)
            #expect(try await story.run(letters: 0) == .exit(0))
            let database = try Database.open(address, readers: 1)
            defer { database.close() }
            let office = Office(
                database: database, blobs: try LocalBlobs(folder: folder + "/tep"), clock: .system,
                serverKey: SymmetricKey(size: .bits256))
            for (index, place) in KillPlace.withinInstallation.enumerated() {
                let letters = index + 1
                #expect(try await story.run(letters: letters, killedAt: place) == .killed, "\(place)")
                #expect(try await story.run(letters: letters) == .exit(0), "\(place)")
                let outcome = try await CrashStoryOutcome.read(office)
                #expect(outcome == .expected(letters: letters), "\(place)")
                let findings = try await OfficeVerification(office).run()
                #expect(findings.faults == [], "\(place)")
            }
        }
    }
}

/// `vanthu crash-story` as a process of its own.
struct Program: Sendable {
    enum End: Equatable { case exit(Int32), killed, signal(Int32) }

    let path: String
    let folder: String
    let address: DatabaseAddress

    /// Built into the same folder as the tests.
    static var vanthu: String? {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let path = (own as NSString).deletingLastPathComponent + "/vanthu"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    func run(letters: Int, killedAt place: KillPlace? = nil) async throws -> End {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = [
            "crash-story", "--data", folder, "--letters", "\(letters)", "--database", database,
        ]
        var environment = ProcessInfo.processInfo.environment
        environment["VANTHU_KILL_AT"] = place?.rawValue
        process.environment = environment
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { ended in
                let status = ended.terminationStatus
                switch ended.terminationReason {
                case .uncaughtSignal:
                    continuation.resume(returning: status == SIGKILL ? .killed : .signal(status))
                default: continuation.resume(returning: .exit(status))
                }
            }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    private var database: String {
        switch address {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgres(let url): url
        }
    }
}
