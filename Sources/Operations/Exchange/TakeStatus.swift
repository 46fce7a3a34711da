// Trạng thái từ nơi nhận (E2): what a recipient reported is written on the sender's board. A step forward is
// taken; what is late or comes twice is kept in the delivery's history and changes nothing.
import Domain
import DualSQL
import Store

struct TakeStatus: OfficeOperation {
    static let verb = Verb.deliveryStatusChanged

    let envelope: Envelope

    func perform(_ act: Act) throws -> Delivery {
        guard let delivery = try act.tables.deliveries.lock(envelope.delivery),
            delivery.agency == (try act.agency),
            delivery.recipient == envelope.from
        else { throw Refused(.notFound) }
        let taken = delivery.status.accepts(envelope.status)
        guard try act.tables.deliveries.append(envelope, taken: taken), taken else { return delivery }
        try act.tables.deliveries.setStatus(
            envelope.status, of: delivery.id, at: envelope.at, note: envelope.note)
        var said = ["status": envelope.status.code]
        if let recipient = try act.tables.agencies.find(delivery.recipient) {
            said["agency"] = recipient.name
        }
        if !envelope.note.isEmpty { said["note"] = envelope.note }
        act.record(.deliveryStatusChanged, delivery.issuance, said)
        return delivery
    }
}
