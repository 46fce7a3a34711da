// Lấy lại, cập nhật văn bản đã gửi (E3, D22): what has not left yet is taken back at once and nobody else learns of it; from
// those who have it, it is asked back with a reason, and they answer. Many at a time, so that ten thousand recipients cost a
// few hundred statements.
import Domain
import DualSQL
import Foundation
import Store

package struct AskRecipients: OfficeOperation {
    package static let verb = Verb.recallAsked

    package let issuance: ID<Issuance>
    /// Of that issuance. One that is named twice is asked once.
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
        let (chosen, unsent) = try lock(clerk, act)
        let earlier = try act.tables.deliveryRequests.all(of: chosen.map(\.id))
        var outcome = Outcome(), takenBack: [ID<Delivery>] = [], asked: [Delivery] = []
        for delivery in chosen {
            let hasLeft = !unsent.contains(delivery.id)
            let reasons = RequestRules.mayAsk(
                clerk, delivery, for: kind, earlier: earlier[delivery.id] ?? [], hasLeft: hasLeft)
            if !reasons.isEmpty {
                outcome.left[delivery.id] = reasons
            } else if hasLeft || kind == .update {
                asked.append(delivery)
            } else {
                takenBack.append(delivery.id)
            }
        }
        if takenBack.isEmpty && asked.isEmpty { throw Refused(Array(Set(outcome.left.values.joined()))) }
        try act.tables.outbox.delete(about: takenBack)
        try act.tables.deliveries.setRecalled(takenBack, at: act.now)
        try ask(asked, clerk, act)
        (outcome.takenBack, outcome.asked) = (takenBack.count, asked.count)
        let said = ["reason": note, "asked": "\(outcome.asked)", "takenBack": "\(outcome.takenBack)"]
        switch kind {
        case .recall: act.record(.recallAsked, issuance, said)
        case .update: act.record(.updateAsked, issuance, said)
        }
        return outcome
    }

    /// Those that were chosen, and which of them have not left, neither by a channel nor on paper. All the messages are locked
    /// before the first delivery, as the channels do it that carry several at once.
    private func lock(_ clerk: Position, _ act: Act) throws -> (
        chosen: [Delivery], unsent: Set<ID<Delivery>>
    ) {
        let waiting = try act.tables.outbox.lockUnsent(deliveries)
        let chosen = try act.tables.deliveries.lock(deliveries)
        guard chosen.count == Set(deliveries).count,
            chosen.allSatisfy({ $0.issuance == issuance && $0.agency == clerk.agency })
        else { throw Refused(.notFound) }
        let here = chosen.filter { $0.channel == .paper || waiting.contains($0.id) }
        let posted = try act.tables.papers.posted(issuance, to: here.map(\.recipient))
        return (chosen, Set(here.filter { !posted.contains($0.recipient) }.map(\.id)))
    }

    private func ask(_ deliveries: [Delivery], _ clerk: Position, _ act: Act) throws {
        if deliveries.isEmpty { return }
        let ways = try Ways(deliveries, from: clerk.agency, partners, act.tables)
        let requests = deliveries.map { delivery in
            (
                delivery: delivery.id,
                request: ExchangeRequest(id: act.newID(), kind: kind, note: note, askedAt: act.now)
            )
        }
        try act.tables.deliveryRequests.insert(requests, by: clerk.id)
        try act.tables.outbox.insert(
            zip(deliveries, requests).map { delivery, asked in
                Envelope(
                    id: act.newID(), kind: kind == .recall ? .recall : .update, from: delivery.agency,
                    to: delivery.recipient, delivery: delivery.id, route: ways.way(to: delivery),
                    document: nil, request: asked.request.id, status: .recallAsked, note: note, at: act.now)
            })
    }
}

/// As the letter went; by mail also where the letter is of before its way was kept.
private struct Ways {
    let rules: WayRules
    let mailbox: Route
    let catalogue: [ID<Agency>: Correspondent]

    init(
        _ deliveries: [Delivery], from agency: ID<Agency>, _ partners: Set<String>, _ tables: Tables
    ) throws {
        let rules = WayRules(partners: partners)
        let unclear = deliveries.filter(rules.needsCatalogue).map(\.recipient)
        self.rules = rules
        mailbox = .mailbox(of: try tables.agencies.find(agency)?.slug ?? "")
        catalogue = Dictionary(
            try tables.correspondents.find(unclear).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func way(to delivery: Delivery) -> Route {
        delivery.channel == .mail ? mailbox : rules.way(to: delivery, of: catalogue[delivery.recipient])
    }
}
