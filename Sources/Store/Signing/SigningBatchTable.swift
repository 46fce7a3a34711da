// Ký nhiều văn bản một lần: which drafts were chosen, and what became of each. The key is in the memory of one
// server; its lease says that the server is still there.
import Domain
import DualSQL
import Foundation

package enum SigningBatch {}

package struct SigningBatchRecord: Sendable, Equatable {
    package let id: ID<SigningBatch>
    package let agency: ID<Agency>
    package let position: ID<Position>
    package let startedAt: Instant
    package let cancelledAt: Instant?
    package let endedAt: Instant?
}

/// A draft's place in a batch.
package struct SigningBatchPlace: Hashable, Sendable {
    package let batch: ID<SigningBatch>
    package let ordinal: Int

    package init(batch: ID<SigningBatch>, ordinal: Int) {
        self.batch = batch
        self.ordinal = ordinal
    }
}

package struct SigningBatchItem: Sendable, Equatable {
    package let ordinal: Int
    package let draft: ID<Draft>
    package let code: Int
    package let abstract: String
    package let version: Int
    /// The draft's row version as the person saw it.
    package let revision: Int
    package let pdfHash: String
    package let state: SigningBatchItemState
    package let reasons: [Refusal]
    package let stateAt: Instant
}

package struct SigningBatchTable {
    let connection: Connection

    package func insert(
        _ id: ID<SigningBatch>, by person: Position,
        drafts: [(draft: ID<Draft>, version: Int, revision: Int, pdfHash: String)],
        at now: Instant, leasedUntil: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO signing_batch (id, agency_id, position_id, started_at, leased_until)
            VALUES (\(id), \(person.agency), \(person.id), \(now), \(leasedUntil))
            """)
        for (index, item) in drafts.enumerated() {
            try connection.execute(
                """
                INSERT INTO signing_batch_item (batch_id, ordinal, draft_id, version_ordinal, draft_revision, pdf_hash, state,
                    state_at)
                VALUES (\(id), \(index + 1), \(item.draft), \(item.version), \(item.revision), \(item.pdfHash), 'waiting',
                    \(now))
                """)
        }
    }

    package func find(_ id: ID<SigningBatch>) throws -> SigningBatchRecord? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func lock(_ id: ID<SigningBatch>) throws -> SigningBatchRecord? {
        try connection.first(Self.columns + " WHERE id = \(id)" + connection.forUpdate, Self.read)
    }

    /// The person's batch that is not over, if there is one.
    package func open(of position: ID<Position>) throws -> SigningBatchRecord? {
        try connection.first(
            Self.columns
                + " WHERE position_id = \(position) AND ended_at IS NULL ORDER BY started_at DESC LIMIT 1",
            Self.read)
    }

    package func items(of id: ID<SigningBatch>) throws -> [SigningBatchItem] {
        try connection.rows(
            """
            SELECT i.ordinal, i.draft_id, d.code, d.abstract, i.version_ordinal, i.pdf_hash, i.state, i.reasons,
                i.state_at, i.draft_revision
            FROM signing_batch_item i JOIN draft d ON d.id = i.draft_id WHERE i.batch_id = \(id) ORDER BY i.ordinal
            """
        ) { row in
            SigningBatchItem(
                ordinal: try row[0], draft: try row[1], code: try row[2], abstract: try row[3],
                version: try row[4], revision: try row[9],
                pdfHash: try row[5], state: try row[6], reasons: try RefusalText.decode(row[7]),
                stateAt: try row[8])
        }
    }

    package func setState(
        _ state: SigningBatchItemState, reasons: [Refusal] = [], of place: SigningBatchPlace, at now: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE signing_batch_item SET state = \(state), reasons = \(try RefusalText.encode(reasons)),
                state_at = \(now)
            WHERE batch_id = \(place.batch) AND ordinal = \(place.ordinal)
            """)
    }

    /// Everything that is not over yet will not be signed.
    package func giveUp(_ id: ID<SigningBatch>, because reason: Refusal, at now: Instant) throws {
        try connection.execute(
            """
            UPDATE signing_batch_item SET state = 'notSigned', reasons = \(try RefusalText.encode([reason])),
                state_at = \(now)
            WHERE batch_id = \(id) AND state IN ('waiting', 'signing')
            """)
    }

    package func renew(_ id: ID<SigningBatch>, until: Instant) throws {
        try connection.execute(
            "UPDATE signing_batch SET leased_until = \(until) WHERE id = \(id) AND ended_at IS NULL")
    }

    package func cancel(_ id: ID<SigningBatch>, at now: Instant) throws {
        try connection.execute(
            "UPDATE signing_batch SET cancelled_at = \(now) WHERE id = \(id) AND cancelled_at IS NULL")
    }

    package func end(_ id: ID<SigningBatch>, at now: Instant) throws {
        try connection.execute("UPDATE signing_batch SET ended_at = \(now) WHERE id = \(id)")
    }

    /// Batches whose server is gone.
    package func abandoned(at now: Instant) throws -> [SigningBatchRecord] {
        try connection.rows(
            Self.columns + " WHERE ended_at IS NULL AND leased_until < \(now) ORDER BY leased_until LIMIT 20",
            Self.read)
    }

    private static let columns: SQL =
        "SELECT id, agency_id, position_id, started_at, cancelled_at, ended_at FROM signing_batch"

    private static func read(_ row: Row) throws -> SigningBatchRecord {
        SigningBatchRecord(
            id: try row[0], agency: try row[1], position: try row[2], startedAt: try row[3],
            cancelledAt: try row.optional(4), endedAt: try row.optional(5))
    }
}

/// Reasons as they are kept: the codes, never words.
enum RefusalText {
    static func encode(_ reasons: [Refusal]) throws -> String {
        if reasons.isEmpty { return "" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(reasons), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> [Refusal] {
        text.isEmpty ? [] : try JSONDecoder().decode([Refusal].self, from: Data(text.utf8))
    }
}

extension Tables {
    package var signingBatches: SigningBatchTable { SigningBatchTable(connection: connection) }
}
