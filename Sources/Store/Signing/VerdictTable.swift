// What was found of the signatures on a file. A verdict belongs to the set of roots that were trusted and to the edition of
// the examination; another set or a newer edition judges anew, and `vanthu rebuild` clears what was found before.
import Domain
import DualSQL

/// What a verdict depends on, apart from the bytes.
package struct VerdictBasis: Sendable, Hashable {
    /// Names the set of trusted certificates.
    package let trust: String
    package let edition: Int

    package init(trust: String, edition: Int) { (self.trust, self.edition) = (trust, edition) }
}

package struct VerdictRecord: Sendable, Equatable {
    package let hash: String
    package let value: LegalValue
    /// For this moment it was judged: when the installation had the file first.
    package let heldAt: Instant
    package let judgedAt: Instant
    /// JSON of the examination.
    package let report: String

    package init(hash: String, value: LegalValue, heldAt: Instant, judgedAt: Instant, report: String) {
        self.hash = hash
        self.value = value
        self.heldAt = heldAt
        self.judgedAt = judgedAt
        self.report = report
    }
}

package struct VerdictTable {
    let connection: Connection

    package func find(_ hash: String, _ basis: VerdictBasis) throws -> VerdictRecord? {
        try connection.first(
            """
            SELECT hash, value, held_at, judged_at, report FROM signature_verdict
            WHERE hash = \(hash) AND trust = \(basis.trust) AND edition = \(basis.edition)
            """
        ) { row in
            VerdictRecord(
                hash: try row[0], value: try row[1], heldAt: try row[2], judgedAt: try row[3],
                report: try row[4])
        }
    }

    package func put(_ record: VerdictRecord, _ basis: VerdictBasis) throws {
        try connection.execute(
            """
            INSERT INTO signature_verdict (hash, trust, edition, value, held_at, judged_at, report)
            VALUES (\(record.hash), \(basis.trust), \(basis.edition), \(record.value), \(record.heldAt),
                \(record.judgedAt), \(record.report))
            ON CONFLICT (hash, trust, edition) DO UPDATE SET value = excluded.value, held_at = excluded.held_at,
                judged_at = excluded.judged_at, report = excluded.report
            """)
    }

    package func clearAll() throws { try connection.execute("DELETE FROM signature_verdict") }

    /// Of the letters themselves, for the column of a list; what is not examined yet is not in it.
    package func values(of documents: [ID<Document>], _ basis: VerdictBasis) throws
        -> [ID<Document>: LegalValue]
    {
        guard !documents.isEmpty else { return [:] }
        let found: [(ID<Document>, LegalValue)] = try connection.rows(
            """
            SELECT f.document_id, v.value FROM document_file f JOIN signature_verdict v ON v.hash = f.hash
            WHERE f.document_id IN (\(list: documents)) AND f.ordinal = 1 AND v.trust = \(basis.trust)
                AND v.edition = \(basis.edition)
            """
        ) { (try $0[0], try $0[1]) }
        return Dictionary(found) { first, _ in first }
    }
}

extension LegalValue: SQLConvertible {}

extension Tables {
    package var verdicts: VerdictTable { VerdictTable(connection: connection) }
}
