import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Ghi tình trạng do nơi nhận báo: what recipients on paper and by mail tell, the clerk writes down; on both databases.
struct ToldStatusTests {
    @Test(
        "E2, B7: paper that its recipient has is known as taken, one the post brings back as returned with why; both by the day",
        arguments: DatabaseKind.available)
    func paper(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let agencies = [try await world.addPaperAgency("Hội A"), try await world.addPaperAgency("Hội B")]
            let issuance = try await world.issueDirectly(from: "vt.tuphap", to: agencies)
            let today = world.office.clock.now.officeDate
            let rows = try await world.rows(of: issuance), reason = "Bưu điện trả lại: sai địa chỉ."
            await #expect(throws: Refused(.notGoneYet)) {
                try await world.note(.accepted, rows[0], today, as: "vt.tuphap")
            }
            try await world.post(issuance)
            _ = try await world.note(.accepted, rows[0], today, as: "vt.tuphap")
            await #expect(throws: Refused(.missing(.toldNote))) {
                try await world.note(.refused, rows[1], today, as: "vt.tuphap")
            }
            _ = try await world.note(.refused, rows[1], today, reason, as: "vt.tuphap")
            let parts = try await world.parts(of: issuance)
            #expect(parts[.inWork] == 1 && parts[.returned] == 1 && parts[.needsLook] == 1)
            let known = try await world.rows(of: issuance).map(\.delivery)
            #expect(known.map(\.status) == [.accepted, .refused] && known.map(\.toldOn) == [today, today])
            #expect(known.map(\.note) == ["", reason])
            // Written wrongly, it is written again, and both stay.
            _ = try await world.note(
                .accepted, rows[1], today, "Chị Hoa ở Hội B gọi điện.", as: "vt.tuphap")
            let events = try await world.office.read {
                try $0.deliveryLists.history(of: rows[1].delivery.id, in: issuance.agency)
            }
            #expect(events.map(\.status) == [.refused, .accepted])
            let clerk = try await world.position("vt.tuphap").personName
            #expect(events.allSatisfy { $0.notedBy == clerk })
            let journal = try await world.office.read {
                try $0.journal.history(of: [issuance.id.uuid], in: issuance.agency).map(\.entry)
            }
            let acts = journal.filter { $0.verb == .statusNoted }
            #expect(acts.map { $0.particulars["status"] } == ["03", "02", "03"])
            #expect(acts.map { $0.particulars["agency"] } == ["Hội A", "Hội B", "Hội B"])
            try await world.expectClean()
        }
    }

    @Test(
        "E2: not for whom a system reports, not before it was posted nor in the future, and not by whom may not",
        arguments: DatabaseKind.available)
    func whoMayNot(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let inside = try await world.issueDirectly(from: "vt.tuphap", to: ["phong-noi-vu"])
            try await world.carry()
            let today = world.office.clock.now.officeDate
            let arrived = try #require(try await world.rows(of: inside).first)
            await #expect(throws: Refused(.statusComesByItself)) {
                try await world.note(.accepted, arrived, today, as: "vt.tuphap")
            }
            let issuance = try await world.issueDirectly(
                from: "vt.tuphap", to: [try await world.addPaperAgency()])
            try await world.post(issuance)
            let row = try #require(try await world.rows(of: issuance).first)
            let wrong: [(DeliveryStatus, OfficeDate, Refusal)] = [
                (.accepted, today.adding(days: 1), .dateInFuture(.toldOn)),
                (.accepted, today.adding(days: -1), .malformed(.toldOn)),
                (.working, today, .malformed(.outcome)),
            ]
            for (status, day, reason) in wrong {
                await #expect(throws: Refused(reason)) {
                    try await world.note(status, row, day, as: "vt.tuphap")
                }
            }
            for (login, refused) in [
                ("cv1.tuphap", Refused(.notForYourRole)), ("tp.tuphap", Refused(.notForYourRole)),
                ("vt.noivu", Refused(.notFound)),
            ] {
                await #expect(throws: refused, "\(login)") {
                    try await world.note(.accepted, row, today, as: login)
                }
            }
            #expect(try await world.rows(of: issuance).map(\.delivery.status) == [.sent])
        }
    }
}

extension StoryWorld {
    fileprivate func note(
        _ status: DeliveryStatus, _ row: BoardRow, _ day: OfficeDate, _ words: String = "", as login: String
    ) async throws -> Delivery {
        try await runner.run(
            NoteStatus(status, of: row.delivery.id, in: row.delivery.issuance, on: day, note: words),
            as: try await actor(login))
    }

    /// Copied, printed and posted today.
    fileprivate func post(_ issuance: Issuance) async throws {
        let clerk = try await actor("vt.tuphap")
        _ = try await certifyAll(of: "phong-tu-phap", as: "vt.tuphap")
        let ids = try await papers(of: "phong-tu-phap").map(\.paper.id)
        _ = try await runner.run(NotePrinted(ids), as: clerk)
        _ = try await runner.run(
            NotePosted(
                ids,
                PostingParticulars(
                    day: office.clock.now.officeDate, way: .post, carrier: "Bưu điện Rạch Giá", envelopes: 1,
                    note: "")), as: clerk)
    }
}
