// Mã truy cập của máy: only the hash of a token is kept; a revoked one stays as a row, so that the journal's word for it
// keeps its meaning.
import Domain
import DualSQL

package struct ApiTokenRecord: Sendable {
    package let id: ID<ApiToken>
    package let label: String
    package let position: ID<Position>
    package let personName: String
    package let agency: ID<Agency>
    package let agencyName: String
    package let createdAt: Instant
    package let revokedAt: Instant?
}

package struct ApiTokenTable {
    let connection: Connection

    package func insert(
        _ id: ID<ApiToken>, hash: [UInt8], position: ID<Position>, label: String, at now: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO api_token (id, token_hash, position_id, label, created_at)
            VALUES (\(id), \(hash), \(position), \(label), \(now))
            """)
    }

    package func find(_ id: ID<ApiToken>) throws -> ApiTokenRecord? {
        try connection.first(Self.columns + " WHERE t.id = \(id)", Self.read)
    }

    /// The position a token acts as: nil when it is unknown or revoked, the post has ended or the account is locked.
    package func holder(hash: [UInt8]) throws -> Position? {
        let position: ID<Position>? = try connection.first(
            """
            SELECT t.position_id FROM api_token t JOIN position p ON p.id = t.position_id
            JOIN account a ON a.id = p.account_id
            WHERE t.token_hash = \(hash) AND t.revoked_at IS NULL AND a.locked_at IS NULL
            """
        ) { try $0[0] }
        return try position.flatMap { try PositionTable(connection: connection).find($0) }
    }

    package func all() throws -> [ApiTokenRecord] {
        try connection.rows(Self.columns + " ORDER BY g.sort_key, t.created_at", Self.read)
    }

    package func revoke(_ id: ID<ApiToken>, at now: Instant) throws {
        try connection.execute(
            "UPDATE api_token SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL")
    }

    package func revokeAll(of position: ID<Position>, at now: Instant) throws {
        try connection.execute(
            "UPDATE api_token SET revoked_at = \(now) WHERE position_id = \(position) AND revoked_at IS NULL")
    }

    private static let columns: SQL = """
        SELECT t.id, t.label, t.position_id, a.person_name, g.id, g.name, t.created_at, t.revoked_at
        FROM api_token t JOIN position p ON p.id = t.position_id JOIN account a ON a.id = p.account_id
        JOIN agency g ON g.id = p.agency_id
        """

    private static func read(_ row: Row) throws -> ApiTokenRecord {
        ApiTokenRecord(
            id: try row[0], label: try row[1], position: try row[2], personName: try row[3],
            agency: try row[4],
            agencyName: try row[5], createdAt: try row[6], revokedAt: try row.optional(7))
    }
}

extension Tables {
    package var apiTokens: ApiTokenTable { ApiTokenTable(connection: connection) }
}
