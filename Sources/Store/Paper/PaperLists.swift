// What the clerk looks at: the queue of paper, the register of copies, the posting register.
import Domain
import DualSQL

/// One recipient's paper, with what is written on the envelope.
package struct PaperRow: Sendable {
    package let paper: PaperDispatch
    package let numberAndNotation: String
    package let abstract: String
    package let year: Int
    package let register: String
    package let number: Int
    package let recipientName: String
    package let address: String
    /// `02/SY-PTP`; empty before the copy is made.
    package let copy: String
}

/// One line of the register of copies.
package struct CopyRow: Sendable {
    package let copy: CertifiedCopy
    package let numberAndNotation: String
    package let date: OfficeDate
    package let abstract: String
    package let recipients: [String]
}

package struct PaperLists {
    let connection: Connection

    /// Oldest first; what was posted newest first. Nothing that was taken back.
    package func queue(
        of agency: ID<Agency>, _ state: PaperState, after: ID<PaperDispatch>? = nil, limit: Int
    ) throws -> [PaperRow] {
        var filter: SQL = " WHERE p.agency_id = \(agency) AND p.state = \(state) AND v.recalled_at IS NULL"
        let newest = state == .posted
        if let after { filter += newest ? " AND p.id < \(after)" : " AND p.id > \(after)" }
        filter += newest ? " ORDER BY p.id DESC" : " ORDER BY p.id"
        return try connection.rows(Self.columns + filter + " LIMIT \(limit)", Self.read)
    }

    package func counts(of agency: ID<Agency>) throws -> [PaperState: Int] {
        var counts: [PaperState: Int] = [:]
        for row in try connection.rows(
            """
            SELECT p.state, count(*) FROM paper_dispatch p JOIN delivery v ON v.id = p.delivery_id
            WHERE p.agency_id = \(agency) AND v.recalled_at IS NULL GROUP BY p.state
            """)
        {
            counts[try row[0]] = try row[1]
        }
        return counts
    }

    /// Sổ gửi văn bản đi bưu điện of a year, in the order of its numbers.
    package func postings(of agency: ID<Agency>, year: Int, after number: Int = 0, limit: Int) throws -> [PaperRow] {
        try connection.rows(
            Self.columns
                + """
                 WHERE p.agency_id = \(agency) AND p.posting_year = \(year) AND p.posting_number > \(number)
                ORDER BY p.posting_number LIMIT \(limit)
                """, Self.read)
    }

    /// Sổ bản sao of a year.
    package func copies(of agency: ID<Agency>, year: Int, after number: Int = 0, limit: Int) throws -> [CopyRow] {
        let copies = try connection.rows(
            """
            SELECT c.id, c.agency_id, c.issuance_id, c.year, c.number, c.notation, c.date, c.copies, c.authority,
                c.signer, i.number, i.notation, i.date, d.abstract
            FROM certified_copy c JOIN issuance i ON i.id = c.issuance_id JOIN draft d ON d.id = i.draft_id
            WHERE c.agency_id = \(agency) AND c.year = \(year) AND c.number > \(number)
            ORDER BY c.number LIMIT \(limit)
            """
        ) { row in
            CopyRow(
                copy: try CertifiedCopyTable.read(row),
                numberAndNotation: "\(Notation.printed(try row[10]))/\(try row[11] as String)", date: try row[12],
                abstract: try row[13], recipients: [])
        }
        let names = try recipients(of: copies.map(\.copy.id))
        return copies.map {
            CopyRow(
                copy: $0.copy, numberAndNotation: $0.numberAndNotation, date: $0.date, abstract: $0.abstract,
                recipients: names[$0.copy.id] ?? [])
        }
    }

    /// To whom each of the copies goes, by name.
    package func recipients(of copies: [ID<CertifiedCopy>]) throws -> [ID<CertifiedCopy>: [String]] {
        guard !copies.isEmpty else { return [:] }
        var names: [ID<CertifiedCopy>: [String]] = [:]
        for row in try connection.rows(
            """
            SELECT p.copy_id, a.name FROM paper_dispatch p JOIN correspondent a ON a.id = p.recipient_id
            WHERE p.copy_id IN (\(list: copies)) ORDER BY a.sort_key
            """)
        {
            names[try row[0], default: []].append(try row[1])
        }
        return names
    }

    /// The recipients of an issued document by medium, as its “Nơi nhận” names them.
    package func recipients(of issuance: ID<Issuance>) throws -> [(name: String, medium: Medium)] {
        try connection.rows(
            """
            SELECT a.name, m.medium FROM issuance_medium m JOIN correspondent a ON a.id = m.recipient_id
            WHERE m.issuance_id = \(issuance) ORDER BY a.sort_key, a.id
            """
        ) { (try $0[0], try $0[1]) }
    }

    private static let columns: SQL = """
        SELECT p.id, p.agency_id, p.issuance_id, p.delivery_id, p.recipient_id, p.state, p.copy_id, p.printed_at,
            p.posting_year, p.posting_number, p.posted_on, p.way, p.carrier, p.envelopes, p.note,
            i.number, i.notation, d.abstract, i.year, r.slug, a.name, a.address, c.number, c.notation
        FROM paper_dispatch p JOIN issuance i ON i.id = p.issuance_id JOIN draft d ON d.id = i.draft_id
            JOIN register r ON r.id = i.register_id JOIN correspondent a ON a.id = p.recipient_id
            JOIN delivery v ON v.id = p.delivery_id LEFT JOIN certified_copy c ON c.id = p.copy_id
        """

    private static func read(_ row: Row) throws -> PaperRow {
        let at = PaperDispatchTable.width
        let number: Int = try row[at], copyNumber: Int? = try row.optional(at + 7)
        let copyNotation: String? = try row.optional(at + 8)
        return PaperRow(
            paper: try PaperDispatchTable.read(row),
            numberAndNotation: "\(Notation.printed(number))/\(try row[at + 1] as String)",
            abstract: try row[at + 2], year: try row[at + 3], register: try row[at + 4], number: number,
            recipientName: try row[at + 5], address: try row[at + 6],
            copy: copyNumber.map { "\(Notation.printed($0))/\(copyNotation ?? "")" } ?? "")
    }
}

extension Tables {
    package var paperLists: PaperLists { PaperLists(connection: connection) }
}
