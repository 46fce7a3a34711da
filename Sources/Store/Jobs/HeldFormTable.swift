// What somebody had typed when the session ended: kept half an hour for that account, without secrets, and shown again
// after sign-in (decision 21).
import Domain
import DualSQL
import Foundation

package enum HeldForm {}

package struct HeldFormRecord: Sendable {
    package let id: ID<HeldForm>
    package let path: String
    package let fields: [String: [String]]
}

package struct HeldFormTable {
    let connection: Connection
    package static let lifetimeSeconds = 1800

    package func insert(
        _ id: ID<HeldForm>, account: ID<Account>, path: String, fields: [String: [String]], at: Instant
    ) throws {
        let json = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
        try connection.execute(
            """
            INSERT INTO held_form (id, account_id, path, fields, at)
            VALUES (\(id), \(account), \(path), \(json), \(at))
            """)
    }

    /// The newest that is still fresh.
    package func latest(of account: ID<Account>, at now: Instant) throws -> HeldFormRecord? {
        try connection.first(
            """
            SELECT id, path, fields FROM held_form
            WHERE account_id = \(account) AND at > \(now.adding(seconds: -Self.lifetimeSeconds))
            ORDER BY at DESC LIMIT 1
            """
        ) { row in
            let json: String = try row[2]
            return HeldFormRecord(
                id: try row[0], path: try row[1],
                fields: try JSONDecoder().decode([String: [String]].self, from: Data(json.utf8)))
        }
    }

    package func deleteAll(of account: ID<Account>) throws {
        try connection.execute("DELETE FROM held_form WHERE account_id = \(account)")
    }

    package func sweep(before: Instant) throws {
        try connection.execute("DELETE FROM held_form WHERE at < \(before)")
    }
}

extension Tables {
    package var heldForms: HeldFormTable { HeldFormTable(connection: connection) }
}
