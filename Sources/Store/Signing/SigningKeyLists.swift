// Danh sách khóa đang dùng, for administrators: whose, until when, and whether wrong PINs have locked it. Never the key.
import Domain
import DualSQL

package struct KeyRow: Sendable {
    package let ownerName: String
    package let subjectName: String
    package let expiresAt: Instant
    package let isLocked: Bool
}

extension SigningKeyTable {
    package func inUse() throws -> [KeyRow] {
        try connection.rows(
            """
            SELECT coalesce(a.login, g.slug), k.subject_name, k.expires_at, k.locked_at FROM signing_key k
            LEFT JOIN account a ON a.id = k.account_id LEFT JOIN agency g ON g.id = k.agency_id
            WHERE k.replaced_at IS NULL ORDER BY 1
            """
        ) { row in
            KeyRow(
                ownerName: try row[0], subjectName: try row[1], expiresAt: try row[2],
                isLocked: try row.optional(3) as Instant? != nil)
        }
    }
}
