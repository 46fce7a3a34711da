// Ký nháy (C3): the handler of a PD/TT step agrees with exactly this PDF, and the draft goes to the next
// step.
import Domain
import Store

package struct ApproveStep: OfficeOperation {
    package static let verb = Verb.draftInitialled

    package let seen: SeenDraft
    package let comment: String

    package init(_ seen: SeenDraft, comment: String = "") {
        self.seen = seen
        self.comment = comment
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        let person = try act.position
        try Refused.unless(
            RouteRules.approvingRefusals(bundle, by: person) + RouteRules.commentRefusals(comment))
        guard let current = bundle.currentStep, let next = bundle.nextStep else {
            throw Refused(.lastStepMustSign)
        }
        try act.tables.routing.setOpened(current.id, at: act.now)
        try act.tables.routing.setState(.done, of: current.id)
        try act.tables.routing.setState(.current, of: next.id)
        try act.decide(.initialled, on: bundle, comment: comment)
        act.record(
            .draftInitialled, bundle.draft.id,
            bundle.particulars(["pdf": bundle.newest?.pdf?.hash ?? "", "comment": comment]))
        return try act.settle(bundle.draft.id)
    }
}
