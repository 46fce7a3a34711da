// Messages between agencies that still have to be carried. A row leaves in the same transaction that did what
// it says, so a message is never lost and never acted on twice; of one delivery only the oldest may be
// carried (E5).
import Domain
import DualSQL

package struct OutboxTable {
    let connection: Connection

    package func insert(_ envelopes: [Envelope]) throws {
        try connection.insert(
            """
            outbox (id, kind, channel, partner, from_agency, to_agency, delivery_id, document_id, request_id, status,
                note, at, available_at)
            """,
            envelopes
        ) { message in
            """
            (\(message.id), \(message.kind), \(message.route.channel), \(message.route.partner), \(message.from),
                \(message.to), \(message.delivery), \(message.document), \(message.request), \(message.status),
                \(message.note), \(message.at), \(message.at))
            """
        }
    }

    /// Those that may be carried now, only looked at.
    package func due(
        _ channel: Channel, _ partners: PartnerFilter = .besides([]), at now: Instant, limit: Int
    ) throws -> [Envelope] {
        try connection.rows(Self.due(channel, partners, at: now, limit: limit), Self.read)
    }

    /// For channels that cannot answer within a transaction: those that may be carried now are this worker's until
    /// the lease ends.
    package func lease(
        _ channel: Channel, _ partners: PartnerFilter, by worker: String, at now: Instant, until: Instant,
        limit: Int
    ) throws -> [Envelope] {
        let claimed = try connection.rows(
            Self.due(channel, partners, at: now, limit: limit) + passingOver, Self.read)
        if claimed.isEmpty { return [] }
        // Where another lease has run out, nobody knows how far it came.
        try connection.execute(
            """
            UPDATE outbox SET in_doubt = CASE WHEN leased_until IS NULL THEN in_doubt ELSE 1 END,
                leased_until = \(until), leased_by = \(worker)
            WHERE id IN (\(list: claimed.map(\.id)))
            """)
        return claimed
    }

    /// Those that are still this worker's are so until then.
    package func renew(_ ids: [ID<Envelope>], by worker: String, until: Instant) throws {
        if ids.isEmpty { return }
        try connection.execute(
            """
            UPDATE outbox SET leased_until = \(until)
            WHERE id IN (\(list: ids)) AND leased_by = \(worker) AND leased_until IS NOT NULL
            """)
    }

    /// Of these, what is still this worker's to carry: not taken back, given up, put off or taken over meanwhile, and
    /// neither its channel nor its partner held.
    package func stillDue(_ ids: [ID<Envelope>], by worker: String, at now: Instant) throws -> Set<
        ID<Envelope>
    > {
        if ids.isEmpty { return [] }
        return Set(
            try connection.rows(
                """
                SELECT o.id FROM outbox o WHERE o.id IN (\(list: ids)) AND o.leased_by = \(worker)
                    AND o.leased_until > \(now) AND o.dead_at IS NULL AND o.available_at <= \(now)
                    AND NOT EXISTS (SELECT 1 FROM exchange_hold h
                        WHERE h.channel = o.channel AND h.partner IN ('', o.partner))
                """
            ) { try $0[0] })
    }

    /// This worker will not carry them now.
    package func release(_ ids: [ID<Envelope>], by worker: String) throws {
        if ids.isEmpty { return }
        try connection.execute(
            """
            UPDATE outbox SET leased_until = NULL, leased_by = ''
            WHERE id IN (\(list: ids)) AND leased_by = \(worker)
            """)
    }

    /// That worker is dead; what it had in hand may have arrived.
    package func giveBack(from worker: String) throws {
        try connection.execute(
            """
            UPDATE outbox SET leased_until = NULL, leased_by = '', in_doubt = 1
            WHERE leased_by = \(worker) AND leased_until IS NOT NULL
            """)
    }

    private var passingOver: SQL { connection.dialect == .postgres ? " FOR UPDATE OF o SKIP LOCKED" : "" }

    /// One message, locked; nil when it is gone or another worker holds it.
    package func claim(_ id: ID<Envelope>) throws -> Envelope? {
        try connection.first(Self.columns + " WHERE o.id = \(id)" + passingOver, Self.read)
    }

    /// Of these, locked, those that may still be carried; what another worker holds is passed over.
    package func claim(_ ids: [ID<Envelope>], at now: Instant) throws -> [Envelope] {
        if ids.isEmpty { return [] }
        return try connection.rows(
            Self.columns + """
                 WHERE o.id IN (\(list: ids)) AND o.dead_at IS NULL AND o.available_at <= \(now)
                ORDER BY o.available_at, o.id
                """ + passingOver, Self.read)
    }

    package func delete(_ ids: [ID<Envelope>]) throws {
        try connection.execute("DELETE FROM outbox WHERE id IN (\(list: ids))")
    }

    /// Everything that waits about these, whoever says it.
    package func delete(about deliveries: [ID<Delivery>]) throws {
        try connection.inPortions(deliveries) {
            try connection.execute("DELETE FROM outbox WHERE delivery_id IN (\(list: $0))")
        }
    }

    /// - Parameter inDoubt: The attempt ended without an answer, and the other side may have it.
    package func postpone(_ id: ID<Envelope>, until: Instant, error: String, inDoubt: Bool = false) throws {
        try connection.execute(
            """
            UPDATE outbox SET attempts = attempts + 1, available_at = \(until), error = \(error), leased_until = NULL,
                in_doubt = CASE WHEN \(inDoubt) THEN 1 ELSE in_doubt END
            WHERE id = \(id)
            """)
    }

    /// The partner does not answer: what else goes there waits as well, without being counted as tried. What another lane
    /// writes about this moment is passed over; two that waited for each other's messages would end in a deadlock.
    package func postponeAll(_ route: Route, until: Instant) throws {
        let others: SQL =
            """
            SELECT o.id FROM outbox o WHERE o.channel = \(route.channel) AND o.partner = \(route.partner)
                AND o.available_at < \(until) AND o.dead_at IS NULL
            """
        try connection.execute(
            "UPDATE outbox SET available_at = \(until) WHERE id IN (" + others + passingOver + ")")
    }

    /// It will not be carried until a person has decided about it. Whoever refuses a message has none of its name.
    package func bury(_ id: ID<Envelope>, error: String, at: Instant) throws {
        try connection.execute(
            """
            UPDATE outbox SET attempts = attempts + 1, dead_at = \(at), error = \(error), leased_until = NULL, in_doubt = 0
            WHERE id = \(id)
            """)
    }

    /// One more try, asked for by a person. False when it is not there any more.
    package func revive(_ id: ID<Envelope>, at now: Instant) throws -> Bool {
        try connection.execute(
            """
            UPDATE outbox SET dead_at = NULL, attempts = 0, available_at = \(now), leased_until = NULL WHERE id = \(id)
            """) == 1
    }

    /// What of this delivery has not left yet, oldest first.
    package func waiting(for delivery: ID<Delivery>) throws -> [Envelope] {
        try connection.rows(
            Self.columns + " WHERE o.delivery_id = \(delivery) ORDER BY o.at, o.id", Self.read)
    }

    /// Of these, those whose document has certainly not left, its message locked until commit: no channel is at work on it, no
    /// answer was lost. What a channel has leased is passed by and not waited for. To be asked before the deliveries are
    /// locked, since channels lock what they carry in that order too.
    package func lockUnsent(_ deliveries: [ID<Delivery>]) throws -> Set<ID<Delivery>> {
        Set(
            try connection.rows(
                of: deliveries.inLockOrder(),
                {
                    """
                    SELECT delivery_id FROM outbox WHERE delivery_id IN (\(list: $0)) AND kind = 'document'
                        AND leased_until IS NULL AND in_doubt = 0 ORDER BY delivery_id
                    """ + connection.forUpdate
                }
            ) { try $0[0] })
    }

    /// Whether a channel is at work on it this very moment.
    package func isLeased(_ id: ID<Envelope>, at now: Instant) throws -> Bool {
        try connection.first("SELECT 1 FROM outbox WHERE id = \(id) AND leased_until > \(now)") != nil
    }

    /// How many wait, and the last error of those that could not be carried.
    package func waiting() throws -> (messages: Int, failing: Int, lastError: String) {
        try connection.first(
            """
            SELECT count(*), coalesce(sum(CASE WHEN attempts > 0 THEN 1 ELSE 0 END), 0),
                coalesce((SELECT error FROM outbox WHERE attempts > 0 ORDER BY available_at DESC LIMIT 1), '')
            FROM outbox
            """
        ) { (try $0[0], try $0[1], try $0[2]) } ?? (0, 0, "")
    }

    private static func due(
        _ channel: Channel, _ partners: PartnerFilter = .besides([]), at now: Instant, limit: Int
    ) -> SQL {
        var filter: SQL = """
             WHERE o.channel = \(channel) AND o.available_at <= \(now) AND o.dead_at IS NULL
                AND (o.leased_until IS NULL OR o.leased_until <= \(now))
                AND NOT EXISTS (SELECT 1 FROM outbox e
                    WHERE e.delivery_id = o.delivery_id AND (e.at, e.id) < (o.at, o.id))
            """
        switch partners {
        case .only(let partner): filter += " AND o.partner = \(partner)"
        case .besides(let others) where !others.isEmpty: filter += " AND o.partner NOT IN (\(list: others))"
        case .besides: break
        }
        return columns + filter + " ORDER BY o.available_at, o.id LIMIT \(limit)"
    }

    private static let columns: SQL = """
        SELECT o.id, o.kind, o.from_agency, o.to_agency, o.delivery_id, o.document_id, o.status,
            o.note, o.at, o.attempts, o.channel, o.partner, o.request_id
        FROM outbox o
        """

    static func read(_ row: Row) throws -> Envelope {
        Envelope(
            id: try row[0], kind: try row[1], from: try row[2], to: try row[3], delivery: try row[4],
            route: Route(try row[10], try row[11]), document: try row.optional(5),
            request: try row.optional(12), status: try row[6], note: try row[7], at: try row[8],
            attempts: try row[9])
    }
}

/// Some of the partners of a channel.
package enum PartnerFilter: Sendable, Equatable {
    case only(String)
    case besides([String])
}

extension EnvelopeKind: SQLConvertible {}

extension Tables {
    package var outbox: OutboxTable { OutboxTable(connection: connection) }
}
