// Trình dự thảo (C2): the drafter names the ordered handlers, and the draft goes to the first of them.
import Domain
import Store

/// A handler as the form names one.
package struct ChosenStep: Sendable, Equatable {
    package let position: ID<Position>
    package let kind: StepKind

    package init(_ position: ID<Position>, _ kind: StepKind) {
        self.position = position
        self.kind = kind
    }

    /// A position that ended, or never was, is no choice.
    func planned(_ act: Act) throws -> PlannedStep {
        guard let holder = try act.tables.positions.find(position) else { throw Refused(.malformed(.steps)) }
        return PlannedStep(holder: holder, kind: kind)
    }
}

package struct SubmitDraft: OfficeOperation {
    package static let verb = Verb.draftSubmitted

    package let seen: SeenDraft
    package let route: [ChosenStep]
    package let comment: String

    package init(_ seen: SeenDraft, route: [ChosenStep], comment: String = "") {
        self.seen = seen
        self.route = route
        self.comment = comment
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        let plan = try route.map { try $0.planned(act) }
        try Refused.unless(
            RouteRules.submittingRefusals(bundle, plan: plan, by: try act.position)
                + RouteRules.commentRefusals(comment))
        let steps = plan.enumerated().map { index, step in
            RoutingStep(
                id: act.newID(), draft: bundle.draft.id, ordinal: index + 1, position: step.holder.id,
                kind: step.kind, state: index == 0 ? .current : .waiting, openedAt: nil)
        }
        try act.tables.routing.replace(steps, of: bundle.draft.id)
        try act.tables.drafts.setState(.climbing, of: bundle.draft.id)
        try act.decide(.submitted, on: bundle, comment: comment)
        act.record(
            .draftSubmitted, bundle.draft.id,
            bundle.particulars([
                "route": plan.map { "\($0.holder.personName) (\($0.kind.rawValue))" }.joined(
                    separator: " → "),
                "pdf": bundle.newest?.pdf?.hash ?? "", "comment": comment,
            ]))
        return try act.settle(bundle.draft.id)
    }
}
