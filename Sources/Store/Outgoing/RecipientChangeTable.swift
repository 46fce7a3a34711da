// What the clerk did otherwise than the signer saw (D22): one row a recipient, written with the number, or when somebody gets
// the issued document as well.
import Domain
import DualSQL

/// One of them, with why.
package struct IssuedChange: Sendable, Equatable {
    package let change: RecipientChange
    package let reason: String

    package init(change: RecipientChange, reason: String) { (self.change, self.reason) = (change, reason) }
}

package struct RecipientChangeTable {
    let connection: Connection

    package func insert(_ changes: [RecipientChange], reason: String, of issuance: ID<Issuance>) throws {
        try connection.insert(
            "issuance_recipient_change (issuance_id, recipient_id, signed, sent, reason)", changes
        ) { one in
            """
            (\(issuance), \(one.agency), \(one.former?.rawValue ?? ""), \(one.medium?.rawValue ?? ""), \(reason))
            """
        }
    }

    /// Sent there after it was issued. Whom the clerk had left out and sends it to now as the signer saw it, is no change any
    /// more; what was done when stays in the journal.
    package func noteAdded(_ added: [RecipientChange], reason: String, to issuance: ID<Issuance>) throws {
        for one in added {
            let medium = one.medium?.rawValue ?? ""
            let isAsSigned =
                try connection.execute(
                    """
                    DELETE FROM issuance_recipient_change
                    WHERE issuance_id = \(issuance) AND recipient_id = \(one.agency) AND signed = \(medium)
                    """) == 1
            if isAsSigned { continue }
            try connection.execute(
                """
                INSERT INTO issuance_recipient_change (issuance_id, recipient_id, signed, sent, reason)
                VALUES (\(issuance), \(one.agency), '', \(medium), \(reason))
                ON CONFLICT (issuance_id, recipient_id) DO UPDATE SET sent = excluded.sent, reason = excluded.reason
                """)
        }
    }

    package func all(of issuance: ID<Issuance>) throws -> [IssuedChange] {
        try connection.rows(
            """
            SELECT c.recipient_id, c.signed, c.sent, c.reason FROM issuance_recipient_change c
            JOIN correspondent a ON a.id = c.recipient_id
            WHERE c.issuance_id = \(issuance) ORDER BY a.sort_key, a.id
            """
        ) { row in
            let signed: String = try row[1], sent: String = try row[2]
            return IssuedChange(
                change: RecipientChange(
                    agency: try row[0], former: Medium(rawValue: signed), medium: Medium(rawValue: sent)),
                reason: try row[3])
        }
    }
}

extension Tables {
    package var recipientChanges: RecipientChangeTable { RecipientChangeTable(connection: connection) }
}
