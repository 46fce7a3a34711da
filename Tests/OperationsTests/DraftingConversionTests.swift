import BlobStorage
import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import Store
import Synchronization
import TestKit
import Testing

/// Word and Excel become PDF beside the work, on both databases; LibreOffice itself only once.
struct DraftingConversionTests {
    @Test("C1: LibreOffice makes the PDF of the letter and of its enclosure, and the draft can be submitted")
    func really() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            let draft = try await world.addSpreadsheet(
                to: try await world.addWordVersion(to: try await world.openDraft()), as: .enclosure)
            let worker = ConversionWorker(office: world.office)
            #expect(try await worker.runOnce())
            #expect(try await worker.runOnce())
            #expect(try await worker.runOnce() == false)
            let bundle = try await world.bundle(draft)
            let pdf = try #require(bundle.newest?.pdf)
            #expect(pdf.pages == 1)
            #expect(pdf.name == "cong-van.pdf")
            let hash = try #require(BlobHash(hex: pdf.hash))
            #expect(try world.office.blobs.read(hash).starts(with: Array("%PDF".utf8)))
            #expect(bundle.files.map(\.conversion) == [.done])
            #expect(try await world.submit(draft).state == .climbing)
            let entries = try await world.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: draft.agency)
            }
            #expect(
                entries.filter { $0.entry.verb == .draftConverted }.map(\.entry.actor)
                    == ["Chuyển đổi PDF", "Chuyển đổi PDF"])
        }
    }

    @Test("C1: a failure says why, blocks submission and can be repeated", arguments: DatabaseKind.available)
    func failure(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.addWordVersion(to: try await world.openDraft())
            let failing = ConversionWorker(office: world.office) { _, _ in throw ConversionFailure.timeout }
            #expect(try await failing.runOnce())
            let failed = try await world.bundle(draft)
            #expect(failed.newest?.conversion == .failed)
            #expect(failed.newest?.fault == ConversionFault.timeout.rawValue)
            #expect(failed.draft.version == draft.version)
            await #expect(throws: Refused(.conversionFailed)) { _ = try await world.submit(draft) }
            let (drafter, head) = (try await world.actor("cv1.tuphap"), try await world.actor("tp.tuphap"))
            let asking = RepeatConversion(SeenDraft(draft), subject: .newestVersion)
            await #expect(throws: Refused(.notYours)) { try await world.runner.run(asking, as: head) }
            let repeated = try await world.runner.run(asking, as: drafter)
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(
                    RepeatConversion(SeenDraft(repeated), subject: .newestVersion), as: drafter)
            }
            #expect(try await Self.working(world).runOnce())
            #expect(try await world.bundle(draft).newest?.conversion == .done)
        }
    }

    @Test(
        "a machine that fails three times gives up and says so; a document that kills it is not tried for ever",
        arguments: DatabaseKind.available)
    func machineFailure(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.addWordVersion(to: try await world.openDraft())
            let broken = ConversionWorker(office: world.office) { _, _ in
                throw CocoaError(.fileWriteOutOfSpace)
            }
            for _ in 1...3 {
                #expect(try await broken.runOnce())
                try await Self.free(world)
            }
            #expect(try await world.bundle(draft).newest?.fault == ConversionFault.machine.rawValue)
            let missing = try await world.addWordVersion(to: draft)
            let absent = ConversionWorker(office: world.office) { _, _ in
                throw OfficeFileError.programMissing("soffice")
            }
            #expect(try await absent.runOnce())
            #expect(try await world.bundle(missing).newest?.fault == ConversionFault.programMissing.rawValue)
            let deadly = try await world.addWordVersion(to: missing)
            for _ in 1...3 {
                let now = world.office.clock.now
                let taken = try await world.office.database.write {
                    try Tables($0).jobs.take(at: now, leasedUntil: now)
                }
                #expect(taken != nil)
            }
            #expect(try await Self.working(world).runOnce())
            #expect(try await world.bundle(deadly).newest?.fault == ConversionFault.crashed.rawValue)
        }
    }

    @Test(
        "a worker that died is replaced when its lease has run out, and what both record stands once",
        arguments: DatabaseKind.available)
    func lease(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.addWordVersion(to: try await world.openDraft())
            let slow = ConversionWorker(office: world.office) { _, _ in
                #expect(try await Self.working(world).runOnce() == false)
                try await Self.free(world)
                #expect(try await Self.working(world).runOnce())
                return (Array("%PDF-1.7 slow".utf8), 7)
            }
            #expect(try await slow.runOnce())
            #expect(try await world.bundle(draft).newest?.pdf?.pages == 2)
            let entries = try await world.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: draft.agency)
            }
            #expect(entries.map(\.entry.verb) == [.draftOpened, .draftVersionAdded, .draftConverted])
            #expect(try await Self.working(world).runOnce() == false)
        }
    }

    @Test("two workers never take the same document", arguments: DatabaseKind.available)
    func together(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            for _ in 1...6 { _ = try await world.addWordVersion(to: try await world.openDraft()) }
            let counter = Counter()
            let worker = ConversionWorker(office: world.office) { _, _ in
                counter.add()
                return (Array("%PDF-1.7".utf8), 1)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...4 { group.addTask { while try await worker.runOnce() {} } }
                try await group.waitForAll()
            }
            #expect(counter.count == 6)
        }
    }

    @Test(
        "the running worker ends when it is cancelled, and a removed enclosure is no work",
        arguments: DatabaseKind.available)
    func running(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let draft = try await world.addWordVersion(to: try await world.openDraft())
            let worker = Self.working(world)
            let service = Task { await worker.run() }
            while try await world.bundle(draft).newest?.conversion == .waiting {
                try await Task.sleep(for: .milliseconds(20))
            }
            service.cancel()
            await service.value
            #expect(try await world.bundle(draft).newest?.conversion == .done)
        }
    }

    private static func working(_ world: StoryWorld) -> ConversionWorker {
        ConversionWorker(office: world.office) { _, _ in (Array("%PDF-1.7 quick".utf8), 2) }
    }

    /// As if every lease and pause had run out.
    private static func free(_ world: StoryWorld) async throws {
        try await world.office.database.write { connection in
            try connection.execute("UPDATE job SET leased_until = NULL, available_at = 0")
        }
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        func add() { value.withLock { $0 += 1 } }
        var count: Int { value.withLock { $0 } }
    }
}
