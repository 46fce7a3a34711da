import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Nhiều luồng của một nơi: several messages to one partner fail at the same moment, each in a transaction of its own.
struct LanesOfPartnerTests {
    private static let route = Route(.vanthu, "tho")

    @Test(
        "E5: two that find the partner down at once both say so; neither waits for the other's messages",
        arguments: DatabaseKind.available)
    func bothFail(_ kind: DatabaseKind) async throws {
        try await OutsideOffice.with(kind) { outside in
            let world = outside.world
            let recipient = try await outside.isReached(by: Self.route)
            for _ in 0..<4 { _ = try await world.issueDirectly(from: "vt.tuphap", to: [recipient]) }
            let now = world.office.clock.now, until = now.adding(seconds: 60)
            let due = try await world.office.read {
                try $0.outbox.due(.vanthu, at: now, limit: 9).map(\.id)
            }
            #expect(due.count == 4)
            // SQLite lets one write after the other; PostgreSQL has both hold their own messages before they look at the rest.
            let meeting = kind == .postgres ? Meeting(2) : Meeting(1)
            try await withThrowingTaskGroup { group in
                for id in due.prefix(2) {
                    group.addTask {
                        try await world.office.database.write { connection in
                            let outbox = Tables(connection).outbox
                            try outbox.postpone(id, until: until, error: "Không trả lời.", inDoubt: true)
                            meeting.wait()
                            try outbox.postponeAll(Self.route, until: until)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(
                try await world.office.read { try $0.outbox.due(.vanthu, at: now, limit: 9) }.isEmpty)
        }
    }
}

/// Where several wait until all are there; nobody waits for ever.
private final class Meeting: @unchecked Sendable {
    private let condition = NSCondition()
    private var missing: Int

    init(_ expected: Int) { missing = expected }

    func wait() {
        condition.lock()
        defer { condition.unlock() }
        missing -= 1
        if missing <= 0 { condition.broadcast() }
        let end = Date(timeIntervalSinceNow: 20)
        while missing > 0, condition.wait(until: end) {}
    }
}
