// Liên thông trong cùng hệ thống: between agencies of this installation. What a message causes and its leaving the outbox
// are one short transaction (decisions 2 and 4); messages are taken a few at a time, and one that cannot be carried is
// left to wait alone. Several workers may run at once.
import Domain
import DualSQL
import Foundation
import Logging
import Store

package struct LoopbackExchange: DocumentExchange {
    package let channel = Channel.loopback
    private let office: Office
    /// How many messages one transaction carries: well under 50 ms of work.
    private let batch: Int

    package init(office: Office, batch: Int = 20) {
        self.office = office
        self.batch = max(1, batch)
    }

    package func carryDue() async throws -> Int {
        let due = try await look()
        if due.isEmpty { return 0 }
        // "Given back" is said only when nothing of it is left.
        for answer in due where answer.isAnswer {
            try await ReturnedCopies(office: office).destroy(delivery: answer.delivery)
        }
        return try await carry(due.map(\.id))
    }

    /// A look without a lock, so that an idle worker never holds up the writers.
    private func look() async throws -> [Envelope] {
        let now = office.clock.now, batch = batch
        return try await office.read { try $0.outbox.due(.loopback, at: now, limit: batch) }
    }

    private func carry(_ due: [ID<Envelope>]) async throws -> Int {
        if due.count > 1 {
            do { return try await carryTogether(due) } catch {
                office.log.notice("a batch of messages is carried one by one: \(error)")
            }
        }
        var carried = 0
        for id in due {
            do { carried += try await carryTogether([id]) } catch { try await postpone(id, error) }
        }
        return carried
    }

    /// One transaction. Only what was looked at is carried: of an answer written since, the copies are not destroyed yet.
    private func carryTogether(_ due: [ID<Envelope>]) async throws -> Int {
        let office = office
        let kinds = try await office.database.write { connection in
            let tables = Tables(connection), now = office.clock.now
            let envelopes = try tables.outbox.claim(due, at: now)
            if envelopes.isEmpty { return [EnvelopeKind]() }
            try tables.deliveries.lockInOrder(
                envelopes.filter { $0.kind == .document || $0.kind == .status }.map(\.delivery))
            let acts = try envelopes.map {
                try Self.deliver($0, Tables(connection), now, office.killPoints)
            }
            try tables.outbox.delete(envelopes.map(\.id))
            try Dispatch.noteCarried(
                envelopes.filter { $0.kind == .document }.map(\.delivery), tables, at: now)
            try Act.writeJournals(of: acts)
            return envelopes.map(\.kind)
        }
        if kinds.contains(.document) { office.killPoints.pass(.receiptCommitted) }
        if kinds.contains(.status) { office.killPoints.pass(.statusCommitted) }
        if kinds.contains(where: { [.recall, .update].contains($0) }) {
            office.killPoints.pass(.requestCommitted)
        }
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
            killPoints.pass(.requestBefore)
            _ = try TakeRequest(envelope: envelope).perform(act)
        }
        return act
    }

    private static let stuck =
        "Máy chủ chưa chuyển được và sẽ thử lại; báo quản trị xem nhật ký nếu còn lặp lại."

    /// It waits longer than the last time; later messages of the same delivery wait behind it.
    private func postpone(_ id: ID<Envelope>, _ error: any Error) async throws {
        let now = office.clock.now
        office.log.warning("a message of the exchange waits: \(error)")
        office.killPoints.pass(.failureBefore)
        try await office.database.write { connection in
            let outbox = Tables(connection).outbox
            guard let envelope = try outbox.claim(id) else { return }
            try outbox.postpone(
                id, until: envelope.nextAttempt(after: now), error: Self.stuck)
        }
        office.killPoints.pass(.failureCommitted)
    }
}

extension Envelope {
    /// When to try again after a failure at this moment.
    func nextAttempt(after now: Instant) -> Instant {
        CarryingPace.nextAttempt(afterAttempts: attempts + 1, at: now)
    }
}

extension Act {
    /// Chains are locked last and always in the same order, so that two workers never wait for each other.
    static func writeJournals(of acts: [Act]) throws {
        func chain(_ act: Act) -> String { act.actor.agency?.description ?? "" }
        for act in acts.sorted(by: { chain($0) < chain($1) }) { try act.writeJournal() }
    }
}
