// Sửa thông tin dự thảo: the slip's particulars, while it is with its drafter (C1).
import Domain
import Store

package struct ChangeDraft: OfficeOperation {
    package static let verb = Verb.draftChanged

    package let seen: SeenDraft
    package let facts: DraftParticulars

    package init(_ seen: SeenDraft, facts: DraftParticulars) {
        self.seen = seen
        self.facts = facts
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(DraftRules.editingRefusals(bundle, by: try act.position))
        let former = bundle.draft.dueAt?.officeDate
        try Refused.unless(DraftRules.particularsRefusals(facts, former: former, today: act.today))
        let entry = try DraftEntry(facts, act)
        let searchText = entry.searchText(code: bundle.draft.code)
        try act.tables.drafts.update(
            bundle.draft.id, facts: entry.facts, dueAt: entry.dueAt, searchText: searchText)
        try act.tables.entryText.put(
            bundle.draft.id.uuid, kind: .draft, agency: bundle.draft.agency, folded: searchText)
        act.record(
            .draftChanged, bundle.draft.id,
            bundle.particulars(["abstract": entry.facts.abstract, "notation": entry.facts.notation]))
        return try act.settle(bundle.draft.id)
    }
}
