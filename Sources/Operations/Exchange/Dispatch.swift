// Gửi đi (D6, E1): called inside the issuing transaction. One delivery and one message for each recipient,
// written many at a time, so that issuing to thousands costs little more than to one; the worker carries them
// afterwards.
import Domain
import Store

package enum Dispatch {
    /// A recipient named twice is sent to once.
    @discardableResult
    package static func send(
        _ act: Act, issuance: Issuance, document: ID<Document>, recipients: [ID<Agency>]
    ) throws -> Int {
        var seen: Set<ID<Agency>> = []
        let deliveries = recipients.filter { seen.insert($0).inserted }.map { recipient in
            Delivery(
                id: act.newID(), agency: issuance.agency, issuance: issuance.id, recipient: recipient,
                status: .sent,
                statusAt: act.now, note: "")
        }
        try act.tables.deliveries.insert(deliveries)
        try act.tables.outbox.insert(
            deliveries.map { delivery in
                Envelope(
                    id: act.newID(), kind: .document, from: issuance.agency, to: delivery.recipient,
                    delivery: delivery.id, document: document, status: .sent, note: "", at: act.now)
            })
        return deliveries.count
    }
}
