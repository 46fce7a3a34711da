// The list of văn bản đến and its counts: newest first, paged by (year, number), counts stop at a thousand.
import Domain
import DualSQL

/// One line of the list.
package struct ArrivalRow: Sendable {
    package let id: ID<Arrival>
    package let year: Int
    package let number: Int
    package let arrivedAt: Instant
    package let issuingAgency: String
    package let numberAndNotation: String
    package let date: OfficeDate
    package let abstract: String
    package let urgency: Urgency
    package let dueAt: Instant?
    package let state: ArrivalState
    /// Who has it now: the lead, or the director before there is one.
    package let holder: String
    package let document: ID<Document>
}

package struct ArrivalLists {
    let connection: Connection
    package static let countLimit = 1000

    /// `after` is the last (year, number) of the page before.
    package func page(
        for person: Position, state: ArrivalState?, awaitingPaper: Bool = false,
        after: (year: Int, number: Int)?, limit: Int
    ) throws -> [ArrivalRow] {
        var filter = Self.readable(by: person)
        if awaitingPaper { filter = filter + Self.awaitsPaper(in: person.agency) }
        if let state { filter = filter + " AND a.state = \(state)" }
        if let after { filter = filter + " AND (a.year, a.number) < (\(after.year), \(after.number))" }
        return try connection.rows(
            Self.columns + filter + " ORDER BY a.year DESC, a.number DESC LIMIT \(limit)", Self.read)
    }

    /// The rows a search found, in the order found.
    package func rows(
        _ ids: [ID<Arrival>], for person: Position, awaitingPaper: Bool = false
    ) throws -> [ArrivalRow] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + Self.readable(by: person)
                + (awaitingPaper ? Self.awaitsPaper(in: person.agency) : "")
                + " AND a.id IN (\(list: ids)) ORDER BY a.year DESC, a.number DESC", Self.read)
    }

    /// At most `countLimit + 1`, which is shown as "hơn 1.000".
    package func count(for person: Position, state: ArrivalState) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM arrival a\(sql: Self.readable(by: person)) AND a.state = \(state)
                LIMIT \(Self.countLimit + 1)) AS counted
            """
        ) { try $0[0] } ?? 0
    }

    /// Those whose paper has not come, but for what its sender has taken back; at most `countLimit + 1`.
    package func awaitingPaper(for person: Position) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM arrival a\(sql: Self.readable(by: person))\(sql: Self.awaitsPaper(in: person.agency))
                LIMIT \(Self.countLimit + 1)) AS counted
            """
        ) { try $0[0] } ?? 0
    }

    private static func awaitsPaper(in agency: ID<Agency>) -> SQL {
        """
         AND a.id IN (SELECT p.arrival_id FROM arrival_paper p WHERE p.agency_id = \(agency) AND p.came_on = '')
            AND NOT EXISTS (SELECT 1 FROM receipt f WHERE f.id = a.receipt_id AND f.frozen_at IS NOT NULL)
        """
    }

    /// The same answer as `ArrivalAccess.mayRead`, for a whole list.
    private static func readable(by person: Position) -> SQL {
        let own: SQL = " WHERE a.agency_id = \(person.agency)"
        if ArrivalAccess.readsAll(person.role) { return own }
        return own
            + """
             AND a.id IN (SELECT arrival_id FROM assignment WHERE position_id = \(person.id)
                UNION SELECT id FROM arrival WHERE director_id = \(person.id))
            """
    }

    /// Agencies whose letters came lately, to be proposed while typing.
    package func issuers(of agency: ID<Agency>) throws -> [String] {
        try connection.rows(
            """
            SELECT DISTINCT issuing_agency FROM (SELECT d.issuing_agency FROM arrival a
                JOIN document d ON d.id = a.document_id WHERE a.agency_id = \(agency)
                ORDER BY a.year DESC, a.number DESC LIMIT 200) AS recent ORDER BY issuing_agency
            """
        ) { try $0[0] }
    }

    private static let columns: SQL = """
        SELECT a.year, a.number, a.arrived_at, d.issuing_agency, d.number, d.notation, d.date, d.abstract, d.urgency,
            a.due_at, a.state,
            coalesce((SELECT c.person_name FROM assignment s JOIN position p ON p.id = s.position_id
                    JOIN account c ON c.id = p.account_id WHERE s.arrival_id = a.id AND s.kind = 'lead'),
                (SELECT c.person_name FROM position p JOIN account c ON c.id = p.account_id
                    WHERE p.id = a.director_id)), a.id, a.document_id
        FROM arrival a JOIN document d ON d.id = a.document_id
        """

    private static func read(_ row: Row) throws -> ArrivalRow {
        let number: String = try row[4], notation: String = try row[5]
        return ArrivalRow(
            id: try row[12], year: try row[0], number: try row[1], arrivedAt: try row[2],
            issuingAgency: try row[3],
            numberAndNotation: number.isEmpty ? notation : "\(number)/\(notation)", date: try row[6],
            abstract: try row[7], urgency: try row[8], dueAt: try row.optional(9), state: try row[10],
            holder: try row.optional(11) ?? "", document: try row[13])
    }
}
