import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import Store
import TestKit
import Testing

/// D9: what must not leave does not, and then no number is taken.
struct OutgoingScanTests {
    @Test(
        "D9: a workbook with macros keeps its letter from being issued; no number is taken",
        arguments: DatabaseKind.available)
    func macros(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft()
            let bundle = try await world.bundle(draft)
            let enclosure = try #require(bundle.files.first { $0.kind == .enclosure })
            let workbook = try world.bytes(enclosure.source)
            let spoilt = try world.office.blobs.put(try Self.withMacros(workbook)).hash.hex
            try await world.office.database.write { connection in
                try connection.execute(
                    "UPDATE draft_file SET source_hash = \(spoilt) WHERE id = \(enclosure.id)")
            }
            let refused = await #expect(throws: Refused.self) { try await world.issue(draft) }
            #expect(refused?.reasons == [.activeContent(file: enclosure.source.name, [.macros])])
            #expect(try await world.office.read { try $0.issuances.inUse(of: draft.id) } == nil)
            // The clerk may still return it.
            #expect(try await world.reread(draft).state == .signed)
        }
    }

    @Test("D9: a letter that is no longer readable as PDF does not leave", arguments: DatabaseKind.available)
    func unreadable(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let text = try world.office.blobs.put(Array("%PDF-1.7\ncụt".utf8))
            let file = FileReference(
                hash: text.hash.hex, size: text.size, name: "cụt.pdf", mediaType: "application/pdf", pages: 1)
            #expect(await OutgoingCheck(office: world.office).refusals([file]) == [.notScannable("cụt.pdf")])
            let gone = FileReference(
                hash: String(repeating: "a", count: 64), size: 1, name: "mất.pdf",
                mediaType: "application/pdf", pages: 1)
            #expect(await OutgoingCheck(office: world.office).refusals([gone]) == [.notScannable("mất.pdf")])
        }
    }

    @Test(
        "D9: an office that demands a scanner issues nothing without one; another one does, and says so",
        arguments: DatabaseKind.available)
    func scannerDemanded(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.signedDraft(enclosure: nil)
            let strict = world.changed(outgoingScan: OutgoingScan(isScannerRequired: true))
            let refused = await #expect(throws: Refused.self) { try await strict.issue(draft) }
            #expect(refused?.reasons == [.noVirusScanner])
            let silent = world.changed(
                outgoingScan: OutgoingScan(scanner: VirusScanner(.unix("/nonexistent"))))
            let waiting = await #expect(throws: Refused.self) { try await silent.issue(draft) }
            #expect(waiting?.reasons == [.virusScannerSilent])
            _ = try await world.issue(draft)
        }
    }

    @Test(
        "D9: an infected enclosure keeps its letter from being issued, and so does what a scanner refuses to read; no number is taken",
        .enabled(if: TestScanner.isInstalled), arguments: DatabaseKind.available)
    func infected(_ kind: DatabaseKind) async throws {
        let running = try await TestScanner.start()
        defer { running.stop() }
        try await IssuingOffice.with(kind) { world in
            let office = world.changed(outgoingScan: OutgoingScan(scanner: running.bySocket))
            let draft = try await world.signedDraft()
            let enclosure = try #require(try await world.bundle(draft).files.first { $0.kind == .enclosure })
            let own = try world.bytes(enclosure.source)
            func replace(_ bytes: [UInt8]) async throws {
                let hash = try world.office.blobs.put(bytes).hash.hex
                try await world.office.database.write { connection in
                    try connection.execute(
                        "UPDATE draft_file SET source_hash = \(hash) WHERE id = \(enclosure.id)")
                }
            }
            let name = enclosure.source.name
            // The scanner's list knows the file by its digest and length.
            try await replace(Array(TestScanner.eicar.utf8))
            let refused = await #expect(throws: Refused.self) { try await office.issue(draft) }
            #expect(
                refused?.reasons.contains {
                    if case .infected(name, let virus) = $0 { virus.contains("Eicar") } else { false }
                }
                    == true, "\(refused?.reasons ?? [])")
            try await replace(own + [UInt8](repeating: 0x20, count: 3 << 20))
            let large = await #expect(throws: Refused.self) { try await office.issue(draft) }
            #expect(large?.reasons.contains(.tooLargeForScanner(name)) == true, "\(large?.reasons ?? [])")
            #expect(try await world.office.read { try $0.issuances.inUse(of: draft.id) } == nil)
            try await replace(own)
            _ = try await office.issue(draft)
        }
    }

    /// The workbook with a part that Excel takes for macros: appended to the container by `zip` rules of its own directory.
    private static func withMacros(_ workbook: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        try FileManager.default.createDirectory(atPath: folder + "/xl", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], "a") as book:
                book.writestr("xl/vbaProject.bin", b"macro")
            """
        let path = folder + "/so-lieu.xlsx"
        try Data(workbook).write(to: URL(filePath: path))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}
