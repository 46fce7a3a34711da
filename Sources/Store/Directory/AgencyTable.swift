// Cơ quan, tổ chức.
import Domain
import DualSQL

package struct AgencyTable {
    let connection: Connection

    /// Its entry in the catalogue is made with it.
    package func insert(_ agency: Agency, at: Instant = Instant(microseconds: 0)) throws {
        try Tables(connection).correspondents.put(
            Correspondent(id: agency.id, name: agency.name, channel: .loopback), at: at)
        try connection.execute(
            """
            INSERT INTO agency (id, slug, name, superior_line, abbreviation, place, agency_group, sort_key, search_text)
            VALUES (\(agency.id), \(agency.slug), \(agency.name), \(agency.superiorLine), \(agency.abbreviation),
                \(agency.place), \(agency.group), \(Folding.sortKey(agency.name)), \(Folding.fold(agency.name)))
            """)
    }

    package func find(slug: String) throws -> Agency? {
        try connection.first(Self.columns + " WHERE slug = \(slug)", Self.read)
    }

    package func find(_ id: ID<Agency>) throws -> Agency? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func all() throws -> [Agency] {
        try connection.rows(Self.columns + " ORDER BY sort_key", Self.read)
    }

    private static let columns: SQL =
        "SELECT id, slug, name, superior_line, abbreviation, place, agency_group FROM agency"

    private static func read(_ row: Row) throws -> Agency {
        Agency(
            id: try row[0], slug: try row[1], name: try row[2], superiorLine: try row[3],
            abbreviation: try row[4],
            place: try row[5], group: try row[6])
    }
}
