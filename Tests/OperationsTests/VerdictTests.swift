import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Signatures are examined as soon as a file is here, and their worth is kept, on both databases.
struct VerdictTests {
    @Test(
        "D10: an issued letter waits for its verdict, gets it from the worker, and is as the original",
        arguments: DatabaseKind.available)
    func whole(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let issued = try await world.issue(try await world.signedDraft(enclosure: nil))
            let letter = try await world.issuedLetter(issued)
            #expect(try await world.verdict(letter.hash) == nil)
            try await world.judgeAll()
            let verdict = try #require(try await world.verdict(letter.hash))
            #expect(verdict.value == .original)
            #expect(verdict.findings.signatures.map(\.isAgency) == [false, true])
            let basis = world.office.verdictBasis
            let values = try await world.office.read { try $0.verdicts.values(of: [issued.document], basis) }
            #expect(values == [issued.document: .original])
            #expect(try await !VerdictWorker(office: world.office).runOnce())
        }
    }

    @Test(
        "D10: unsigned, changed, of unknown issuer, no PDF at all: each letter that comes gets its own value",
        arguments: DatabaseKind.available)
    func arrivals(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let issued = try await world.issue(try await world.signedDraft(enclosure: nil))
            let letter = try world.bytes(try await world.issuedLetter(issued))
            let clerk = try await world.actor("vt.tuphap")
            func value(_ bytes: [UInt8]) async throws -> LegalValue? {
                let hash = try world.office.blobs.put(bytes).hash.hex
                _ = try await world.stage(bytes, name: "den.pdf", for: clerk)
                try await world.judgeAll()
                return try await world.verdict(hash)?.value
            }
            #expect(try await value(try WorldFiles.bytes("letters/" + StoryWorld.storyLetter)) == .unsigned)
            #expect(try await value(letter + Array("\n% thêm sau khi ký\n".utf8)) == .broken)
            var changed = letter
            let place = try #require(
                letter.firstRange(of: Array("/Producer".utf8)) ?? letter.firstRange(of: Array("stream".utf8)))
            changed[place.upperBound + 20] ^= 1
            #expect(try await value(changed) != .original)
            #expect(try await value(Array("không phải PDF".utf8)) == .unchecked)
        }
    }

    @Test(
        "H2: when the trusted roots change, everything is judged anew, beside what was found before",
        arguments: DatabaseKind.available)
    func otherRoots(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let letter = try await world.issuedLetter(
                try await world.issue(try await world.signedDraft(enclosure: nil)))
            try await world.judgeAll()
            let stranger = try CertificateFactory.makeRoot(name: "CA khác")
            let other = world.changed(trust: TrustRoots(certificates: [stranger.certificate]))
            #expect(other.office.trust.generation != world.office.trust.generation)
            #expect(try await other.verdict(letter.hash) == nil)
            let worker = VerdictWorker(office: other.office)
            let running = Task { await worker.run() }
            while try await other.verdict(letter.hash) == nil { try await Task.sleep(for: .milliseconds(20)) }
            running.cancel()
            await running.value
            #expect(try await other.verdict(letter.hash)?.value == .unverified)
            // The old verdict stands for servers that still trust the old roots.
            #expect(try await world.verdict(letter.hash)?.value == .original)
        }
    }

    @Test(
        "Rebuilding makes every verdict anew; what is gone is not waited for",
        arguments: DatabaseKind.available)
    func rebuilding(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let letter = try await world.issuedLetter(
                try await world.issue(try await world.signedDraft(enclosure: nil)))
            let staged = try world.office.blobs.put(Array("%PDF-1.7 tạm".utf8)).hash
            _ = try await world.stage(
                Array("%PDF-1.7 tạm".utf8), name: "tam.pdf", for: try await world.actor("vt.tuphap"))
            try await world.judgeAll()
            let before = try await world.verdict(letter.hash)
            #expect(before != nil)
            let rebuilt = try await CacheRebuilding(world.office).run()
            #expect(rebuilt.verdicts >= 3)
            #expect(try await world.verdict(letter.hash) == nil)
            _ = try world.office.blobs.delete(staged)
            try await world.judgeAll()
            #expect(try await world.verdict(letter.hash)?.findings == before?.findings)
            #expect(try await world.verdict(staged.hex) == nil)
            #expect(try await !VerdictWorker(office: world.office).runOnce())
        }
    }

    @Test(
        "Two workers never examine one file at the same time; a dead one's file is taken again",
        arguments: DatabaseKind.available)
    func leases(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.stage(
                Array("%PDF".utf8), name: "a.pdf", for: try await world.actor("vt.tuphap"))
            let now = world.office.clock.now
            func take(_ at: Instant) async throws -> VerdictWish? {
                try await world.office.database.write {
                    try Tables($0).verdictWishes.take(at: at, leasedUntil: at.adding(seconds: 600))
                }
            }
            #expect(try await take(now)?.attempts == 1)
            #expect(try await take(now) == nil)
            #expect(try await take(now.adding(seconds: 601))?.attempts == 2)
        }
    }

    @Test(
        "What a service answered is kept for the file it was asked for, once",
        arguments: DatabaseKind.available)
    func evidence(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let body = try world.office.blobs.put([1, 2, 3]).hash
            func keep(_ request: String, _ hash: String) async throws {
                let answer = KeptAnswer(
                    request: request, url: "http://ocsp.example.vn", status: 200, answerHash: hash,
                    fetchedAt: world.office.clock.now)
                try await world.office.database.write { try Tables($0).keptEvidence.keep(answer, for: "f") }
            }
            try await keep("r1", body.hex)
            try await keep("r1", String(repeating: "0", count: 64))
            let kept = try await world.office.read { try $0.keptEvidence.of("f") }
            #expect(kept.map(\.answerHash) == [body.hex])
            #expect(try await world.office.read { try $0.blobUses.isUsed(body.hex) })
        }
    }
}
