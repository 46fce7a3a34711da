// Bộ trình: a draft with everything a decision about it looks at — its newest version, the files that go with
// it, the steps of its way and what was decided on it so far (000 Bước 1–3).

package struct DraftBundle: Sendable, Equatable {
    package let draft: Draft
    package let drafter: Position
    package let newest: DraftVersion?
    package let files: [DraftFile]
    /// In their order.
    package let steps: [RoutingStep]
    /// Oldest first.
    package let decisions: [RoutingDecision]
    /// Who holds the positions named in steps and decisions.
    package let names: [ID<Position>: String]

    package init(
        draft: Draft, drafter: Position, newest: DraftVersion?, files: [DraftFile], steps: [RoutingStep],
        decisions: [RoutingDecision], names: [ID<Position>: String]
    ) {
        self.draft = draft
        self.drafter = drafter
        self.newest = newest
        self.files = files
        self.steps = steps
        self.decisions = decisions
        self.names = names
    }

    /// The step at which it is now; none while it is with its drafter or after the signature.
    package var currentStep: RoutingStep? {
        draft.state == .climbing ? steps.first { $0.state == .current } : nil
    }

    /// The step it goes to next.
    package var nextStep: RoutingStep? {
        guard let currentStep else { return nil }
        return steps.first { $0.ordinal > currentStep.ordinal }
    }

    package var isReturned: Bool {
        guard draft.state == .drafting, let last = decisions.last(where: { $0.act != .newVersion }) else {
            return false
        }
        return last.act == .returned || last.act == .returnedByClerk
    }

    /// Each person's last initial, in the order given; an initial that was taken back does not count (C8).
    package var initials: [RoutingDecision] {
        var forward: [ID<Position>: [RoutingDecision]] = [:]
        for decision in decisions {
            switch decision.act {
            case .submitted, .initialled, .submittedOnward:
                forward[decision.position, default: []].append(decision)
            case .takenBack: _ = forward[decision.position]?.popLast()
            case .newVersion, .returned, .signed, .returnedByClerk: continue
            }
        }
        return forward.values.compactMap { $0.last { $0.act == .initialled } }.sorted { $0.at < $1.at }
    }

    /// Initials of a PDF that is no longer the newest: "phiên bản cũ" (decision 6).
    package var oldInitials: [RoutingDecision] {
        initials.filter { $0.version != draft.currentVersion || $0.pdfHash != newest?.pdf?.hash }
    }

    /// For whom it waits, and for what: the one desk item a draft has on its way.
    package var waitsFor: (position: ID<Position>, kind: DeskKind)? {
        if let currentStep { return (currentStep.position, currentStep.kind == .sign ? .sign : .approve) }
        return isReturned ? (draft.drafter, .rework) : nil
    }
}
