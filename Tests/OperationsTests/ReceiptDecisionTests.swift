import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Tiếp nhận, từ chối tiếp nhận, on both databases.
struct ReceiptDecisionTests {
    @Test(
        "B7, E3: refusing needs a reason; name and reason stay here and reach the sender",
        arguments: DatabaseKind.available)
    func refused(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let row = try #require(try await world.waiting(at: "phong-tu-phap").first)
            let clerk = try await world.actor("vt.tuphap")
            func refuse(_ reason: String, as actor: Actor) async throws {
                try await world.runner.run(RefuseReceipt(receipt: row.receipt.id, reason: reason), as: actor)
            }
            await #expect(throws: Refused(.missing(.reason))) { try await refuse("  ", as: clerk) }
            await #expect(throws: Refused(.notForYourRole)) {
                try await refuse("Gửi nhầm", as: try await world.actor("tp.tuphap"))
            }
            await #expect(throws: Refused(.notFound)) {
                try await refuse("Gửi nhầm", as: try await world.actor("vt.noivu"))
            }
            try await refuse("Thiếu phụ lục.", as: clerk)
            await #expect(throws: Refused(.stale)) { try await refuse("Thiếu phụ lục.", as: clerk) }
            await #expect(throws: Refused(.stale)) {
                try await world.accept(row.receipt.id, as: "vt.tuphap", director: "tp.tuphap")
            }
            try await world.carry()
            let board = try await world.office.read {
                try $0.deliveryLists.board(issuance.id, of: issuance.agency, statuses: [.refused])
            }
            #expect(board.map(\.delivery.note) == ["Thiếu phụ lục. (Đỗ Phương Uyên, Văn thư)"])
            let view = try await ReceiptReading(office: world.office).open(
                row.receipt.id, as: try await world.position("pp.tuphap"))
            #expect(view.card.decidedBy == "Đỗ Phương Uyên")
            #expect(view.card.reason == "Thiếu phụ lục.")
            #expect(view.card.agreesWithDeclared)
            #expect(view.history.map(\.verb) == [.receiptArrived, .receiptRefused])
        }
    }

    @Test(
        "B1, B7: accepting shows the twin once, wants a director of this agency, and happens once",
        arguments: DatabaseKind.available)
    func accepting(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let id = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt.id
            for (director, refusal) in [
                ("cv1.tuphap", Refusal.malformed(.director)), ("tp.noivu", .malformed(.director)),
            ] {
                await #expect(throws: Refused(refusal)) {
                    try await world.accept(id, as: "vt.tuphap", director: director)
                }
            }
            await #expect(throws: Refused(.deadlineInPast)) {
                try await world.accept(
                    id, as: "vt.tuphap", director: "tp.tuphap",
                    deadline: OfficeDate(year: 2026, month: 5, day: 1))
            }
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.accept(id, as: "tp.tuphap", director: "tp.tuphap")
            }
            await #expect(throws: Refused(.notFound)) {
                try await world.accept(id, as: "vt.noivu", director: "tp.noivu")
            }
            let arrival = try await world.accept(id, as: "vt.tuphap", director: "tp.tuphap")
            #expect(arrival.number == 1)
            await #expect(throws: Refused(.alreadyAccepted)) {
                try await world.accept(id, as: "vt.tuphap", director: "tp.tuphap")
            }
            await #expect(throws: Refused(.notRefusableNow)) {
                try await world.runner.run(
                    RefuseReceipt(receipt: id, reason: "Gửi nhầm"), as: try await world.actor("vt.tuphap"))
            }
            try await world.sendAgain(arrival)
            try await world.carry()
            let twin = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt.id
            await #expect(throws: Refused(.twin(year: 2026, number: 1))) {
                try await world.accept(twin, as: "vt.tuphap", director: "tp.tuphap")
            }
            let second = try await world.accept(twin, as: "vt.tuphap", director: "tp.tuphap", twinSeen: true)
            #expect(second.number == 2)
        }
    }

    @Test("E5: two clerks press at once, one decides", arguments: DatabaseKind.available)
    func race(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            for round in 1...5 {
                _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
                try await world.carry()
                let id = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt.id
                let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                    for _ in 1...2 {
                        group.addTask {
                            do {
                                return .success(
                                    try await world.accept(id, as: "vt.tuphap", director: "tp.tuphap").number)
                            } catch { return .failure(error) }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.compactMap { try? $0.get() } == [round])
                let refusals = outcomes.compactMap { outcome -> Refused? in
                    if case .failure(let error) = outcome { error as? Refused } else { nil }
                }
                #expect(refusals == [Refused(.alreadyAccepted)])
            }
        }
    }
}

extension StoryWorld {
    /// The same document comes once more under a delivery of its own.
    fileprivate func sendAgain(_ arrival: Arrival) async throws {
        let now = office.clock.now
        let sender = try await agency("phong-noi-vu").id
        let issuance = try await issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
        try await office.database.write { connection in
            try connection.execute(
                """
                UPDATE outbox SET document_id = \(arrival.document), at = \(now)
                WHERE from_agency = \(sender) AND kind = 'document'
                """)
        }
        #expect(issuance.document != arrival.document)
    }
}
