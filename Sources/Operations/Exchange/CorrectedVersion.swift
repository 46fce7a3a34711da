// Bản sửa của nơi gửi (QCVN 102, nghiệp vụ cập nhật; decision 2): once the clerk has agreed to it, the corrected version takes
// the place of the letter – in the receipt, in the register, on the desks and in the search. What stood before keeps its row and
// its files, and stays readable with the request that changed it.
import Domain
import DualSQL
import Store

struct CorrectedVersion {
    let receipt: Receipt
    let request: ID<ExchangeRequest>

    /// Nothing changes where the sender brought nothing along, or has taken the letter back meanwhile.
    func take(_ act: Act) throws {
        let tables = act.tables, correction = try tables.receiptRequests.correction(of: request)
        guard receipt.frozenAt == nil, let corrected = correction.corrected,
            let facts = try tables.documents.particulars(of: corrected),
            let sender = try tables.correspondents.find(receipt.sender)
        else { return }
        try tables.receiptRequests.setFormer(receipt.document, of: request)
        let kept = try tables.receipts.findings(of: receipt.id).filter { !$0.isOfFiles }
        try tables.receipts.take(correction, kept + correction.findings, as: receipt.id)
        try ReceiptDesk.rewrite(receipt, facts, sender, besides: request, act)
        if let arrival = try tables.arrivals.find(receipt: receipt.id) {
            try take(corrected, facts, as: arrival.id, act)
        }
    }

    private func take(
        _ document: ID<Document>, _ facts: DocumentParticulars, as id: ID<Arrival>, _ act: Act
    ) throws {
        let tables = act.tables
        try tables.arrivals.take(document, facts, as: id)
        guard let arrival = try tables.arrivals.find(id) else { return }
        try tables.entryText.put(id.uuid, kind: .arrival, agency: arrival.agency, folded: facts.searchText)
        switch arrival.state {
        case .closed: break
        case .registered:
            try tables.desk.put(
                ArrivalDesk.toDirect(arrival, facts, try tables.calendar.load()), at: act.now)
        case .assigned, .working:
            for part in try tables.assignments.of(id) where [.assigned, .working].contains(part.state) {
                try tables.desk.put(
                    ArrivalDesk.item(
                        part.kind.deskKind, arrival, facts, for: part.position, dueAt: part.dueAt),
                    at: act.now)
            }
        }
    }
}
