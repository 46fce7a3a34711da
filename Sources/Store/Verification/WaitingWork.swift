// What waits in an agency, read from the tables that are the truth of it. `Việc của tôi` is made from this when it is
// rebuilt, and compared with it by `vanthu verify` (decision 19).
import Domain
import DualSQL

package struct WaitingReceipt: Sendable {
    package let receipt: ID<Receipt>
    package let dueAt: Instant
}

package struct WaitingWork {
    let connection: Connection

    /// Registered and not directed yet.
    package func arrivalsToDirect(in agency: ID<Agency>) throws -> [Arrival] {
        try connection.rows(
            ArrivalTable.columns + " WHERE a.agency_id = \(agency) AND a.state = 'registered'",
            ArrivalTable.read)
    }

    package func openAssignments(in agency: ID<Agency>) throws -> [Assignment] {
        try connection.rows(
            """
            SELECT s.id, s.agency_id, s.arrival_id, s.position_id, s.kind, s.due_at, s.state
            FROM arrival a JOIN assignment s ON s.arrival_id = a.id
            WHERE a.agency_id = \(agency) AND a.state IN ('assigned', 'working')
                AND s.state IN ('assigned', 'working')
            """, AssignmentTable.read)
    }

    package func receipts(of agency: ID<Agency>) throws -> [WaitingReceipt] {
        try connection.rows(
            "SELECT id, due_at FROM receipt WHERE agency_id = \(agency) AND state = 'waiting' AND frozen_at IS NULL"
        ) {
            WaitingReceipt(receipt: try $0[0], dueAt: try $0[1])
        }
    }

    package func drafts(in agency: ID<Agency>, _ states: [DraftState]) throws -> [ID<Draft>] {
        try connection.rows(
            "SELECT id FROM draft WHERE agency_id = \(agency) AND state IN (\(list: states)) ORDER BY code"
        ) { try $0[0] }
    }

    /// Since when a signed draft waits for the clerks.
    package func signedAt(_ draft: ID<Draft>) throws -> Instant? {
        try connection.first(
            "SELECT signed_at FROM signed_file WHERE draft_id = \(draft) AND voided_at IS NULL"
        ) { try $0[0] }
    }

    /// Since when a number waits for its seal.
    package func numberedAt(_ issuance: ID<Issuance>) throws -> Instant? {
        try connection.first("SELECT numbered_at FROM issuance WHERE id = \(issuance)") { try $0[0] }
    }
}

extension Tables {
    package var waitingWork: WaitingWork { WaitingWork(connection: connection) }
}
