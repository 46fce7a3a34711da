// Gửi lại nơi đã từ chối (E3; decision 28): the recipient sent the letter back with a reason (02); the sender's clerk has mended
// what was amiss around it and sends the very same letter there once more. To the recipient it is a new arrival that knows the
// one it refused.
import Domain
import DualSQL
import Foundation
import Store

package struct SendAgain: OfficeOperation {
    package static let verb = Verb.letterSentAgain

    package let issuance: ID<Issuance>
    /// Of that issuance.
    package let deliveries: [ID<Delivery>]
    /// What was mended; the recipients read it.
    package let note: String

    package init(issuance: ID<Issuance>, deliveries: [ID<Delivery>], note: String) {
        self.issuance = issuance
        self.deliveries = deliveries
        self.note = note.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package struct Outcome: Sendable, Equatable {
        package var sent = 0
        /// Those it could not be sent to, and why.
        package var left: [ID<Delivery>: [Refusal]] = [:]
    }

    /// - Throws: `Refused` when it could be sent to nobody.
    package func perform(_ act: Act) throws -> Outcome {
        let clerk = try act.position
        try Refused.unless(SendingAgainRules.noteRefusals(note))
        guard let issuance = try act.tables.issuances.find(issuance), issuance.agency == clerk.agency,
            issuance.state == .issued, issuance.document != nil
        else { throw Refused(.notFound) }
        var outcome = Outcome(), names: [String] = []
        for id in deliveries {
            guard let delivery = try act.tables.deliveries.lock(id), delivery.issuance == issuance.id,
                let recipient = try act.tables.correspondents.find(delivery.recipient)
            else { throw Refused(.notFound) }
            let reasons = try refusals(clerk, delivery, recipient, act)
            if reasons.isEmpty {
                try Dispatch.sendAgain(act, delivery, of: issuance, to: recipient)
                try act.tables.deliverySendings.insert(
                    delivery.id, sending: delivery.sending + 1, by: clerk.id, at: act.now, note: note)
                outcome.sent += 1
                names.append("\(recipient.name) (lần \(delivery.sending + 1))")
            } else {
                outcome.left[id] = reasons
            }
        }
        if outcome.sent == 0 { throw Refused(Array(Set(outcome.left.values.joined()))) }
        act.record(
            .letterSentAgain, issuance.id,
            ["note": note, "agency": names.joined(separator: ", "), "sent": "\(outcome.sent)"])
        return outcome
    }

    private func refusals(
        _ clerk: Position, _ delivery: Delivery, _ recipient: Correspondent, _ act: Act
    ) throws -> [Refusal] {
        let denied = SendingAgainRules.mayResend(
            clerk, delivery, requests: try act.tables.deliveryRequests.all(of: delivery.id))
        if !denied.isEmpty { return denied }
        // It had the letter before: as an answer it may go to whom no list knows.
        let standing = try act.tables.correspondents.standing(
            of: [recipient.id], on: act.today, answering: [recipient.id])
        return SendingAgainRules.reachRefusals(recipient, standing)
    }
}
