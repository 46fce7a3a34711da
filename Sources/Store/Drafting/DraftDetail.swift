// One dự thảo as its page shows it: the slip, every version, the files, the way with names, what was decided,
// and the arrivals it answers.
import Domain
import DualSQL

package struct DraftDetail: Sendable {
    package let bundle: DraftBundle
    package let typeName: String
    package let note: String
    /// Newest first.
    package let versions: [DraftVersion]
    /// Name and title of everyone who wrote, handled or decided.
    package let people: [ID<Position>: DraftPerson]
    package let answers: [AnsweredArrival]

    package var draft: Draft { bundle.draft }
    package var files: [DraftFile] { bundle.files }
    package var steps: [RoutingStep] { bundle.steps }
    package var decisions: [RoutingDecision] { bundle.decisions }
}

package struct DraftPerson: Sendable, Equatable {
    package let name: String
    package let title: String

    package init(name: String, title: String) {
        self.name = name
        self.title = title
    }
}

/// An arrival by what people call it.
package struct AnsweredArrival: Sendable, Equatable {
    package let id: ID<Arrival>
    package let year: Int
    package let number: Int
    package let numberAndNotation: String
    package let abstract: String
}

extension DraftTable {
    /// Everything at one look; nil where the person may not read it, as if it did not exist.
    package func detail(code: Int, for person: Position) throws -> DraftDetail? {
        guard let draft = try find(person.agency, code: code),
            DraftAccess.mayRead(draft, readers: try readers(of: draft.id), by: person)
        else { return nil }
        let tables = Tables(connection)
        return DraftDetail(
            bundle: try bundle(of: draft),
            typeName: try tables.documentTypes.find(draft.typeSlug)?.name ?? draft.typeSlug,
            note: try note(of: draft.id), versions: try tables.draftVersions.all(of: draft.id),
            people: try people(of: draft.id), answers: try answered(by: draft.id))
    }

    private func people(of id: ID<Draft>) throws -> [ID<Position>: DraftPerson] {
        var people: [ID<Position>: DraftPerson] = [:]
        for row in try connection.rows(
            """
            SELECT p.id, a.person_name, p.title FROM position p JOIN account a ON a.id = p.account_id
            WHERE p.id IN (SELECT position_id FROM routing_step WHERE draft_id = \(id)
                UNION SELECT position_id FROM routing_decision WHERE draft_id = \(id)
                UNION SELECT created_by FROM draft_version WHERE draft_id = \(id)
                UNION SELECT drafter_id FROM draft WHERE id = \(id))
            """)
        {
            people[try row[0]] = DraftPerson(name: try row[1], title: try row[2])
        }
        return people
    }

    private func answered(by id: ID<Draft>) throws -> [AnsweredArrival] {
        try connection.rows(
            """
            SELECT a.id, a.year, a.number, d.number, d.notation, d.abstract FROM draft_answer w
            JOIN arrival a ON a.id = w.arrival_id JOIN document d ON d.id = a.document_id
            WHERE w.draft_id = \(id) ORDER BY a.year, a.number
            """
        ) { row in
            let number: String = try row[3], notation: String = try row[4]
            return AnsweredArrival(
                id: try row[0], year: try row[1], number: try row[2],
                numberAndNotation: number.isEmpty ? notation : "\(number)/\(notation)", abstract: try row[5])
        }
    }

    /// The drafts begun in answer to an arrival, for its page: code and state, oldest first.
    package func answering(_ arrival: ID<Arrival>) throws -> [(code: Int, state: DraftState)] {
        try connection.rows(
            """
            SELECT d.code, d.state FROM draft_answer w JOIN draft d ON d.id = w.draft_id
            WHERE w.arrival_id = \(arrival) ORDER BY d.code
            """
        ) { (try $0[0], try $0[1]) }
    }
}
