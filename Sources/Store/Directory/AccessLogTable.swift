// Nhật ký đăng nhập (A4): every sign-in and refused attempt, apart from the journal of acts. The slow-down of repeated
// wrong passwords is counted here, so it holds over a restart.
import Domain
import DualSQL
import Foundation

package enum AccessOutcome: String, Sendable, CaseIterable, SQLConvertible {
    case signedIn, wrongPassword, unknownLogin, slowedDown, locked, signedOut, denied
}

package struct AccessLogTable {
    let connection: Connection

    package func append(
        _ outcome: AccessOutcome, account: ID<Account>?, login: String, address: String, detail: String = "",
        at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO access_log (id, at, account_id, login, outcome, address, detail)
            VALUES (\(UUIDv7.make(at: at)), \(at), \(account), \(login), \(outcome), \(address), \(detail))
            """)
    }

    /// Failures since the moment, for this login and for this address, and when the last of each was.
    package func failures(login: String, address: String, since: Instant) throws -> (
        ofLogin: Int, ofAddress: Int, last: Instant?
    ) {
        let row = try connection.first(
            """
            SELECT
                (SELECT count(*) FROM access_log WHERE login = \(login) AND at > \(since)
                    AND at > coalesce((SELECT max(at) FROM access_log WHERE login = \(login)
                        AND outcome = 'signedIn'), 0)
                    AND outcome IN ('wrongPassword', 'unknownLogin')),
                (SELECT count(*) FROM access_log WHERE address = \(address) AND at > \(since)
                    AND outcome IN ('wrongPassword', 'unknownLogin')),
                (SELECT max(at) FROM access_log WHERE (login = \(login) OR address = \(address)) AND at > \(since)
                    AND outcome IN ('wrongPassword', 'unknownLogin'))
            """)
        guard let row else { return (0, 0, nil) }
        return (try row[0], try row[1], try row.optional(2))
    }
}
