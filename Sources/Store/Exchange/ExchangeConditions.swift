// How the channels do: what an administrator has stopped and why (H6), and how the last conversations with each partner
// went.
import Domain
import DualSQL

package struct ExchangeHold: Sendable, Equatable {
    package let route: Route
    package let reason: String
    package let heldBy: ID<Position>
    package let heldAt: Instant

    package init(route: Route, reason: String, heldBy: ID<Position>, heldAt: Instant) {
        self.route = route
        self.reason = reason
        self.heldBy = heldBy
        self.heldAt = heldAt
    }

    /// A whole channel, or one partner of it.
    package func covers(_ other: Route) -> Bool {
        route.channel == other.channel && (route.partner.isEmpty || route.partner == other.partner)
    }
}

package struct ExchangeHealth: Sendable, Equatable {
    package let route: Route
    package let direction: ExchangeDirection
    package let goodAt: Instant?
    package let badAt: Instant?
    package let error: String
    /// In a row.
    package let failures: Int
}

package struct ExchangeConditions {
    let connection: Connection

    package func hold(_ hold: ExchangeHold) throws {
        try connection.execute(
            """
            INSERT INTO exchange_hold (channel, partner, reason, held_by, held_at)
            VALUES (\(hold.route.channel), \(hold.route.partner), \(hold.reason), \(hold.heldBy), \(hold.heldAt))
            ON CONFLICT (channel, partner) DO UPDATE SET reason = excluded.reason, held_by = excluded.held_by,
                held_at = excluded.held_at
            """)
    }

    /// False when nothing was held.
    package func release(_ route: Route) throws -> Bool {
        try connection.execute(
            "DELETE FROM exchange_hold WHERE channel = \(route.channel) AND partner = \(route.partner)") == 1
    }

    package func holds() throws -> [ExchangeHold] {
        try connection.rows(
            "SELECT channel, partner, reason, held_by, held_at FROM exchange_hold ORDER BY channel, partner"
        ) {
            ExchangeHold(
                route: Route(try $0[0], try $0[1]), reason: try $0[2], heldBy: try $0[3], heldAt: try $0[4])
        }
    }

    package func noteGood(_ direction: ExchangeDirection, _ route: Route, at: Instant) throws {
        try connection.execute(
            """
            INSERT INTO exchange_health (channel, partner, direction, good_at)
            VALUES (\(route.channel), \(route.partner), \(direction), \(at))
            ON CONFLICT (channel, partner, direction) DO UPDATE SET good_at = excluded.good_at, failures = 0,
                error = ''
            """)
    }

    package func noteBad(
        _ direction: ExchangeDirection, _ route: Route, _ error: String, at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO exchange_health (channel, partner, direction, bad_at, error, failures)
            VALUES (\(route.channel), \(route.partner), \(direction), \(at), \(error), 1)
            ON CONFLICT (channel, partner, direction) DO UPDATE SET bad_at = excluded.bad_at, error = excluded.error,
                failures = exchange_health.failures + 1
            """)
    }

    package func health() throws -> [ExchangeHealth] {
        try connection.rows(
            """
            SELECT channel, partner, direction, good_at, bad_at, error, failures FROM exchange_health
            ORDER BY channel, partner, direction
            """
        ) {
            ExchangeHealth(
                route: Route(try $0[0], try $0[1]), direction: try $0[2], goodAt: try $0.optional(3),
                badAt: try $0.optional(4), error: try $0[5], failures: try $0[6])
        }
    }
}

extension Tables {
    package var exchangeConditions: ExchangeConditions { ExchangeConditions(connection: connection) }
}
