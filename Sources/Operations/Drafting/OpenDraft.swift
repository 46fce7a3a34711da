// Lập dự thảo – phiếu trình (C1), on its own or in answer to letters (B11). Opening an answer begins the
// drafter's own part in each letter it answers.
import Domain
import Foundation
import Store

package struct OpenDraft: OfficeOperation {
    package static let verb = Verb.draftOpened

    package let facts: DraftParticulars
    package let answers: [ID<Arrival>]

    package init(facts: DraftParticulars, answers: [ID<Arrival>] = []) {
        self.facts = facts
        self.answers = answers
    }

    package func perform(_ act: Act) throws -> Draft {
        let drafter = try act.position
        let arrivals = try answeredArrivals(act, drafter)
        try Refused.unless(DraftRules.particularsRefusals(facts, today: act.today))
        let entry = try DraftEntry(facts, act)
        let draft = Draft(
            id: act.newID(), agency: drafter.agency, code: try act.tables.drafts.takeCode(in: drafter.agency),
            drafter: drafter.id, typeSlug: entry.facts.type, abstract: entry.facts.abstract,
            urgency: entry.facts.urgency, notation: entry.facts.notation, dueAt: entry.dueAt,
            state: .drafting,
            currentVersion: 0, version: 1)
        try act.tables.drafts.insert(
            draft, note: entry.facts.note, searchText: entry.searchText(code: draft.code),
            answers: arrivals.map(\.id), at: act.now)
        try act.tables.entryText.put(
            draft.id.uuid, kind: .draft, agency: draft.agency, folded: entry.searchText(code: draft.code))
        act.record(
            .draftOpened, draft.id,
            [
                "code": "DT-\(draft.code)", "abstract": draft.abstract,
                "answers": arrivals.map { "\($0.number)/\($0.year)" }.joined(separator: ", "),
            ])
        for arrival in arrivals { try startOwnAssignment(in: arrival, of: drafter, act) }
        return draft
    }

    /// In the order of their ids, so that two drafters who answer the same letters lock them in the same order.
    private func answeredArrivals(_ act: Act, _ drafter: Position) throws -> [Arrival] {
        try Set(answers).sorted { $0.description < $1.description }.map { id in
            guard let arrival = try act.tables.arrivals.lock(id), arrival.agency == drafter.agency else {
                throw Refused(.notFound)
            }
            if arrival.state == .closed { throw Refused(.arrivalClosed) }
            let isAssigned = try act.tables.assignments.of(id).contains {
                $0.position == drafter.id && $0.kind != .inform
            }
            guard isAssigned || arrival.director == drafter.id else { throw Refused(.notDirectedToYou) }
            return arrival
        }
    }

    private func startOwnAssignment(in arrival: Arrival, of drafter: Position, _ act: Act) throws {
        guard let own = try act.tables.assignments.of(arrival.id).first(where: { $0.position == drafter.id }),
            own.state == .assigned
        else { return }
        try StartAssignment.begin(own, of: arrival, act)
    }
}

/// What was filled in, as it will stand: the notation proposed where none was typed, the deadline at the end of its day.
struct DraftEntry {
    let facts: DraftParticulars
    let dueAt: Instant?
    private let typeName: String

    init(_ typed: DraftParticulars, _ act: Act) throws {
        guard let type = try act.tables.documentTypes.find(typed.type) else { throw Refused(.missing(.type)) }
        guard let agency = try act.tables.agencies.find(try act.agency) else { throw Refused(.notFound) }
        var facts = typed
        facts.abstract = typed.abstract.trimmingCharacters(in: .whitespacesAndNewlines)
        facts.notation = typed.notation.trimmingCharacters(in: .whitespacesAndNewlines)
        if facts.notation.isEmpty { facts.notation = Notation.proposed(type: type, agency: agency) }
        let calendar = try act.tables.calendar.load()
        self.facts = facts
        self.dueAt = typed.dueDate.map { calendar.endOfWork(on: $0) }
        self.typeName = type.name
    }

    func searchText(code: Int) -> String {
        Folding.fold(["DT-\(code)", facts.notation, typeName, facts.abstract].joined(separator: " "))
    }
}
