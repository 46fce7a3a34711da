// Opening one recipient of an issued document: what this agency's own people may read of it is the same as of the document
// itself (decision 9); for other agencies there is no such page.
import Domain
import Store

package struct DeliveryView: Sendable {
    package let issuance: IssuanceRow
    package let row: BoardRow
    /// Every status that came, oldest first.
    package let events: [DeliveryEvent]
    package let requests: [ExchangeRequest]
    package let messages: [WaitingMessage]
    package let recipient: Correspondent?
}

package struct DeliveryReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func open(_ id: ID<Delivery>, as position: Position) async throws -> DeliveryView {
        try await office.read { tables in
            guard position.role != .administrator,
                let row = try tables.deliveryLists.find(id, of: position.agency),
                let issuance = try tables.issuanceLists.rows([row.delivery.issuance], of: position.agency)
                    .first
            else { throw Refused(.notFound) }
            return DeliveryView(
                issuance: issuance, row: row,
                events: try tables.deliveryLists.history(of: id, in: position.agency),
                requests: try tables.deliveryRequests.all(of: id),
                messages: try tables.outboxLists.of([id], from: position.agency)[id] ?? [],
                recipient: try tables.correspondents.find(row.delivery.recipient))
        }
    }
}
