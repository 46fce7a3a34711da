// Liên thông: every delivery has arrived or waits to be carried, every receipt was sent, and what the recipient did is what
// the sender knows or will know (E2, E5; decision 4).
import Domain
import Store

struct ExchangeCheck {
    let tables: Tables

    func check(into findings: inout VerificationFindings) throws {
        let state = tables.exchangeState
        findings.extent.deliveries = try state.deliveries()
        for delivery in try state.lost() {
            findings.add(.deliveryLost, agency: delivery.recipientName, delivery.document)
        }
        for receipt in try state.unsent() {
            findings.add(.receiptUnsent, agency: receipt.agencyName, "\(receipt.receipt)")
        }
        var found = VerificationFindings()
        try state.pairs { pair in
            if (pair.onTheWay ?? pair.known) != Self.status(receipt: pair.receipt, arrival: pair.arrival) {
                found.add(.deliveryStatusDiffers, agency: pair.recipientName, pair.document)
            }
        }
        findings.add(found)
        let outbox = try tables.outbox.waiting()
        if outbox.failing > 0 { findings.note(.messagesFailing, "\(outbox.failing)") }
    }

    /// What the recipient's own tables say it has reported; nil for a receipt accepted without an entry.
    static func status(receipt: ReceiptState, arrival: ArrivalState?) -> DeliveryStatus? {
        switch (receipt, arrival) {
        case (.waiting, nil): .arrived
        case (.refused, nil): .refused
        case (.accepted, .registered): .accepted
        case (.accepted, .assigned): .assigned
        case (.accepted, .working): .working
        case (.accepted, .closed): .finished
        case (.accepted, nil), (.waiting, _), (.refused, _): nil
        }
    }
}
