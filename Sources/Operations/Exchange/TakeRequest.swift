// Nơi gửi đề nghị lấy lại hoặc cập nhật: it reaches the recipient's clerks, who decide. What was refused here before is given
// back without asking anybody; what is finished stays.
import Domain
import DualSQL
import Store

struct TakeRequest: OfficeOperation {
    static let verb = Verb.requestArrived

    let envelope: Envelope
    /// The receipt, where the message names it otherwise than by its delivery.
    var known: Receipt?
    /// What a request to take up a correction brings along.
    var correction = Correction()
    /// Why nobody is asked: the machine refuses by itself.
    var refusal = ""

    func perform(_ act: Act) throws -> Bool {
        guard let id = envelope.request, let kind = ExchangeRequestKind(envelope.kind),
            let found = try known ?? act.tables.receipts.find(delivery: envelope.delivery),
            let receipt = try act.tables.receipts.lock(found.id), receipt.agency == (try act.agency)
        else { throw Refused(.notFound) }
        let request = ExchangeRequest(id: id, kind: kind, note: envelope.note, askedAt: envelope.at)
        guard try act.tables.receiptRequests.insert(request, of: receipt.id, correction) else { return false }
        act.record(
            .requestArrived, receipt.id,
            [
                "kind": kind.rawValue, "reason": envelope.note, "removal": correction.isRemoval ? "1" : "",
                "corrected": correction.corrected == nil ? "" : "1",
            ])
        if receipt.frozenAt != nil || (kind == .recall && receipt.state == .refused) {
            try RequestAnswer(receipt: receipt, request: request).agree(act, by: nil)
        } else if kind == .recall, try isFinished(receipt, act) {
            try RequestAnswer(receipt: receipt, request: request).refuse(
                act, by: nil, reason: "Văn bản đã được xử lý xong.")
        } else if !refusal.isEmpty {
            try RequestAnswer(receipt: receipt, request: request).refuse(act, by: nil, reason: refusal)
        } else {
            try putOnDesks(request, receipt, act)
        }
        return true
    }

    private func isFinished(_ receipt: Receipt, _ act: Act) throws -> Bool {
        try act.tables.arrivals.find(receipt: receipt.id)?.state == .closed
    }

    private func putOnDesks(_ request: ExchangeRequest, _ receipt: Receipt, _ act: Act) throws {
        guard let facts = try act.tables.documents.particulars(of: receipt.document),
            let sender = try act.tables.correspondents.find(receipt.sender)
        else { throw Refused(.notFound) }
        try RequestDesk.put(request, receipt, facts, sender, act)
    }
}

extension ExchangeRequestKind {
    init?(_ kind: EnvelopeKind) {
        switch kind {
        case .recall: self = .recall
        case .update: self = .update
        case .document, .status: return nil
        }
    }
}

/// How a request waits for a clerk in "Việc của tôi".
enum RequestDesk {
    static func put(
        _ request: ExchangeRequest, _ receipt: Receipt, _ facts: DocumentParticulars, _ sender: Correspondent,
        _ act: Act
    ) throws {
        for clerk in try act.tables.positions.holders(of: .clerk, in: receipt.agency) {
            try act.tables.desk.put(item(request, receipt, facts, sender, for: clerk.id), at: act.now)
        }
    }

    static func item(
        _ request: ExchangeRequest, _ receipt: Receipt, _ facts: DocumentParticulars, _ sender: Correspondent,
        for clerk: ID<Position>
    ) -> DeskItem {
        let wish = request.kind == .recall ? "Đề nghị lấy lại" : "Đề nghị cập nhật"
        return DeskItem(
            position: clerk, agency: receipt.agency, kind: .answer, urgency: facts.urgency, dueAt: nil,
            subject: request.id.uuid, title: facts.abstract,
            detail: "\(wish) · \(facts.numberAndNotation) · \(sender.name)",
            path: "van-ban-den/tiep-nhan/\(receipt.id)")
    }
}
