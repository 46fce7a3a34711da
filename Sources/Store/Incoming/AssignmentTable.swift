// Phân công: one part a person in an arrival. Whoever changes one holds the lock of its arrival.
import Domain
import DualSQL

package struct AssignmentTable {
    let connection: Connection

    package func insert(_ assignment: Assignment, directive: ID<Directive>, at: Instant) throws {
        try connection.execute(
            """
            INSERT INTO assignment (id, agency_id, arrival_id, directive_id, position_id, kind, due_at, state,
                state_at)
            VALUES (\(assignment.id), \(assignment.agency), \(assignment.arrival), \(directive),
                \(assignment.position), \(assignment.kind), \(assignment.dueAt), \(assignment.state), \(at))
            """)
    }

    /// The lead first, then in the order assigned.
    package func of(_ arrival: ID<Arrival>) throws -> [Assignment] {
        try connection.rows(
            """
            SELECT id, agency_id, arrival_id, position_id, kind, due_at, state FROM assignment
            WHERE arrival_id = \(arrival)
            ORDER BY CASE kind WHEN 'lead' THEN 0 WHEN 'cooperate' THEN 1 ELSE 2 END, id
            """, Self.read)
    }

    package func setState(_ state: AssignmentState, of id: ID<Assignment>, note: String, at: Instant) throws {
        try connection.execute(
            "UPDATE assignment SET state = \(state), state_at = \(at), note = \(note) WHERE id = \(id)")
    }

    /// Ends what is still open in an arrival.
    package func endOpen(in arrival: ID<Arrival>, as state: AssignmentState, note: String, at: Instant) throws
    {
        try connection.execute(
            """
            UPDATE assignment SET state = \(state), state_at = \(at), note = \(note)
            WHERE arrival_id = \(arrival) AND state IN ('assigned', 'working')
            """)
    }

    static func read(_ row: Row) throws -> Assignment {
        Assignment(
            id: try row[0], agency: try row[1], arrival: try row[2], position: try row[3], kind: try row[4],
            dueAt: try row.optional(5), state: try row[6])
    }
}

extension Tables {
    package var assignments: AssignmentTable { AssignmentTable(connection: connection) }
}
