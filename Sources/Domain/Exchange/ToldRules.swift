// Ghi tình trạng do nơi nhận báo (E2, E6): from paper and from mail nothing comes back by itself. The recipient telephones, signs for
// it, or the post brings it back, and the sender's clerk writes that down with the day.

package enum ToldRules {
    package static let noteLimit = 500

    /// What can be written down by hand.
    package static let statuses: [DeliveryStatus] = [.accepted, .refused]

    /// Why nothing can be written down about it now. `hasLeft`: the mail has been handed over, the paper has been posted.
    package static func mayNote(_ position: Position, _ delivery: Delivery, hasLeft: Bool) -> [Refusal] {
        guard position.agency == delivery.agency else { return [.notFound] }
        guard Verb.statusNoted.roles.contains(position.role) else { return [.notForYourRole] }
        if delivery.channel.reportsStatus { return [.statusComesByItself] }
        guard delivery.recalledAt == nil, hasLeft else { return [.notGoneYet] }
        return []
    }

    /// - Parameter sentOn: The day on which it left.
    package static func refusals(
        _ status: DeliveryStatus, told day: OfficeDate, note: String, sentOn: OfficeDate, today: OfficeDate
    ) -> [Refusal] {
        var refusals: [Refusal] = statuses.contains(status) ? [] : [.malformed(.outcome)]
        if day > today { refusals.append(.dateInFuture(.toldOn)) }
        if day < sentOn { refusals.append(.malformed(.toldOn)) }
        // Who has it needs no reason; who sent it back had one.
        if status == .refused, note.allSatisfy(\.isWhitespace) { refusals.append(.missing(.toldNote)) }
        if note.count > noteLimit { refusals.append(.tooLong(.toldNote, limit: noteLimit)) }
        return refusals
    }
}
