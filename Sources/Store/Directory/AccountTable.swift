// Tài khoản: one a person. The password is an Argon2id string; locking ends every session at once.
import Domain
import DualSQL

/// What sign-in needs to know of an account.
package struct AccountRecord: Sendable {
    package let id: ID<Account>
    package let login: String
    package let personName: String
    package let passwordHash: String
    package let mustChangePassword: Bool
    package let isLocked: Bool
}

package struct AccountTable {
    let connection: Connection

    package func insert(
        id: ID<Account>, login: String, personName: String, passwordHash: String, mustChange: Bool,
        at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO account (id, login, person_name, password_hash, must_change_password, created_at)
            VALUES (\(id), \(login), \(personName), \(passwordHash), \(mustChange), \(at))
            """)
    }

    package func find(login: String) throws -> AccountRecord? {
        try connection.first(Self.columns + " WHERE login = \(login)", Self.read)
    }

    package func find(_ id: ID<Account>) throws -> AccountRecord? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func setPassword(_ hash: String, mustChange: Bool, of id: ID<Account>) throws {
        try connection.execute(
            """
            UPDATE account SET password_hash = \(hash), must_change_password = \(mustChange) WHERE id = \(id)
            """)
    }

    package func setLocked(_ at: Instant?, of id: ID<Account>) throws {
        try connection.execute("UPDATE account SET locked_at = \(at) WHERE id = \(id)")
        if at != nil { try connection.execute("DELETE FROM session WHERE account_id = \(id)") }
    }

    private static let columns: SQL =
        "SELECT id, login, person_name, password_hash, must_change_password, locked_at FROM account"

    private static func read(_ row: Row) throws -> AccountRecord {
        AccountRecord(
            id: try row[0], login: try row[1], personName: try row[2], passwordHash: try row[3],
            mustChangePassword: try row[4], isLocked: try row.optional(5) as Instant? != nil)
    }
}
