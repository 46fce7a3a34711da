// Each form acts once: its id is unique and committed with the act, so a second press finds the first result.
import Domain
import DualSQL

package struct ActTable {
    let connection: Connection

    /// False when the id has acted already.
    package func claim(_ id: String, account: ID<Account>, at: Instant) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO act (id, account_id, location, at) VALUES (\(id), \(account), '', \(at))
            ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    package func setLocation(_ location: String, of id: String) throws {
        try connection.execute("UPDATE act SET location = \(location) WHERE id = \(id)")
    }

    package func location(of id: String, account: ID<Account>) throws -> String? {
        try connection.first("SELECT location FROM act WHERE id = \(id) AND account_id = \(account)") {
            try $0[0]
        }
    }

    package func sweep(before: Instant) throws {
        try connection.execute("DELETE FROM act WHERE at < \(before)")
    }
}
