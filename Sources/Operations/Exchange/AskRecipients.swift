// Lấy lại, cập nhật văn bản đã gửi (E3, D22): what has not left yet is taken back at once and nobody else learns of it; from
// those who have it, it is asked back with a reason, and they answer.
import Domain
import DualSQL
import Foundation
import Store

package struct AskRecipients: OfficeOperation {
    package static let verb = Verb.recallAsked

    package let issuance: ID<Issuance>
    /// Of that issuance.
    package let deliveries: [ID<Delivery>]
    package let kind: ExchangeRequestKind
    package let note: String
    /// The partners that are set up, by their names.
    package let partners: Set<String>

    package init(
        _ kind: ExchangeRequestKind, issuance: ID<Issuance>, deliveries: [ID<Delivery>], note: String,
        partners: Set<String> = []
    ) {
        self.partners = partners
        self.kind = kind
        self.issuance = issuance
        self.deliveries = deliveries
        self.note = note.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What became of it.
    package struct Outcome: Sendable, Equatable {
        package var takenBack = 0
        package var asked = 0
        /// Those who could not be asked, and why.
        package var left: [ID<Delivery>: [Refusal]] = [:]
    }

    /// - Throws: `Refused` when nobody could be asked.
    package func perform(_ act: Act) throws -> Outcome {
        let clerk = try act.position
        try Refused.unless(RequestRules.noteRefusals(note))
        var outcome = Outcome()
        for id in deliveries {
            guard let delivery = try act.tables.deliveries.lock(id), delivery.issuance == issuance,
                delivery.agency == clerk.agency
            else { throw Refused(.notFound) }
            let reasons = try ask(delivery, clerk, act, &outcome)
            if !reasons.isEmpty { outcome.left[id] = reasons }
        }
        if outcome.takenBack + outcome.asked == 0 {
            throw Refused(Array(Set(outcome.left.values.joined())))
        }
        let said = ["reason": note, "asked": "\(outcome.asked)", "takenBack": "\(outcome.takenBack)"]
        switch kind {
        case .recall: act.record(.recallAsked, issuance, said)
        case .update: act.record(.updateAsked, issuance, said)
        }
        return outcome
    }

    private func ask(
        _ delivery: Delivery, _ clerk: Position, _ act: Act, _ outcome: inout Outcome
    ) throws -> [Refusal] {
        let waiting = try act.tables.outbox.waiting(for: delivery.id)
        let document = waiting.first { $0.kind == .document }
        let hasLeft = try hasLeft(delivery, document, act)
        let reasons = RequestRules.mayAsk(
            clerk, delivery, earlier: try act.tables.deliveryRequests.all(of: delivery.id), hasLeft: hasLeft)
        if !reasons.isEmpty { return reasons }
        if !hasLeft, kind == .recall {
            try act.tables.outbox.delete(waiting.map(\.id))
            try act.tables.deliveries.setRecalled(delivery.id, at: act.now)
            outcome.takenBack += 1
            return []
        }
        let request = ExchangeRequest(id: act.newID(), kind: kind, note: note, askedAt: act.now)
        try act.tables.deliveryRequests.insert(request, of: delivery.id, by: clerk.id)
        try act.tables.outbox.insert([try envelope(request, delivery, act)])
        outcome.asked += 1
        return []
    }

    private func hasLeft(_ delivery: Delivery, _ document: Envelope?, _ act: Act) throws -> Bool {
        if delivery.channel != .paper,
            try document.map({ try act.tables.outbox.mayHaveArrived($0.id) }) ?? true
        {
            return true
        }
        return try act.tables.papers.of(delivery.issuance, to: [delivery.recipient])
            .contains { $0.state == .posted }
    }

    private func envelope(_ request: ExchangeRequest, _ delivery: Delivery, _ act: Act) throws -> Envelope {
        let way = try way(to: delivery, act)
        return Envelope(
            id: act.newID(), kind: kind == .recall ? .recall : .update, from: delivery.agency,
            to: delivery.recipient, delivery: delivery.id, route: way, document: nil, request: request.id,
            status: .recallAsked, note: note, at: act.now)
    }

    /// As the letter went. A mailbox is called by the slug of its agency, also where the letter is of before it was.
    private func way(to delivery: Delivery, _ act: Act) throws -> Route {
        if delivery.channel == .mail {
            return Route(.mail, try act.tables.agencies.find(delivery.agency)?.slug ?? "")
        }
        let recipient = try act.tables.correspondents.find(delivery.recipient)
        return WayRules(partners: partners).way(to: delivery, of: recipient)
    }
}
