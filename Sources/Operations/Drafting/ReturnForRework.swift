// Trả làm lại, trả bộ về (C3, C11, C14): the handler says what is wrong, and the whole bundle goes back to
// the drafter or to an earlier handler. A prepared file falls; the comment stays with the version it was
// about.
import Domain
import Store

package struct ReturnForRework: OfficeOperation {
    package static let verb = Verb.draftReturned

    package let seen: SeenDraft
    package let target: ReturnTarget
    package let comment: String

    package init(_ seen: SeenDraft, to target: ReturnTarget, comment: String) {
        self.seen = seen
        self.target = target
        self.comment = comment
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(
            RouteRules.returningRefusals(bundle, to: target, comment: comment, by: try act.position))
        let id = bundle.draft.id
        switch target {
        case .drafter:
            try act.tables.routing.setWaiting(from: 1, of: id)
            try act.tables.drafts.setState(.drafting, of: id)
        case .step(let ordinal):
            guard let step = bundle.steps.first(where: { $0.ordinal == ordinal }) else {
                throw Refused(.malformed(.steps))
            }
            try act.tables.routing.setWaiting(from: ordinal, of: id)
            try act.tables.routing.setState(.current, of: step.id)
        }
        try act.tables.drafts.dropPrepared(of: id)
        try act.decide(.returned, on: bundle, comment: comment)
        act.record(
            .draftReturned, id, bundle.particulars(["to": receiver(in: bundle), "comment": comment]))
        return try act.settle(id)
    }

    private func receiver(in bundle: DraftBundle) -> String {
        guard case .step(let ordinal) = target,
            let step = bundle.steps.first(where: { $0.ordinal == ordinal })
        else {
            return bundle.drafter.personName
        }
        return bundle.names[step.position] ?? ""
    }
}
