import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// What is known of a message before its letter has a number, and who needs none, on both databases.
struct MessageForecastTests {
    private static let reason = "Kèm vật phẩm không số hóa được"

    private func wish(
        _ world: StoryWorld, _ draft: Draft, also outside: [ID<Agency>], _ media: MediaWish = .byRules
    ) async throws -> IssuingWish {
        let usual = try await world.issuingWish(draft)
        return IssuingWish(
            code: usual.code, date: usual.date, recipients: usual.recipients + outside, media: media,
            pin: usual.pin)
    }

    private func forecast(_ world: StoryWorld, _ draft: Draft, _ recipients: [ID<Agency>]) async throws
        -> MessageForecast
    {
        let today = world.office.clock.now.officeDate
        return try await world.office.read {
            try MessageForecast($0, draft, electronic: recipients, all: recipients, date: today)
        }
    }

    @Test(
        "D6: an office without a code sends on paper alone to an agency of the axis; electronically it is refused",
        arguments: DatabaseKind.available)
    func onPaperWithoutCode(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.1,Sở Y tế\n")
            let outside = try await world.byCode("H31.1").id
            let draft = try await world.signedDraft(enclosure: nil)
            for medium in [nil, Medium.electronicAndPaper] {
                let departure = MediumDeparture(
                    chosen: medium.map { [outside: $0] } ?? [:], reason: Self.reason)
                await #expect(throws: Refused(.senderHasNoCode)) {
                    _ = try await world.issue(
                        try await wish(world, draft, also: [outside], MediaWish(departure: departure)))
                }
            }
            #expect(try await world.reread(draft).state == .signed)
            let issued = try await world.issue(
                try await wish(
                    world, draft, also: [outside],
                    MediaWish(
                        departure: MediumDeparture(chosen: [outside: .paper], reason: Self.reason))))
            let deliveries = try await world.office.read { try $0.deliveries.all(of: issued.issuance.id) }
            #expect(deliveries.first { $0.recipient == outside }?.channel == .paper)
            #expect(try await world.papers(of: "phong-tu-phap").map(\.paper.recipient) == [outside])
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "E4: what is longer than Phụ lục VI allows is known before the number; it warns and does not stop",
        arguments: DatabaseKind.available)
    func tooLong(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.1,Sở Y tế\nvxp.saas.03,Hệ thống dùng chung\n")
            let axis = try await world.byCode("H31.1").id, odd = try await world.byCode("vxp.saas.03").id
            let own = try await world.agency("phong-tu-phap")
            try await world.runner.run(SetAgencyCode(own.id, code: "H31.900"), as: CatalogueWorld.commandLine)
            let draft = try await world.signedDraft(enclosure: nil)
            #expect(try await forecast(world, draft, [axis]).doubts == [])
            #expect(try await forecast(world, draft, [axis]).refusals == [])
            try await world.office.database.write { connection in
                try connection.execute(
                    "UPDATE draft SET abstract = \(String(repeating: "a", count: 501)) WHERE id = \(draft.id)"
                )
            }
            let long = try await world.reread(draft)
            let found = try await forecast(world, long, [axis, odd])
            #expect(
                Set(found.doubts) == [.tooLong(.subject, count: 501, limit: 500), .oddCode("vxp.saas.03")])
            #expect(found.refusals == [])
            let hosted = try await world.agency("phong-noi-vu").id
            #expect(try await forecast(world, long, [hosted]).doubts == [], "no message leaves this system")
            #expect(try await world.issue(try await wish(world, long, also: [axis])).issuance.number == 1)
        }
    }

    @Test(
        "E4: without what a message must have, nothing is numbered; on paper and within the system it goes",
        arguments: DatabaseKind.available)
    func incomplete(_ kind: DatabaseKind) async throws {
        try await IssuingOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.1,Sở Y tế\n")
            let outside = try await world.byCode("H31.1").id
            let own = try await world.agency("phong-tu-phap")
            try await world.runner.run(SetAgencyCode(own.id, code: "H31.900"), as: CatalogueWorld.commandLine)
            let draft = try await world.signedDraft(enclosure: nil)
            try await world.office.database.write { connection in
                try connection.execute("UPDATE agency SET place = '' WHERE id = \(own.id)")
            }
            let wanted = try await wish(world, draft, also: [outside])
            await #expect(throws: Refused(.messageIncomplete(.place))) { _ = try await world.issue(wanted) }
            // The act itself asks too, not only what stands before it.
            await #expect(throws: Refused(.messageIncomplete(.place))) {
                _ = try await world.runner.run(
                    TakeNumber(code: draft.code, date: wanted.date, recipients: wanted.recipients),
                    as: try await world.actor("vt.tuphap"))
            }
            #expect(try await world.office.read { try $0.issuances.inUse(of: draft.id) } == nil)
            let media = MediaWish(
                departure: MediumDeparture(chosen: [outside: .paper], reason: Self.reason))
            let issued = try await world.issue(try await wish(world, draft, also: [outside], media))
            #expect(issued.issuance.number == 1)
        }
    }
}
