// Messages between agencies that still have to be carried. A row leaves in the same transaction that did what
// it says, so a message is never lost and never acted on twice; of one delivery only the oldest may be
// carried (E5).
import Domain
import DualSQL

package struct OutboxTable {
    let connection: Connection

    package func insert(_ envelopes: [Envelope]) throws {
        try connection.insert(
            "outbox (id, kind, from_agency, to_agency, delivery_id, document_id, status, note, at, available_at)",
            envelopes
        ) { message in
            """
            (\(message.id), \(message.kind), \(message.from), \(message.to), \(message.delivery), \(message.document),
                \(message.status), \(message.note), \(message.at), \(message.at))
            """
        }
    }

    /// Those that may be carried now, locked; what another worker holds is passed over.
    package func claim(at now: Instant, limit: Int) throws -> [Envelope] {
        let passingOver: SQL = connection.dialect == .postgres ? " FOR UPDATE OF o SKIP LOCKED" : ""
        return try connection.rows(Self.due(at: now, limit: limit) + passingOver, Self.read)
    }

    /// The same, only looked at.
    package func due(at now: Instant, limit: Int) throws -> [Envelope] {
        try connection.rows(Self.due(at: now, limit: limit), Self.read)
    }

    /// One message, locked; nil when it is gone or another worker holds it.
    package func claim(_ id: ID<Envelope>) throws -> Envelope? {
        let passingOver: SQL = connection.dialect == .postgres ? " FOR UPDATE OF o SKIP LOCKED" : ""
        return try connection.first(Self.columns + " WHERE o.id = \(id)" + passingOver, Self.read)
    }

    package func delete(_ ids: [ID<Envelope>]) throws {
        try connection.execute("DELETE FROM outbox WHERE id IN (\(list: ids))")
    }

    package func postpone(_ id: ID<Envelope>, until: Instant, error: String) throws {
        try connection.execute(
            """
            UPDATE outbox SET attempts = attempts + 1, available_at = \(until), error = \(error) WHERE id = \(id)
            """)
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

    private static func due(at now: Instant, limit: Int) -> SQL {
        columns + """
             WHERE o.available_at <= \(now) AND NOT EXISTS (SELECT 1 FROM outbox e
                WHERE e.delivery_id = o.delivery_id AND (e.at, e.id) < (o.at, o.id))
            ORDER BY o.available_at, o.id LIMIT \(limit)
            """
    }

    private static let columns: SQL = """
        SELECT o.id, o.kind, o.from_agency, o.to_agency, o.delivery_id, o.document_id, o.status,
            o.note, o.at, o.attempts
        FROM outbox o
        """

    private static func read(_ row: Row) throws -> Envelope {
        Envelope(
            id: try row[0], kind: try row[1], from: try row[2], to: try row[3], delivery: try row[4],
            document: try row.optional(5), status: try row[6], note: try row[7], at: try row[8],
            attempts: try row[9])
    }
}

extension EnvelopeKind: SQLConvertible {}

extension Tables {
    package var outbox: OutboxTable { OutboxTable(connection: connection) }
}
