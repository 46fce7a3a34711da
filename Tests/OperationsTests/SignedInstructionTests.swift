import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Dispatch follows what the signer signed under; what the clerk does otherwise is written down. On both databases.
struct SignedInstructionTests {
    private func signed(_ world: StoryWorld, answerBy: OfficeDate? = nil) async throws -> Draft {
        try await world.signedDraft(
            enclosure: nil,
            sending: try await world.sending(to: ["phong-noi-vu", "ubnd-thanh-pho"], answerBy: answerBy))
    }

    private func wish(
        _ world: StoryWorld, _ draft: Draft, to recipients: [ID<Agency>],
        _ chosen: [ID<Agency>: Medium] = [:],
        mediumReason: String = "", changeReason: String = ""
    ) -> IssuingWish {
        IssuingWish(
            code: draft.code, date: world.office.clock.now.officeDate, recipients: recipients,
            media: MediaWish(
                departure: MediumDeparture(chosen: chosen, reason: mediumReason), changeReason: changeReason),
            pin: StoryWorld.pin)
    }

    private func view(_ world: StoryWorld, _ issued: IssuedDocument) async throws -> IssuedView {
        try await IssuedReading(office: world.office).open(
            year: 2026, register: "cong-van", number: issued.issuance.number,
            as: try await world.position("vt.tuphap"))
    }

    @Test(
        "D22: issued as the signer saw it, nothing is a change and no reason is asked for",
        arguments: DatabaseKind.available)
    func asSigned(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let draft = try await signed(world, answerBy: OfficeDate("2026-05-29"))
            let matter = try await IssuingReading(office: world.office).matter(
                draft.code, as: try await world.position("vt.tuphap"))
            #expect(matter.plan.settled.count == 2, "the clerk's page is filled from it")
            let issued = try await world.issue(
                .asSigned(
                    code: draft.code, date: world.office.clock.now.officeDate, matter.plan,
                    pin: StoryWorld.pin))
            let view = try await view(world, issued)
            #expect(view.changes == [] && view.answerBy == OfficeDate("2026-05-29"))
            let entry = try #require(view.history.first { $0.verb == .numberTaken })
            #expect(entry.particulars["changeReason"] == nil && entry.particulars["recipients"] == "2")
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "D22: what the clerk adds and leaves out wants a reason and stands in table, journal and page",
        arguments: DatabaseKind.available)
    func otherwise(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let home = try await world.agency("phong-noi-vu").id,
                city = try await world.agency("ubnd-thanh-pho").id
            let offline = try await world.addPaperAgency()
            let draft = try await signed(world), clerk = try await world.position("vt.tuphap")
            let service = IssuingService(office: world.office)
            for recipients in [[home], [home, city, offline]] {
                await #expect(throws: Refused(.changeNeedsReason)) {
                    _ = try await service.issue(wish(world, draft, to: recipients), as: clerk)
                }
                // The act asks too, not only what stands before it.
                await #expect(throws: Refused(.changeNeedsReason)) {
                    _ = try await world.runner.run(
                        TakeNumber(
                            code: draft.code, date: world.office.clock.now.officeDate,
                            recipients: recipients, media: MediaWish(changeReason: " \n")),
                        as: .position(clerk))
                }
            }
            #expect(try await world.office.read { try $0.issuances.inUse(of: draft.id) } == nil)
            let reason = "Theo ý kiến người ký qua điện thoại"
            let issued = try await world.issue(
                wish(world, draft, to: [home, offline], changeReason: reason))
            let view = try await view(world, issued)
            let changes = Dictionary(uniqueKeysWithValues: view.changes.map { ($0.change.agency, $0) })
            #expect(changes.count == 2 && changes.values.allSatisfy { $0.reason == reason })
            #expect(changes[offline]?.change.isAdded == true && changes[offline]?.change.medium == .paper)
            #expect(
                changes[city]?.change.isLeftOut == true && changes[city]?.change.former == .electronic)
            let entry = try #require(view.history.first { $0.verb == .numberTaken })
            #expect(entry.particulars["changeReason"] == reason)
            #expect(entry.particulars["added"] == "Hội Người cao tuổi tỉnh Kiên Giang")
            let left = try await world.agency("ubnd-thanh-pho").name
            #expect(entry.particulars["leftOut"] == left)
            try await world.carry()
            #expect(try await world.waiting(at: "ubnd-thanh-pho").isEmpty)
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "D22: by another medium is a change too; the reason for departing from the rules is enough for it",
        arguments: DatabaseKind.available)
    func otherMedium(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let home = try await world.agency("phong-noi-vu").id,
                city = try await world.agency("ubnd-thanh-pho").id
            let draft = try await signed(world)
            await #expect(throws: Refused([.mediumNeedsReason, .changeNeedsReason])) {
                _ = try await world.issue(wish(world, draft, to: [home, city], [city: .paper]))
            }
            let issued = try await world.issue(
                wish(world, draft, to: [home, city], [city: .paper], mediumReason: "Kèm bản đồ"))
            let view = try await view(world, issued)
            #expect(
                view.changes == [
                    IssuedChange(
                        change: RecipientChange(agency: city, former: .electronic, medium: .paper),
                        reason: "Kèm bản đồ")
                ])
            let entry = try #require(view.history.first { $0.verb == .numberTaken })
            let name = try await world.agency("ubnd-thanh-pho").name
            #expect(entry.particulars["rerouted"] == name)
        }
    }

    @Test(
        "D22: whoever can be reached on paper only since the signature gets paper without anybody's reason, and it is written down",
        arguments: DatabaseKind.available)
    func forced(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let outside = try await world.addPaperAgency()
            try await setChannel(.mail, of: outside, world)
            let draft = try await world.signedDraft(
                enclosure: nil, sending: DraftSending(recipients: [DraftRecipient(agency: outside)]))
            try await setChannel(.paper, of: outside, world)
            let issued = try await world.issue(wish(world, draft, to: [outside]))
            let changes = try await view(world, issued).changes
            #expect(changes.map(\.change.former) == [.electronic])
            #expect(changes.map(\.change.medium) == [.paper] && changes.map(\.reason) == [""])
        }
    }

    @Test(
        "D11: a document dated after the day its answer is asked for is refused, and takes no number",
        arguments: DatabaseKind.available)
    func tooLate(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            let day = world.office.clock.now.officeDate
            let draft = try await signed(world, answerBy: day)
            try await world.office.database.write { connection in
                _ = try connection.execute(
                    "UPDATE draft_sending SET answer_by = '2026-05-11' WHERE draft_id = \(draft.id)")
            }
            await #expect(throws: Refused(.answerBeforeDate(day.adding(days: -1)))) {
                _ = try await world.issue(draft)
            }
            #expect(try await world.office.read { try $0.issuances.inUse(of: draft.id) } == nil)
        }
    }

    private func setChannel(_ channel: Channel, of agency: ID<Agency>, _ world: StoryWorld) async throws {
        try await world.office.database.write { connection in
            _ = try connection.execute(
                """
                UPDATE correspondent SET channel = \(channel), mail = 'vanthu@hoi.example.vn'
                WHERE id = \(agency)
                """)
        }
    }
}
