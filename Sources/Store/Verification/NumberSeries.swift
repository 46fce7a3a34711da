// The numbers of the registers as they should run and as they stand: what register_year has counted, beside the entries of
// arrivals and issuances that carry the numbers. A void issuance keeps its number and is counted (decision 3).
import Domain
import DualSQL

/// One register in one year.
package struct NumberSeries: Sendable {
    package let register: ID<Register>
    package let direction: RegisterDirection
    package let registerName: String
    package let agencyName: String
    package let year: Int
    package let first: Int
    package let last: Int

    /// From the first to the last, each once; none where none was taken yet.
    package func isFilled(by entries: SeriesEntries?) -> Bool {
        guard let entries else { return last == first - 1 }
        let length = last - first + 1
        return entries == SeriesEntries(count: length, distinct: length, lowest: first, highest: last)
    }
}

/// What stands in a register in one year.
package struct SeriesEntries: Sendable, Equatable {
    package let count: Int
    package let distinct: Int
    package let lowest: Int
    package let highest: Int
}

package struct NumberSeriesLists {
    let connection: Connection

    package func counted() throws -> [NumberSeries] {
        try connection.rows(
            """
            SELECT r.id, r.direction, r.name, a.name, y.year, y.first_number, y.last_number
            FROM register_year y JOIN register r ON r.id = y.register_id JOIN agency a ON a.id = r.agency_id
            ORDER BY a.sort_key, r.direction, r.slug, y.year
            """
        ) { row in
            NumberSeries(
                register: try row[0], direction: try row[1], registerName: try row[2], agencyName: try row[3],
                year: try row[4], first: try row[5], last: try row[6])
        }
    }

    package func entries(of series: NumberSeries) throws -> SeriesEntries? {
        try connection.first(
            """
            SELECT count(*), count(DISTINCT number), min(number), max(number)
            FROM \(raw: Self.table(series.direction))
            WHERE register_id = \(series.register) AND year = \(series.year) HAVING count(*) > 0
            """
        ) { SeriesEntries(count: try $0[0], distinct: try $0[1], lowest: try $0[2], highest: try $0[3]) }
    }

    /// Every number of the series in order, doubled ones twice.
    package func numbers(of series: NumberSeries, _ each: (Int) throws -> Void) throws {
        _ = try connection.rows(
            """
            SELECT number FROM \(raw: Self.table(series.direction))
            WHERE register_id = \(series.register) AND year = \(series.year) ORDER BY number
            """
        ) { try each(try $0[0]) }
    }

    /// Entries in a year the register never opened, or in a register of another agency or direction.
    package func misplaced(_ direction: RegisterDirection) throws -> [(agencyName: String, number: String)] {
        try connection.rows(
            """
            SELECT a.name, e.number, e.year FROM \(raw: Self.table(direction)) e JOIN agency a ON a.id = e.agency_id
            JOIN register r ON r.id = e.register_id
            LEFT JOIN register_year y ON y.register_id = e.register_id AND y.year = e.year
            WHERE y.register_id IS NULL OR r.agency_id <> e.agency_id OR r.direction <> \(direction)
            """
        ) { (try $0[0], "\(try $0[1] as Int)/\(try $0[2] as Int)") }
    }

    private static func table(_ direction: RegisterDirection) -> String {
        direction == .incoming ? "arrival" : "issuance"
    }
}

extension Tables {
    package var numberSeries: NumberSeriesLists { NumberSeriesLists(connection: connection) }
}
