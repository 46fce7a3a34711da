import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Whom a draft goes to: written by its drafter, read by the heads, settled with the signature; on both databases.
struct DraftSendingTests {
    @Test(
        "D21: the drafter names the recipients, the rules propose the medium, and paper and electronic stand apart",
        arguments: DatabaseKind.available)
    func written(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.importRules(.kienGiang)
            let offline = try await world.addPaperAgency()
            let city = try await world.agency("ubnd-thanh-pho").id
            let opened = try await world.openDraft()
            let usual = try await world.sending(to: ["phong-noi-vu", "ubnd-thanh-pho", "phong-noi-vu"])
            let sending = DraftSending(
                recipients: usual.recipients + [DraftRecipient(agency: offline)],
                answerBy: OfficeDate("2026-05-20"))
            let draft = try await world.setSending(opened, sending)
            #expect(draft.version > opened.version)
            let plan = try await plan(world, draft)
            #expect(plan.sending.recipients.count == 3, "twice the same is once")
            #expect(plan.sending.answerBy == OfficeDate("2026-05-20"))
            #expect(plan.settled.filter(\.medium.isPaper).map(\.agency) == [offline])
            let history = try await history(world, draft)
            let entry = try #require(history.last { $0.verb == .draftSendingSet })
            #expect(entry.particulars["recipients"] == "3" && entry.particulars["answerBy"] == "2026-05-20")
            // Another medium than the rules' wants a reason here as it does at issuing.
            let byPaper = DraftSending(recipients: [DraftRecipient(agency: city, chosen: .paper)])
            await #expect(throws: Refused(.mediumNeedsReason)) {
                _ = try await world.setSending(draft, byPaper)
            }
            let changed = try await world.setSending(
                draft,
                DraftSending(recipients: byPaper.recipients, reason: "Kèm bản đồ khổ lớn"))
            #expect(try await self.plan(world, changed).settled == [SettledRecipient(city, .paper)])
            // Nobody had seen it, so nothing was changed under anybody's eyes.
            #expect(try await world.office.read { try $0.draftSending.changes(of: draft.id) } == [])
        }
    }

    @Test(
        "D21: the own agency, an unknown one, one that has ended and a day that has passed are refused, and nothing is kept",
        arguments: DatabaseKind.available)
    func refused(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await world.openDraft(), own = try await world.agency("phong-tu-phap").id
            let nobody = ID<Agency>(UUIDv7.make(at: world.office.clock.now))
            for stranger in [own, nobody] {
                await #expect(throws: Refused(.recipientUnknown)) {
                    _ = try await world.setSending(
                        draft, DraftSending(recipients: [DraftRecipient(agency: stranger)]))
                }
            }
            let ended = try await world.addPaperAgency("Trạm Thú y Rạch Giá")
            try await world.office.database.write { connection in
                _ = try connection.execute(
                    "UPDATE correspondent SET valid_to = '2026-05-01' WHERE id = \(ended)")
            }
            await #expect(
                throws: Refused([
                    .recipientEnded(name: "Trạm Thú y Rạch Giá", successor: ""), .answerByInPast,
                ])
            ) {
                _ = try await world.setSending(
                    draft,
                    DraftSending(
                        recipients: [DraftRecipient(agency: ended)], answerBy: OfficeDate("2026-05-11")))
            }
            #expect(try await plan(world, draft).sending == .nothing)
            #expect(try await world.reread(draft).version == draft.version)
        }
    }

    @Test(
        "A2, D21: only the drafter, and only while the draft is with the drafter; others are refused or find nothing",
        arguments: DatabaseKind.available)
    func rights(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let sending = try await world.sending(to: ["phong-noi-vu"])
            let opened = try await world.openDraft()
            for (login, reason) in [
                ("vt.tuphap", Refusal.notFound), ("tp.tuphap", .notYours), ("cv2.tuphap", .notFound),
                ("cv1.noivu", .notFound),
            ] {
                await #expect(throws: Refused(reason), "\(login)") {
                    _ = try await world.setSending(opened, sending, by: login)
                }
            }
            let climbing = try await world.submit(try await world.addPDFVersion("bản một", to: opened))
            for (login, reason) in [("cv1.tuphap", Refusal.draftNotEditable), ("pp.tuphap", .notYours)] {
                await #expect(throws: Refused(reason), "\(login)") {
                    _ = try await world.setSending(climbing, sending, by: login)
                }
            }
            await #expect(throws: Refused(.stale)) {
                _ = try await world.setSending(opened, sending)
            }
        }
    }

    @Test(
        "D22: what is changed after somebody put initials on it is kept with who and when, for the heads after",
        arguments: DatabaseKind.available)
    func changedOnTheWay(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let home = try await world.agency("phong-noi-vu").id,
                city = try await world.agency("ubnd-thanh-pho").id
            let opened = try await world.setSending(
                try await world.openDraft(), try await world.sending(to: ["phong-noi-vu"]))
            let climbing = try await world.submit(try await world.addPDFVersion("bản một", to: opened))
            let initialled = try await world.approve(climbing, by: "pp.tuphap")
            let returned = try await world.returnDraft(initialled, by: "tp.tuphap")
            // The same again is no change.
            let same = try await world.setSending(returned, try await world.sending(to: ["phong-noi-vu"]))
            #expect(try await world.office.read { try $0.draftSending.changes(of: same.id) } == [])
            let changed = try await world.setSending(
                same,
                try await world.sending(to: ["ubnd-thanh-pho"], answerBy: OfficeDate("2026-05-29")))
            let changes = try await world.office.read { try $0.draftSending.changes(of: changed.id) }
            let one = try #require(changes.first)
            #expect(changes.count == 1 && one.added == [city] && one.leftOut == [home])
            #expect(one.rerouted.isEmpty && one.answerBefore == nil)
            #expect(one.answerAfter == OfficeDate("2026-05-29"))
            let drafter = try await world.position("cv1.tuphap").id
            #expect(one.by == drafter)
            let initial = try #require(try await world.bundle(changed).initials.first)
            #expect(initial.at <= one.at, "the page says so to the next head")
            let entry = try #require(
                try await history(world, changed).last { $0.verb == .draftSendingSet })
            let left = try await world.agency("phong-noi-vu").name
            #expect(entry.particulars["leftOut"] == left)
        }
    }

    @Test(
        "D22: the signature settles the media; a return by the clerk opens them again",
        arguments: DatabaseKind.available)
    func settled(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let city = try await world.agency("ubnd-thanh-pho").id
            let draft = try await world.signedDraft(
                enclosure: nil, sending: try await world.sending(to: ["ubnd-thanh-pho"]))
            #expect(try await plan(world, draft).sending.recipients.map(\.signed) == [.electronic])
            try await paperOnly(world)
            #expect(try await plan(world, draft).settled == [SettledRecipient(city, .electronic)])
            await #expect(throws: Refused(.draftNotEditable)) {
                _ = try await world.setSending(draft, .nothing)
            }
            let back = try await world.runner.run(
                ReturnByClerk(SeenDraft(draft), reason: "Sai nơi nhận"),
                as: try await world.actor("vt.tuphap"))
            #expect(try await plan(world, back).settled == [SettledRecipient(city, .paper)])
            let emptied = try await world.setSending(back, .nothing)
            #expect(try await plan(world, emptied).sending == .nothing)
        }
    }

    private func plan(_ world: StoryWorld, _ draft: Draft) async throws -> SendingPlan {
        let today = world.office.clock.now.officeDate
        return try await world.office.read { tables in
            let now = try tables.drafts.find(draft.id) ?? draft
            return try SendingPlan(tables, now, try tables.draftSending.find(draft.id), on: today)
        }
    }

    private func history(_ world: StoryWorld, _ draft: Draft) async throws -> [JournalEntry] {
        try await world.office.read {
            try $0.journal.history(of: [draft.id.uuid], in: draft.agency).map(\.entry)
        }
    }

    private func paperOnly(_ world: StoryWorld) async throws {
        let rules = try RuleCatalogue.read(
            Array("ten_loai,hinh_thuc\nCông văn,giay\n".utf8), basis: "Quy định mới",
            from: OfficeDate("2026-01-01"))
        try await world.runner.run(
            ImportRules("moi", for: try await world.agency("phong-tu-phap").id, rules),
            as: .system(name: "Dòng lệnh", agency: nil))
    }
}
