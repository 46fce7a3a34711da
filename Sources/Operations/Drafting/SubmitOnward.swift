// Trình tiếp (C3, decision 6): the handler of a PD/TT step passes the draft to one more person, right after
// the own step. That is a decision of its own, not an initial.
import Domain
import Store

package struct SubmitOnward: OfficeOperation {
    package static let verb = Verb.draftSubmittedOnward

    package let seen: SeenDraft
    package let next: ChosenStep
    package let comment: String

    package init(_ seen: SeenDraft, to next: ChosenStep, comment: String = "") {
        self.seen = seen
        self.next = next
        self.comment = comment
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        let next = try next.planned(act)
        try Refused.unless(
            RouteRules.onwardRefusals(bundle, to: next, by: try act.position)
                + RouteRules.commentRefusals(comment))
        guard let current = bundle.currentStep else { throw Refused(.stepNotYours) }
        try act.tables.routing.setOpened(current.id, at: act.now)
        try act.tables.routing.setState(.done, of: current.id)
        try act.tables.routing.insertMovingOthers(
            RoutingStep(
                id: act.newID(), draft: bundle.draft.id, ordinal: current.ordinal + 1,
                position: next.holder.id,
                kind: next.kind, state: .current, openedAt: nil))
        try act.tables.drafts.dropPrepared(of: bundle.draft.id)
        try act.decide(.submittedOnward, on: bundle, comment: comment)
        act.record(
            .draftSubmittedOnward, bundle.draft.id,
            bundle.particulars([
                "to": next.holder.personName, "kind": next.kind.rawValue, "comment": comment,
                "pdf": bundle.newest?.pdf?.hash ?? "",
            ]))
        return try act.settle(bundle.draft.id)
    }
}
