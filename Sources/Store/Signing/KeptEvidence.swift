// What services answered when they were asked about the certificates on a file: certificates that were missing, and whether
// one had been revoked. An answer is kept for the file it was fetched for, so that nobody is asked twice and a later look
// judges by what was known when the file came.
import Domain
import DualSQL

package struct KeptAnswer: Sendable, Equatable {
    /// Names the request: its method, address and body.
    package let request: String
    package let url: String
    /// As HTTP gives it (RFC 9110).
    package let status: Int
    /// The bytes of the answer, in the store of files.
    package let answerHash: String
    package let fetchedAt: Instant

    package init(request: String, url: String, status: Int, answerHash: String, fetchedAt: Instant) {
        self.request = request
        self.url = url
        self.status = status
        self.answerHash = answerHash
        self.fetchedAt = fetchedAt
    }
}

package struct KeptEvidenceTable {
    let connection: Connection

    /// The first answer stands.
    package func keep(_ answer: KeptAnswer, for file: String) throws {
        try connection.execute(
            """
            INSERT INTO kept_evidence (file_hash, request, url, status, answer_hash, fetched_at)
            VALUES (\(file), \(answer.request), \(answer.url), \(answer.status), \(answer.answerHash),
                \(answer.fetchedAt))
            ON CONFLICT (file_hash, request) DO NOTHING
            """)
    }

    package func of(_ file: String) throws -> [KeptAnswer] {
        try connection.rows(
            """
            SELECT request, url, status, answer_hash, fetched_at FROM kept_evidence WHERE file_hash = \(file)
            ORDER BY fetched_at, request
            """
        ) { row in
            KeptAnswer(
                request: try row[0], url: try row[1], status: try row[2], answerHash: try row[3],
                fetchedAt: try row[4])
        }
    }
}

extension Tables {
    package var keptEvidence: KeptEvidenceTable { KeptEvidenceTable(connection: connection) }
}
