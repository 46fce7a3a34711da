// Gửi lại nơi đã từ chối (E3; mã 02): the recipient refused the letter, and the sender's clerk sends it there once more, with a
// word on what was mended. What was issued never changes (decision 2): a letter that is wrong itself is issued anew.

/// One further time that a letter went to the same recipient.
package struct Resending: Sendable, Equatable {
    /// 2 for the second time.
    package let sending: Int
    package let by: String
    package let at: Instant
    /// What was mended; the recipient reads it.
    package let note: String

    package init(sending: Int, by: String, at: Instant, note: String) {
        (self.sending, self.by, self.at, self.note) = (sending, by, at, note)
    }
}

package enum SendingAgainRules {
    package static let noteLimit = 500

    /// Why it cannot be sent there again now.
    package static func mayResend(
        _ position: Position, _ delivery: Delivery, requests: [ExchangeRequest]
    ) -> [Refusal] {
        guard position.agency == delivery.agency else { return [.notFound] }
        guard Verb.letterSentAgain.roles.contains(position.role) else { return [.notForYourRole] }
        guard delivery.status == .refused, delivery.recalledAt == nil, delivery.channel != .paper else {
            return [.notReturned]
        }
        return requests.contains { $0.state == .asked } ? [.requestOpen] : []
    }

    /// The catalogue's own word on the recipient today.
    package static func reachRefusals(_ recipient: Correspondent, _ standing: RecipientStanding) -> [Refusal]
    {
        if !standing.ended.isEmpty { return standing.ended.map(\.refusal) }
        guard standing.valid.contains(recipient.id) else { return [.recipientUnknown] }
        return recipient.channel == .paper ? [.returnedToPaper] : []
    }

    package static func noteRefusals(_ note: String) -> [Refusal] {
        if note.allSatisfy(\.isWhitespace) { return [.missing(.mended)] }
        return note.count > noteLimit ? [.tooLong(.mended, limit: noteLimit)] : []
    }
}
