// Who may ask a recipient for a document back, and who decides about it (E3; Quyết định 28/2018/QĐ-TTg): the clerks, on
// either side, each with a reason; once about each document at a time.

package enum RequestRules {
    package static let noteLimit = 1000

    /// Why this delivery cannot be taken back or corrected now. `hasLeft`: the message is out of our hands. What goes on paper
    /// can be taken back until it is posted, but nothing can be asked that way.
    package static func mayAsk(
        _ position: Position, _ delivery: Delivery, for kind: ExchangeRequestKind = .recall,
        earlier: [ExchangeRequest], hasLeft: Bool
    ) -> [Refusal] {
        guard position.agency == delivery.agency else { return [.notFound] }
        guard Verb.recallAsked.roles.contains(position.role) else { return [.notForYourRole] }
        if delivery.recalledAt != nil || [.refused, .finished].contains(delivery.status) {
            return [.deliveryOver]
        }
        if earlier.contains(where: { $0.state == .asked }) { return [.requestOpen] }
        let isAsked = hasLeft || (kind == .update && delivery.channel == .paper)
        return isAsked && !delivery.channel.reportsStatus ? [.channelHasNoAnswers] : []
    }

    package static func mayDecide(
        _ position: Position, _ receipt: Receipt, _ request: ExchangeRequest
    ) -> [Refusal] {
        guard position.agency == receipt.agency else { return [.notFound] }
        guard Verb.requestDecided.roles.contains(position.role) else { return [.notForYourRole] }
        return request.state == .asked ? [] : [.requestAnswered]
    }

    /// Why a corrected version cannot take the place of the one that is here: the same that keeps an arrival from being taken.
    package static func mayTake(_ correction: Correction, requiresScan: Bool) -> [Refusal] {
        if let virus = ArrivalFinding.virus(in: correction.findings) { return [.arrivalInfected(virus)] }
        return requiresScan && ArrivalFinding.isUnscanned(correction.findings) ? [.arrivalNotScanned] : []
    }

    package static func noteRefusals(_ note: String, isRequired: Bool = true) -> [Refusal] {
        if note.allSatisfy(\.isWhitespace) { return isRequired ? [.missing(.reason)] : [] }
        return note.count > noteLimit ? [.tooLong(.reason, limit: noteLimit)] : []
    }
}
