// The way a draft climbs (C2, C3, C11): the handlers the officer chose in order, PD/TT steps first and one NK
// step at the end; each may initial, submit onward or return it; a step can be taken back until the next
// person has looked.

/// One chosen handler, before it is a step.
package struct PlannedStep: Sendable, Equatable {
    package let holder: Position
    package let kind: StepKind

    package init(holder: Position, kind: StepKind) {
        self.holder = holder
        self.kind = kind
    }
}

/// Where a return goes: to the drafter (trả làm lại, trả bộ về) or to an earlier step.
package enum ReturnTarget: Sendable, Equatable {
    case drafter
    case step(ordinal: Int)
}

package enum RouteRules {
    /// The chosen way alone, whoever submits.
    package static func planRefusals(_ plan: [PlannedStep], drafter: Position) -> [Refusal] {
        guard let last = plan.last else { return [.noSteps] }
        var reasons: [Refusal] = []
        if last.kind != .sign { reasons.append(.lastStepMustSign) }
        if plan.dropLast().contains(where: { $0.kind == .sign }) { reasons.append(.signerNotLast) }
        for step in plan { reasons += holderRefusals(step, besides: [drafter]) }
        if zip(plan, plan.dropFirst()).contains(where: { $0.holder.id == $1.holder.id }) {
            reasons.append(.malformed(.steps))
        }
        return unique(reasons)
    }

    package static func submittingRefusals(
        _ bundle: DraftBundle, plan: [PlannedStep], by person: Position
    ) -> [Refusal] {
        let editing = DraftRules.editingRefusals(bundle, by: person)
        if !editing.isEmpty { return editing }
        return planRefusals(plan, drafter: bundle.drafter) + DraftRules.readinessRefusals(bundle)
    }

    /// Ký nháy: at one's own PD/TT step, on a version that is there to read as PDF.
    package static func approvingRefusals(_ bundle: DraftBundle, by person: Position) -> [Refusal] {
        handlingRefusals(bundle, by: person, kind: .approve) ?? DraftRules.readinessRefusals(bundle)
    }

    /// Trình tiếp: one more step right after one's own.
    package static func onwardRefusals(
        _ bundle: DraftBundle, to next: PlannedStep?, by person: Position
    ) -> [Refusal] {
        if let reasons = handlingRefusals(bundle, by: person, kind: .approve) { return reasons }
        guard let next else { return [.noSteps] }
        var reasons = holderRefusals(next, besides: [bundle.drafter, person])
        if next.kind == .sign, bundle.nextStep != nil { reasons.append(.signerNotLast) }
        if next.holder.id == bundle.nextStep?.position { reasons.append(.malformed(.steps)) }
        return unique(reasons) + DraftRules.readinessRefusals(bundle)
    }

    /// Trả lại: from one's own step of either kind, with words, to the drafter or an earlier handler.
    package static func returningRefusals(
        _ bundle: DraftBundle, to target: ReturnTarget, comment: String, by person: Position
    ) -> [Refusal] {
        if let reasons = handlingRefusals(bundle, by: person, kind: nil) { return reasons }
        var reasons: [Refusal] = []
        if DraftRules.isBlank(comment) { reasons.append(.missing(.comment)) }
        reasons += commentRefusals(comment)
        if case .step(let ordinal) = target, let current = bundle.currentStep,
            !bundle.steps.contains(where: { $0.ordinal == ordinal && $0.ordinal < current.ordinal })
        {
            reasons.append(.malformed(.steps))
        }
        return reasons
    }

    /// Lấy lại: who passed it on last, until the next person has opened it.
    package static func takingBackRefusals(_ bundle: DraftBundle, by person: Position) -> [Refusal] {
        guard let current = bundle.currentStep, let last = bundle.decisions.last, last.position == person.id,
            [.submitted, .initialled, .submittedOnward].contains(last.act)
        else { return [.stepNotYours] }
        return current.openedAt == nil ? [] : [.stepOpened]
    }

    package static func commentRefusals(_ comment: String) -> [Refusal] {
        comment.count > DraftRules.commentLimit ? [.tooLong(.comment, limit: DraftRules.commentLimit)] : []
    }

    /// nil when the draft is at this person's step, and the step is of the kind.
    private static func handlingRefusals(
        _ bundle: DraftBundle, by person: Position, kind: StepKind?
    ) -> [Refusal]? {
        guard let current = bundle.currentStep, current.position == person.id else { return [.stepNotYours] }
        if let kind, current.kind != kind { return [.notForYourRole] }
        return nil
    }

    private static func holderRefusals(_ step: PlannedStep, besides excluded: [Position]) -> [Refusal] {
        var reasons: [Refusal] = []
        let agency = excluded.first?.agency
        if step.holder.agency != agency || !step.holder.role.handles { reasons.append(.malformed(.steps)) }
        if excluded.contains(where: { $0.account == step.holder.account }) { reasons.append(.selfStep) }
        if step.kind == .sign, !Verb.draftSigned.roles.contains(step.holder.role) {
            reasons.append(.stepMayNotSign(step.holder.personName))
        }
        return reasons
    }

    private static func unique(_ reasons: [Refusal]) -> [Refusal] {
        reasons.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
