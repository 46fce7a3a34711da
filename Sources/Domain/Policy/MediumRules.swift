// Which way a document goes (D7, D8, D14–D16): the most specific rule in force decides, among equals the newer one. A
// recipient on no system gets paper whatever the rules say; what is not validly signed never goes without paper.

/// Who is asked about: the recipient of what is sent, the sender of what comes.
package struct MediumParty: Sendable, Equatable {
    package let id: ID<Agency>
    package let kind: CorrespondentKind
    package let duties: Set<RecipientDuty>
    /// False for an agency on no system, which is reached on paper only.
    package let isReachable: Bool

    package init(
        id: ID<Agency>, kind: CorrespondentKind = .state, duties: Set<RecipientDuty> = [],
        isReachable: Bool = true
    ) {
        self.id = id
        self.kind = kind
        self.duties = duties
        self.isReachable = isReachable
    }
}

package struct MediumQuestion: Sendable, Equatable {
    /// The agency that goes by the rules.
    package let agency: ID<Agency>
    package let type: String
    package let subject: SubjectClass?
    package let direction: ExchangeDirection
    package let day: OfficeDate
    /// Leader's signature and agency's seal are both valid (002, Điều 4).
    package let isSigned: Bool

    package init(
        agency: ID<Agency>, type: String, subject: SubjectClass? = nil, direction: ExchangeDirection = .send,
        day: OfficeDate, isSigned: Bool = true
    ) {
        self.agency = agency
        self.type = type
        self.subject = subject
        self.direction = direction
        self.day = day
        self.isSigned = isSigned
    }
}

/// What decided.
package enum MediumGround: String, Hashable, Sendable, CaseIterable {
    case rule
    /// No rule speaks of it: Nghị định 30/2020/NĐ-CP, Điều 5.
    case byDefault
    /// The recipient is on no system (002, Điều 5.1; 000, Bước 4).
    case notReachable
    /// Without valid signatures it does not stand in for paper (002, Điều 4.2).
    case notSigned
}

/// The answer, with the rule that gave it.
package struct MediumDecision: Sendable, Equatable {
    package let medium: Medium
    package let ground: MediumGround
    /// The rule that speaks of it, also where something else was stronger.
    package let rule: MediumRule?

    package init(medium: Medium, ground: MediumGround, rule: MediumRule?) {
        self.medium = medium
        self.ground = ground
        self.rule = rule
    }

    /// The clerk cannot choose otherwise: nobody there could take it.
    package var isFixed: Bool { ground == .notReachable }
}

/// What the clerk chose instead, and why.
package struct MediumDeparture: Sendable, Equatable {
    package let chosen: [ID<Agency>: Medium]
    package let reason: String

    package init(chosen: [ID<Agency>: Medium] = [:], reason: String = "") {
        self.chosen = chosen
        self.reason = reason
    }

    package static let none = MediumDeparture()
}

/// How the document goes to one recipient in the end.
package struct ChosenMedium: Sendable, Equatable {
    package let recipient: ID<Agency>
    package let medium: Medium
    package let decision: MediumDecision

    package init(recipient: ID<Agency>, medium: Medium, decision: MediumDecision) {
        self.recipient = recipient
        self.medium = medium
        self.decision = decision
    }

    package var departs: Bool { medium != decision.medium }
}

package struct MediumRules: Sendable {
    package static let reasonLimit = 2000

    private let rules: [MediumRule]

    /// - Parameter rules: Of the installation and of the agency; those of other agencies are never asked.
    package init(_ rules: [MediumRule]) { self.rules = rules }

    package func decide(_ question: MediumQuestion, _ party: MediumParty) -> MediumDecision {
        let rule = strongest(question, party)
        let medium = rule?.medium ?? .electronic
        if !party.isReachable {
            return MediumDecision(medium: .paper, ground: .notReachable, rule: rule)
        }
        if !question.isSigned, medium == .electronic {
            return MediumDecision(medium: .electronicAndPaper, ground: .notSigned, rule: rule)
        }
        return MediumDecision(medium: medium, ground: rule == nil ? .byDefault : .rule, rule: rule)
    }

    /// The subjects that rules in force on a day speak of; the others decide nothing.
    package func subjects(_ direction: ExchangeDirection, on day: OfficeDate) -> Set<SubjectClass> {
        Set(rules.filter { $0.direction == direction && $0.isValid(on: day) }.compactMap(\.subject))
    }

    /// The rule that speaks of it on that day.
    package func strongest(_ question: MediumQuestion, _ party: MediumParty) -> MediumRule? {
        var best: MediumRule?
        for rule in rules where Self.applies(rule, question, party) {
            if best.map({ Self.outranks(rule, $0) }) ?? true { best = rule }
        }
        return best
    }

    private static func applies(_ rule: MediumRule, _ question: MediumQuestion, _ party: MediumParty) -> Bool
    {
        guard rule.direction == question.direction, rule.isValid(on: question.day),
            rule.agency == nil || rule.agency == question.agency,
            rule.type == nil || rule.type == question.type,
            rule.subject == nil || rule.subject == question.subject
        else { return false }
        return switch rule.recipient {
        case .any: true
        case .kind(let kind): kind == party.kind
        case .duty(let duty): party.duties.contains(duty)
        case .agency(let id): id == party.id
        }
    }

    /// More specific first: the subject (the exceptions of a catalogue speak of subjects), then the recipient, then the
    /// type, then one's own rule before the installation's; among equals the newer, then the one entered later.
    private static func outranks(_ a: MediumRule, _ b: MediumRule) -> Bool {
        if (a.subject == nil) != (b.subject == nil) { return a.subject != nil }
        if a.recipient.rank != b.recipient.rank { return a.recipient.rank > b.recipient.rank }
        if (a.type == nil) != (b.type == nil) { return a.type != nil }
        if (a.agency == nil) != (b.agency == nil) { return a.agency != nil }
        if a.validFrom != b.validFrom { return a.validFrom > b.validFrom }
        return a.ordinal > b.ordinal
    }

    // MARK: What the clerk chose

    package func choose(
        _ question: MediumQuestion, _ parties: [MediumParty], _ departure: MediumDeparture
    ) -> [ChosenMedium] {
        parties.map { party in
            let decision = decide(question, party)
            return ChosenMedium(
                recipient: party.id, medium: departure.chosen[party.id] ?? decision.medium, decision: decision
            )
        }
    }

    /// Why it cannot go like that; the button and the act ask the same.
    package static func refusals(
        _ chosen: [ChosenMedium], isSigned: Bool, reason: String
    ) -> [Refusal] {
        var refusals: [Refusal] = []
        if chosen.contains(where: { $0.decision.isFixed && $0.medium != .paper }) {
            refusals.append(.recipientOnPaperOnly)
        }
        if !isSigned, chosen.contains(where: { $0.medium == .electronic }) {
            refusals.append(.unsignedNeedsPaper)
        }
        guard chosen.contains(where: \.departs) else { return refusals }
        if reason.allSatisfy(\.isWhitespace) { refusals.append(.mediumNeedsReason) }
        if reason.count > reasonLimit { refusals.append(.tooLong(.mediumReason, limit: reasonLimit)) }
        return refusals
    }
}
