import Domain
import DualSQL
import Foundation
import Operations
import Store
import Synchronization
import TestKit
import Testing

/// Clerks ask back while channels carry the same letters: only PostgreSQL lets both write at the same moment.
@Suite(.enabled(if: DatabaseKind.available.contains(.postgres)))
struct AskingWhileCarryingTests {
    @Test(
        "E3, E5: what a channel takes in hand while the clerk asks is asked back, and not called taken back")
    func takenInHand() async throws {
        try await TemporaryOffice.with(.postgres, agencies: CrashStory.agencies) { world in
            let issuance = try await world.issueDirectly(
                from: "vt.noivu", to: ["phong-tu-phap", "ubnd-thanh-pho"])
            let now = world.office.clock.now
            let later = Instant(microseconds: now.microseconds + 60_000_000)
            let outcome = try await world.askWhile(issuance, world.office.database) { connection, meanwhile in
                let leased = try Tables(connection).outbox.lease(
                    .loopback, .besides([]), by: "w", at: now, until: later, limit: 1)
                #expect(leased.count == 1)
                try meanwhile()
            }
            #expect(outcome.asked == 1 && outcome.takenBack == 1)
        }
    }

    @Test("E5: a channel that notes what it has carried and a clerk who asks back never wait for each other")
    func inOneOrder() async throws {
        try await TemporaryOffice.with(.postgres, agencies: CrashStory.agencies) { world in
            let issuance = try await world.issueDirectly(
                from: "vt.noivu", to: ["phong-tu-phap", "ubnd-thanh-pho"])
            let ids = try await world.rows(of: issuance).map(\.delivery.id).sorted {
                $0.description < $1.description
            }
            let first = try #require(ids.first), last = try #require(ids.last), now = world.office.clock.now
            let trace = StatementTrace(), carryings = Atomic<Int>(0)
            world.office.database.trace = trace
            let outcome = try await world.askWhile(issuance, world.office.database) { connection, meanwhile in
                carryings.add(1, ordering: .relaxed)
                _ = try Tables(connection).deliveries.lock(first)
                try meanwhile()
                try Tables(connection).deliveries.noteCarried([last, first], at: now, acceptDueAt: now)
            }
            world.office.database.trace = nil
            #expect(outcome.takenBack == 2)
            // Whoever loses in a deadlock begins again.
            #expect(carryings.load(ordering: .relaxed) == 1)
            #expect(trace.statements.count { $0.text.contains("in_doubt = 0 ORDER BY delivery_id") } == 1)
        }
    }
}

extension StoryWorld {
    /// The clerk asks all recipients back within `channel`'s transaction, that is between what it does before `meanwhile` and
    /// what it does after; `meanwhile` returns when the clerk waits for it.
    fileprivate func askWhile(
        _ issuance: Issuance, _ database: Database,
        _ channel: @escaping @Sendable (Connection, _ meanwhile: () throws -> Void) throws -> Void
    ) async throws -> AskRecipients.Outcome {
        let (held, isHeld) = AsyncStream<Void>.makeStream()
        let carrying = Task {
            try await database.write { connection in
                try channel(connection) {
                    isHeld.finish()
                    try Self.waitForWaiting(connection)
                }
            }
        }
        for await _ in held {}
        let outcome = try await ask(.recall, about: issuance, "Gửi nhầm.", as: "vt.noivu")
        try await carrying.value
        return outcome
    }

    private static func waitForWaiting(_ connection: Connection) throws {
        for _ in 0..<3000 {
            let waiting = try connection.first(
                "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))")
            if waiting != nil { return }
            Thread.sleep(forTimeInterval: 0.01)
        }
        Issue.record("nobody waits for the channel")
    }
}
