// Trạng thái gửi lại bên gửi (E2; Quyết định 28/2018/QĐ-TTg): the one place where a status is sent. It only
// leaves a message in the outbox, in the transaction of the act it tells of; carrying it is the worker's.
import Domain
import Store

enum StatusReport {
    /// For a letter that came through the exchange; for others there is nobody to tell.
    static func send(_ act: Act, _ arrival: Arrival, _ status: DeliveryStatus, note: String = "") throws {
        guard let id = arrival.receipt, let receipt = try act.tables.receipts.find(id) else { return }
        try send(act, receipt, status, note: note)
    }

    static func send(
        _ act: Act, _ receipt: Receipt, _ status: DeliveryStatus, note: String = "",
        answering request: ID<ExchangeRequest>? = nil
    ) throws {
        // Who writes by e-mail is not told in codes.
        guard receipt.origin.channel.reportsStatus else { return }
        try act.tables.outbox.insert([
            Envelope(
                id: act.newID(), kind: .status, from: receipt.agency, to: receipt.sender,
                delivery: receipt.delivery, route: Route(receipt.origin.channel, receipt.origin.partner),
                document: nil, request: request, status: status, note: note, at: act.now)
        ])
    }

    /// How it stands now, once more.
    static func sendAgain(_ act: Act, _ receipt: Receipt) throws {
        if receipt.frozenAt != nil {
            let recall = try act.tables.receiptRequests.all(of: receipt.id).last {
                $0.kind == .recall && $0.state == .agreed
            }
            return try send(act, receipt, .changeAgreed, answering: recall?.id)
        }
        switch receipt.state {
        case .waiting: try send(act, receipt, .arrived)
        case .refused:
            let card = try act.tables.receiptLists.card(receipt.id, of: receipt.agency)
            try send(act, receipt, .refused, note: card?.reason ?? "")
        case .accepted:
            let state = try act.tables.arrivals.find(receipt: receipt.id)?.state
            let status: DeliveryStatus =
                switch state {
                case nil, .registered: .accepted
                case .assigned: .assigned
                case .working: .working
                case .closed: .finished
                }
            try send(act, receipt, status)
        }
    }
}
