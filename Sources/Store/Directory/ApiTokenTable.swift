// Tokens for machines: opaque random values of which only the hash is kept (decision 28). A token acts as the position it
// was given for, as long as that position is held and its account is not locked.
import Domain
import DualSQL

package enum ApiToken {}

package struct ApiTokenRecord: Sendable {
    package let id: ID<ApiToken>
    package let position: ID<Position>
    package let label: String
    package let createdAt: Instant
    package let revokedAt: Instant?
}

package struct ApiTokenTable {
    let connection: Connection

    package func insert(
        _ id: ID<ApiToken>, tokenHash: [UInt8], position: ID<Position>, label: String, at now: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO api_token (id, token_hash, position_id, label, created_at)
            VALUES (\(id), \(tokenHash), \(position), \(label), \(now))
            """)
    }

    /// As whom the token acts; nil when it is unknown or revoked, or nobody may act with it any more.
    package func find(_ tokenHash: [UInt8]) throws -> Position? {
        let found: ID<Position>? = try connection.first(
            """
            SELECT t.position_id FROM api_token t JOIN position p ON p.id = t.position_id
            JOIN account a ON a.id = p.account_id
            WHERE t.token_hash = \(tokenHash) AND t.revoked_at IS NULL AND a.locked_at IS NULL
            """
        ) { try $0[0] }
        return try found.flatMap { try PositionTable(connection: connection).find($0) }
    }

    /// False when there is none, or it was revoked before.
    package func revoke(_ id: ID<ApiToken>, at now: Instant) throws -> Bool {
        try connection.execute(
            "UPDATE api_token SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") == 1
    }

    /// All of them, the oldest first.
    package func list() throws -> [ApiTokenRecord] {
        try connection.rows(
            "SELECT id, position_id, label, created_at, revoked_at FROM api_token ORDER BY created_at, id"
        ) { row in
            ApiTokenRecord(
                id: try row[0], position: try row[1], label: try row[2], createdAt: try row[3],
                revokedAt: try row.optional(4))
        }
    }
}

extension Tables {
    package var apiTokens: ApiTokenTable { ApiTokenTable(connection: connection) }
}
