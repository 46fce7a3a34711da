// Chức vụ, vị trí: people always act as one of theirs.
import Domain
import DualSQL

package struct PositionTable {
    let connection: Connection

    package func insert(_ position: Position, rank: Int) throws {
        try connection.execute(
            """
            INSERT INTO position (id, agency_id, account_id, role, title, rank)
            VALUES (\(position.id), \(position.agency), \(position.account), \(position.role), \(position.title),
                \(rank))
            """)
    }

    package func find(_ id: ID<Position>) throws -> Position? {
        try connection.first(Self.columns + " WHERE p.id = \(id) AND p.ended_at IS NULL", Self.read)
    }

    /// The present holders of positions in an agency, heads first.
    package func inAgency(_ agency: ID<Agency>) throws -> [Position] {
        try connection.rows(
            Self.columns + " WHERE p.agency_id = \(agency) AND p.ended_at IS NULL ORDER BY p.rank, p.id",
            Self.read)
    }

    package func ofAccount(_ account: ID<Account>) throws -> [Position] {
        try connection.rows(
            Self.columns + " WHERE p.account_id = \(account) AND p.ended_at IS NULL ORDER BY p.rank, p.id",
            Self.read)
    }

    package func holders(of role: Role, in agency: ID<Agency>) throws -> [Position] {
        try connection.rows(
            Self.columns
                + " WHERE p.agency_id = \(agency) AND p.role = \(role) AND p.ended_at IS NULL ORDER BY p.rank, p.id",
            Self.read)
    }

    /// Who may be asked to direct an arrival, heads first.
    package func directors(of agency: ID<Agency>) throws -> [Position] {
        try inAgency(agency).filter { Verb.incomingDirected.roles.contains($0.role) }
    }

    private static let columns: SQL = """
        SELECT p.id, p.agency_id, p.account_id, a.person_name, p.role, p.title
        FROM position p JOIN account a ON a.id = p.account_id
        """

    private static func read(_ row: Row) throws -> Position {
        Position(
            id: try row[0], agency: try row[1], account: try row[2], personName: try row[3], role: try row[4],
            title: try row[5])
    }
}
