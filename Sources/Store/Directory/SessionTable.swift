// Who is signed in. The cookie's value is never stored, only its hash.
import Domain
import DualSQL

package struct SessionRecord: Sendable {
    package let account: ID<Account>
    package let personName: String
    package let position: Position?
    package let agency: Agency?
    package let csrf: String
    package let expiresAt: Instant
    package let mustChangePassword: Bool
    /// How many positions the person could act as.
    package let positionCount: Int
}

package struct SessionTable {
    let connection: Connection

    package func insert(
        hash: [UInt8], account: ID<Account>, position: ID<Position>?, csrf: String, at: Instant,
        expiresAt: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO session (id_hash, account_id, position_id, csrf, created_at, seen_at, expires_at)
            VALUES (\(hash), \(account), \(position), \(csrf), \(at), \(at), \(expiresAt))
            """)
    }

    /// Nil when there is none, it has expired, or the account is locked.
    package func find(hash: [UInt8], at now: Instant) throws -> SessionRecord? {
        let found = try connection.first(
            """
            SELECT s.account_id, a.person_name, s.position_id, s.csrf, s.expires_at, a.must_change_password,
                (SELECT count(*) FROM position p WHERE p.account_id = s.account_id AND p.ended_at IS NULL)
            FROM session s JOIN account a ON a.id = s.account_id
            WHERE s.id_hash = \(hash) AND s.expires_at > \(now) AND a.locked_at IS NULL
            """)
        guard let row = found else { return nil }
        let positionID: ID<Position>? = try row.optional(2)
        let position = try positionID.flatMap { try PositionTable(connection: connection).find($0) }
        let agency = try position.flatMap { try AgencyTable(connection: connection).find($0.agency) }
        return SessionRecord(
            account: try row[0], personName: try row[1], position: position, agency: agency, csrf: try row[3],
            expiresAt: try row[4], mustChangePassword: try row[5], positionCount: try row[6])
    }

    /// Whose session this was, expired or not: what was typed in it is kept for them.
    package func account(ofAny hash: [UInt8]) throws -> ID<Account>? {
        try connection.first("SELECT account_id FROM session WHERE id_hash = \(hash)") { try $0[0] }
    }

    package func delete(hash: [UInt8]) throws {
        try connection.execute("DELETE FROM session WHERE id_hash = \(hash)")
    }

    package func deleteAll(of account: ID<Account>) throws {
        try connection.execute("DELETE FROM session WHERE account_id = \(account)")
    }

    package func sweep(before: Instant) throws {
        try connection.execute("DELETE FROM session WHERE expires_at < \(before)")
    }
}
