// Liên thông: carries the messages from the outbox to the other agency, as that agency's own machine
// (decisions 2, 4, 22). What a message causes and its leaving the outbox are one short transaction; messages
// are taken a few at a time, and one that cannot be carried is left to wait alone. Several workers may run at
// once.
import Domain
import DualSQL
import Foundation
import Logging
import Store

package final class ExchangeWorker: Sendable {
    private let office: Office
    /// How many messages one transaction carries: well under 50 ms of work.
    private let batch: Int
    private let pollEvery: Duration
    private let wakeUps: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    package init(office: Office, batch: Int = 20, pollEvery: Duration = .seconds(1)) {
        self.office = office
        self.batch = max(1, batch)
        self.pollEvery = pollEvery
        (wakeUps, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// There may be something to carry: called after an act that sends.
    package func wake() { bell.yield() }

    /// Carries until the task is cancelled. To be called once.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [bell, pollEvery] in
                while !Task.isCancelled {
                    bell.yield()
                    try? await Task.sleep(for: pollEvery)
                }
            }
            for await _ in wakeUps where !Task.isCancelled {
                do {
                    _ = try await runOnce()
                } catch {
                    office.log.error("the exchange could not reach its database: \(error)")
                }
            }
            group.cancelAll()
        }
    }

    /// Carries everything that is due, and what that causes. Returns how many messages were carried.
    @discardableResult
    package func runOnce() async throws -> Int {
        var carried = 0
        while !Task.isCancelled {
            let due = try await look()
            if due.isEmpty { break }
            let round = try await carry(due)
            // Nothing carried and nothing put off: another worker has them.
            if round.carried == 0 && round.postponed == 0 { break }
            carried += round.carried
        }
        return carried
    }

    /// A look without a lock, so that an idle worker never holds up the writers.
    private func look() async throws -> [ID<Envelope>] {
        let now = office.clock.now, batch = batch
        return try await office.read { try $0.outbox.due(.loopback, at: now, limit: batch).map(\.id) }
    }

    private func carry(_ due: [ID<Envelope>]) async throws -> (carried: Int, postponed: Int) {
        if due.count > 1 {
            do {
                return (try await carryTogether(nil), 0)
            } catch {
                office.log.notice("a batch of messages is carried one by one: \(error)")
            }
        }
        var round = (carried: 0, postponed: 0)
        for id in due {
            do {
                round.carried += try await carryTogether(id)
            } catch {
                try await postpone(id, error)
                round.postponed += 1
            }
        }
        return round
    }

    /// One transaction: what is due, or the one message named.
    private func carryTogether(_ one: ID<Envelope>?) async throws -> Int {
        let office = office, batch = batch
        let kinds = try await office.database.write { connection in
            let tables = Tables(connection), now = office.clock.now
            let envelopes =
                try one.map { try [tables.outbox.claim($0)].compactMap { $0 } }
                ?? tables.outbox.claim(.loopback, at: now, limit: batch)
            if envelopes.isEmpty { return [EnvelopeKind]() }
            let acts = try envelopes.map { try Self.deliver($0, Tables(connection), now, office.killPoints) }
            try tables.outbox.delete(envelopes.map(\.id))
            // Chains are locked last and always in the same order, so that two workers never wait for each other.
            for act in acts.sorted(by: { Self.chain($0) < Self.chain($1) }) { try act.writeJournal() }
            return envelopes.map(\.kind)
        }
        if kinds.contains(.document) { office.killPoints.pass(.receiptCommitted) }
        if kinds.contains(.status) { office.killPoints.pass(.statusCommitted) }
        return kinds.count
    }

    private static func deliver(
        _ envelope: Envelope, _ tables: Tables, _ now: Instant, _ killPoints: KillPoints
    ) throws -> Act {
        let act = Act(tables: tables, actor: .system(name: "Liên thông", agency: envelope.to), now: now)
        switch envelope.kind {
        case .document:
            killPoints.pass(.receiptBefore)
            _ = try ReceiveDocument(envelope: envelope).perform(act)
        case .status:
            killPoints.pass(.statusBefore)
            _ = try TakeStatus(envelope: envelope).perform(act)
        case .recall, .update:
            _ = try TakeRequest(envelope: envelope).perform(act)
        }
        return act
    }

    /// It waits longer than the last time; later messages of the same delivery wait behind it.
    private func postpone(_ id: ID<Envelope>, _ error: any Error) async throws {
        let now = office.clock.now
        office.log.warning("a message of the exchange waits: \(error)")
        try await office.database.write { connection in
            let outbox = Tables(connection).outbox
            guard let envelope = try outbox.claim(id) else { return }
            let pause = CarryingPace.pause(
                afterAttempts: envelope.attempts + 1, chance: Double.random(in: 0...1))
            let until = Instant(microseconds: now.microseconds + Int64(pause * 1_000_000))
            try outbox.postpone(id, until: until, error: String("\(error)".prefix(500)))
        }
    }

    private static func chain(_ act: Act) -> String { act.actor.agency?.description ?? "" }
}
