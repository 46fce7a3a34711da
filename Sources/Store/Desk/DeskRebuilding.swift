// The whole of an agency's desks at once: for comparing them with what waits, for making them again, and for a position
// that begins or ends.
import Domain
import DualSQL

extension DeskTable {
    /// What lies on the desks of the agency's positions, whichever agency a row says it is of.
    package func all(in agency: ID<Agency>) throws -> [DeskItem] {
        try connection.rows(
            """
            SELECT d.position_id, d.agency_id, d.kind, d.urgency, d.due_at, d.subject, d.title, d.detail, d.path
            FROM position p JOIN desk_item d ON d.position_id = p.id WHERE p.agency_id = \(agency)
            """, Self.read)
    }

    package func clear(position: ID<Position>) throws {
        try connection.execute("DELETE FROM desk_item WHERE position_id = \(position)")
    }

    package func clearAll() throws {
        try connection.execute("DELETE FROM desk_item")
    }
}
