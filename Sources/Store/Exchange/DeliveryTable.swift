// Gửi tới từng nơi nhận: the sender's side. Rows are made many at a time with the issuing and changed one at
// a time by the statuses that come back; every status that came is kept, taken or not.
import Domain
import DualSQL

package struct DeliveryTable {
    let connection: Connection

    /// As many rows in one statement as both databases take without effort.
    static let rowsAtOnce = 200

    package func insert(_ deliveries: [Delivery]) throws {
        try connection.insert(
            """
            delivery (id, agency_id, issuance_id, recipient_id, status, status_at, note, channel, partner, message_key,
                accept_due_at, answer_by)
            """, deliveries
        ) { delivery in
            """
            (\(delivery.id), \(delivery.agency), \(delivery.issuance), \(delivery.recipient), \(delivery.status),
                \(delivery.statusAt), \(delivery.note), \(delivery.channel), \(delivery.partner),
                \(delivery.messageKey), \(delivery.acceptDueAt), \(delivery.answerBy?.iso ?? ""))
            """
        }
    }

    package func find(_ id: ID<Delivery>) throws -> Delivery? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    /// The row, locked until commit.
    package func lock(_ id: ID<Delivery>) throws -> Delivery? {
        try connection.first(Self.columns + " WHERE id = \(id)" + connection.forChange, Self.read)
    }

    /// Several, each once, locked until commit in the order of their ids.
    package func lock(_ ids: [ID<Delivery>]) throws -> [Delivery] {
        try connection.rows(
            of: ids.inLockOrder(),
            { Self.columns + " WHERE id IN (\(list: $0)) ORDER BY id" + connection.forChange }, Self.read)
    }

    /// The same, where nothing is read. Before several rows are changed, since a statement that changes many takes them as
    /// they come, and two that took the same rows in different orders would wait for each other.
    package func lockInOrder(_ ids: [ID<Delivery>]) throws {
        if connection.dialect == .sqlite || ids.count < 2 { return }
        _ = try connection.rows(
            of: ids.inLockOrder(),
            { "SELECT 1 FROM delivery WHERE id IN (\(list: $0)) ORDER BY id" + connection.forChange }
        ) { _ in true }
    }

    package func setStatus(_ status: DeliveryStatus, of id: ID<Delivery>, at: Instant, note: String) throws {
        try connection.execute(
            "UPDATE delivery SET status = \(status), status_at = \(at), note = \(note) WHERE id = \(id)")
    }

    /// As its recipient told the clerk.
    package func setTold(
        _ status: DeliveryStatus, of id: ID<Delivery>, on day: OfficeDate, note: String, at: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE delivery SET status = \(status), status_at = \(at), note = \(note), told_on = \(day) WHERE id = \(id)
            """)
    }

    /// Written down by hand among what was reported.
    package func appendNoted(
        _ event: ID<Envelope>, of delivery: ID<Delivery>, _ status: DeliveryStatus, note: String,
        by clerk: ID<Position>, at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO delivery_event (id, delivery_id, status, at, note, taken, noted_by)
            VALUES (\(event), \(delivery), \(status), \(at), \(note), \(true), \(clerk))
            """)
    }

    /// When a channel took it, or the paper was posted.
    package func carriedAt(of id: ID<Delivery>) throws -> Instant? {
        try connection.first("SELECT carried_at FROM delivery WHERE id = \(id)") {
            try $0.optional(0) as Instant?
        }
            ?? nil
    }

    /// It goes there once more, by this way; nothing is known of that time yet.
    package func setSentAgain(_ id: ID<Delivery>, by route: Route, messageKey: String, at: Instant) throws {
        try connection.execute(
            """
            UPDATE delivery SET sending = sending + 1, status = \(DeliveryStatus.sent), status_at = \(at), note = '', told_on = '',
                channel = \(route.channel), partner = \(route.partner), message_key = \(messageKey), carried_at = NULL,
                accept_due_at = NULL
            WHERE id = \(id)
            """)
    }

    /// False when this very message was written down before.
    package func append(_ envelope: Envelope, taken: Bool) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO delivery_event (id, delivery_id, status, at, note, taken)
            VALUES (\(envelope.id), \(envelope.delivery), \(envelope.status), \(envelope.at), \(envelope.note),
                \(taken))
            ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    /// Whether this very message was written down before.
    package func isKnown(event id: ID<Envelope>) throws -> Bool {
        try connection.first("SELECT 1 FROM delivery_event WHERE id = \(id)") != nil
    }

    /// All the deliveries of one message to one recipient's code.
    package func find(messageKey: String, to recipients: [ID<Agency>]) throws -> [Delivery] {
        guard !messageKey.isEmpty, !recipients.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + """
                 WHERE message_key = \(messageKey) AND message_key <> '' AND recipient_id IN (\(list: recipients))
                """, Self.read)
    }

    /// By what stands on the document, where the recipient's software made up a new name for it. A number is looked up in
    /// the registers of all agencies of this installation: of the date's year, or the next where it was taken after the turn.
    package func find(
        numberAndNotation: String, date: OfficeDate?, to recipients: [ID<Agency>]
    ) throws -> [Delivery] {
        let digits = numberAndNotation.prefix { $0.isASCII && $0.isNumber }
        guard let date, let number = Int(digits), !recipients.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + """
                 WHERE recipient_id IN (\(list: recipients)) AND issuance_id IN (SELECT i.id FROM agency
                    CROSS JOIN issuance i JOIN document d ON d.id = i.document_id
                    WHERE i.agency_id = agency.id AND i.year IN (\(date.year), \(date.year + 1)) AND i.number = \(number)
                        AND d.date = \(date) AND d.number || '/' || d.notation = \(numberAndNotation))
                ORDER BY id
                """, Self.read)
    }

    package func all(of issuance: ID<Issuance>) throws -> [Delivery] {
        try connection.rows(Self.columns + " WHERE issuance_id = \(issuance) ORDER BY id", Self.read)
    }

    /// The channel has taken it. `acceptDueAt`: by when the recipient takes it, where its channel tells us.
    package func noteCarried(_ ids: [ID<Delivery>], at: Instant, acceptDueAt: Instant) throws {
        if ids.isEmpty { return }
        try lockInOrder(ids)
        let reporting = Channel.allCases.filter(\.reportsStatus)
        try connection.execute(
            """
            UPDATE delivery SET accept_due_at = \(acceptDueAt)
            WHERE id IN (\(list: ids)) AND carried_at IS NULL AND channel IN (\(list: reporting))
            """)
        try connection.execute(
            "UPDATE delivery SET carried_at = \(at) WHERE id IN (\(list: ids)) AND carried_at IS NULL")
    }

    /// On paper. What goes by another channel too has not gone by that.
    package func notePosted(_ ids: [ID<Delivery>], at: Instant) throws {
        if ids.isEmpty { return }
        try lockInOrder(ids)
        try connection.execute(
            """
            UPDATE delivery SET carried_at = \(at)
            WHERE id IN (\(list: ids)) AND carried_at IS NULL AND channel = 'paper'
            """)
    }

    /// Its electronic way is given up.
    /// - Parameter carriedAt: Where the paper has been posted already.
    package func leaveToPaper(_ id: ID<Delivery>, carriedAt: Instant?) throws {
        try connection.execute(
            "UPDATE delivery SET channel = 'paper', partner = '', carried_at = \(carriedAt) WHERE id = \(id)")
    }

    package func setRecalled(_ id: ID<Delivery>, at: Instant) throws {
        try setRecalled([id], at: at)
    }

    package func setRecalled(_ ids: [ID<Delivery>], at: Instant) throws {
        try connection.inPortions(ids) {
            try connection.execute("UPDATE delivery SET recalled_at = \(at) WHERE id IN (\(list: $0))")
        }
    }

    static let columns: SQL = """
        SELECT id, agency_id, issuance_id, recipient_id, status, status_at, note, channel, message_key,
            accept_due_at, recalled_at, answer_by, answered_at, partner, sending, told_on
        FROM delivery
        """

    static func read(_ row: Row) throws -> Delivery {
        let answerBy: String = try row[11], toldOn: String = try row[15]
        return Delivery(
            id: try row[0], agency: try row[1], issuance: try row[2], recipient: try row[3],
            status: try row[4],
            statusAt: try row[5], note: try row[6], channel: try row[7], partner: try row[13],
            messageKey: try row[8], acceptDueAt: try row.optional(9), recalledAt: try row.optional(10),
            answerBy: OfficeDate(answerBy), answeredAt: try row.optional(12),
            sending: try row[14], toldOn: OfficeDate(toldOn))
    }
}

extension Connection {
    /// Many rows with few statements; `target` is a table and its columns, from our own source.
    func insert<T>(_ target: String, _ rows: [T], _ values: (T) -> SQL) throws {
        try inPortions(rows) { rows in
            var statement: SQL = "INSERT INTO \(raw: target) VALUES "
            for (index, row) in rows.enumerated() {
                if index > 0 { statement += ", " }
                statement += values(row)
            }
            try execute(statement)
        }
    }

    /// What is asked about many, with few statements.
    func rows<K, T>(of many: [K], _ statement: ([K]) -> SQL, _ read: (Row) throws -> T) throws -> [T] {
        var found: [T] = []
        try inPortions(many) { found += try rows(statement($0), read) }
        return found
    }

    /// As many at a time as one statement takes; none: nothing is done.
    func inPortions<T>(_ many: [T], _ body: ([T]) throws -> Void) rethrows {
        for start in stride(from: 0, to: many.count, by: DeliveryTable.rowsAtOnce) {
            try body(Array(many[start..<min(start + DeliveryTable.rowsAtOnce, many.count)]))
        }
    }
}

extension Sequence {
    /// Each once, as the databases order them: everybody who locks several rows locks them so.
    func inLockOrder<Subject>() -> [ID<Subject>] where Element == ID<Subject> {
        Set(self).sorted { $0.uuid < $1.uuid }
    }
}

extension Tables {
    package var deliveries: DeliveryTable { DeliveryTable(connection: connection) }
}
