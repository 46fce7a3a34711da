// Opening a dự thảo: its page, its history in the agency's own journal (decision 9), and what this person may
// do with it now. To a stranger it does not exist (decision 14).
import Domain
import Store

package struct DraftView: Sendable {
    package let detail: DraftDetail
    package let history: [JournalEntry]
    package let may: DraftChoices
}

/// For each button: empty where it may be pressed, otherwise why not.
package struct DraftChoices: Sendable, Equatable {
    /// Particulars, enclosures, supporting papers.
    package let change: [Refusal]
    package let addVersion: [Refusal]
    package let submit: [Refusal]
    package let initial: [Refusal]
    package let submitOnward: [Refusal]
    package let giveBack: [Refusal]
    package let takeBack: [Refusal]
    package let sign: [Refusal]

    package init(_ bundle: DraftBundle, for person: Position) {
        change = DraftRules.editingRefusals(bundle, by: person)
        addVersion = DraftRules.versionRefusals(bundle, by: person)
        submit = change.isEmpty ? DraftRules.readinessRefusals(bundle) : change
        initial = RouteRules.approvingRefusals(bundle, by: person)
        submitOnward = RouteRules.mayPassOn(bundle, by: person)
        giveBack = RouteRules.mayReturn(bundle, by: person)
        takeBack = RouteRules.takingBackRefusals(bundle, by: person)
        sign = DraftRules.signingRefusals(bundle, by: person)
    }
}

package struct DraftReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func open(_ code: Int, as person: Position) async throws -> DraftView {
        try await office.read { tables in
            guard let detail = try tables.drafts.detail(code: code, for: person) else {
                throw Refused(.notFound)
            }
            return DraftView(
                detail: detail,
                history: try tables.journal.history(of: [detail.draft.id.uuid], in: person.agency).map(
                    \.entry),
                may: DraftChoices(detail.bundle, for: person))
        }
    }
}
