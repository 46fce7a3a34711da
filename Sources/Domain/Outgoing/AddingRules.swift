// Gửi thêm nơi nhận sau khi phát hành (D22; 002 Điều 3.12): the letter is issued and stays as it is; the clerk sends it to somebody
// else as well, as the head has said, and the reason is on record. So is whoever gets it in the place of one who refused it.

package enum AddingRules {
    package static let reasonLimit = 1000
    /// In one press.
    package static let most = 200

    /// - Parameters:
    ///   - known: Names of those chosen who have got it already.
    ///   - standing: What the catalogue knows of those chosen today.
    package static func refusals(
        _ position: Position, _ issuance: Issuance, adding recipients: [ID<Agency>], known: [String],
        _ standing: RecipientStanding, reason: String
    ) -> [Refusal] {
        guard position.agency == issuance.agency else { return [.notFound] }
        guard Verb.recipientsAdded.roles.contains(position.role) else { return [.notForYourRole] }
        guard issuance.state == .issued, issuance.document != nil else { return [.stale] }
        var refusals: [Refusal] = []
        if recipients.isEmpty { refusals.append(.missing(.recipients)) }
        if recipients.count > most { refusals.append(.tooManyRecipients(limit: most)) }
        refusals += known.map { .recipientHasIt($0) }
        refusals += standing.ended.map(\.refusal)
        let isFine = recipients.allSatisfy { $0 != issuance.agency && standing.valid.contains($0) }
        if !isFine, standing.ended.isEmpty { refusals.append(.recipientUnknown) }
        return refusals + RequestRules.noteRefusals(reason)
    }
}
