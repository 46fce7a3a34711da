// The lists of văn bản đi: what was issued, newest first and paged by key, with how many recipients have
// taken it; and the signed drafts that wait for the clerk, urgent and oldest first.
import Domain
import DualSQL

/// Where a page of the list ends.
package struct IssuanceKey: Sendable, Equatable {
    package let numberedAt: Instant
    package let id: ID<Issuance>

    package init(numberedAt: Instant, id: ID<Issuance>) { (self.numberedAt, self.id) = (numberedAt, id) }

    /// For an address: both parts in one word.
    package var text: String { "\(numberedAt.microseconds)_\(id)" }

    package init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 1).map(String.init)
        guard parts.count == 2, let microseconds = Int64(parts[0]), let id = ID<Issuance>(parts[1]) else {
            return nil
        }
        self.init(numberedAt: Instant(microseconds: microseconds), id: id)
    }
}

/// One line of the register.
package struct IssuanceRow: Sendable {
    package let issuance: Issuance
    package let key: IssuanceKey
    package let register: String
    package let draftCode: Int
    package let typeName: String
    package let abstract: String
    package let urgency: Urgency
    package let signer: String
    package let voidReason: String
    /// Recipients in all, those that have taken it, and those that refused.
    package let sent: Int
    package let accepted: Int
    package let refused: Int
    /// An answer is asked for by this day, and how many recipients have answered.
    package let answerBy: OfficeDate?
    package let answered: Int
}

/// A signed draft on the clerk's table.
package struct ToIssueRow: Sendable {
    package let draftCode: Int
    package let abstract: String
    package let typeName: String
    package let urgency: Urgency
    package let signer: String
    package let signedAt: Instant
    package let state: DraftState
    /// The number it has already, not yet sealed.
    package let number: Int?
    package let notation: String
}

package struct IssuanceLists {
    let connection: Connection
    package static let countLimit = 1000

    /// `register` is a slug; nil means all. `awaited`: only those that wait for an answer.
    package func page(
        of agency: ID<Agency>, register: String? = nil, awaited: Bool = false, after: IssuanceKey? = nil,
        limit: Int
    ) throws -> [IssuanceRow] {
        var filter: SQL = " WHERE i.agency_id = \(agency)"
        if let register { filter += " AND r.slug = \(register)" }
        if awaited {
            filter +=
                " AND i.id IN (SELECT v.issuance_id FROM delivery v WHERE v.agency_id = \(agency) AND "
                + DeliveryAnswers.isAwaited + ")"
        }
        if let after { filter += " AND (i.numbered_at, i.id) < (\(after.numberedAt), \(after.id))" }
        return try connection.rows(
            Self.columns + filter + " ORDER BY i.numbered_at DESC, i.id DESC LIMIT \(limit)", Self.read)
    }

    /// The rows a search found, newest first.
    package func rows(_ ids: [ID<Issuance>], of agency: ID<Agency>) throws -> [IssuanceRow] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            Self.columns
                + " WHERE i.agency_id = \(agency) AND i.id IN (\(list: ids)) ORDER BY i.numbered_at DESC, i.id DESC",
            Self.read)
    }

    package func find(_ agency: ID<Agency>, year: Int, register: String, number: Int) throws -> IssuanceRow? {
        try connection.first(
            Self.columns
                + " WHERE i.agency_id = \(agency) AND i.year = \(year) AND i.number = \(number) AND r.slug = \(register)",
            Self.read)
    }

    /// By what stands on the document, for what is named in another's letter.
    package func find(_ agency: ID<Agency>, years: [Int], number: Int, notation: String) throws
        -> IssuanceRow?
    {
        try connection.first(
            Self.columns + """
                 WHERE i.agency_id = \(agency) AND i.year IN (\(list: years)) AND i.number = \(number)
                    AND i.notation = \(notation) ORDER BY i.year DESC LIMIT 1
                """, Self.read)
    }

    /// Signed, or numbered and not yet sealed.
    package func toIssue(of agency: ID<Agency>, limit: Int) throws -> [ToIssueRow] {
        try connection.rows(
            """
            SELECT d.code, d.abstract, t.name, d.urgency, s.signer_name, s.signed_at, d.state, i.number, d.notation
            FROM draft d JOIN document_type t ON t.slug = d.type_slug
            JOIN signed_file s ON s.draft_id = d.id AND s.voided_at IS NULL
            LEFT JOIN issuance i ON i.draft_id = d.id AND i.state <> 'void'
            WHERE d.agency_id = \(agency) AND d.state IN ('signed', 'numbered')
            ORDER BY d.urgency DESC, s.signed_at, d.code LIMIT \(limit)
            """
        ) { row in
            ToIssueRow(
                draftCode: try row[0], abstract: try row[1], typeName: try row[2], urgency: try row[3],
                signer: try row[4], signedAt: try row[5], state: try row[6], number: try row.optional(7),
                notation: try row[8])
        }
    }

    /// The registers this agency has entered something in, with how much; at most `countLimit + 1` each.
    package func registers(of agency: ID<Agency>) throws -> [(slug: String, name: String, count: Int)] {
        try connection.rows(
            """
            SELECT r.slug, r.name, (SELECT count(*) FROM (SELECT 1 FROM issuance i WHERE i.agency_id = \(agency)
                AND i.register_id = r.id LIMIT \(Self.countLimit + 1)) AS counted)
            FROM register r WHERE r.agency_id = \(agency) AND r.direction = 'outgoing'
                AND EXISTS (SELECT 1 FROM register_year y WHERE y.register_id = r.id)
            ORDER BY r.name
            """
        ) { (try $0[0], try $0[1], try $0[2]) }
    }

    /// At most `countLimit + 1`, which is shown as "hơn 1.000".
    package func countToIssue(of agency: ID<Agency>) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM draft WHERE agency_id = \(agency) AND state IN ('signed', 'numbered')
                LIMIT \(Self.countLimit + 1)) AS counted
            """
        ) { try $0[0] } ?? 0
    }

    private static let columns: SQL = """
        SELECT i.id, i.agency_id, i.draft_id, i.register_id, i.year, i.number, i.notation, i.date, i.state,
            i.document_id, i.numbered_at, r.slug, d.code, t.name, d.abstract, d.urgency,
            coalesce((SELECT s.signer_name FROM signed_file s WHERE s.draft_id = i.draft_id AND s.voided_at IS NULL), ''),
            i.void_reason,
            (SELECT count(*) FROM delivery v WHERE v.issuance_id = i.id),
            (SELECT count(*) FROM delivery v WHERE v.issuance_id = i.id AND v.status >= 3),
            (SELECT count(*) FROM delivery v WHERE v.issuance_id = i.id AND v.status = 2),
            coalesce((SELECT s.answer_by FROM draft_sending s WHERE s.draft_id = i.draft_id), ''),
            (SELECT count(*) FROM delivery v WHERE v.issuance_id = i.id AND v.answered_at IS NOT NULL)
        FROM issuance i JOIN register r ON r.id = i.register_id JOIN draft d ON d.id = i.draft_id
        JOIN document_type t ON t.slug = d.type_slug
        """

    private static func read(_ row: Row) throws -> IssuanceRow {
        let issuance = try IssuanceTable.read(row), answerBy: String = try row[21]
        return IssuanceRow(
            issuance: issuance, key: IssuanceKey(numberedAt: try row[10], id: issuance.id),
            register: try row[11],
            draftCode: try row[12], typeName: try row[13], abstract: try row[14], urgency: try row[15],
            signer: try row[16], voidReason: try row[17], sent: try row[18], accepted: try row[19],
            refused: try row[20], answerBy: OfficeDate(answerBy), answered: try row[22])
    }
}

extension Tables {
    package var issuanceLists: IssuanceLists { IssuanceLists(connection: connection) }
}
