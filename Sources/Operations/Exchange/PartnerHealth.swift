// How each partner does is written down where it is news, and otherwise once a second: the row is one for all messages of a
// partner, and those that come together would wait for each other to write the same into it.
import Domain
import DualSQL
import Store
import Synchronization

final class PartnerHealth: Sendable {
    private struct Conversation: Hashable {
        let direction: ExchangeDirection
        let route: Route
    }

    private let goodUntil = Mutex<[Conversation: ContinuousClock.Instant]>([:])

    func noteGood(_ direction: ExchangeDirection, _ route: Route, _ tables: Tables, at now: Instant) throws {
        let conversation = Conversation(direction: direction, route: route), moment = ContinuousClock.now
        let isNews = goodUntil.withLock { until in
            if let known = until[conversation], moment < known { return false }
            until[conversation] = moment + .seconds(1)
            return true
        }
        if isNews { try tables.exchangeConditions.noteGood(direction, route, at: now) }
    }

    func noteBad(
        _ direction: ExchangeDirection, _ route: Route, _ words: String, _ tables: Tables, at now: Instant
    ) throws {
        _ = goodUntil.withLock { $0.removeValue(forKey: Conversation(direction: direction, route: route)) }
        try tables.exchangeConditions.noteBad(direction, route, words, at: now)
    }
}

extension Office {
    /// Something a partner sent cannot be taken, and it is the partner's to mend.
    package func noteRefused(_ route: Route, _ words: String) async throws {
        let now = clock.now
        try await database.write { try partnerHealth.noteBad(.receive, route, words, Tables($0), at: now) }
    }
}
