// What the clerk may do with a signed draft: give it a number and a date, seal and send it, give a number up,
// or return it (Nghị định 30/2020, Điều 15 and 16; decisions 3, 5 and 7). The page's buttons and the acts ask
// the same functions.

/// What is known before a number is taken.
package struct IssuingFacts: Sendable, Equatable {
    package let state: DraftState
    package let sender: ID<Agency>
    package let recipients: [ID<Agency>]
    /// The recipients letters go to on that day.
    package let known: Set<ID<Agency>>
    /// Those they go to no more.
    package let ended: [EndedRecipient]
    /// A recipient is reached where agencies are known by their codes, and the sender has none.
    package let lacksCode: Bool
    package let date: OfficeDate
    package let today: OfficeDate
    /// The date of the register's last number.
    package let lastDate: OfficeDate?
    package let printed: PrintedParts
    /// An answer is asked for by this day.
    package let answerBy: OfficeDate?

    package init(
        state: DraftState, sender: ID<Agency>, recipients: [ID<Agency>], known: Set<ID<Agency>>,
        ended: [EndedRecipient] = [], lacksCode: Bool = false,
        date: OfficeDate,
        today: OfficeDate, lastDate: OfficeDate?, printed: PrintedParts, answerBy: OfficeDate? = nil
    ) {
        self.state = state
        self.sender = sender
        self.recipients = recipients
        self.known = known
        self.ended = ended
        self.lacksCode = lacksCode
        self.date = date
        self.today = today
        self.lastDate = lastDate
        self.printed = printed
        self.answerBy = answerBy
    }
}

package enum IssuingRules {
    package static let reasonLimit = 2000

    /// Why no number can be taken now; every reason at once.
    package static func numberingRefusals(_ facts: IssuingFacts) -> [Refusal] {
        switch facts.state {
        case .drafting, .climbing: return [.notSigned]
        case .numbered, .issued: return [.alreadyNumbered]
        case .signed: break
        }
        return recipientRefusals(facts) + dateRefusals(facts)
            + PrintedRules.dateRefusals(facts.printed, date: facts.date)
            + SendingRules.answerRefusals(facts.answerBy, date: facts.date)
    }

    /// One number, one letter, one way out: only a numbered draft is sealed, and only a signed one has its
    /// number given up or goes back.
    package static func completingRefusals(_ state: DraftState) -> [Refusal] {
        state == .numbered ? [] : [.notNumbered]
    }

    package static func voidingRefusals(_ state: DraftState, reason: String) -> [Refusal] {
        state == .numbered ? reasonRefusals(reason) : [.notNumbered]
    }

    package static func returningRefusals(_ state: DraftState, reason: String) -> [Refusal] {
        switch state {
        case .signed: reasonRefusals(reason)
        case .numbered, .issued: [.alreadyNumbered]
        case .drafting, .climbing: [.notSigned]
        }
    }

    private static func recipientRefusals(_ facts: IssuingFacts) -> [Refusal] {
        if facts.recipients.isEmpty { return [.noRecipients] }
        if facts.lacksCode { return [.senderHasNoCode] }
        if !facts.ended.isEmpty { return facts.ended.map(\.refusal) }
        let mayReceive = facts.recipients.allSatisfy { $0 != facts.sender && facts.known.contains($0) }
        return mayReceive ? [] : [.recipientUnknown]
    }

    /// The number belongs to the year it is taken in, so its date does too.
    private static func dateRefusals(_ facts: IssuingFacts) -> [Refusal] {
        if facts.date > facts.today { return [.dateInFuture(.date)] }
        if facts.date.year != facts.today.year { return [.malformed(.date)] }
        if let last = facts.lastDate, facts.date < last { return [.dateBeforeLast(last)] }
        return []
    }

    private static func reasonRefusals(_ reason: String) -> [Refusal] {
        if reason.allSatisfy(\.isWhitespace) { return [.missing(.reason)] }
        return reason.count > reasonLimit ? [.tooLong(.reason, limit: reasonLimit)] : []
    }
}
