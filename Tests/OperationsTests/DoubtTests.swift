import BlobStorage
import Domain
import DualSQL
import EdXML
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Gói tin có thể đã đến: an attempt ended without an answer, and its letter is taken back; on both databases.
struct DoubtTests {
    private static let route = Route(.vanthu, "tho"), reason = "Phụ lục ghi sai số liệu."

    @Test(
        "E3, E5: a letter whose answer was lost is asked back (13), behind itself; one that surely did not go is taken back at once",
        arguments: DatabaseKind.available)
    func lostAnswer(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            let recipient = try await outside.isReached(by: Self.route)
            for (failure, asked) in [
                (CarryingFailure.unreachable("Không kết nối được."), false),
                (.partnerDown("Ngắt giữa chừng."), true),
                (.passing("Trả lời quá dài."), true), (.permanent("Không nhận."), false),
            ] {
                let issuance = try await world.issueDirectly(from: "vt.tuphap", to: [recipient])
                try await ExchangeWorker(office: world.office, links: [InTrouble(failure)]).runOnce()
                let outcome = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.tuphap")
                #expect(outcome.asked == (asked ? 1 : 0), "\(failure)")
                #expect(outcome.takenBack == (asked ? 0 : 1), "\(failure)")
                let waiting = try await world.office.read { tables in
                    try tables.deliveries.all(of: issuance.id).flatMap {
                        try tables.outbox.waiting(for: $0.id)
                    }
                }
                #expect(waiting.map(\.kind) == (asked ? [.document, .recall] : []), "\(failure)")
            }
            try await world.expectClean()
        }
    }

    @Test(
        "E5: a worker that died with a letter in hand leaves it in doubt",
        arguments: DatabaseKind.available)
    func deadWorker(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            let issuance = try await world.issueDirectly(
                from: "vt.tuphap", to: [try await outside.isReached(by: Self.route)])
            let now = world.office.clock.now
            try await world.office.database.write { connection in
                let outbox = Tables(connection).outbox
                let leased = try outbox.lease(
                    .vanthu, .only(Self.route.partner), by: "chết", at: now, until: now.adding(seconds: 900),
                    limit: 9)
                #expect(leased.count == 1)
                try outbox.giveBack(from: "chết")
            }
            let outcome = try await world.ask(.recall, about: issuance, Self.reason, as: "vt.tuphap")
            #expect(outcome.asked == 1 && outcome.takenBack == 0)
        }
    }

    @Test(
        "E3: an agreed recall ends what else the sender asked, on both sides: nothing is left on a desk",
        arguments: DatabaseKind.available)
    func otherRequests(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            try await outside.send(try outside.document(.new))
            let receipt = try #require(try await outside.receipts().first)
            try await outside.send(try InboundUpdateTests.correction(outside))
            try await outside.send(outside.recall("Gửi nhầm nơi nhận."))
            let requests = try await world.office.read { try $0.receiptRequests.all(of: receipt.id) }
            #expect(requests.map(\.state) == [.asked, .asked])
            let recall = try #require(requests.first { $0.kind == .recall })
            _ = try await world.decide(recall, agrees: true, as: "vt.tuphap")
            let clerk = try await world.position("vt.tuphap")
            let desk = try await world.office.read { try $0.desk.queue(of: clerk.id, kind: nil, limit: 9) }
            #expect(desk.isEmpty)
            let after = try await world.office.read { try $0.receiptRequests.all(of: receipt.id) }
            #expect(Set(after.map(\.state)) == [.agreed, .refused])
            try await outside.work()
            #expect(!world.office.blobs.contains(try outside.hash(of: OutsideOffice.other)))
            try await world.expectClean()
        }
    }

    @Test(
        "E1: of messages within the house only those are carried whose answers were looked at before",
        arguments: DatabaseKind.available)
    func onlyTheLookedAt(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let now = world.office.clock.now
            let due = try await world.office.read {
                try $0.outbox.due(.loopback, at: now, limit: 9).map(\.id)
            }
            #expect(due.count == 2)
            let claimed = try await world.office.database.write {
                try Tables($0).outbox.claim([due[1]], at: now).map(\.id)
            }
            #expect(claimed == [due[1]])
        }
    }
}

/// The far end in trouble, always the same.
private struct InTrouble: WireLink {
    let channel = Channel.vanthu
    let partners = ["tho"]
    let collectEvery: Duration? = nil
    let failure: CarryingFailure

    init(_ failure: CarryingFailure) { self.failure = failure }

    func send(_ message: WireMessage, to partner: String) async throws(CarryingFailure) { throw failure }
    func collect(from partner: String, into inbox: Inbox) async throws(CarryingFailure) -> Int { 0 }
}
