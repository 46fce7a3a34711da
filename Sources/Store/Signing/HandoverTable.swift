// Tệp đã giao cho phần mềm ký: one row a file given out. Of its two tokens only the hashes are kept, so that whoever
// reads the table can neither fetch nor return anything.
import Domain
import DualSQL
import Foundation

package struct HandoverTable {
    let connection: Connection

    package func insert(_ handover: Handover, at now: Instant) throws {
        var version: Int?, pdfHash: String?, arrival: ID<Arrival>?
        switch handover.subject {
        case .draft(_, let ordinal, let hash): (version, pdfHash) = (ordinal, hash)
        case .arrival(let id): arrival = id
        case .letter, .enclosure: break
        }
        let subject = handover.subject, served = handover.served
        try connection.execute(
            """
            INSERT INTO handover (id, agency_id, position_id, purpose, draft_id, version_ordinal, pdf_hash, issuance_id,
                draft_file_id, arrival_id, served_hash, served_size, served_name, served_pages, override_reason,
                certificate_hash, state, opened_at, expires_at, draft_revision)
            VALUES (\(handover.id), \(handover.agency), \(handover.position), \(subject.purpose), \(subject.draft),
                \(version), \(pdfHash), \(subject.issuance), \(subject.enclosure), \(arrival), \(served.hash),
                \(served.size), \(served.name), \(served.pages), \(handover.overrideReason),
                \(handover.certificate), \(HandoverState.opened), \(now), \(handover.expiresAt),
                \(handover.revision))
            """)
    }

    package func find(_ id: ID<Handover>) throws -> Handover? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    /// The row, locked until commit.
    package func lock(_ id: ID<Handover>) throws -> Handover? {
        try connection.first(Self.columns + " WHERE id = \(id)" + connection.forUpdate, Self.read)
    }

    package func find(downloadHash hash: [UInt8]) throws -> Handover? {
        try connection.first(Self.columns + " WHERE download_hash = \(hash)", Self.read)
    }

    package func find(uploadHash hash: [UInt8]) throws -> Handover? {
        try connection.first(Self.columns + " WHERE upload_hash = \(hash)", Self.read)
    }

    /// The one that is out now, for a draft or an arrival.
    package func open(draft: ID<Draft>) throws -> Handover? {
        try connection.first(
            Self.columns + " WHERE draft_id = \(draft) AND state IN ('opened', 'fetched')", Self.read)
    }

    package func open(arrival: ID<Arrival>) throws -> Handover? {
        try connection.first(
            Self.columns + " WHERE arrival_id = \(arrival) AND state IN ('opened', 'fetched')", Self.read)
    }

    /// What came back sealed for one number.
    package func returned(for issuance: ID<Issuance>) throws -> [Handover] {
        try connection.rows(
            Self.columns + " WHERE issuance_id = \(issuance) AND state = 'returned' ORDER BY closed_at",
            Self.read)
    }

    /// New tokens; those given before are worth nothing any more.
    package func setTokens(
        download: [UInt8], upload: [UInt8], expiresAt: Instant, of id: ID<Handover>
    ) throws {
        try connection.execute(
            """
            UPDATE handover SET download_hash = \(download), upload_hash = \(upload), expires_at = \(expiresAt)
            WHERE id = \(id) AND state = 'opened'
            """)
    }

    package func setFetched(_ id: ID<Handover>, at now: Instant) throws {
        try connection.execute(
            """
            UPDATE handover SET state = 'fetched', fetched_at = \(now) WHERE id = \(id) AND state = 'opened'
            """)
    }

    /// True for the first who brings it back; a second upload with the same token finds it taken.
    package func takeUpload(_ id: ID<Handover>, at now: Instant) throws -> Bool {
        let taken = try connection.first(
            """
            UPDATE handover SET upload_taken_at = \(now)
            WHERE id = \(id) AND state = 'fetched' AND upload_taken_at IS NULL RETURNING 1
            """)
        return taken != nil
    }

    package func close(
        _ id: ID<Handover>, _ state: HandoverState, fault: HandoverFault? = nil, detail: String = "",
        returned: (hash: String, size: Int)? = nil, at now: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE handover SET state = \(state), fault = \(fault), detail = \(detail),
                returned_hash = \(returned?.hash), returned_size = \(returned?.size), closed_at = \(now)
            WHERE id = \(id) AND state IN ('opened', 'fetched')
            """)
    }

    /// Those whose time is over.
    package func expired(at now: Instant, limit: Int) throws -> [Handover] {
        try connection.rows(
            Self.columns + " WHERE state IN ('opened', 'fetched') AND expires_at <= \(now)"
                + " ORDER BY expires_at LIMIT \(limit)", Self.read)
    }

    private static let columns: SQL = """
        SELECT id, agency_id, position_id, purpose, draft_id, version_ordinal, pdf_hash, issuance_id, draft_file_id,
            arrival_id, served_hash, served_size, served_name, served_pages, override_reason, certificate_hash, state,
            fault, detail, returned_hash, returned_size, expires_at, upload_taken_at, draft_revision
        FROM handover
        """

    private static func read(_ row: Row) throws -> Handover {
        let name: String = try row[12], pages: Int = try row[13]
        func file(_ hash: String, _ size: Int) -> FileReference {
            FileReference(hash: hash, size: size, name: name, mediaType: "application/pdf", pages: pages)
        }
        let returnedHash: String? = try row.optional(19)
        let takenAt: Instant? = try row.optional(22)
        return Handover(
            id: try row[0], agency: try row[1], position: try row[2], subject: try subject(row),
            revision: try row.optional(23), served: file(try row[10], try row[11]),
            overrideReason: try row[14], certificate: try row[15],
            state: try row[16], fault: try row.optional(17), detail: try row[18],
            returned: try returnedHash.map { file($0, try row.optional(20) ?? 0) }, expiresAt: try row[21],
            uploadIsTaken: takenAt != nil)
    }

    private static func subject(_ row: Row) throws -> HandoverSubject {
        let purpose: HandoverPurpose = try row[3]
        return switch purpose {
        case .signDraft: .draft(try row[4], version: try row[5], pdfHash: try row[6])
        case .sealLetter: .letter(try row[4], try row[7])
        case .sealEnclosure: .enclosure(try row[4], try row[7], try row[8])
        case .stampArrival: .arrival(try row[9])
        }
    }
}

extension HandoverPurpose: SQLConvertible {}
extension HandoverState: SQLConvertible {}
extension HandoverFault: SQLConvertible {}

extension Tables {
    package var handovers: HandoverTable { HandoverTable(connection: connection) }
}
