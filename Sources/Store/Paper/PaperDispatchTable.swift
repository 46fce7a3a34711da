// Bản giấy chờ in, chờ gửi, đã gửi: one row a recipient, made with the delivery, moved on by the clerk.
import Domain
import DualSQL

package struct PaperDispatchTable {
    let connection: Connection

    package func insert(_ papers: [PaperDispatch]) throws {
        try connection.insert(
            "paper_dispatch (id, agency_id, issuance_id, delivery_id, recipient_id, state)", papers
        ) { paper in
            """
            (\(paper.id), \(paper.agency), \(paper.issuance), \(paper.delivery), \(paper.recipient), \(paper.state))
            """
        }
    }

    /// Those of this agency among them that were not taken back, locked until commit, in the order of their ids.
    package func lock(_ ids: [ID<PaperDispatch>], of agency: ID<Agency>) throws -> [PaperDispatch] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            Self.columns
                + """
                 WHERE p.id IN (\(list: ids)) AND p.agency_id = \(agency) AND NOT EXISTS
                    (SELECT 1 FROM delivery v WHERE v.id = p.delivery_id AND v.recalled_at IS NOT NULL)
                ORDER BY p.id
                """ + connection.forUpdate, Self.read)
    }

    /// For the board of one issued document.
    package func of(_ issuance: ID<Issuance>, to recipients: [ID<Agency>]) throws -> [PaperDispatch] {
        guard !recipients.isEmpty else { return [] }
        return try connection.rows(
            Self.columns + " WHERE p.issuance_id = \(issuance) AND p.recipient_id IN (\(list: recipients))",
            Self.read)
    }

    /// To whom of these the paper is on its way.
    package func posted(_ issuance: ID<Issuance>, to recipients: [ID<Agency>]) throws -> Set<ID<Agency>> {
        Set(
            try connection.rows(
                of: recipients,
                {
                    """
                    SELECT p.recipient_id FROM paper_dispatch p WHERE p.issuance_id = \(issuance)
                        AND p.recipient_id IN (\(list: $0)) AND p.state = \(PaperState.posted)
                    """
                }
            ) { try $0[0] })
    }

    package func setCopy(_ copy: ID<CertifiedCopy>, of ids: [ID<PaperDispatch>]) throws {
        try connection.execute(
            "UPDATE paper_dispatch SET copy_id = \(copy) WHERE id IN (\(list: ids)) AND copy_id IS NULL")
    }

    package func setPrinted(_ ids: [ID<PaperDispatch>], by clerk: ID<Position>, at: Instant) throws {
        try connection.execute(
            """
            UPDATE paper_dispatch SET state = 'da-in', printed_at = \(at), printed_by = \(clerk)
            WHERE id IN (\(list: ids)) AND state = 'cho-in'
            """)
    }

    package func setPosted(_ id: ID<PaperDispatch>, _ posting: Posting, by clerk: ID<Position>, at: Instant)
        throws
    {
        try connection.execute(
            """
            UPDATE paper_dispatch SET state = 'da-gui', posting_year = \(posting.year),
                posting_number = \(posting.number), posted_on = \(posting.day), way = \(posting.way),
                carrier = \(posting.carrier), envelopes = \(posting.envelopes), note = \(posting.note),
                posted_by = \(clerk), posted_at = \(at)
            WHERE id = \(id) AND state = 'da-in'
            """)
    }

    static let columns: SQL = """
        SELECT p.id, p.agency_id, p.issuance_id, p.delivery_id, p.recipient_id, p.state, p.copy_id, p.printed_at,
            p.posting_year, p.posting_number, p.posted_on, p.way, p.carrier, p.envelopes, p.note
        FROM paper_dispatch p
        """
    static let width = 15

    static func read(_ row: Row) throws -> PaperDispatch {
        var posting: Posting?
        if let year: Int = try row.optional(8), let number: Int = try row.optional(9) {
            posting = Posting(
                year: year, number: number, day: try row[10], way: try row[11], carrier: try row[12],
                envelopes: try row[13], note: try row[14])
        }
        return PaperDispatch(
            id: try row[0], agency: try row[1], issuance: try row[2], delivery: try row[3],
            recipient: try row[4],
            state: try row[5], copy: try row.optional(6), printedAt: try row.optional(7), posting: posting)
    }
}

/// Sổ bản sao: numbers run from 1 in each year, gapless; the row of the series stays locked until commit.
package struct CertifiedCopyTable {
    let connection: Connection

    package enum Series: String, Sendable, SQLConvertible { case copy, posting }

    package func takeNumber(_ series: Series, of agency: ID<Agency>, year: Int) throws -> Int {
        let taken: Int? = try connection.first(
            """
            INSERT INTO paper_series (agency_id, kind, year, last_number) VALUES (\(agency), \(series), \(year), 1)
            ON CONFLICT (agency_id, kind, year) DO UPDATE SET last_number = paper_series.last_number + 1
            RETURNING last_number
            """
        ) { try $0[0] }
        guard let taken else { throw UnreadableColumn(expected: "number of a series", found: .null) }
        return taken
    }

    package func insert(
        _ copy: CertifiedCopy, signer: ID<Position>, by clerk: ID<Position>, at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO certified_copy (id, agency_id, issuance_id, year, number, notation, date, copies, authority,
                signer, signer_id, made_by, made_at)
            VALUES (\(copy.id), \(copy.agency), \(copy.issuance), \(copy.year), \(copy.number), \(copy.notation),
                \(copy.date), \(copy.count), \(copy.authority.joined(separator: "\n")), \(copy.signer), \(signer),
                \(clerk), \(at))
            """)
    }

    package func find(_ id: ID<CertifiedCopy>, of agency: ID<Agency>) throws -> CertifiedCopy? {
        try connection.first(Self.columns + " WHERE c.id = \(id) AND c.agency_id = \(agency)", Self.read)
    }

    package func find(_ ids: Set<ID<CertifiedCopy>>) throws -> [CertifiedCopy] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(Self.columns + " WHERE c.id IN (\(list: Array(ids)))", Self.read)
    }

    static let columns: SQL = """
        SELECT c.id, c.agency_id, c.issuance_id, c.year, c.number, c.notation, c.date, c.copies, c.authority, c.signer
        FROM certified_copy c
        """

    static func read(_ row: Row) throws -> CertifiedCopy {
        let authority: String = try row[8]
        return CertifiedCopy(
            id: try row[0], agency: try row[1], issuance: try row[2], year: try row[3], number: try row[4],
            notation: try row[5], date: try row[6], count: try row[7],
            authority: authority.split(separator: "\n").map(String.init), signer: try row[9])
    }
}

extension PaperState: SQLConvertible {}
extension PostingWay: SQLConvertible {}

extension Tables {
    package var papers: PaperDispatchTable { PaperDispatchTable(connection: connection) }
    package var certifiedCopies: CertifiedCopyTable { CertifiedCopyTable(connection: connection) }
}
