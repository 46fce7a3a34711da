import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Bytes between being stored and being named by a row: nobody throws away what somebody needs, and nothing is left lying
/// that nobody does (E5, decision 24).
struct HeldBytesTests {
    private static let letter = "letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf"

    @Test(
        "while one stores bytes and has not committed yet, another discards the same ones: they stay",
        arguments: DatabaseKind.available)
    func betweenStoringAndCommit(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let office = world.office, clerk = try await world.position("vt.tuphap")
            let bytes = try WorldFiles.bytes(Self.letter), uploads = Uploads(office: office)
            let hold = office.blobs.hold(), blob = try office.blobs.put(bytes, under: hold)
            try await uploads.discard(blob.hash)
            #expect(office.blobs.contains(blob.hash))
            #expect(try await OfficeVerification(office).run().notes.isEmpty, "it is on its way in")
            _ = try await uploads.stage(blob, name: "cv.pdf", purpose: .letter, as: clerk, under: hold)
            try await uploads.discard(blob.hash)
            #expect(office.blobs.contains(blob.hash))
            #expect(try office.blobs.holds().isEmpty)
            try await world.expectClean()
        }
    }

    @Test(
        "a row that is committed between the question and the deletion keeps its bytes",
        arguments: DatabaseKind.available)
    func betweenQuestionAndDeletion(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let office = world.office, clerk = try await world.position("vt.tuphap")
            let bytes = try WorldFiles.bytes(Self.letter)
            let hash = try office.blobs.put(bytes).hash
            let mark = try #require(try office.blobs.mark(hash))
            // The answer, at this moment and on a connection of its own: nobody needs them.
            #expect(try await office.read { try !$0.blobUses.isUsed(hash.hex) })
            let hold = office.blobs.hold(), blob = try office.blobs.put(bytes, under: hold)
            _ = try await Uploads(office: office).stage(
                blob, name: "cv.pdf", purpose: .letter, as: clerk, under: hold)
            #expect(try !office.blobs.discard(mark))
            #expect(office.blobs.contains(hash))
            try await world.expectClean()
        }
    }

    @Test(
        "many store the same bytes at once, some are refused and discard them: every row has its bytes, nothing is left",
        arguments: DatabaseKind.available)
    func manyAtOnce(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let office = world.office, clerk = try await world.position("vt.tuphap")
            let bytes = try WorldFiles.bytes(Self.letter), hash = BlobHash(of: bytes)
            for _ in 1...6 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for turn in 0..<8 {
                        group.addTask {
                            let hold = office.blobs.hold(), blob = try office.blobs.put(bytes, under: hold)
                            let uploads = Uploads(office: office)
                            if turn % 2 == 0 {
                                return try await uploads.discard(blob.hash, under: hold)
                            }
                            let staged = try await uploads.stage(
                                blob, name: "cv.pdf", purpose: .letter, as: clerk, under: hold)
                            #expect(office.blobs.contains(blob.hash))
                            try await office.database.write { connection in
                                try Tables(connection).stagedFiles.delete(staged.id)
                            }
                            try await uploads.discard(blob.hash)
                        }
                    }
                    try await group.waitForAll()
                }
                // Who had the lock for a moment may have kept another from it: the sweeper finishes.
                try await Sweeper(office: office).runOnce()
                #expect(!office.blobs.contains(hash))
                #expect(try office.blobs.holds().isEmpty)
            }
        }
    }

    @Test(
        "what a dead process stored and never named is cleared away; what it named stays",
        arguments: DatabaseKind.available)
    func afterDeath(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let office = world.office, clerk = try await world.position("vt.tuphap")
            let bytes = try WorldFiles.bytes(Self.letter)
            var named: BlobHold? = office.blobs.hold(), lost: BlobHold? = office.blobs.hold()
            let kept = try office.blobs.put(bytes, under: named)
            let dead = try office.blobs.put(Array("chưa ai nhắc đến".utf8), under: lost)
            _ = try await Uploads(office: office).stage(
                kept, name: "cv.pdf", purpose: .letter, as: clerk)
            let living = office.blobs.hold()
            let busy = try office.blobs.put(Array("đang ghi".utf8), under: living)
            (named, lost) = (nil, nil)
            #expect(try await OfficeVerification(office).run().notes.map(\.subject) == ["1"])
            try await Sweeper(office: office).runOnce()
            #expect(office.blobs.contains(kept.hash))
            #expect(!office.blobs.contains(dead.hash))
            #expect(office.blobs.contains(busy.hash))
            #expect(try office.blobs.holds() == [busy.hash])
            withExtendedLifetime(living) {}
        }
    }

    @Test(
        "a staged file that an act has taken up is not swept from under it, however old it is",
        arguments: DatabaseKind.available)
    func sweptWhileUsed(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let office = world.office, clerk = try await world.position("vt.tuphap")
            let hold = office.blobs.hold()
            let blob = try office.blobs.put(try WorldFiles.bytes(Self.letter), under: hold)
            let staged = try await Uploads(office: office).stage(
                blob, name: "cv.pdf", purpose: .letter, as: clerk, under: hold)
            let cut = office.clock.now, taken = DispatchSemaphore(value: 0),
                goOn = DispatchSemaphore(value: 0)
            let acting = Task {
                try await office.database.write { connection in
                    let files = Tables(connection).stagedFiles
                    let found = try files.find(
                        staged.id, account: clerk.account, agency: clerk.agency, forUse: true)
                    taken.signal()
                    goOn.wait()
                    try files.delete(staged.id)
                    // What the act makes of it names the same bytes.
                    if let found {
                        try files.insert(
                            ID(UUIDv7.make(at: cut)), found.file, account: clerk.account,
                            agency: clerk.agency,
                            at: cut.adding(seconds: 60))
                    }
                }
            }
            await OwnThread.run { taken.wait() }
            let sweeping = Task {
                try await office.database.write { try Tables($0).stagedFiles.sweep(before: cut) }
            }
            // Long enough for the sweeper to be there too; whether it is, changes nothing.
            try await Task.sleep(for: .milliseconds(200))
            goOn.signal()
            try await acting.value
            #expect(try await sweeping.value.isEmpty)
            try await Uploads(office: office).discard(blob.hash)
            #expect(office.blobs.contains(blob.hash))
            try await world.expectClean()
        }
    }
}
