// Chờ tiếp nhận, and what became of it: the clerk's list of what came through the exchange, urgent first (B5), and the card
// of one of them with what the sender declared beside what is here (B7).
import Domain
import DualSQL

/// Where a page of the list ends.
package struct ReceiptKey: Sendable, Equatable {
    package let urgency: Urgency
    package let arrivedAt: Instant
    package let id: ID<Receipt>

    package init(urgency: Urgency, arrivedAt: Instant, id: ID<Receipt>) {
        (self.urgency, self.arrivedAt, self.id) = (urgency, arrivedAt, id)
    }

    /// As `text` wrote it.
    package init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 1).map(String.init)
        guard parts.count == 2, let urgency = Int(parts[0]).flatMap(Urgency.init),
            let moment = MomentKey<Receipt>(parts[1])
        else { return nil }
        self.init(urgency: urgency, arrivedAt: moment.at, id: moment.id)
    }

    package var text: String { "\(urgency.rawValue)_" + MomentKey(at: arrivedAt, id: id).text }
}

/// One line of the list.
package struct ReceiptRow: Sendable {
    package let receipt: Receipt
    package let senderName: String
    package let numberAndNotation: String
    package let date: OfficeDate
    package let abstract: String
    package let urgency: Urgency
    package let files: Int
    package let pages: Int
    package let dueAt: Instant

    package var key: ReceiptKey { ReceiptKey(urgency: urgency, arrivedAt: receipt.arrivedAt, id: receipt.id) }
}

/// One receipt with everything the clerk checks before deciding.
package struct ReceiptCard: Sendable {
    package let receipt: Receipt
    package let senderName: String
    package let facts: DocumentParticulars
    package let typeName: String
    package let files: [StoredDocumentFile]
    package let declaredFiles: Int
    package let declaredPages: Int
    package let dueAt: Instant
    package let decidedAt: Instant?
    package let decidedBy: String
    package let reason: String
    /// Its entry in the register of arrivals, once accepted.
    package let arrival: ArrivalNumber?

    /// The pages of the letter itself as counted here; enclosures are counted as files.
    package var receivedPages: Int { files.filter { $0.kind == .main }.reduce(0) { $0 + $1.file.pages } }
    package var agreesWithDeclared: Bool { files.count == declaredFiles && receivedPages == declaredPages }
}

package struct ArrivalNumber: Sendable, Equatable {
    package let year: Int
    package let number: Int

    package init(year: Int, number: Int) { (self.year, self.number) = (year, number) }
}

package struct ReceiptLists {
    let connection: Connection
    package static let countLimit = 1000

    /// What waits, the urgent first and then the oldest.
    package func waiting(of agency: ID<Agency>, after: ReceiptKey?, limit: Int) throws -> [ReceiptRow] {
        var filter: SQL = " WHERE r.agency_id = \(agency) AND r.state = 'waiting' AND r.frozen_at IS NULL"
        if let after {
            filter += """
                 AND (d.urgency < \(after.urgency) OR (d.urgency = \(after.urgency)
                    AND (r.arrived_at, r.id) > (\(after.arrivedAt), \(after.id))))
                """
        }
        return try connection.rows(
            Self.columns + filter + " ORDER BY d.urgency DESC, r.arrived_at, r.id LIMIT \(limit)", Self.read)
    }

    /// What was accepted or refused, newest first.
    package func decided(
        _ state: ReceiptState, of agency: ID<Agency>, after: ReceiptKey?, limit: Int
    ) throws -> [ReceiptRow] {
        var filter: SQL = " WHERE r.agency_id = \(agency) AND r.state = \(state)"
        if let after { filter += " AND (r.arrived_at, r.id) < (\(after.arrivedAt), \(after.id))" }
        return try connection.rows(
            Self.columns + filter + " ORDER BY r.arrived_at DESC, r.id DESC LIMIT \(limit)", Self.read)
    }

    /// What its sender has taken back, newest first; `after` is a page's last moment and receipt.
    package func takenBack(of agency: ID<Agency>, after: (frozenAt: Instant, id: ID<Receipt>)?, limit: Int)
        throws
        -> [ReceiptRow]
    {
        var filter: SQL = " WHERE r.agency_id = \(agency) AND r.frozen_at IS NOT NULL"
        if let after { filter += " AND (r.frozen_at, r.id) < (\(after.frozenAt), \(after.id))" }
        return try connection.rows(
            Self.columns + filter + " ORDER BY r.frozen_at DESC, r.id DESC LIMIT \(limit)", Self.read)
    }

    /// At most `countLimit + 1`.
    package func countTakenBack(of agency: ID<Agency>) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM receipt WHERE agency_id = \(agency) AND frozen_at IS NOT NULL
                LIMIT \(Self.countLimit + 1)) AS counted
            """
        ) { try $0[0] } ?? 0
    }

    package func page(
        of agency: ID<Agency>, _ state: ReceiptState, after: ReceiptKey?, limit: Int
    ) throws -> [ReceiptRow] {
        state == .waiting
            ? try waiting(of: agency, after: after, limit: limit)
            : try decided(state, of: agency, after: after, limit: limit)
    }

    /// The rows a search found.
    package func rows(_ ids: [ID<Receipt>], of agency: ID<Agency>) throws -> [ReceiptRow] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            Self.columns
                + " WHERE r.agency_id = \(agency) AND r.id IN (\(list: ids)) ORDER BY r.arrived_at DESC, r.id DESC",
            Self.read)
    }

    /// At most `countLimit + 1`, which is shown as "hơn 1.000".
    package func count(of agency: ID<Agency>, _ state: ReceiptState) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM receipt WHERE agency_id = \(agency) AND state = \(state)
                AND (state <> 'waiting' OR frozen_at IS NULL) LIMIT \(Self.countLimit + 1)) AS counted
            """
        ) { try $0[0] } ?? 0
    }

    /// Nil when the agency has none of this id.
    package func card(_ id: ID<Receipt>, of agency: ID<Agency>) throws -> ReceiptCard? {
        let tables = Tables(connection)
        guard let receipt = try tables.receipts.find(id), receipt.agency == agency,
            let facts = try tables.documents.particulars(of: receipt.document)
        else { return nil }
        let files = receipt.frozenAt == nil ? try tables.documents.files(of: receipt.document) : []
        return try connection.first(
            """
            SELECT s.name, t.name, r.declared_files, r.declared_pages, r.due_at, r.decided_at,
                coalesce(c.person_name, ''), r.reason, a.year, a.number
            FROM receipt r JOIN correspondent s ON s.id = r.sender_id JOIN document d ON d.id = r.document_id
            JOIN document_type t ON t.slug = d.type_slug LEFT JOIN position p ON p.id = r.decided_by
            LEFT JOIN account c ON c.id = p.account_id LEFT JOIN arrival a ON a.receipt_id = r.id
            WHERE r.id = \(id)
            """
        ) { row in
            let year: Int? = try row.optional(8), number: Int? = try row.optional(9)
            return ReceiptCard(
                receipt: receipt, senderName: try row[0], facts: facts, typeName: try row[1], files: files,
                declaredFiles: try row[2], declaredPages: try row[3], dueAt: try row[4],
                decidedAt: try row.optional(5), decidedBy: try row[6], reason: try row[7],
                arrival: year.flatMap { year in number.map { ArrivalNumber(year: year, number: $0) } })
        }
    }

    private static let columns: SQL = """
        SELECT r.id, r.agency_id, r.sender_id, r.delivery_id, r.document_id, r.state, r.arrived_at, s.name, d.number,
            d.notation, d.date, d.abstract, d.urgency, r.declared_files, r.declared_pages,
            r.due_at, r.channel, r.partner, r.message_key, r.business, r.replaces, r.sending,
            r.frozen_at
        FROM receipt r JOIN document d ON d.id = r.document_id JOIN correspondent s ON s.id = r.sender_id
        """

    private static func read(_ row: Row) throws -> ReceiptRow {
        let number: String = try row[8], notation: String = try row[9]
        return ReceiptRow(
            receipt: Receipt(
                id: try row[0], agency: try row[1], sender: try row[2], delivery: try row[3],
                document: try row[4],
                state: try row[5], arrivedAt: try row[6], origin: try ReceiptTable.origin(row, at: 16),
                frozenAt: try row.optional(22)),
            senderName: try row[7], numberAndNotation: number.isEmpty ? notation : "\(number)/\(notation)",
            date: try row[10], abstract: try row[11], urgency: try row[12], files: try row[13],
            pages: try row[14],
            dueAt: try row[15])
    }
}

extension Tables {
    package var receiptLists: ReceiptLists { ReceiptLists(connection: connection) }
}
