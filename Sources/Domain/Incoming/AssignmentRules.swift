// Phân công: what the person who was given a part may do with it. The lead begins and finishes the work, a
// cooperator only the own part; what is only to be known is done by having been seen (B9).

package enum AssignmentRules {
    package static let noteLimit = 1000

    /// May this part be begun? `part` is the person's own, nil when there is none.
    package static func mayStart(_ part: Assignment?, of arrival: Arrival) -> [Refusal] {
        guard let part, part.kind != .inform else { return [.notYours] }
        if arrival.state == .closed { return [.arrivalClosed] }
        return part.state == .assigned ? [] : [.stale]
    }

    package static func mayComplete(_ part: Assignment?, of arrival: Arrival) -> [Refusal] {
        guard let part else { return [.notYours] }
        if arrival.state == .closed { return [.arrivalClosed] }
        return part.isOpen ? [] : [.stale]
    }

    package static func refusals(completing part: Assignment?, of arrival: Arrival, note: String) -> [Refusal]
    {
        let denied = mayComplete(part, of: arrival)
        if !denied.isEmpty { return denied }
        return note.count > noteLimit ? [.tooLong(.comment, limit: noteLimit)] : []
    }
}

extension Assignment {
    package var isOpen: Bool { state == .assigned || state == .working }
}

extension AssignmentKind {
    /// What waits on the desk of the person it was given to.
    package var deskKind: DeskKind {
        switch self {
        case .lead: .handle
        case .cooperate: .cooperate
        case .inform: .inform
        }
    }
}
