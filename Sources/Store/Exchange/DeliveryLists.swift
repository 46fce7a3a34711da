// Bảng theo dõi phát hành: where a document stands with each recipient, and what each of them reported (E2).
// Boards are paged by the recipients' names, since one document may go to thousands.
import Domain
import DualSQL

/// Where a page of the board ends.
package struct BoardKey: Sendable, Equatable {
    package let sortKey: String
    package let recipient: ID<Agency>

    package init(sortKey: String, recipient: ID<Agency>) {
        (self.sortKey, self.recipient) = (sortKey, recipient)
    }
}

/// One recipient on the board.
package struct BoardRow: Sendable {
    package let delivery: Delivery
    package let recipientName: String
    /// When a channel took it; nil while it is in our hands, and for what never left.
    package let carriedAt: Instant?
    package let key: BoardKey
}

/// One status that came, taken or set aside as late or doubled.
package struct DeliveryEvent: Sendable, Equatable {
    package let status: DeliveryStatus
    package let at: Instant
    package let note: String
    package let taken: Bool
    /// Who wrote down by hand what the recipient told; empty where its system did.
    package let notedBy: String
}

package struct DeliveryLists {
    let connection: Connection
    package static let pageLength = 100

    /// The recipients of one issuance of this agency; `statuses` nil means all. `now` decides who is late.
    package func board(
        _ issuance: ID<Issuance>, of agency: ID<Agency>, statuses: [DeliveryStatus]? = nil,
        part: DeliveryPart? = nil, at now: Instant = Instant(microseconds: 0), after: BoardKey? = nil,
        limit: Int = pageLength
    ) throws -> [BoardRow] {
        var filter: SQL = " WHERE v.issuance_id = \(issuance) AND v.agency_id = \(agency)"
        if let part { filter += " AND (" + Self.isIn(part, at: now) + ")" }
        if let statuses { filter += " AND v.status IN (\(list: statuses))" }
        if let after { filter += " AND (a.sort_key, a.id) > (\(after.sortKey), \(after.recipient))" }
        return try connection.rows(
            Self.columns + filter + " ORDER BY a.sort_key, a.id LIMIT \(limit)", Self.read)
    }

    package func counts(_ issuance: ID<Issuance>, of agency: ID<Agency>) throws -> [DeliveryStatus: Int] {
        var counts: [DeliveryStatus: Int] = [:]
        for row in try connection.rows(
            """
            SELECT status, count(*) FROM delivery WHERE issuance_id = \(issuance) AND agency_id = \(agency)
            GROUP BY status
            """)
        {
            counts[try row[0]] = try row[1]
        }
        return counts
    }

    /// How many recipients stand in each part of the board, all in one pass.
    package func parts(of issuance: ID<Issuance>, in agency: ID<Agency>, at now: Instant) throws
        -> DeliveryCounts
    {
        let parts = DeliveryPart.allCases
        var columns: SQL = "SELECT count(*)"
        for part in parts { columns += ", count(*) FILTER (WHERE " + Self.isIn(part, at: now) + ")" }
        let filter: SQL = " FROM delivery v WHERE v.issuance_id = \(issuance) AND v.agency_id = \(agency)"
        return try connection.first(columns + filter) { row in
            var counts: [DeliveryPart: Int] = [:]
            for (index, part) in parts.enumerated() { counts[part] = try row[index + 1] }
            return DeliveryCounts(total: try row[0], parts: counts)
        } ?? DeliveryCounts(total: 0, parts: [:])
    }

    /// Requests to the recipients of an issuance that none of them has answered.
    package func openRequests(of issuance: ID<Issuance>, in agency: ID<Agency>) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM delivery v JOIN delivery_request q ON q.delivery_id = v.id AND q.state = 'asked'
            WHERE v.issuance_id = \(issuance) AND v.agency_id = \(agency)
            """
        ) { try $0[0] } ?? 0
    }

    /// The deliveries of an issuance that their recipients have refused.
    package func returned(_ issuance: ID<Issuance>, of agency: ID<Agency>) throws -> [ID<Delivery>] {
        try connection.rows(
            """
            SELECT id FROM delivery WHERE issuance_id = \(issuance) AND agency_id = \(agency) AND recalled_at IS NULL
                AND status = \(DeliveryStatus.refused) AND channel <> 'paper' ORDER BY id
            """
        ) { try $0[0] }
    }

    /// The deliveries of an issuance that something can still be asked of.
    package func open(_ issuance: ID<Issuance>, of agency: ID<Agency>) throws -> [ID<Delivery>] {
        try connection.rows(
            """
            SELECT id FROM delivery WHERE issuance_id = \(issuance) AND agency_id = \(agency) AND recalled_at IS NULL
                AND status NOT IN (\(list: [DeliveryStatus.refused, .finished])) ORDER BY id
            """
        ) { try $0[0] }
    }

    /// Messages of the sender about the delivery; the recipient's, which wait in the same table, are statuses. Asked by
    /// kind and not by sender, so that it is looked up by the delivery and not among all that the agency sends.
    private static let own: SQL =
        "EXISTS (SELECT 1 FROM outbox o WHERE o.delivery_id = v.id AND o.kind <> 'status'"

    private static func isIn(_ part: DeliveryPart, at now: Instant) -> SQL {
        let isHere: SQL = "v.recalled_at IS NULL"
        switch part {
        case .needsLook:
            return isIn(.failing, at: now) + " OR (" + isIn(.returned, at: now) + ") OR ("
                + isIn(.late, at: now)
                + ")"
        case .unsent:
            return isHere + " AND " + own
                + " AND o.kind = 'document' AND o.attempts = 0 AND o.dead_at IS NULL)"
        case .failing: return own + " AND (o.attempts > 0 OR o.dead_at IS NOT NULL))"
        case .returned: return isHere + " AND v.status = \(DeliveryStatus.refused)"
        case .late:
            return isIn(.notAccepted, at: now) + " AND v.accept_due_at < \(now) AND NOT " + own
                + " AND o.kind = 'document')"
        // From mail and paper no acceptance can come.
        case .notAccepted:
            return isHere + " AND v.status IN (\(list: [DeliveryStatus.sent, .arrived]))"
                + " AND v.channel IN (\(list: Channel.allCases.filter(\.reportsStatus)))"
        case .inWork:
            return isHere + " AND v.status IN (\(list: [DeliveryStatus.accepted, .assigned, .working]))"
        case .finished: return isHere + " AND v.status = \(DeliveryStatus.finished)"
        case .takenBack: return "v.recalled_at IS NOT NULL"
        case .awaitsAnswer: return DeliveryAnswers.isAwaited
        // The day that is named is still in time.
        case .answerLate: return DeliveryAnswers.isAwaited + " AND v.answer_by < \(now.officeDate)"
        }
    }

    /// The recipients' names as messages list them; long lists are cut.
    package func names(of issuance: ID<Issuance>) throws -> [String] {
        try connection.rows(
            """
            SELECT a.name FROM delivery v JOIN correspondent a ON a.id = v.recipient_id
            WHERE v.issuance_id = \(issuance) ORDER BY a.sort_key, a.id LIMIT \(Self.pageLength)
            """
        ) { try $0[0] }
    }

    /// One delivery of this agency and everything that was reported of it, oldest first.
    package func find(_ id: ID<Delivery>, of agency: ID<Agency>) throws -> BoardRow? {
        try connection.first(Self.columns + " WHERE v.id = \(id) AND v.agency_id = \(agency)", Self.read)
    }

    package func history(of delivery: ID<Delivery>, in agency: ID<Agency>) throws -> [DeliveryEvent] {
        try connection.rows(
            """
            SELECT e.status, e.at, e.note, e.taken, coalesce(c.person_name, '') FROM delivery_event e
            JOIN delivery v ON v.id = e.delivery_id LEFT JOIN position p ON p.id = e.noted_by
            LEFT JOIN account c ON c.id = p.account_id
            WHERE e.delivery_id = \(delivery) AND v.agency_id = \(agency) ORDER BY e.at, e.status, e.id
            """
        ) {
            DeliveryEvent(
                status: try $0[0], at: try $0[1], note: try $0[2], taken: try $0[3], notedBy: try $0[4])
        }
    }

    private static let columns: SQL = """
        SELECT v.id, v.agency_id, v.issuance_id, v.recipient_id, v.status, v.status_at, v.note, v.channel,
            v.message_key, v.accept_due_at, v.recalled_at, v.answer_by, v.answered_at, v.partner, v.sending, v.told_on, a.name,
            a.sort_key, v.carried_at
        FROM delivery v JOIN correspondent a ON a.id = v.recipient_id
        """

    private static func read(_ row: Row) throws -> BoardRow {
        let delivery = try DeliveryTable.read(row)
        return BoardRow(
            delivery: delivery, recipientName: try row[16], carriedAt: try row.optional(18),
            key: BoardKey(sortKey: try row[17], recipient: delivery.recipient))
    }
}

extension Tables {
    package var deliveryLists: DeliveryLists { DeliveryLists(connection: connection) }
}
