// Danh sách người và vị trí công tác, for administrators.
import Domain
import DualSQL

/// One person in one present post; a person without any has one line with none.
package struct PersonRow: Sendable {
    package let login: String
    package let personName: String
    package let isLocked: Bool
    package let agencySlug: String?
    package let role: Role?
    package let title: String?
}

package struct PeopleLists {
    let connection: Connection

    package func all(in agency: ID<Agency>? = nil) throws -> [PersonRow] {
        let filter: SQL = agency.map { " WHERE g.id = \($0)" } ?? ""
        return try connection.rows(
            """
            SELECT a.login, a.person_name, a.locked_at, g.slug, p.role, p.title FROM account a
            LEFT JOIN position p ON p.account_id = a.id AND p.ended_at IS NULL
            LEFT JOIN agency g ON g.id = p.agency_id
            """ + filter + " ORDER BY g.sort_key, p.rank, a.login"
        ) { row in
            PersonRow(
                login: try row[0], personName: try row[1], isLocked: try row.optional(2) as Instant? != nil,
                agencySlug: try row.optional(3), role: try row.optional(4), title: try row.optional(5))
        }
    }
}

extension PositionTable {
    package func end(_ id: ID<Position>, at now: Instant) throws {
        try connection.execute("UPDATE position SET ended_at = \(now) WHERE id = \(id) AND ended_at IS NULL")
    }
}

extension Tables {
    package var peopleLists: PeopleLists { PeopleLists(connection: connection) }
}
