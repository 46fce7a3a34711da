// The letter on its way to a signature: the prepared revision that awaits it, and the file that was signed. A
// signed file that came back unnumbered is voided and never used again (decision 5).
import Domain
import DualSQL

/// Layouts are JSON of the signature engine's; the database keeps them as they were chosen.
package struct PreparedFile: Sendable, Equatable {
    package let draft: ID<Draft>
    package let versionOrdinal: Int
    package let pdfHash: String
    package let layout: String
    package let hash: String
    package let size: Int

    package init(
        draft: ID<Draft>, versionOrdinal: Int, pdfHash: String, layout: String, hash: String, size: Int
    ) {
        self.draft = draft
        self.versionOrdinal = versionOrdinal
        self.pdfHash = pdfHash
        self.layout = layout
        self.hash = hash
        self.size = size
    }
}

package enum SignedFile {}

package struct SignedFileRecord: Sendable, Equatable {
    package let id: ID<SignedFile>
    package let draft: ID<Draft>
    package let versionOrdinal: Int
    package let layout: String
    package let hash: String
    package let size: Int
    package let pages: Int
    package let signedBy: ID<Position>
    package let signerName: String
    package let certificateHash: String
    package let signedAt: Instant
    package let overrideReason: String
    /// B-B to B-LTA (ETSI EN 319 142-1).
    package let level: String
    /// What it shall still become before it has a number; empty when nothing.
    package let raiseTo: String

    package init(
        id: ID<SignedFile>, draft: ID<Draft>, versionOrdinal: Int, layout: String, hash: String, size: Int,
        pages: Int, signedBy: ID<Position>, signerName: String, certificateHash: String, signedAt: Instant,
        overrideReason: String, level: String = "B-B", raiseTo: String = ""
    ) {
        self.id = id
        self.draft = draft
        self.versionOrdinal = versionOrdinal
        self.layout = layout
        self.hash = hash
        self.size = size
        self.pages = pages
        self.signedBy = signedBy
        self.signerName = signerName
        self.certificateHash = certificateHash
        self.signedAt = signedAt
        self.overrideReason = overrideReason
        self.level = level
        self.raiseTo = raiseTo
    }
}

package struct SignedFileTable {
    let connection: Connection

    package func putPrepared(_ file: PreparedFile) throws {
        try connection.execute(
            """
            INSERT INTO prepared_file (draft_id, version_ordinal, pdf_hash, layout, prepared_hash, prepared_size)
            VALUES (\(file.draft), \(file.versionOrdinal), \(file.pdfHash), \(file.layout), \(file.hash), \(file.size))
            ON CONFLICT (draft_id) DO UPDATE SET version_ordinal = excluded.version_ordinal,
                pdf_hash = excluded.pdf_hash, layout = excluded.layout, prepared_hash = excluded.prepared_hash,
                prepared_size = excluded.prepared_size
            """)
    }

    package func prepared(of draft: ID<Draft>) throws -> PreparedFile? {
        try connection.first(
            """
            SELECT draft_id, version_ordinal, pdf_hash, layout, prepared_hash, prepared_size FROM prepared_file
            WHERE draft_id = \(draft)
            """
        ) { row in
            PreparedFile(
                draft: try row[0], versionOrdinal: try row[1], pdfHash: try row[2], layout: try row[3],
                hash: try row[4], size: try row[5])
        }
    }

    package func insert(_ file: SignedFileRecord) throws {
        try connection.execute(
            """
            INSERT INTO signed_file (id, draft_id, version_ordinal, layout, hash, size, pages, signed_by, signer_name,
                certificate_hash, signed_at, override_reason, level, raise_to, raise_at)
            VALUES (\(file.id), \(file.draft), \(file.versionOrdinal), \(file.layout), \(file.hash), \(file.size),
                \(file.pages), \(file.signedBy), \(file.signerName), \(file.certificateHash), \(file.signedAt),
                \(file.overrideReason), \(file.level), \(file.raiseTo), \(file.signedAt))
            """)
        try Tables(connection).verdictWishes.add(file.hash, heldAt: file.signedAt)
    }

    /// The one that counts.
    package func valid(of draft: ID<Draft>) throws -> SignedFileRecord? {
        try connection.first(Self.columns + " WHERE draft_id = \(draft) AND voided_at IS NULL", Self.read)
    }

    /// One that shall become more lasting, not to be taken by another before the moment.
    package func takeToRaise(at now: Instant, until: Instant) throws -> SignedFileRecord? {
        let locking: SQL = connection.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        let id: ID<SignedFile>? = try connection.first(
            """
            UPDATE signed_file SET raise_at = \(until) WHERE id =
                (SELECT id FROM signed_file WHERE raise_to <> '' AND voided_at IS NULL AND raise_at <= \(now)
                ORDER BY raise_at LIMIT 1\(sql: locking))
            RETURNING id
            """
        ) { try $0[0] }
        return try id.flatMap { try connection.first(Self.columns + " WHERE id = \($0)", Self.read) }
    }

    package func isAnyToRaise(at now: Instant) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM signed_file WHERE raise_to <> '' AND voided_at IS NULL AND raise_at <= \(now) LIMIT 1
            """) != nil
    }

    /// The same signature with what proves it longer.
    package func setRaised(_ id: ID<SignedFile>, hash: String, size: Int, level: String) throws {
        try connection.execute(
            """
            UPDATE signed_file SET hash = \(hash), size = \(size), level = \(level), raise_to = '' WHERE id = \(id)
            """)
    }

    /// It stays as it is.
    package func leaveAsIs(_ id: ID<SignedFile>) throws {
        try connection.execute("UPDATE signed_file SET raise_to = '' WHERE id = \(id)")
    }

    private static let columns: SQL = """
        SELECT id, draft_id, version_ordinal, layout, hash, size, pages, signed_by, signer_name, certificate_hash,
            signed_at, override_reason, level, raise_to
        FROM signed_file
        """

    private static func read(_ row: Row) throws -> SignedFileRecord {
        SignedFileRecord(
            id: try row[0], draft: try row[1], versionOrdinal: try row[2], layout: try row[3],
            hash: try row[4],
            size: try row[5], pages: try row[6], signedBy: try row[7], signerName: try row[8],
            certificateHash: try row[9], signedAt: try row[10], overrideReason: try row[11],
            level: try row[12], raiseTo: try row[13])
    }

    package func void(_ id: ID<SignedFile>, at now: Instant) throws {
        try connection.execute("UPDATE signed_file SET voided_at = \(now) WHERE id = \(id)")
    }
}

extension Tables {
    package var signedFiles: SignedFileTable { SignedFileTable(connection: connection) }
}
