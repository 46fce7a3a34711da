// Ý kiến chỉ đạo, in the order in which they were given.
import Domain
import DualSQL

package struct DirectiveTable {
    let connection: Connection

    package func insert(
        _ id: ID<Directive>, on arrival: Arrival, by position: ID<Position>, text: String, at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO directive (id, agency_id, arrival_id, position_id, text, at)
            VALUES (\(id), \(arrival.agency), \(arrival.id), \(position), \(text), \(at))
            """)
    }
}

extension Tables {
    package var directives: DirectiveTable { DirectiveTable(connection: connection) }
}
