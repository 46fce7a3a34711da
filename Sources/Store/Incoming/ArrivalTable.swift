// Văn bản đến: writes and single reads. Lists are in ArrivalLists.
import Domain
import DualSQL

package struct ArrivalTable {
    let connection: Connection

    package func insert(
        _ arrival: Arrival, facts: DocumentParticulars, searchText: String, registeredBy: ID<Position>
    ) throws {
        try connection.execute(
            """
            INSERT INTO arrival (id, agency_id, document_id, register_id, year, number, arrived_at, registered_by,
                director_id, due_at, state, receipt_id, twin_key, search_text)
            VALUES (\(arrival.id), \(arrival.agency), \(arrival.document), \(arrival.register), \(arrival.year),
                \(arrival.number), \(arrival.arrivedAt), \(registeredBy), \(arrival.director), \(arrival.dueAt),
                \(arrival.state), \(arrival.receipt), \(Self.twinKey(facts)), \(searchText))
            """)
    }

    package func find(_ id: ID<Arrival>) throws -> Arrival? {
        try connection.first(Self.columns + " WHERE a.id = \(id)", Self.read)
    }

    package func find(receipt: ID<Receipt>) throws -> Arrival? {
        try connection.first(Self.columns + " WHERE a.receipt_id = \(receipt)", Self.read)
    }

    package func find(_ agency: ID<Agency>, year: Int, number: Int) throws -> Arrival? {
        try connection.first(
            Self.columns + " WHERE a.agency_id = \(agency) AND a.year = \(year) AND a.number = \(number)",
            Self.read)
    }

    /// The row, locked until commit.
    package func lock(_ agency: ID<Agency>, year: Int, number: Int) throws -> Arrival? {
        if connection.dialect == .postgres {
            _ = try connection.first(
                """
                SELECT 1 FROM arrival WHERE agency_id = \(agency) AND year = \(year) AND number = \(number) FOR UPDATE
                """)
        }
        return try find(agency, year: year, number: number)
    }

    /// The row, locked until commit.
    package func lock(_ id: ID<Arrival>) throws -> Arrival? {
        if connection.dialect == .postgres {
            _ = try connection.first("SELECT 1 FROM arrival WHERE id = \(id) FOR UPDATE")
        }
        return try find(id)
    }

    /// The same (number, notation, agency) entered in the year (B1; Nghị định 30/2020, Phụ lục VI).
    package func twin(of facts: DocumentParticulars, in agency: ID<Agency>, year: Int) throws -> Arrival? {
        try connection.first(
            Self.columns
                + " WHERE a.agency_id = \(agency) AND a.year = \(year) AND a.twin_key = \(Self.twinKey(facts))"
                + " ORDER BY a.number LIMIT 1", Self.read)
    }

    /// A new state; the version grows, so older forms are stale.
    package func setState(_ state: ArrivalState, of id: ID<Arrival>, at now: Instant) throws {
        let closed: Instant? = state == .closed ? now : nil
        try connection.execute(
            """
            UPDATE arrival SET state = \(state), closed_at = \(closed), version = version + 1 WHERE id = \(id)
            """)
    }

    /// A corrected version takes the place of the letter; older forms are stale.
    package func take(_ document: ID<Document>, _ facts: DocumentParticulars, as id: ID<Arrival>) throws {
        try connection.execute(
            """
            UPDATE arrival SET document_id = \(document), twin_key = \(Self.twinKey(facts)),
                search_text = \(facts.searchText), version = version + 1 WHERE id = \(id)
            """)
    }

    package static func twinKey(_ facts: DocumentParticulars) -> String {
        [facts.number, facts.notation, facts.issuingAgency].map(Folding.fold).joined(separator: "|")
    }

    static let columns: SQL = """
        SELECT a.id, a.agency_id, a.document_id, a.register_id, a.year, a.number, a.arrived_at, a.due_at, a.state,
            d.urgency, d.abstract, a.version, a.director_id, a.receipt_id
        FROM arrival a JOIN document d ON d.id = a.document_id
        """

    static func read(_ row: Row) throws -> Arrival {
        Arrival(
            id: try row[0], agency: try row[1], document: try row[2], register: try row[3], year: try row[4],
            number: try row[5], arrivedAt: try row[6], dueAt: try row.optional(7), state: try row[8],
            urgency: try row[9], abstract: try row[10], version: try row[11], director: try row[12],
            receipt: try row.optional(13))
    }
}
