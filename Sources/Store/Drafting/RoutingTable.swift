// The way of a draft: the present plan of steps, and the record of what was decided, which is only ever added
// to (C8).
import Domain
import DualSQL
import Foundation

package struct RoutingTable {
    let connection: Connection

    // MARK: Steps

    package func steps(of draft: ID<Draft>) throws -> [RoutingStep] {
        try connection.rows(
            """
            SELECT id, draft_id, ordinal, position_id, kind, state, opened_at FROM routing_step
            WHERE draft_id = \(draft) ORDER BY ordinal
            """
        ) { row in
            RoutingStep(
                id: try row[0], draft: try row[1], ordinal: try row[2], position: try row[3],
                kind: try row[4],
                state: try row[5], openedAt: try row.optional(6))
        }
    }

    /// A new submission makes a new plan.
    package func replace(_ steps: [RoutingStep], of draft: ID<Draft>) throws {
        try connection.execute("DELETE FROM routing_step WHERE draft_id = \(draft)")
        for step in steps { try insert(step) }
    }

    /// Makes room behind a step: everything from the new step's ordinal on moves down by one.
    package func insertMovingOthers(_ step: RoutingStep) throws {
        // By way of negative ordinals: both databases check uniqueness row by row.
        try connection.execute(
            """
            UPDATE routing_step SET ordinal = -(ordinal + 1)
            WHERE draft_id = \(step.draft) AND ordinal >= \(step.ordinal)
            """)
        try connection.execute(
            "UPDATE routing_step SET ordinal = -ordinal WHERE draft_id = \(step.draft) AND ordinal < 0")
        try insert(step)
    }

    package func deleteMovingOthers(_ step: RoutingStep) throws {
        try connection.execute("DELETE FROM routing_step WHERE id = \(step.id)")
        try connection.execute(
            """
            UPDATE routing_step SET ordinal = -(ordinal - 1)
            WHERE draft_id = \(step.draft) AND ordinal > \(step.ordinal)
            """)
        try connection.execute(
            "UPDATE routing_step SET ordinal = -ordinal WHERE draft_id = \(step.draft) AND ordinal < 0")
    }

    package func setState(_ state: StepState, of step: ID<RoutingStep>) throws {
        try connection.execute("UPDATE routing_step SET state = \(state) WHERE id = \(step)")
    }

    /// Not reached, and nobody has looked: for every step from the ordinal on.
    package func setWaiting(from ordinal: Int, of draft: ID<Draft>) throws {
        try connection.execute(
            """
            UPDATE routing_step SET state = 'waiting', opened_at = NULL
            WHERE draft_id = \(draft) AND ordinal >= \(ordinal)
            """)
    }

    /// The first look counts; later ones change nothing.
    package func setOpened(_ step: ID<RoutingStep>, at now: Instant) throws {
        try connection.execute(
            "UPDATE routing_step SET opened_at = \(now) WHERE id = \(step) AND opened_at IS NULL")
    }

    private func insert(_ step: RoutingStep) throws {
        try connection.execute(
            """
            INSERT INTO routing_step (id, draft_id, ordinal, position_id, kind, state, opened_at)
            VALUES (\(step.id), \(step.draft), \(step.ordinal), \(step.position), \(step.kind), \(step.state),
                \(step.openedAt))
            """)
    }

    // MARK: Decisions

    package func record(_ decision: RoutingDecision, about draft: ID<Draft>) throws {
        try connection.execute(
            """
            INSERT INTO routing_decision (id, draft_id, position_id, act, version_ordinal, pdf_hash, comment, at)
            VALUES (\(UUIDv7.make(at: decision.at)), \(draft), \(decision.position), \(decision.act),
                \(decision.version), \(decision.pdfHash), \(decision.comment), \(decision.at))
            """)
    }

    /// Oldest first.
    package func decisions(of draft: ID<Draft>) throws -> [RoutingDecision] {
        try connection.rows(
            """
            SELECT position_id, act, version_ordinal, pdf_hash, comment, at FROM routing_decision
            WHERE draft_id = \(draft) ORDER BY at, id
            """
        ) { row in
            RoutingDecision(
                position: try row[0], act: try row[1], version: try row[2], pdfHash: try row[3],
                comment: try row[4], at: try row[5])
        }
    }

    // MARK: People

    /// Who holds, or held, the positions of the steps and decisions.
    package func names(of draft: ID<Draft>) throws -> [ID<Position>: String] {
        var names: [ID<Position>: String] = [:]
        for row in try connection.rows(
            """
            SELECT p.id, a.person_name FROM position p JOIN account a ON a.id = p.account_id
            WHERE p.id IN (SELECT position_id FROM routing_step WHERE draft_id = \(draft)
                UNION SELECT position_id FROM routing_decision WHERE draft_id = \(draft))
            """)
        {
            names[try row[0]] = try row[1] as String
        }
        return names
    }

    /// A position that has ended since: its papers are still its papers.
    func formerHolder(_ id: ID<Position>) throws -> Position? {
        try connection.first(
            """
            SELECT p.id, p.agency_id, p.account_id, a.person_name, p.role, p.title
            FROM position p JOIN account a ON a.id = p.account_id WHERE p.id = \(id)
            """
        ) { row in
            Position(
                id: try row[0], agency: try row[1], account: try row[2], personName: try row[3],
                role: try row[4],
                title: try row[5])
        }
    }
}

extension Tables {
    package var routing: RoutingTable { RoutingTable(connection: connection) }
}
