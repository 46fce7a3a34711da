import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Nothing lost, nothing twice, whatever fails (E5), on both databases.
struct ExchangeWorkerTests {
    @Test(
        "E5: a document that is delivered twice is received once, and reported once",
        arguments: DatabaseKind.available)
    func twice(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            let sent = try await world.office.read { try $0.outbox.due(.loopback, at: .never, limit: 10) }
            try await world.carry()
            for envelope in sent { try await world.put(envelope.again(at: envelope.at)) }
            try await world.carry()
            #expect(try await world.waiting(at: "phong-tu-phap").count == 1)
            #expect(try await world.reported(on: issuance).taken == ["01"])
        }
    }

    @Test(
        "E2: a late or doubled status changes nothing and is kept in the delivery's history",
        arguments: DatabaseKind.available)
    func lateStatuses(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let row = try #require(try await world.waiting(at: "phong-tu-phap").first)
            let arrival = try await world.accept(row.receipt.id, as: "vt.tuphap", director: "tp.tuphap")
            try await world.direct(arrival, lead: "cv1.tuphap", as: "tp.tuphap")
            try await world.carry()
            for status in [DeliveryStatus.accepted, .assigned, .refused, .arrived] {
                try await world.put(
                    Envelope(
                        id: ID(UUIDv7.make(at: world.office.clock.now)), kind: .status,
                        from: row.receipt.agency,
                        to: row.receipt.sender, delivery: row.receipt.delivery, document: nil, status: status,
                        note: "", at: world.office.clock.now))
            }
            try await world.carry()
            let reported = try await world.reported(on: issuance)
            #expect(reported.taken == ["01", "03", "04"])
            #expect(reported.setAside == ["03", "04", "02", "01"])
            let board = try await world.office.read {
                try $0.deliveryLists.board(issuance.id, of: issuance.agency)
            }
            #expect(board.map(\.delivery.status) == [.assigned])
        }
    }

    @Test(
        "E5: a message that cannot be carried waits alone, longer each time; the others go on",
        arguments: DatabaseKind.available)
    func badMessage(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let from = try await world.agency("phong-tu-phap").id,
                to = try await world.agency("phong-noi-vu").id
            let now = world.office.clock.now
            // A status for a delivery that nobody sent.
            try await world.put(
                Envelope(
                    id: ID(UUIDv7.make(at: now)), kind: .status, from: from, to: to, delivery: ID(UUID()),
                    document: nil, status: .accepted, note: "", at: now))
            for _ in 1...3 { _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"]) }
            try await ExchangeWorker(office: world.office).runOnce()
            #expect(try await world.waiting(at: "phong-tu-phap").count == 3)
            let left = try await world.office.read { try $0.outbox.waiting() }
            #expect(left.messages == 1)
            #expect(left.failing == 1)
            #expect(left.lastError.contains("báo quản trị xem nhật ký"))
        }
    }

    @Test(
        "E5: whichever write fails while carrying, there is one receipt and one report in the end",
        arguments: DatabaseKind.available, [1, 20])
    func interrupted(_ kind: DatabaseKind, _ batch: Int) async throws {
        try await TemporaryOffice.with(kind) { world in
            let faults = FaultInjection()
            var n = 0, fired = true
            while fired && n < 100 {
                n += 1
                let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
                world.office.database.faults = faults
                faults.failWrite(number: n)
                _ = try? await ExchangeWorker(office: world.office, batch: batch).runOnce()
                fired = faults.hasFired
                world.office.database.faults = nil
                try await world.carry()
                #expect(try await world.reported(on: issuance).taken == ["01"], "write \(n)")
                let receipts = try await world.waiting(at: "phong-tu-phap").count
                #expect(receipts == n, "write \(n)")
            }
            #expect(n > 12)
            #expect(!fired)
        }
    }

    @Test(
        "E5: whichever write fails while accepting, the register has the letter once and no gap",
        arguments: DatabaseKind.available)
    func acceptingInterrupted(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let faults = FaultInjection()
            var n = 0, fired = true
            while fired && n < 100 {
                n += 1
                _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
                try await world.carry()
                let id = try #require(try await world.waiting(at: "phong-tu-phap").first).receipt.id
                world.office.database.faults = faults
                faults.failWrite(number: n)
                let first = try? await world.accept(id, as: "vt.tuphap", director: "tp.tuphap")
                fired = faults.hasFired
                world.office.database.faults = nil
                #expect((first == nil) == fired)
                if first == nil {
                    #expect(try await world.waiting(at: "phong-tu-phap").count == 1, "write \(n)")
                    let again = try await world.accept(id, as: "vt.tuphap", director: "tp.tuphap")
                    #expect(again.number == n)
                } else {
                    #expect(first?.number == n)
                }
            }
            #expect(n > 8)
        }
    }

    @Test(
        "E5, decision 22: several workers carry the same outbox, each message once",
        arguments: DatabaseKind.available)
    func severalWorkers(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            var issued: [Issuance] = []
            for _ in 1...30 {
                issued.append(try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"]))
            }
            await withTaskGroup(of: Void.self) { group in
                for batch in [1, 3, 7, 20] {
                    group.addTask {
                        _ = try? await ExchangeWorker(office: world.office, batch: batch).runOnce()
                    }
                }
            }
            try await world.carry()
            #expect(try await world.waiting(at: "phong-tu-phap").count == 30)
            for issuance in issued { #expect(try await world.reported(on: issuance).taken == ["01"]) }
            for slug in ["phong-tu-phap", "phong-noi-vu"] {
                let agency = try await world.agency(slug).id
                let entries = try await world.office.read {
                    try $0.journal.entries(of: agency, after: 0, limit: 500)
                }
                #expect(entries.map(\.entry.sequence) == Array(1...Int64(entries.count)))
                #expect(entries.allSatisfy { JournalSeal.hash($0.entry) == $0.hash })
            }
        }
    }

    @Test(
        "E1: the loop carries what is sent while it runs, and stops when it is told to",
        arguments: DatabaseKind.available)
    func loop(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let worker = ExchangeWorker(office: world.office, pollEvery: .milliseconds(20))
            let running = Task { await worker.run() }
            let issuance = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            worker.wake()
            for _ in 0..<250 where try await world.reported(on: issuance).taken.isEmpty {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await world.reported(on: issuance).taken == ["01"])
            running.cancel()
            await running.value
        }
    }
}

extension Envelope {
    /// The same message under another id, as a faulty sender would repeat it.
    fileprivate func again(at: Instant) -> Envelope {
        Envelope(
            id: ID(UUID()), kind: kind, from: from, to: to, delivery: delivery, document: document,
            status: status,
            note: note, at: at)
    }
}

extension StoryWorld {
    fileprivate func put(_ envelope: Envelope) async throws {
        try await office.database.write { try Tables($0).outbox.insert([envelope]) }
    }
}
