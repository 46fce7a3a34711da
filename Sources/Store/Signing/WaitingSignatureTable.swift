// Signatures that wait for a person's phone: one open at a time for a draft, taken to be asked again by one server at
// a time.
import Domain
import DualSQL
import Foundation

package enum WaitingSignature {}

package struct WaitingSignatureRecord: Sendable, Equatable {
    package let id: ID<WaitingSignature>
    package let agency: ID<Agency>
    package let draft: ID<Draft>
    package let code: Int
    package let abstract: String
    package let version: Int
    /// The draft's row version as the person saw it.
    package let revision: Int
    package let pdfHash: String
    /// The file with the empty fields, which the signature goes into.
    package let preparedHash: String
    /// What was prepared for the signature value.
    package let tailHash: String
    package let position: ID<Position>
    package let key: ID<SigningCertificate>
    package let overrideReason: String
    package let state: WaitingSignatureState
    /// What the service is asked again with; empty while it is asked for the first time.
    package let pending: String
    package let reasons: [Refusal]
    package let askedAt: Instant
    package let expiresAt: Instant
    package let endedAt: Instant?
}

package struct WaitingSignatureTable {
    let connection: Connection

    package func insert(
        _ id: ID<WaitingSignature>, of prepared: PreparedFile, revision: Int, tail: String,
        by person: Position,
        key: ID<SigningCertificate>, overrideReason: String, at now: Instant, expiresAt: Instant,
        askAgainAt: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO waiting_signature (id, agency_id, draft_id, version_ordinal, pdf_hash, prepared_hash, tail_hash,
                position_id, key_id, override_reason, state, asked_at, expires_at, ask_again_at, draft_revision)
            VALUES (\(id), \(person.agency), \(prepared.draft), \(prepared.versionOrdinal), \(prepared.pdfHash),
                \(prepared.hash), \(tail), \(person.id), \(key), \(overrideReason), 'asking', \(now), \(expiresAt),
                \(askAgainAt), \(revision))
            """)
    }

    package func find(_ id: ID<WaitingSignature>) throws -> WaitingSignatureRecord? {
        try connection.first(Self.columns + " WHERE w.id = \(id)", Self.read)
    }

    /// Locked until commit.
    package func lock(_ id: ID<WaitingSignature>) throws -> WaitingSignatureRecord? {
        _ = try connection.first("SELECT id FROM waiting_signature WHERE id = \(id)" + connection.forUpdate)
        return try find(id)
    }

    package func open(of draft: ID<Draft>) throws -> WaitingSignatureRecord? {
        try connection.first(Self.columns + " WHERE w.draft_id = \(draft) AND w.ended_at IS NULL", Self.read)
    }

    package func isAnyDue(at now: Instant) throws -> Bool {
        try connection.first(
            "SELECT 1 FROM waiting_signature WHERE ended_at IS NULL AND ask_again_at <= \(now) LIMIT 1")
            != nil
    }

    /// The one that has waited longest, not to be taken by another before the moment.
    package func take(at now: Instant, until: Instant) throws -> WaitingSignatureRecord? {
        let locking: SQL = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        let id: ID<WaitingSignature>? = try connection.first(
            """
            UPDATE waiting_signature SET ask_again_at = \(until) WHERE id =
                (SELECT id FROM waiting_signature WHERE ended_at IS NULL AND ask_again_at <= \(now)
                ORDER BY ask_again_at LIMIT 1\(sql: locking))
            RETURNING id
            """
        ) { try $0[0] }
        return try id.flatMap { try find($0) }
    }

    package func setWaiting(_ id: ID<WaitingSignature>, pending: String, askAgainAt: Instant) throws {
        try connection.execute(
            """
            UPDATE waiting_signature SET state = 'waiting', pending = \(pending), ask_again_at = \(askAgainAt)
            WHERE id = \(id) AND ended_at IS NULL
            """)
    }

    package func end(
        _ id: ID<WaitingSignature>, _ state: WaitingSignatureState, reasons: [Refusal] = [], at now: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE waiting_signature SET state = \(state), reasons = \(try RefusalText.encode(reasons)),
                ended_at = \(now)
            WHERE id = \(id) AND ended_at IS NULL
            """)
    }

    private static let columns: SQL = """
        SELECT w.id, w.agency_id, w.draft_id, d.code, d.abstract, w.version_ordinal, w.pdf_hash, w.prepared_hash,
            w.tail_hash, w.position_id, w.key_id, w.override_reason, w.state, w.pending, w.reasons, w.asked_at,
            w.expires_at, w.ended_at, w.draft_revision
        FROM waiting_signature w JOIN draft d ON d.id = w.draft_id
        """

    private static func read(_ row: Row) throws -> WaitingSignatureRecord {
        WaitingSignatureRecord(
            id: try row[0], agency: try row[1], draft: try row[2], code: try row[3], abstract: try row[4],
            version: try row[5], revision: try row[18], pdfHash: try row[6], preparedHash: try row[7],
            tailHash: try row[8],
            position: try row[9], key: try row[10], overrideReason: try row[11], state: try row[12],
            pending: try row[13], reasons: try RefusalText.decode(row[14]), askedAt: try row[15],
            expiresAt: try row[16], endedAt: try row.optional(17))
    }
}

extension Tables {
    package var waitingSignatures: WaitingSignatureTable { WaitingSignatureTable(connection: connection) }
}
