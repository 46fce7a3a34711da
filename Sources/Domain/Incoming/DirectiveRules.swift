// Ý kiến chỉ đạo, bút phê (B9; quy chế của Kiên Giang, Điều 6.2; Nghị định 30/2020, Điều 23): who may direct
// an arrival, and what a directive must say. The first names exactly one lead; a later one may add people,
// each in one part only.

/// A person and the day by which the part is to be done; nil leaves it to the letter's own deadline.
package struct Assignee: Hashable, Sendable {
    package let position: ID<Position>
    package let deadline: OfficeDate?

    package init(_ position: ID<Position>, by deadline: OfficeDate? = nil) {
        self.position = position
        self.deadline = deadline
    }
}

/// What the director wrote and chose.
package struct DirectiveText: Sendable, Equatable {
    package var text: String
    package var lead: Assignee?
    package var cooperating: [Assignee]
    package var informed: [Assignee]

    package init(text: String, lead: Assignee?, cooperating: [Assignee] = [], informed: [Assignee] = []) {
        self.text = text
        self.lead = lead
        self.cooperating = cooperating
        self.informed = informed
    }

    /// Everybody named, the lead first.
    package var parts: [(kind: AssignmentKind, assignee: Assignee)] {
        [lead].compactMap { $0 }.map { (.lead, $0) } + cooperating.map { (.cooperate, $0) }
            + informed.map { (.inform, $0) }
    }
}

package enum DirectiveRules {
    package static let textLimit = 2000

    /// May this person direct this arrival now? Answers the button and the act alike.
    package static func mayDirect(_ position: Position, _ arrival: Arrival) -> [Refusal] {
        guard position.agency == arrival.agency else { return [.notFound] }
        guard Verb.incomingDirected.roles.contains(position.role) else { return [.notForYourRole] }
        if arrival.state == .closed { return [.arrivalClosed] }
        if arrival.director != position.id && position.role != .head { return [.notDirectedToYou] }
        return []
    }

    /// `seen` is the version the form was made from, `present` what is already assigned, `staff` who may be named.
    package static func refusals(
        _ directive: DirectiveText, by position: Position, on arrival: Arrival, seen: Int,
        present: [Assignment],
        staff: Set<ID<Position>>, today: OfficeDate
    ) -> [Refusal] {
        let denied = mayDirect(position, arrival)
        if !denied.isEmpty { return denied }
        let hasLead = present.contains { $0.kind == .lead }
        if hasLead && directive.lead != nil { return [.alreadyDirected] }
        if seen != arrival.version { return [.stale] }
        var reasons: [Refusal] = []
        if directive.text.isEmpty { reasons.append(.missing(.directive)) }
        if directive.text.count > textLimit { reasons.append(.tooLong(.directive, limit: textLimit)) }
        if !hasLead && directive.lead == nil { reasons.append(.noLead) }
        let named = directive.parts.map(\.assignee.position) + present.map(\.position)
        if Set(named).count < named.count { reasons.append(.leadTwice) }
        for (kind, assignee) in directive.parts where !staff.contains(assignee.position) {
            reasons.append(.malformed(field(kind)))
        }
        if directive.parts.contains(where: { ($0.assignee.deadline ?? today) < today }) {
            reasons.append(.deadlineInPast)
        }
        return reasons
    }

    private static func field(_ kind: AssignmentKind) -> Field {
        switch kind {
        case .lead: .lead
        case .cooperate: .cooperate
        case .inform: .inform
        }
    }
}
