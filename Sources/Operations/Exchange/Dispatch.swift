// Gửi đi (D6, E1): called inside the issuing transaction. One delivery and one message for each recipient,
// written many at a time, so that issuing to thousands costs little more than to one; the worker carries them
// afterwards, each by the channel its recipient is reached by.
import Domain
import Store

package enum Dispatch {
    /// A recipient named twice is sent to once. Where `media` says nothing, the recipient's channel decides; paper waits
    /// in the clerk's queue.
    /// - Throws: `Refused`: another system could not tell who sends, since this agency has no code in the catalogue.
    @discardableResult
    package static func send(
        _ act: Act, issuance: Issuance, document: ID<Document>, recipients: [ID<Agency>],
        media: [ID<Agency>: Medium] = [:], replacing replaced: [ID<Agency>: String] = [:]
    ) throws -> Int {
        var seen: Set<ID<Agency>> = []
        let wanted = recipients.filter { seen.insert($0).inserted }
        let known = try act.tables.correspondents.find(wanted)
        let slug = try act.tables.agencies.find(issuance.agency)?.slug ?? ""
        let routes = Dictionary(
            uniqueKeysWithValues: known.map { ($0.id, Route.from(slug, to: $0)) })
        // Paper names nobody by a code.
        let key = try messageKey(act, issuance, for: known.filter { media[$0.id] != .paper })
        let answerBy = try act.tables.draftSending.answerBy(of: issuance.draft)
        let deliveries = wanted.map { recipient in
            let reached = routes[recipient]?.channel ?? .loopback
            let channel = media[recipient] == .paper ? .paper : reached
            return Delivery(
                id: act.newID(), agency: issuance.agency, issuance: issuance.id, recipient: recipient,
                status: .sent, statusAt: act.now, note: "", channel: channel,
                partner: channel == .paper ? "" : routes[recipient]?.partner ?? "", messageKey: key,
                answerBy: answerBy)
        }
        try act.tables.deliveries.insert(deliveries)
        try act.tables.outbox.insert(
            deliveries.filter { $0.channel != .paper }.map { delivery in
                Envelope(
                    id: act.newID(), kind: .document, from: issuance.agency, to: delivery.recipient,
                    delivery: delivery.id, route: routes[delivery.recipient] ?? .loopback, document: document,
                    status: .sent, note: replaced[delivery.recipient] ?? "", at: act.now)
            })
        try act.tables.papers.insert(
            deliveries.filter { $0.channel == .paper || media[$0.recipient]?.isPaper == true }.map {
                PaperDispatch(
                    id: act.newID(), agency: $0.agency, issuance: $0.issuance, delivery: $0.id,
                    recipient: $0.recipient)
            })
        return deliveries.count
    }

    /// Once more to a recipient who refused it, by the way the catalogue has today.
    /// - Throws: `Refused`: that way needs a code, and this agency has none.
    static func sendAgain(
        _ act: Act, _ delivery: Delivery, of issuance: Issuance, to recipient: Correspondent
    ) throws {
        let way = Route.from(try act.tables.agencies.find(issuance.agency)?.slug ?? "", to: recipient)
        let key =
            delivery.messageKey.isEmpty
            ? try messageKey(act, issuance, for: [recipient]) : delivery.messageKey
        // An attempt that still waits, since its answer was lost, has arrived: it was refused.
        let attempts = try act.tables.outbox.waiting(for: delivery.id).filter { $0.kind == .document }
        if !attempts.isEmpty { try act.tables.outbox.delete(attempts.map(\.id)) }
        try act.tables.deliveries.setSentAgain(delivery.id, by: way, messageKey: key, at: act.now)
        try act.tables.outbox.insert([
            Envelope(
                id: act.newID(), kind: .document, from: issuance.agency, to: recipient.id,
                delivery: delivery.id, route: way, document: issuance.document, status: .sent,
                note: try Replacing(issuance.id, act.tables).names[recipient.id] ?? "", at: act.now)
        ])
    }

    /// The channel has taken it. The recipient's two working hours begin now: what waited here is not its delay.
    static func noteCarried(_ ids: [ID<Delivery>], _ tables: Tables, at now: Instant) throws {
        let dueAt = try tables.calendar.load().adding(workingMinutes: ReceiptRules.workingMinutes, to: now)
        try tables.deliveries.noteCarried(ids, at: now, acceptDueAt: dueAt)
    }

    /// `{mã định danh},{yyyy/MM/dd},{số}/{ký hiệu}`, as other systems know the document; kept, since codes change.
    private static func messageKey(
        _ act: Act, _ issuance: Issuance, for recipients: [Correspondent]
    ) throws -> String {
        let code = try act.tables.correspondents.find(issuance.agency)?.messageCode ?? ""
        if code.isEmpty {
            try Refused.unless(recipients.contains { $0.channel.speaksEdXML } ? [.senderHasNoCode] : [])
            return ""
        }
        return DocumentKey(
            code: code, date: issuance.date, numberAndNotation: issuance.numberAndNotation
        ).text
    }
}

/// What those who have the earlier document are told that the new one replaces; others get a new document.
struct Replacing {
    let names: [ID<Agency>: String]

    init(_ issuance: ID<Issuance>, _ tables: Tables) throws {
        var names: [ID<Agency>: String] = [:]
        for id in try tables.replacements.replaced(by: issuance) {
            guard let earlier = try tables.issuances.find(id) else { continue }
            // Within the installation agencies need no codes.
            let bare = DocumentKey(
                code: "", date: earlier.date, numberAndNotation: earlier.numberAndNotation)
            for delivery in try tables.deliveries.all(of: id) where delivery.recalledAt == nil {
                names[delivery.recipient] = delivery.messageKey.isEmpty ? bare.text : delivery.messageKey
            }
        }
        self.names = names
    }
}
