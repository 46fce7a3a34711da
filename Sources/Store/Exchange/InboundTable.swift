// What a channel handed over, as it came. It is kept until it has become an entry, or until somebody has decided that it
// never will (E5): the partner is told "received" only after its row is committed.
import Domain
import DualSQL

package enum InboundState: String, Sendable {
    case waiting, done
    /// A person has to look.
    case failed
    case dismissed
}

package struct InboundMessage: Sendable, Equatable {
    package let id: ID<InboundMessage>
    package let route: Route
    /// The channel's own name for it.
    package let externalID: String
    package let hash: String
    package let size: Int
    package let receivedAt: Instant
    package let state: InboundState
    package let attempts: Int
    package let error: String
    /// As far as could be read; of an axis, until it is an entry, the code that the axis lists as its sender.
    package let sender: String
    package let subject: String
    /// Codes of those whom the channel itself gave it to us for; none where it does not say so.
    package let addressedTo: [String]

    package init(
        id: ID<InboundMessage>, route: Route, externalID: String, hash: String, size: Int,
        receivedAt: Instant,
        state: InboundState = .waiting, attempts: Int = 0, error: String = "", sender: String = "",
        subject: String = "", addressedTo: [String] = []
    ) {
        self.addressedTo = addressedTo
        self.id = id
        self.route = route
        self.externalID = externalID
        self.hash = hash
        self.size = size
        self.receivedAt = receivedAt
        self.state = state
        self.attempts = attempts
        self.error = error
        self.sender = sender
        self.subject = subject
    }
}

/// Whose unread messages are looked at.
package enum InboundScope: Sendable, Equatable {
    case installation
    /// Of the official mailbox of the agency with this slug.
    case mailbox(String)

    package func covers(_ message: InboundMessage) -> Bool {
        switch self {
        case .installation: true
        case .mailbox(let slug): message.route == Route(.mail, slug)
        }
    }
}

package struct InboundTable {
    let connection: Connection

    /// False when the channel handed over the same before.
    package func insert(_ message: InboundMessage) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO inbound_message (id, channel, partner, external_id, hash, size, received_at, state, available_at,
                sender, addressed_to)
            VALUES (\(message.id), \(message.route.channel), \(message.route.partner), \(message.externalID),
                \(message.hash), \(message.size), \(message.receivedAt), \(message.state), \(message.receivedAt),
                \(message.sender), \(message.addressedTo.joined(separator: " ")))
            ON CONFLICT (channel, partner, external_id) DO NOTHING
            """) == 1
    }

    package func isKnown(_ externalID: String, from route: Route) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM inbound_message WHERE channel = \(route.channel) AND partner = \(route.partner)
                AND external_id = \(externalID)
            """) != nil
    }

    package func find(_ id: ID<InboundMessage>) throws -> InboundMessage? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func isAnyReady(at now: Instant) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM inbound_message WHERE state = 'waiting' AND available_at <= \(now) LIMIT 1") != nil
    }

    /// The oldest that nobody works on, under a lease.
    package func take(by worker: String, at now: Instant, leasedUntil: Instant) throws -> InboundMessage? {
        let passingOver: SQL = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        guard
            let message = try connection.first(
                Self.columns + """
                     WHERE state = 'waiting' AND available_at <= \(now)
                        AND (leased_until IS NULL OR leased_until <= \(now))
                    ORDER BY available_at, id LIMIT 1
                    """ + passingOver, Self.read)
        else { return nil }
        try connection.execute(
            """
            UPDATE inbound_message SET leased_until = \(leasedUntil), leased_by = \(worker), attempts = attempts + 1
            WHERE id = \(message.id)
            """)
        return message
    }

    /// Should it still be this worker's, it is so until then.
    package func renew(_ id: ID<InboundMessage>, by worker: String, until: Instant) throws {
        try connection.execute(
            """
            UPDATE inbound_message SET leased_until = \(until)
            WHERE id = \(id) AND leased_by = \(worker) AND leased_until IS NOT NULL
            """)
    }

    /// That worker is dead.
    package func giveBack(from worker: String) throws {
        try connection.execute(
            """
            UPDATE inbound_message SET leased_until = NULL, leased_by = ''
            WHERE leased_by = \(worker) AND leased_until IS NOT NULL
            """)
    }

    package func putBack(_ id: ID<InboundMessage>, until: Instant, error: String) throws {
        try connection.execute(
            """
            UPDATE inbound_message SET leased_until = NULL, available_at = \(until), error = \(error)
            WHERE id = \(id) AND state = 'waiting'
            """)
    }

    package func close(
        _ id: ID<InboundMessage>, _ state: InboundState, error: String = "", sender: String, subject: String
    ) throws {
        try connection.execute(
            """
            UPDATE inbound_message SET state = \(state), error = \(error), leased_until = NULL, sender = \(sender),
                subject = \(subject) WHERE id = \(id)
            """)
    }

    /// Files of messages that have lately become entries or were put aside: they are of no more use.
    package func spentHashes(since moment: Instant) throws -> [String] {
        try connection.rows(
            """
            SELECT hash FROM inbound_message WHERE state IN ('done', 'dismissed') AND available_at >= \(moment)
            """
        ) { try $0[0] }
    }

    /// One more try, asked for by a person. What was never brought here keeps the reason.
    package func reopen(_ id: ID<InboundMessage>, at now: Instant) throws {
        try connection.execute(
            """
            UPDATE inbound_message SET state = 'waiting', attempts = 0, available_at = \(now), leased_until = NULL,
                error = CASE WHEN hash = '' THEN error ELSE '' END
            WHERE id = \(id) AND state = 'failed'
            """)
    }

    /// Newest first.
    package func failed(
        _ scope: InboundScope = .installation, after key: MomentKey<InboundMessage>? = nil, limit: Int
    ) throws -> [InboundMessage] {
        var filter = Self.failed(scope)
        if let key { filter += " AND (received_at, id) < (\(key.at), \(key.id))" }
        return try connection.rows(
            Self.columns + filter + " ORDER BY received_at DESC, id DESC LIMIT \(limit)",
            Self.read)
    }

    package func failedCount(_ scope: InboundScope = .installation) throws -> Int {
        try connection.first("SELECT count(*) FROM inbound_message" + Self.failed(scope)) { try $0[0] } ?? 0
    }

    private static func failed(_ scope: InboundScope) -> SQL {
        let failed: SQL = " WHERE state = 'failed'"
        guard case .mailbox(let slug) = scope else { return failed }
        return failed + " AND channel = 'mail' AND partner = \(slug)"
    }

    private static let columns: SQL = """
        SELECT id, channel, partner, external_id, hash, size, received_at, state, attempts, error, sender, subject,
            addressed_to
        FROM inbound_message
        """

    private static func read(_ row: Row) throws -> InboundMessage {
        InboundMessage(
            id: try row[0], route: Route(try row[1], try row[2]), externalID: try row[3], hash: try row[4],
            size: try row[5], receivedAt: try row[6], state: try row[7], attempts: try row[8],
            error: try row[9], sender: try row[10], subject: try row[11],
            addressedTo: (try row[12] as String).split(separator: " ").map(String.init))
    }
}

extension InboundState: SQLConvertible {}

extension Tables {
    package var inbound: InboundTable { InboundTable(connection: connection) }
}
