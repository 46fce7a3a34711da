// One văn bản đến with all that stands on its page: the letter and its files, the directives, who has which
// part, the drafts that answer it, where it came from. Whether the person may see it is asked before it is
// shown.
import Domain
import DualSQL

package struct ArrivalDetail: Sendable {
    package let arrival: Arrival
    package let facts: DocumentParticulars
    package let typeName: String
    package let registerName: String
    package let directorName: String
    package let registeredBy: String
    package let closedAt: Instant?
    package let files: [StoredDocumentFile]
    package let directives: [DirectiveLine]
    package let assignments: [AssignmentLine]
    package let answers: [AnsweringDraft]
    /// The delivery it came by; nil for what the clerk registered.
    package let receipt: ReceiptCard?
}

package struct DirectiveLine: Sendable, Equatable {
    package let personName: String
    package let title: String
    package let text: String
    package let at: Instant
}

package struct AssignmentLine: Sendable, Equatable {
    package let assignment: Assignment
    package let personName: String
    package let title: String
    package let note: String
    package let stateAt: Instant
}

package struct AnsweringDraft: Sendable, Equatable {
    package let id: ID<Draft>
    package let code: Int
    package let abstract: String
    package let state: DraftState
    /// The number it went out under, once it has one.
    package let issuance: Issuance?
}

package struct ArrivalDetails {
    let connection: Connection

    package func find(_ agency: ID<Agency>, year: Int, number: Int) throws -> ArrivalDetail? {
        try Tables(connection).arrivals.find(agency, year: year, number: number).flatMap(detail)
    }

    package func detail(of arrival: Arrival) throws -> ArrivalDetail? {
        let tables = Tables(connection)
        guard let facts = try tables.documents.particulars(of: arrival.document) else { return nil }
        let receipt = try arrival.receipt.flatMap { try tables.receiptLists.card($0, of: arrival.agency) }
        let isTakenBack = receipt?.receipt.frozenAt != nil
        let files = isTakenBack ? [] : try tables.documents.files(of: arrival.document)
        let directives = try directives(of: arrival.id), assignments = try assignments(of: arrival.id)
        let answers = try answers(to: arrival.id)
        return try connection.first(
            """
            SELECT t.name, r.name, dc.person_name, rc.person_name, a.closed_at
            FROM arrival a JOIN document d ON d.id = a.document_id JOIN document_type t ON t.slug = d.type_slug
            JOIN register r ON r.id = a.register_id JOIN position dp ON dp.id = a.director_id
            JOIN account dc ON dc.id = dp.account_id JOIN position rp ON rp.id = a.registered_by
            JOIN account rc ON rc.id = rp.account_id WHERE a.id = \(arrival.id)
            """
        ) { row in
            ArrivalDetail(
                arrival: arrival, facts: facts, typeName: try row[0], registerName: try row[1],
                directorName: try row[2], registeredBy: try row[3], closedAt: try row.optional(4),
                files: files,
                directives: directives, assignments: assignments, answers: answers, receipt: receipt)
        }
    }

    private func directives(of arrival: ID<Arrival>) throws -> [DirectiveLine] {
        try connection.rows(
            """
            SELECT c.person_name, p.title, v.text, v.at FROM directive v JOIN position p ON p.id = v.position_id
            JOIN account c ON c.id = p.account_id WHERE v.arrival_id = \(arrival) ORDER BY v.at, v.id
            """
        ) { DirectiveLine(personName: try $0[0], title: try $0[1], text: try $0[2], at: try $0[3]) }
    }

    private func assignments(of arrival: ID<Arrival>) throws -> [AssignmentLine] {
        try connection.rows(
            """
            SELECT s.id, s.agency_id, s.arrival_id, s.position_id, s.kind, s.due_at, s.state, c.person_name, p.title,
                s.note, s.state_at
            FROM assignment s JOIN position p ON p.id = s.position_id JOIN account c ON c.id = p.account_id
            WHERE s.arrival_id = \(arrival)
            ORDER BY CASE s.kind WHEN 'lead' THEN 0 WHEN 'cooperate' THEN 1 ELSE 2 END, s.id
            """
        ) { row in
            AssignmentLine(
                assignment: try AssignmentTable.read(row), personName: try row[7], title: try row[8],
                note: try row[9], stateAt: try row[10])
        }
    }

    private func answers(to arrival: ID<Arrival>) throws -> [AnsweringDraft] {
        let tables = Tables(connection)
        let drafts: [(id: ID<Draft>, code: Int, abstract: String, state: DraftState)] = try connection.rows(
            """
            SELECT d.id, d.code, d.abstract, d.state FROM draft_answer w JOIN draft d ON d.id = w.draft_id
            WHERE w.arrival_id = \(arrival) ORDER BY d.code
            """
        ) { (try $0[0], try $0[1], try $0[2], try $0[3]) }
        return try drafts.map { draft in
            AnsweringDraft(
                id: draft.id, code: draft.code, abstract: draft.abstract, state: draft.state,
                issuance: try tables.issuances.inUse(of: draft.id))
        }
    }
}

extension Tables {
    package var arrivalDetails: ArrivalDetails { ArrivalDetails(connection: connection) }
}
