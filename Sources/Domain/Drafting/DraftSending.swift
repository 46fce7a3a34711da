// Nơi nhận as the draft says it (D11, D21, D22): whom it goes to and by which medium, and by when an answer is asked for. The
// drafter writes it, the heads and the signer read it; what was signed under is the instruction that dispatch follows (002,
// Điều 3.12), and what the clerk does otherwise is a change with a reason.

/// One recipient of a draft.
package struct DraftRecipient: Sendable, Equatable {
    package let agency: ID<Agency>
    /// What the drafter proposes instead of what the rules say; nil goes by the rules of the day.
    package let chosen: Medium?
    /// What the signer saw; nil before the signature.
    package let signed: Medium?

    package init(agency: ID<Agency>, chosen: Medium? = nil, signed: Medium? = nil) {
        self.agency = agency
        self.chosen = chosen
        self.signed = signed
    }
}

/// Everything a draft says about its sending.
package struct DraftSending: Sendable, Equatable {
    package let recipients: [DraftRecipient]
    package let subject: SubjectClass?
    /// Why some go otherwise than the rules say.
    package let reason: String
    /// An answer is asked for by this day.
    package let answerBy: OfficeDate?

    package init(
        recipients: [DraftRecipient] = [], subject: SubjectClass? = nil, reason: String = "",
        answerBy: OfficeDate? = nil
    ) {
        var seen: Set<ID<Agency>> = []
        self.recipients = recipients.filter { seen.insert($0.agency).inserted }
        self.subject = subject
        self.reason = reason
        self.answerBy = answerBy
    }

    package static let nothing = DraftSending()
}

/// A recipient with the medium it is reached by in the end.
package struct SettledRecipient: Sendable, Equatable {
    package let agency: ID<Agency>
    package let medium: Medium

    package init(_ agency: ID<Agency>, _ medium: Medium) { (self.agency, self.medium) = (agency, medium) }
}

/// One difference between two lists of recipients.
package struct RecipientChange: Sendable, Equatable {
    package let agency: ID<Agency>
    /// Nil: it was not there.
    package let former: Medium?
    /// Nil: it is there no more.
    package let medium: Medium?

    package init(agency: ID<Agency>, former: Medium?, medium: Medium?) {
        self.agency = agency
        self.former = former
        self.medium = medium
    }

    package var isAdded: Bool { former == nil }
    package var isLeftOut: Bool { medium == nil }

    /// Those that are new and those by another medium in the order of `later`, then those that are gone.
    package static func between(_ earlier: [SettledRecipient], _ later: [SettledRecipient])
        -> [RecipientChange]
    {
        let before = media(earlier), after = media(later)
        let different = later.filter { before[$0.agency] != $0.medium }.map {
            RecipientChange(agency: $0.agency, former: before[$0.agency], medium: $0.medium)
        }
        let gone = earlier.filter { after[$0.agency] == nil }.map {
            RecipientChange(agency: $0.agency, former: $0.medium, medium: nil)
        }
        return different + gone
    }

    private static func media(_ recipients: [SettledRecipient]) -> [ID<Agency>: Medium] {
        Dictionary(recipients.map { ($0.agency, $0.medium) }, uniquingKeysWith: { first, _ in first })
    }
}

package enum SendingRules {
    package static let recipientLimit = 10_000
    package static let reasonLimit = 2000

    /// What the drafter writes. `former` is the day that stood before: one that has passed since may stay.
    package static func refusals(
        _ sending: DraftSending, sender: ID<Agency>, standing: RecipientStanding, former: OfficeDate?,
        today: OfficeDate
    ) -> [Refusal] {
        var reasons: [Refusal] = standing.ended.map(\.refusal)
        let agencies = sending.recipients.map(\.agency)
        let isKnown = agencies.allSatisfy { $0 != sender && standing.valid.contains($0) }
        if standing.ended.isEmpty, !isKnown { reasons.append(.recipientUnknown) }
        if agencies.count > recipientLimit { reasons.append(.tooManyRecipients(limit: recipientLimit)) }
        if let day = sending.answerBy, day != former, day < today { reasons.append(.answerByInPast) }
        return reasons
    }

    /// A document does not ask for an answer by a day before its own.
    package static func answerRefusals(_ answerBy: OfficeDate?, date: OfficeDate) -> [Refusal] {
        answerBy.map { $0 < date ? [.answerBeforeDate($0)] : [] } ?? []
    }

    /// - Parameter changes: What nobody on paper only could be spared; those need no reason.
    package static func changeRefusals(_ changes: [RecipientChange], reason: String) -> [Refusal] {
        if reason.count > reasonLimit { return [.tooLong(.changeReason, limit: reasonLimit)] }
        return !changes.isEmpty && reason.allSatisfy(\.isWhitespace) ? [.changeNeedsReason] : []
    }
}
