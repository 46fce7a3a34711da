// Chưa gửi được (E5, H6): the messages of one agency that have not left, with what the people who wait for them need to know –
// to whom, about which document, how often it was tried, what went wrong and when it is tried again.
import Domain
import DualSQL

/// A message that has not left.
package struct WaitingMessage: Sendable, Equatable {
    package let envelope: Envelope
    package let error: String
    package let nextAttempt: Instant
    /// Since when it waits for a person.
    package let deadAt: Instant?
    /// A channel has it in hand until then.
    package let leasedUntil: Instant?

    package var hasFailed: Bool { envelope.attempts > 0 || deadAt != nil }

    package func isOnItsWay(at now: Instant) -> Bool { leasedUntil.map { $0 > now } ?? false }
}

package typealias OutboxKey = MomentKey<Envelope>

/// One line of the list.
package struct OutboxRow: Sendable {
    /// What the message is about, as this agency has it.
    package enum Paper: Sendable, Equatable {
        case issued(year: Int, register: String, number: Int)
        case receipt(ID<Receipt>)
    }

    package let message: WaitingMessage
    package let recipientName: String
    package let numberAndNotation: String
    package let abstract: String
    package let paper: Paper?

    package var key: OutboxKey { OutboxKey(at: message.envelope.at, id: message.envelope.id) }
}

package struct OutboxLists {
    let connection: Connection
    package static let countLimit = 1000

    /// What of these deliveries this agency still has to say, oldest first.
    package func of(_ deliveries: [ID<Delivery>], from agency: ID<Agency>) throws -> [ID<Delivery>:
        [WaitingMessage]]
    {
        let rows = try connection.rows(
            Self.message + """
                 FROM outbox o WHERE o.delivery_id IN (\(list: deliveries)) ORDER BY o.at, o.id
                """, Self.readMessage)
        return Dictionary(grouping: rows.filter { $0.envelope.from == agency }, by: \.envelope.delivery)
    }

    /// The ways by which messages of this issuance still have to go.
    package func routes(of issuance: ID<Issuance>, from agency: ID<Agency>) throws -> [Route] {
        try connection.rows(
            """
            SELECT DISTINCT o.channel, o.partner FROM outbox o JOIN delivery v ON v.id = o.delivery_id
            WHERE o.from_agency = \(agency) AND v.issuance_id = \(issuance)
            """
        ) { Route(try $0[0], try $0[1]) }
    }

    /// Oldest first; `failing`: only those that could not be carried, or only the others.
    package func page(of agency: ID<Agency>, failing: Bool? = nil, after: OutboxKey? = nil, limit: Int) throws
        -> [OutboxRow]
    {
        var filter: SQL = " WHERE o.from_agency = \(agency)"
        if let failing { filter += failing ? Self.hasFailed : Self.hasNotFailed }
        if let after { filter += " AND (o.at, o.id) > (\(after.at), \(after.id))" }
        return try connection.rows(
            Self.message + Self.about + filter + " ORDER BY o.at, o.id LIMIT \(limit)", Self.read)
    }

    package func find(_ id: ID<Envelope>, of agency: ID<Agency>) throws -> OutboxRow? {
        try connection.first(
            Self.message + Self.about + " WHERE o.id = \(id) AND o.from_agency = \(agency)", Self.read)
    }

    /// At most `countLimit + 1`, which is shown as "hơn 1.000".
    package func count(of agency: ID<Agency>, failing: Bool) throws -> Int {
        let filter: SQL = failing ? Self.hasFailed : Self.hasNotFailed
        let some: SQL = "SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE o.from_agency = \(agency)"
        return try connection.first(some + filter + " LIMIT \(Self.countLimit + 1)) AS counted") { try $0[0] }
            ?? 0
    }

    /// Those that could not be carried, and those that have waited since before the moment.
    package func stuck(of agency: ID<Agency>, since moment: Instant) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE o.from_agency = \(agency)
                AND (o.attempts > 0 OR o.dead_at IS NOT NULL OR o.at < \(moment))
                LIMIT \(Self.countLimit + 1)) AS counted
            """
        ) { try $0[0] } ?? 0
    }

    private static let hasFailed: SQL = " AND (o.attempts > 0 OR o.dead_at IS NOT NULL)"
    private static let hasNotFailed: SQL = " AND o.attempts = 0 AND o.dead_at IS NULL"

    private static let message: SQL = """
        SELECT o.id, o.kind, o.from_agency, o.to_agency, o.delivery_id, o.document_id, o.status, o.note, o.at,
            o.attempts, o.channel, o.partner, o.request_id, o.error, o.available_at, o.dead_at, o.leased_until
        """

    /// A status is about what the agency received, everything else about what it issued.
    private static let about: SQL = """
        , c.name, coalesce(d.number, ''), coalesce(d.notation, ''), coalesce(d.abstract, ''), i.year, g.slug,
            i.number, r.id
        FROM outbox o JOIN correspondent c ON c.id = o.to_agency
        LEFT JOIN delivery v ON v.id = o.delivery_id AND v.agency_id = o.from_agency
        LEFT JOIN issuance i ON i.id = v.issuance_id LEFT JOIN register g ON g.id = i.register_id
        LEFT JOIN receipt r ON r.delivery_id = o.delivery_id AND r.agency_id = o.from_agency
        LEFT JOIN document d ON d.id = coalesce(i.document_id, r.document_id)
        """

    private static func readMessage(_ row: Row) throws -> WaitingMessage {
        WaitingMessage(
            envelope: try OutboxTable.read(row), error: try row[13], nextAttempt: try row[14],
            deadAt: try row.optional(15), leasedUntil: try row.optional(16))
    }

    private static func read(_ row: Row) throws -> OutboxRow {
        let number: String = try row[18], notation: String = try row[19]
        return OutboxRow(
            message: try readMessage(row), recipientName: try row[17],
            numberAndNotation: number.isEmpty ? notation : "\(number)/\(notation)", abstract: try row[20],
            paper: try paper(row))
    }

    private static func paper(_ row: Row) throws -> OutboxRow.Paper? {
        let year: Int? = try row.optional(21), register: String? = try row.optional(22)
        if let year, let register, let number: Int = try row.optional(23) {
            return .issued(year: year, register: register, number: number)
        }
        let receipt: ID<Receipt>? = try row.optional(24)
        return receipt.map(OutboxRow.Paper.receipt)
    }
}

extension Tables {
    package var outboxLists: OutboxLists { OutboxLists(connection: connection) }
}
