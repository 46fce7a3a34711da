// The list of dự thảo one person may read, and its counts: newest first, paged by code, counts stop at a
// thousand. Who may read is `DraftAccess` written as a filter; a test holds the two together.
import Domain
import DualSQL

/// One line of the list.
package struct DraftRow: Sendable, Equatable {
    package let id: ID<Draft>
    package let code: Int
    package let abstract: String
    package let typeName: String
    package let drafter: String
    /// Whose step it is at; the drafter while it is being written.
    package let holder: String
    package let currentVersion: Int
    package let dueAt: Instant?
    package let state: DraftState
    package let urgency: Urgency
}

package struct DraftLists {
    let connection: Connection
    package static let countLimit = 1000

    /// `after` is the last code of the page before.
    package func page(
        for person: Position, state: DraftState?, after code: Int?, limit: Int
    ) throws -> [DraftRow] {
        var filter = Self.readable(by: person)
        if let state { filter += " AND d.state = \(state)" }
        if let code { filter += " AND d.code < \(code)" }
        return try connection.rows(Self.columns + filter + " ORDER BY d.code DESC LIMIT \(limit)", Self.read)
    }

    /// The rows a search found, newest first, without those the person may not read.
    package func rows(_ ids: [ID<Draft>], for person: Position) throws -> [DraftRow] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + Self.readable(by: person) + " AND d.id IN (\(list: ids)) ORDER BY d.code DESC",
            Self.read)
    }

    /// At most `countLimit + 1` each, which is shown as "hơn 1.000".
    package func counts(for person: Position) throws -> [DraftState: Int] {
        var counts: [DraftState: Int] = [:]
        for state in DraftState.allCases {
            counts[state] = try connection.first(
                """
                SELECT count(*) FROM (SELECT 1 FROM draft d\(sql: Self.readable(by: person)) AND d.state = \(state)
                    LIMIT \(Self.countLimit + 1)) AS listed
                """
            ) { try $0[0] }
        }
        return counts
    }

    private static func readable(by person: Position) -> SQL {
        let own: SQL = " WHERE d.agency_id = \(person.agency)"
        if DraftAccess.readsAll(person.role) { return own }
        let concerned: SQL = """
            d.id IN (SELECT id FROM draft WHERE drafter_id = \(person.id)
                UNION SELECT draft_id FROM routing_step WHERE position_id = \(person.id) AND state <> 'waiting'
                UNION SELECT draft_id FROM routing_decision WHERE position_id = \(person.id)
                UNION SELECT w.draft_id FROM draft_answer w JOIN arrival a ON a.id = w.arrival_id
                    WHERE a.director_id = \(person.id)
                UNION SELECT w.draft_id FROM draft_answer w JOIN assignment g ON g.arrival_id = w.arrival_id
                    WHERE g.position_id = \(person.id))
            """
        guard person.role == .clerk else { return own + " AND " + concerned }
        return own + " AND (d.state IN (\(list: DraftAccess.statesForClerk)) OR " + concerned + ")"
    }

    private static let columns: SQL = """
        SELECT d.code, d.abstract, t.name, c.person_name,
            (SELECT h.person_name FROM routing_step s JOIN position q ON q.id = s.position_id
                JOIN account h ON h.id = q.account_id
                WHERE d.state = 'climbing' AND s.draft_id = d.id AND s.state = 'current'),
            d.current_version, d.due_at, d.state, d.urgency, d.id
        FROM draft d JOIN document_type t ON t.slug = d.type_slug JOIN position p ON p.id = d.drafter_id
            JOIN account c ON c.id = p.account_id
        """

    private static func read(_ row: Row) throws -> DraftRow {
        let drafter: String = try row[3]
        return DraftRow(
            id: try row[9], code: try row[0], abstract: try row[1], typeName: try row[2], drafter: drafter,
            holder: try row.optional(4) ?? drafter, currentVersion: try row[5], dueAt: try row.optional(6),
            state: try row[7], urgency: try row[8])
    }
}

extension Tables {
    package var draftLists: DraftLists { DraftLists(connection: connection) }
}
