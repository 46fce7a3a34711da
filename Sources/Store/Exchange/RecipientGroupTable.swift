// Nhóm nơi nhận of one agency and who is in them.
import Domain
import DualSQL

/// A group and how many are in it.
package struct RecipientGroupRow: Sendable, Equatable {
    package let group: RecipientGroup
    package let members: Int
}

package struct RecipientGroupTable {
    let connection: Connection

    /// Under a name the agency has already, the members are replaced.
    package func put(_ group: RecipientGroup, members: [ID<Agency>], at now: Instant) throws -> ID<
        RecipientGroup
    > {
        let known: ID<RecipientGroup>? = try connection.first(
            """
            SELECT id FROM recipient_group WHERE agency_id = \(group.agency)
                AND sort_key = \(Folding.sortKey(group.name))
            """
        ) { try $0[0] }
        let id = known ?? group.id
        if known == nil {
            try connection.execute(
                """
                INSERT INTO recipient_group (id, agency_id, name, sort_key, changed_at)
                VALUES (\(group.id), \(group.agency), \(group.name), \(Folding.sortKey(group.name)), \(now))
                """)
        } else {
            try connection.execute("UPDATE recipient_group SET changed_at = \(now) WHERE id = \(id)")
            try connection.execute("DELETE FROM recipient_group_member WHERE group_id = \(id)")
        }
        try connection.insert("recipient_group_member (group_id, recipient_id)", members) { "(\(id), \($0))" }
        return id
    }

    package func find(_ id: ID<RecipientGroup>, of agency: ID<Agency>) throws -> RecipientGroup? {
        try connection.first(
            "SELECT id, agency_id, name FROM recipient_group WHERE id = \(id) AND agency_id = \(agency)",
            Self.read)
    }

    package func remove(_ id: ID<RecipientGroup>) throws {
        try connection.execute("DELETE FROM recipient_group_member WHERE group_id = \(id)")
        try connection.execute("DELETE FROM recipient_group WHERE id = \(id)")
    }

    package func all(of agency: ID<Agency>) throws -> [RecipientGroupRow] {
        try connection.rows(
            """
            SELECT g.id, g.agency_id, g.name,
                (SELECT count(*) FROM recipient_group_member m WHERE m.group_id = g.id)
            FROM recipient_group g WHERE g.agency_id = \(agency) ORDER BY g.sort_key, g.id
            LIMIT \(RecipientGroup.groupLimit)
            """
        ) { RecipientGroupRow(group: try Self.read($0), members: try $0[3]) }
    }

    package func members(of id: ID<RecipientGroup>) throws -> [ID<Agency>] {
        try connection.rows("SELECT recipient_id FROM recipient_group_member WHERE group_id = \(id)") {
            try $0[0]
        }
    }

    private static func read(_ row: Row) throws -> RecipientGroup {
        RecipientGroup(id: try row[0], agency: try row[1], name: try row[2])
    }
}

extension Tables {
    package var recipientGroups: RecipientGroupTable { RecipientGroupTable(connection: connection) }
}
