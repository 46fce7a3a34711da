import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// `vanthu verify` and `vanthu rebuild`, on both databases: a world in the middle of its work is clean, and every kind of
/// damage done behind the office's back is found.
struct VerificationTests {
    @Test("H2: a world in the middle of its work has no fault", arguments: DatabaseKind.available)
    func clean(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            let findings = try await OfficeVerification(world.office).run()
            #expect(findings.faults == [])
            #expect(findings.isClean)
            #expect(findings.extent.journalChains == 3)
            #expect(findings.extent.numbers >= 4)
            #expect(findings.extent.files >= 2)
            #expect(findings.extent.deskItems >= 5)
            #expect(findings.extent.searchEntries >= 5)
            #expect(findings.extent.deliveries == 2)
        }
    }

    @Test("H2: a changed, a missing and a cut-off journal entry are found", arguments: DatabaseKind.available)
    func journal(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            var found: Set<VerificationFault.Code> = []
            for (damage, code) in [
                (
                    "UPDATE journal SET actor = 'Người khác' WHERE chain = 'installation' AND sequence = 2",
                    VerificationFault.Code.journalEntryAltered
                ),
                ("DELETE FROM journal WHERE chain = 'installation' AND sequence = 4", .journalEntryMissing),
                (
                    "UPDATE journal SET verb = 'unheardOf' WHERE chain = 'installation' AND sequence = 6",
                    .journalEntryUnreadable
                ),
                ("DELETE FROM journal WHERE chain = 'installation' AND sequence > 8", .journalHeadDiffers),
            ] {
                try await Self.damage(world, [damage])
                found.insert(code)
                try await Self.expect(found, in: world)
            }
        }
    }

    @Test("B1, D2: a gap and a number beyond the series are found", arguments: DatabaseKind.available)
    func numbers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            try await Self.damage(world, ["UPDATE arrival SET number = 40 WHERE number = 2 AND year = 2026"])
            let findings = try await OfficeVerification(world.office).run()
            let codes = Set(findings.faults.map(\.code))
            #expect(codes.isSuperset(of: [.numberMissing, .numberOutsideSeries]))
            #expect(
                findings.faults.contains {
                    $0.code == .numberMissing && $0.subject == "Sổ văn bản đến 2026: 2"
                })
        }
    }

    @Test("B1: a year whose counter ran ahead has lost its last numbers", arguments: DatabaseKind.available)
    func counter(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            try await Self.damage(
                world,
                [
                    """
                    UPDATE register_year SET last_number = last_number + 3
                    WHERE register_id IN (SELECT register_id FROM issuance)
                    """
                ])
            let findings = try await OfficeVerification(world.office).run()
            #expect(Set(findings.faults.map(\.code)) == [.numberMissing])
            #expect(findings.faults.first?.subject == "Sổ Công văn 2026: 3–5")
        }
    }

    @Test(
        "H2: a missing file and a changed byte are found; a file nobody needs is only noted",
        arguments: DatabaseKind.available)
    func files(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            let blobs = world.office.blobs
            try blobs.put(Array("không ai cần".utf8))
            var findings = try await OfficeVerification(world.office).run()
            #expect(findings.isClean)
            #expect(findings.notes.map { "\($0.code) \($0.subject)" } == ["unusedFiles 1"])
            let named = try await Self.hashes(world)
            let altered = try #require(named.first), missing = try #require(named.last)
            #expect(altered != missing)
            var bytes = try blobs.read(altered)
            bytes[bytes.count / 2] ^= 1
            try Data(bytes).write(to: URL(filePath: blobs.path(of: altered)))
            try blobs.delete(missing)
            findings = try await OfficeVerification(world.office).run()
            #expect(
                Set(findings.faults.map { "\($0.code) \($0.subject)" })
                    == ["fileAltered \(altered)", "fileMissing \(missing)"])
        }
    }

    @Test(
        "I3: stray, missing and changed desk items and search words are found, and rebuilt",
        arguments: DatabaseKind.available)
    func caches(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            let head = try await world.position("tp.tuphap")
            let before = try await world.desk("tp.tuphap")
            let stray = DeskItem(
                position: head.id, agency: head.agency, kind: .direct, urgency: .normal, dueAt: nil,
                subject: UUID(),
                title: "không có", detail: "", path: "van-ban-den/2026/99")
            let now = world.office.clock.now
            try await world.office.database.write { try Tables($0).desk.put(stray, at: now) }
            try await Self.expect([.deskItemStray], in: world)
            try await Self.damage(world, ["UPDATE desk_item SET urgency = 3 WHERE kind = 'receive'"])
            try await Self.expect([.deskItemStray, .deskItemDiffers], in: world)
            try await Self.damage(world, ["DELETE FROM desk_item WHERE kind IN ('approve', 'handle')"])
            try await Self.expect([.deskItemStray, .deskItemDiffers, .deskItemMissing], in: world)
            try await Self.damage(world, ["DELETE FROM entry_text"])
            try await Self.expect(
                [.deskItemStray, .deskItemDiffers, .deskItemMissing, .searchTextDiffers], in: world)
            let rebuilt = try await CacheRebuilding(world.office).run()
            #expect(rebuilt.deskItems >= 5)
            try await Self.expect([], in: world)
            #expect(try await world.desk("tp.tuphap") == before)
            let found = try await world.office.read {
                try $0.entryText.find(["ho", "tich"], kind: .arrival, agency: head.agency, limit: 10)
            }
            #expect(found.count == 3)
        }
    }

    @Test(
        "E1, E2: a lost delivery and a status that was never told are found",
        arguments: DatabaseKind.available)
    func exchange(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await Self.expect([], in: world)
            try await Self.damage(world, ["DELETE FROM outbox"])
            try await Self.expect([.deliveryLost], in: world)
            try await Self.damage(world, ["UPDATE delivery SET status = 5 WHERE status = 1"])
            try await Self.expect([.deliveryLost, .deliveryStatusDiffers], in: world)
        }
    }

    @Test("D3: a draft that says it is numbered without a number is found", arguments: DatabaseKind.available)
    func states(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await Self.fill(world)
            try await Self.damage(world, ["UPDATE draft SET state = 'numbered' WHERE state = 'climbing'"])
            let codes = Set(try await OfficeVerification(world.office).run().faults.map(\.code))
            #expect(codes.isSuperset(of: [.draftApartFromIssuance, .signedFileMissing]))
        }
    }

    @Test(
        "D2, D3, D17: clean after each act of issuing, after a void number and after the clerk's return",
        arguments: DatabaseKind.available)
    func issuing(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]) {
            world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let clerk = try await world.actor("vt.tuphap")
            let letter = try await world.register(number: "436", as: clerk)
            try await world.direct(letter, lead: "cv1.tuphap", as: "tp.tuphap")
            let draft = try await world.signedDraft(answers: [letter.id])
            try await Self.expect([], in: world)
            _ = try await world.number(draft)
            try await Self.expect([], in: world)
            _ = try await world.runner.run(
                VoidNumber(SeenDraft(try await world.reread(draft)), reason: "Sai người ký."), as: clerk)
            try await Self.expect([], in: world)
            _ = try await world.issue(draft)
            try await Self.expect([], in: world)
            try await world.carry()
            try await Self.expect([], in: world)
            let rebuilt = try await CacheRebuilding(world.office).run()
            #expect(rebuilt.deskItems == 2)
            let second = try await world.signedDraft()
            _ = try await world.runner.run(
                ReturnByClerk(SeenDraft(second), reason: "Sai thể thức."), as: clerk)
            try await Self.expect([], in: world)
        }
    }

    // MARK: The world, and damage to it

    /// Three letters (one directed), a draft on its way, one returned; two letters sent, one received and one waiting.
    private static func fill(_ world: StoryWorld) async throws {
        let clerk = try await world.actor("vt.tuphap")
        let first = try await world.register(number: "401", as: clerk)
        for number in ["402", "403"] { _ = try await world.register(number: number, as: clerk) }
        try await world.direct(
            first, lead: "cv1.tuphap", cooperating: ["pp.tuphap"], informed: ["cv2.tuphap"], as: "tp.tuphap")
        _ = try await world.climbingDraft()
        let returned = try await world.climbingDraft()
        _ = try await world.returnDraft(returned, by: "pp.tuphap")
        _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
        _ = try await world.issueDirectly(
            from: "vt.noivu", to: ["phong-tu-phap"], abstract: "góp ý dự thảo kế hoạch cải cách hành chính")
        try await world.carry()
        let waiting = try #require(try await world.waiting(at: "phong-tu-phap").first)
        _ = try await world.accept(waiting.receipt.id, as: "vt.tuphap", director: "tp.tuphap")
        try await world.carry()
    }

    /// As somebody with the database in hands would: the journal's triggers are taken off first.
    private static func damage(_ world: StoryWorld, _ statements: [String]) async throws {
        let database = world.office.database
        let guards =
            database.dialect == .sqlite
            ? ["DROP TRIGGER IF EXISTS journal_no_update", "DROP TRIGGER IF EXISTS journal_no_delete"]
            : ["DROP TRIGGER IF EXISTS journal_no_change ON journal"]
        try await database.write { connection in
            for statement in guards + statements { try connection.execute("\(raw: statement)") }
        }
    }

    private static func expect(
        _ codes: Set<VerificationFault.Code>, in world: StoryWorld,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let findings = try await OfficeVerification(world.office).run()
        #expect(Set(findings.faults.map(\.code)) == codes, sourceLocation: location)
    }

    private static func hashes(_ world: StoryWorld) async throws -> [BlobHash] {
        try await world.office.read { tables in
            var hashes: Set<BlobHash> = []
            try tables.blobUses.all { hashes.formUnion([BlobHash(hex: $0)].compactMap { $0 }) }
            return hashes.sorted()
        }
    }
}
