import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// An answer asked for by a day, between two agencies of one installation; on both databases.
struct AskedAnswerTests {
    /// 2026-05-20
    private static let day = OfficeDate(dayNumber: 20_593)

    private func asking(_ world: StoryWorld) async throws -> Issuance {
        try await world.issueDirectly(
            as: try await world.actor("vt.noivu"), to: [try await world.agency("phong-tu-phap").id],
            abstract: "báo cáo kết quả cải cách hành chính quý I", answerBy: Self.day)
    }

    private func board(_ world: StoryWorld, _ issuance: Issuance) async throws -> BoardRow {
        let rows = try await world.office.read {
            try $0.deliveryLists.board(issuance.id, of: issuance.agency)
        }
        return try #require(rows.first)
    }

    private func counts(_ world: StoryWorld, _ issuance: Issuance, on day: OfficeDate) async throws
        -> DeliveryCounts
    {
        try await world.office.read {
            try $0.deliveryLists.parts(
                of: issuance.id, in: issuance.agency, at: Instant(day, hour: 8))
        }
    }

    @Test(
        "D11: the day travels with the letter, stands on the recipient's card, and the sender's board waits for it",
        arguments: DatabaseKind.available)
    func travels(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await asking(world)
            let plain = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let receipts = try await world.waiting(at: "phong-tu-phap").map(\.receipt.id)
            let findings = try await world.office.read { tables in
                try receipts.flatMap { try tables.receipts.findings(of: $0) }
            }
            #expect(findings == [.answerBy("2026-05-20")])
            #expect(try await board(world, issuance).delivery.answerBy == Self.day)
            #expect(try await counts(world, issuance, on: Self.day)[.awaitsAnswer] == 1)
            #expect(try await counts(world, issuance, on: Self.day)[.answerLate] == 0, "that day is in time")
            let after = Self.day.adding(days: 1)
            #expect(try await counts(world, issuance, on: after)[.answerLate] == 1)
            #expect(try await counts(world, plain, on: after)[.awaitsAnswer] == 0)
            try await expectList(world, of: issuance, waiting: 1, late: 1, on: after)
        }
    }

    @Test(
        "D11: the answer that comes is linked to what it answers on both sides, and nothing is waited for any more",
        arguments: DatabaseKind.available)
    func answered(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await asking(world)
            try await world.carry()
            let receipt = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt.id
            let arrival = try await world.accept(receipt, as: "vt.tuphap", director: "tp.tuphap")
            _ = try await world.issueDirectly(
                as: try await world.actor("vt.tuphap"), to: [try await world.agency("phong-noi-vu").id],
                abstract: "kết quả cải cách hành chính quý I", answers: [arrival.id])
            try await world.carry()
            let row = try await board(world, issuance)
            #expect(row.delivery.answeredAt != nil)
            let answers = try await world.office.read { try $0.deliveryAnswers.of([row.delivery.id]) }
            let answer = try #require(answers[row.delivery.id]?.first)
            #expect(answer.numberAndNotation == "01/PTP" && answer.arrival == nil)
            let findings = try await world.office.read { try $0.receipts.findings(of: answer.receipt) }
            #expect(findings == [.answers(code: issuance.numberAndNotation)])
            let late = Self.day.adding(days: 3)
            #expect(try await counts(world, issuance, on: late)[.awaitsAnswer] == 0)
            #expect(try await counts(world, issuance, on: late)[.answerLate] == 0)
            try await expectList(world, of: issuance, waiting: 0, late: 0, on: late)
            // Registered, the link leads to the entry, and from there back.
            let entered = try await world.accept(
                answer.receipt, as: "vt.noivu", director: "tp.noivu")
            let (linked, back, own) = try await world.office.read { tables in
                (
                    try tables.deliveryAnswers.of([row.delivery.id])[row.delivery.id]?.first?.arrival,
                    try tables.deliveryAnswers.answered(by: answer.receipt, in: issuance.agency),
                    // Of another agency it says nothing.
                    try tables.deliveryAnswers.answered(by: answer.receipt, in: arrival.agency)
                )
            }
            #expect(linked?.number == entered.number && linked?.year == entered.year)
            #expect(back == [issuance.id] && own == [])
            let history = try await world.office.read {
                try $0.journal.history(of: [answer.receipt.uuid], in: issuance.agency).map(\.entry)
            }
            #expect(
                history.first { $0.verb == .receiptArrived }?.particulars["answers"]
                    == issuance.numberAndNotation)
            try await world.expectClean()
        }
    }

    @Test(
        "D11: an answer to a third agency is no answer to the sender; a refused letter is not waited for",
        arguments: DatabaseKind.available)
    func others(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(
            kind, agencies: ["phong-tu-phap", "phong-noi-vu", "ubnd-thanh-pho"]
        ) { world in
            let issuance = try await asking(world), refused = try await asking(world)
            try await world.carry()
            let receipts = try await world.waiting(at: "phong-tu-phap").map(\.receipt)
            let delivery = try await board(world, issuance).delivery.id
            let first = try #require(receipts.first { $0.delivery == delivery })
            let other = try #require(receipts.first { $0.delivery != delivery })
            let arrival = try await world.accept(first.id, as: "vt.tuphap", director: "tp.tuphap")
            try await world.runner.run(
                RefuseReceipt(receipt: other.id, reason: "Gửi nhầm"), as: try await world.actor("vt.tuphap"))
            _ = try await world.issueDirectly(
                as: try await world.actor("vt.tuphap"), to: [try await world.agency("ubnd-thanh-pho").id],
                abstract: "kết quả cải cách hành chính quý I", answers: [arrival.id])
            try await world.carry()
            #expect(try await board(world, issuance).delivery.answeredAt == nil)
            #expect(try await counts(world, issuance, on: Self.day)[.awaitsAnswer] == 1)
            #expect(try await counts(world, refused, on: Self.day)[.awaitsAnswer] == 0)
        }
    }

    private func expectList(
        _ world: StoryWorld, of issuance: Issuance, waiting: Int, late: Int, on day: OfficeDate
    ) async throws {
        let (counts, rows) = try await world.office.read { tables in
            (
                try tables.deliveryAnswers.waiting(of: issuance.agency, on: day, limit: 10),
                try tables.issuanceLists.page(of: issuance.agency, awaited: true, limit: 10)
            )
        }
        #expect(counts.all == waiting && counts.late == late)
        #expect(rows.map(\.issuance.id) == (waiting > 0 ? [issuance.id] : []))
        #expect(rows.allSatisfy { $0.answerBy == Self.day && $0.answered == 0 })
    }
}
