// Trạng thái từ nơi nhận (E2): what a recipient reported is written on the sender's board. A step forward is
// taken; what is late or comes twice is kept in the delivery's history and changes nothing.
import Domain
import DualSQL
import Store

struct TakeStatus: OfficeOperation {
    static let verb = Verb.deliveryStatusChanged

    let envelope: Envelope
    /// The partners that are set up, by their names.
    var partners: Set<String> = []

    /// - Throws: `Refused(.notFound)` where it did not go by the way that the status came.
    func perform(_ act: Act) throws -> Delivery {
        guard let delivery = try act.tables.deliveries.lock(envelope.delivery),
            delivery.agency == (try act.agency),
            delivery.recipient == envelope.from,
            try WayRules(partners: partners).isSame(
                envelope.route, as: delivery.route,
                of: try act.tables.correspondents.find(delivery.recipient))
        else { throw Refused(.notFound) }
        if let request = envelope.request { return try takeAnswer(to: request, delivery, act) }
        let taken = delivery.status.accepts(envelope.status, isSentAgain: delivery.sending > 1)
        guard try act.tables.deliveries.append(envelope, taken: taken), taken else { return delivery }
        try act.tables.deliveries.setStatus(
            envelope.status, of: delivery.id, at: envelope.at, note: envelope.note)
        try record(delivery, act)
        return delivery
    }

    /// 15, 16: the recipient's answer to what was asked of it.
    private func takeAnswer(
        to request: ID<ExchangeRequest>, _ delivery: Delivery, _ act: Act
    ) throws -> Delivery {
        // The same answer again must not be taken for the answer to a later request.
        if try act.tables.deliveries.isKnown(event: envelope.id) { return delivery }
        let agrees = envelope.status == .changeAgreed
        let taken = try act.tables.deliveryRequests.answer(
            request, agrees ? .agreed : .refused, envelope.note, at: envelope.at)
        guard try act.tables.deliveries.append(envelope, taken: taken), taken else { return delivery }
        if agrees, try act.tables.deliveryRequests.find(request)?.kind == .recall {
            try act.tables.deliveries.setRecalled(delivery.id, at: envelope.at)
            // What else was asked about it has nothing to be about any more.
            for other in try act.tables.deliveryRequests.all(of: delivery.id) where other.state == .asked {
                _ = try act.tables.deliveryRequests.answer(
                    other.id, .refused, "Văn bản đã được lấy lại", at: envelope.at)
            }
        }
        try record(delivery, act)
        return delivery
    }

    private func record(_ delivery: Delivery, _ act: Act) throws {
        var said = ["status": envelope.status.code]
        if let recipient = try act.tables.correspondents.find(delivery.recipient) {
            said["agency"] = recipient.name
        }
        if !envelope.note.isEmpty { said["note"] = envelope.note }
        act.record(.deliveryStatusChanged, delivery.issuance, said)
    }
}
