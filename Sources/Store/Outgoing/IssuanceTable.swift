// Văn bản đi: entries of the outgoing register. A number once taken stays for ever: as issued, or void with
// its reason.
import Domain
import DualSQL
import Foundation

package struct IssuanceTable {
    let connection: Connection

    package func insert(
        _ issuance: Issuance, recipients: [ID<Agency>], numberedBy: ID<Position>, at now: Instant,
        searchText: String
    ) throws {
        try connection.execute(
            """
            INSERT INTO issuance (id, agency_id, draft_id, register_id, year, number, notation, date, state,
                numbered_by, numbered_at, recipients, search_text)
            VALUES (\(issuance.id), \(issuance.agency), \(issuance.draft), \(issuance.register), \(issuance.year),
                \(issuance.number), \(issuance.notation), \(issuance.date), \(issuance.state), \(numberedBy), \(now),
                \(Self.encode(recipients)), \(searchText))
            """)
    }

    package func find(_ id: ID<Issuance>) throws -> Issuance? {
        try connection.first(Self.columns + " WHERE i.id = \(id)", Self.read)
    }

    package func find(_ agency: ID<Agency>, year: Int, register slug: String, number: Int) throws -> Issuance?
    {
        try connection.first(
            Self.columns
                + " JOIN register r ON r.id = i.register_id WHERE i.agency_id = \(agency) AND i.year = \(year)"
                + " AND i.number = \(number) AND r.slug = \(slug) AND r.direction = 'outgoing'", Self.read)
    }

    /// The draft's number in use: a void one is not.
    package func inUse(of draft: ID<Draft>) throws -> Issuance? {
        try connection.first(Self.columns + " WHERE i.draft_id = \(draft) AND i.state <> 'void'", Self.read)
    }

    /// To whom it is to be sent, in the order chosen.
    package func recipients(of id: ID<Issuance>) throws -> [ID<Agency>] {
        let text: String? = try connection.first("SELECT recipients FROM issuance WHERE id = \(id)") {
            try $0[0]
        }
        return try JSONDecoder().decode([ID<Agency>].self, from: Data((text ?? "[]").utf8))
    }

    package func setIssued(_ id: ID<Issuance>, document: ID<Document>, at now: Instant, searchText: String)
        throws
    {
        try connection.execute(
            """
            UPDATE issuance SET state = 'issued', document_id = \(document), issued_at = \(now),
                search_text = \(searchText)
            WHERE id = \(id) AND state = 'numbered'
            """)
    }

    package func void(_ id: ID<Issuance>, reason: String) throws {
        try connection.execute(
            """
            UPDATE issuance SET state = 'void', void_reason = \(reason) WHERE id = \(id) AND state = 'numbered'
            """)
    }

    private static func encode(_ recipients: [ID<Agency>]) throws -> String {
        String(decoding: try JSONEncoder().encode(recipients), as: UTF8.self)
    }

    static let columns: SQL = """
        SELECT i.id, i.agency_id, i.draft_id, i.register_id, i.year, i.number, i.notation, i.date, i.state,
            i.document_id
        FROM issuance i
        """

    static func read(_ row: Row) throws -> Issuance {
        Issuance(
            id: try row[0], agency: try row[1], draft: try row[2], register: try row[3], year: try row[4],
            number: try row[5], notation: try row[6], date: try row[7], state: try row[8],
            document: try row.optional(9))
    }
}

extension Tables {
    package var issuances: IssuanceTable { IssuanceTable(connection: connection) }
}
