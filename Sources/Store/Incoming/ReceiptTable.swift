// Nhận qua liên thông: the recipient's own record of one delivery, made once however often the message comes.
import Domain
import DualSQL
import Foundation

package struct ReceiptTable {
    let connection: Connection

    package func insert(
        _ receipt: Receipt, declaredFiles: Int, declaredPages: Int, dueAt: Instant,
        findings: [ArrivalFinding] = [], content: String = "", sentAt: Instant? = nil
    ) throws {
        try connection.execute(
            """
            INSERT INTO receipt (id, agency_id, sender_id, delivery_id, document_id, declared_files, declared_pages,
                state, arrived_at, due_at, channel, partner, message_key, business, replaces, sending, content,
                sent_at, findings)
            VALUES (\(receipt.id), \(receipt.agency), \(receipt.sender), \(receipt.delivery), \(receipt.document),
                \(declaredFiles), \(declaredPages), \(receipt.state), \(receipt.arrivedAt), \(dueAt),
                \(receipt.origin.channel), \(receipt.origin.partner), \(receipt.origin.key),
                \(receipt.origin.business), \(receipt.origin.replaces.joined(separator: "\n")),
                \(receipt.origin.sending), \(content), \(sentAt),
                \(try Self.text(of: findings)))
            """)
    }

    package func find(_ id: ID<Receipt>) throws -> Receipt? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func find(delivery: ID<Delivery>) throws -> Receipt? {
        try connection.first(Self.columns + " WHERE delivery_id = \(delivery)", Self.read)
    }

    /// The row, locked until commit.
    package func lock(_ id: ID<Receipt>) throws -> Receipt? {
        try connection.first(Self.columns + " WHERE id = \(id)" + connection.forUpdate, Self.read)
    }

    package func decide(
        _ state: ReceiptState, _ id: ID<Receipt>, by position: ID<Position>?, reason: String, at: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE receipt SET state = \(state), decided_at = \(at), decided_by = \(position), reason = \(reason)
            WHERE id = \(id)
            """)
    }

    /// It was refused, and its sender has sent the letter within the installation once more: the name of the delivery is the
    /// new receipt's from now on.
    package func makeRoom(_ receipt: Receipt, calling it: ID<Delivery>) throws {
        try connection.execute(
            """
            UPDATE receipt SET earlier_of = delivery_id, delivery_id = \(it)
            WHERE id = \(receipt.id) AND state = \(ReceiptState.refused)
            """)
    }

    /// All the receipts of the delivery that this one is of, or was.
    package func sendings(of receipt: Receipt) throws -> [Receipt] {
        let delivery: ID<Delivery>? = try connection.first(
            "SELECT coalesce(earlier_of, delivery_id) FROM receipt WHERE id = \(receipt.id)"
        ) { try $0[0] }
        guard let delivery else { return [] }
        return try connection.rows(
            Self.columns + " WHERE (delivery_id = \(delivery) OR earlier_of = \(delivery)) ORDER BY sending",
            Self.read
        ).filter { $0.agency == receipt.agency }
    }

    /// When its sender says it sent it, by the sender's own clock.
    package func sentAt(of id: ID<Receipt>) throws -> Instant? {
        try connection.first("SELECT sent_at FROM receipt WHERE id = \(id)") {
            try $0.optional(0) as Instant?
        }
            ?? nil
    }

    package func decidedAt(of id: ID<Receipt>) throws -> Instant? {
        try connection.first("SELECT decided_at FROM receipt WHERE id = \(id)") {
            try $0.optional(0) as Instant?
        }
            ?? nil
    }

    /// What another system sent under this name of its own.
    package func find(messageKey: String, from sender: ID<Agency>, in agency: ID<Agency>) throws -> [Receipt]
    {
        guard !messageKey.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + """
                 WHERE agency_id = \(agency) AND sender_id = \(sender) AND message_key = \(messageKey)
                ORDER BY arrived_at, id
                """, Self.read)
    }

    /// What it carried when it came; empty where that is not known.
    package func content(of id: ID<Receipt>) throws -> String {
        try connection.first("SELECT content FROM receipt WHERE id = \(id)") { try $0[0] } ?? ""
    }

    /// The very same came once more; how often by now.
    package func noteRepetition(of id: ID<Receipt>) throws -> Int {
        try connection.first(
            "UPDATE receipt SET repetitions = repetitions + 1 WHERE id = \(id) RETURNING repetitions"
        ) { try $0[0] } ?? 0
    }

    package func repetitions(of id: ID<Receipt>) throws -> Int {
        try connection.first("SELECT repetitions FROM receipt WHERE id = \(id)") { try $0[0] } ?? 0
    }

    /// What came from the sender to replace something else, oldest first.
    package func replacing(from sender: ID<Agency>, in agency: ID<Agency>) throws -> [Receipt] {
        try connection.rows(
            Self.columns + """
                 WHERE agency_id = \(agency) AND sender_id = \(sender) AND business = 'replace'
                ORDER BY arrived_at, id
                """, Self.read)
    }

    /// All the receipts of one document, of whatever agency.
    package func from(_ sender: ID<Agency>) throws -> [Receipt] {
        try connection.rows(Self.columns + " WHERE sender_id = \(sender) ORDER BY arrived_at, id", Self.read)
    }

    package func all(of document: ID<Document>) throws -> [Receipt] {
        try connection.rows(Self.columns + " WHERE document_id = \(document) ORDER BY id", Self.read)
    }

    package func dueAt(of id: ID<Receipt>) throws -> Instant {
        try connection.first("SELECT due_at FROM receipt WHERE id = \(id)") { try $0[0] } ?? .never
    }

    /// A corrected version takes the place of the one that was received.
    package func take(_ correction: Correction, _ findings: [ArrivalFinding], as id: ID<Receipt>) throws {
        guard let corrected = correction.corrected else { return }
        try connection.execute(
            """
            UPDATE receipt SET document_id = \(corrected), declared_files = \(correction.declaredFiles),
                declared_pages = \(correction.declaredPages), findings = \(try Self.text(of: findings))
            WHERE id = \(id)
            """)
    }

    /// The copy is gone from now on; the row stays.
    package func freeze(_ id: ID<Receipt>, at: Instant) throws {
        try connection.execute("UPDATE receipt SET frozen_at = \(at) WHERE id = \(id) AND frozen_at IS NULL")
    }

    package func findings(of id: ID<Receipt>) throws -> [ArrivalFinding] {
        let text: String =
            try connection.first("SELECT findings FROM receipt WHERE id = \(id)") { try $0[0] } ?? ""
        return try Self.findings(in: text)
    }

    package func setFindings(_ findings: [ArrivalFinding], of id: ID<Receipt>) throws {
        try connection.execute(
            "UPDATE receipt SET findings = \(try Self.text(of: findings)) WHERE id = \(id)")
    }

    static func findings(in text: String) throws -> [ArrivalFinding] {
        text.isEmpty ? [] : try JSONDecoder().decode([ArrivalFinding].self, from: Data(text.utf8))
    }

    static func text(of findings: [ArrivalFinding]) throws -> String {
        findings.isEmpty ? "" : String(decoding: try JSONEncoder().encode(findings), as: UTF8.self)
    }

    /// By what stands on the document, where the sender made up a new name for it.
    package func find(
        numberAndNotation: String, date: OfficeDate?, from sender: ID<Agency>, in agency: ID<Agency>
    ) throws -> [Receipt] {
        guard let date, !numberAndNotation.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + """
                 WHERE agency_id = \(agency) AND sender_id = \(sender) AND document_id IN (SELECT id FROM document
                    WHERE date = \(date) AND (CASE WHEN number = '' THEN notation ELSE number || '/' || notation END)
                        = \(numberAndNotation))
                ORDER BY arrived_at, id
                """, Self.read)
    }

    private static let columns: SQL = """
        SELECT id, agency_id, sender_id, delivery_id, document_id, state, arrived_at, channel, partner, message_key,
            business, replaces, sending, frozen_at
        FROM receipt
        """

    static func origin(_ row: Row, at first: Int) throws -> MessageOrigin {
        let replaces: String = try row[first + 4]
        return MessageOrigin(
            channel: try row[first], partner: try row[first + 1], key: try row[first + 2],
            business: try row[first + 3], replaces: replaces.split(separator: "\n").map(String.init),
            sending: try row[first + 5])
    }

    private static func read(_ row: Row) throws -> Receipt {
        Receipt(
            id: try row[0], agency: try row[1], sender: try row[2], delivery: try row[3],
            document: try row[4],
            state: try row[5], arrivedAt: try row[6], origin: try origin(row, at: 7),
            frozenAt: try row.optional(13))
    }
}

extension BusinessKind: SQLConvertible {}

extension Tables {
    package var receipts: ReceiptTable { ReceiptTable(connection: connection) }
}
