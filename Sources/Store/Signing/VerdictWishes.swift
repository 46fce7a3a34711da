// Files whose signatures are still to be examined: one row a file, taken under a lease like a job. Everything that brings a
// PDF into the tables wishes for its verdict in the same transaction.
import Domain
import DualSQL

package struct VerdictWish: Sendable {
    package let hash: String
    package let heldAt: Instant
    /// How often it was taken, this time included.
    package let attempts: Int
}

package struct VerdictWishes {
    let connection: Connection

    /// A file that waits already keeps its place and its first moment.
    package func add(_ hash: String, heldAt: Instant) throws {
        try connection.execute(
            """
            INSERT INTO verdict_wish (hash, held_at, available_at) VALUES (\(hash), \(heldAt), \(heldAt))
            ON CONFLICT (hash) DO NOTHING
            """)
    }

    package func add(_ file: FileReference, heldAt: Instant) throws {
        if file.mediaType == "application/pdf" { try add(file.hash, heldAt: heldAt) }
    }

    /// A look before the write, so that an idle worker never holds the write lock.
    package func isAnyReady(at now: Instant) throws -> Bool {
        try connection.first("SELECT 1 FROM verdict_wish" + Self.ready(now) + " LIMIT 1") != nil
    }

    /// The oldest that is ready, leased until the moment. Two workers never take the same one.
    package func take(at now: Instant, leasedUntil: Instant) throws -> VerdictWish? {
        let locking: SQL = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        return try connection.first(
            """
            UPDATE verdict_wish SET leased_until = \(leasedUntil), attempts = attempts + 1
            WHERE hash = (SELECT hash FROM verdict_wish\(sql: Self.ready(now)) ORDER BY available_at, hash
                LIMIT 1\(sql: locking))
            RETURNING hash, held_at, attempts
            """
        ) { VerdictWish(hash: try $0[0], heldAt: try $0[1], attempts: try $0[2]) }
    }

    package func putBack(_ hash: String, until: Instant, error: String) throws {
        try connection.execute(
            """
            UPDATE verdict_wish SET leased_until = NULL, available_at = \(until), error = \(error)
            WHERE hash = \(hash)
            """)
    }

    package func remove(_ hash: String) throws {
        try connection.execute("DELETE FROM verdict_wish WHERE hash = \(hash)")
    }

    /// Everything that was examined on another basis only.
    package func addStale(_ basis: VerdictBasis) throws {
        try connection.execute(
            """
            INSERT INTO verdict_wish (hash, held_at, available_at)
            SELECT v.hash, min(v.held_at), min(v.held_at) FROM signature_verdict v
            WHERE (v.trust <> \(basis.trust) OR v.edition <> \(basis.edition))
                AND NOT EXISTS (SELECT 1 FROM signature_verdict c WHERE c.hash = v.hash
                    AND c.trust = \(basis.trust) AND c.edition = \(basis.edition))
            GROUP BY v.hash ON CONFLICT (hash) DO NOTHING
            """)
    }

    /// Every PDF the tables speak of, with the moment the installation had it first. Returns how many wait now.
    package func refill() throws -> Int {
        try connection.execute("DELETE FROM verdict_wish")
        return try connection.execute(
            """
            INSERT INTO verdict_wish (hash, held_at, available_at)
            SELECT hash, min(held_at), min(held_at) FROM (
                SELECT f.hash AS hash, d.created_at AS held_at FROM document_file f
                    JOIN document d ON d.id = f.document_id WHERE f.media_type = 'application/pdf'
                UNION ALL SELECT hash, created_at FROM staged_file WHERE media_type = 'application/pdf'
                UNION ALL SELECT hash, signed_at FROM signed_file
            ) AS held GROUP BY hash
            """)
    }

    private static func ready(_ now: Instant) -> SQL {
        " WHERE available_at <= \(now) AND (leased_until IS NULL OR leased_until < \(now))"
    }
}

extension Tables {
    package var verdictWishes: VerdictWishes { VerdictWishes(connection: connection) }
}
