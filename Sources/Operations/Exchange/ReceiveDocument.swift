// Đã đến: a document reaches an agency. The machine makes the receipt, puts it on the clerks' desks with two
// working hours to decide (B6), and tells the sender. The same delivery coming again changes nothing (E5), unless it was refused
// and its sender has sent it once more.
import Domain
import DualSQL
import Foundation
import Store

/// From an agency of this installation.
struct ReceiveDocument: OfficeOperation {
    static let verb = Verb.receiptArrived

    let envelope: Envelope

    func perform(_ act: Act) throws -> Receipt {
        guard try act.agency == envelope.to, let document = envelope.document else {
            throw Refused(.notFound)
        }
        let delivery = try act.tables.deliveries.find(envelope.delivery), sending = delivery?.sending ?? 1
        if let known = try act.tables.receipts.find(delivery: envelope.delivery) {
            guard known.state == .refused, known.origin.sending < sending else { return known }
            try act.tables.receipts.makeRoom(
                known,
                calling: DerivedID.make(
                    "delivery", envelope.delivery.description, "\(known.origin.sending)"))
        }
        guard let facts = try act.tables.documents.particulars(of: document),
            let sender = try act.tables.correspondents.find(envelope.from)
        else { throw Refused(.notFound) }
        let answered = try delivery.map { try self.answered(by: $0, act) } ?? []
        return try ReceiptEntry(
            agency: envelope.to, sender: sender, delivery: envelope.delivery, document: document,
            facts: facts,
            origin: MessageOrigin(
                channel: .loopback, business: envelope.note.isEmpty ? .new : .replace,
                replaces: envelope.note.isEmpty ? [] : [envelope.note], sending: sending
            ),
            declaredFiles: try act.tables.documents.files(of: document).count, declaredPages: facts.pages,
            findings: try findings(delivery, answered, act), answered: answered
        ).enter(act)
    }

    /// What of this agency's own letters it answers: within the installation the sender's draft names them.
    private func answered(by delivery: Delivery, _ act: Act) throws -> [Delivery] {
        guard let issuance = try act.tables.issuances.find(delivery.issuance) else { return [] }
        return try act.tables.drafts.answers(of: issuance.draft).compactMap { id in
            guard let arrival = try act.tables.arrivals.find(id),
                let receipt = try arrival.receipt.flatMap({ try act.tables.receipts.find($0) }),
                receipt.sender == envelope.to
            else { return nil }
            return try act.tables.deliveries.find(receipt.delivery)
        }
    }

    private func findings(_ delivery: Delivery?, _ answered: [Delivery], _ act: Act) throws
        -> [ArrivalFinding]
    {
        let named = try answered.compactMap { try act.tables.issuances.find($0.issuance) }
        let said = try delivery.map { try act.tables.deliverySendings.note(of: $0) } ?? ""
        return named.map { .answers(code: $0.numberAndNotation) }
            + [delivery?.answerBy].compactMap { $0 }.map { .answerBy($0.iso) }
            + (try comesOnPaper(act) ? [.paperFollows] : [])
            + (said.isEmpty ? [] : [.sentAgain(said)])
    }

    /// What a message to elsewhere says in its own words.
    private func comesOnPaper(_ act: Act) throws -> Bool {
        guard let delivery = try act.tables.deliveries.find(envelope.delivery) else { return false }
        return try !act.tables.papers.of(delivery.issuance, to: [envelope.to]).isEmpty
    }
}

/// A receipt with all that belongs to it: the one way in, whichever channel it came by.
struct ReceiptEntry {
    let agency: ID<Agency>
    let sender: Correspondent
    let delivery: ID<Delivery>
    let document: ID<Document>
    let facts: DocumentParticulars
    let origin: MessageOrigin
    let declaredFiles: Int
    let declaredPages: Int
    var findings: [ArrivalFinding] = []
    /// What this agency sent and is answered by it.
    var answered: [Delivery] = []
    /// What the message carried, for telling a repetition from a new letter.
    var content = ""
    /// By its sender's own clock.
    var sentAt: Instant?

    func enter(_ act: Act) throws -> Receipt {
        let receipt = Receipt(
            id: act.newID(), agency: agency, sender: sender.id, delivery: delivery, document: document,
            state: .waiting, arrivedAt: act.now, origin: origin)
        let dueAt = try act.tables.calendar.load().adding(
            workingMinutes: ReceiptRules.workingMinutes, to: act.now)
        try act.tables.receipts.insert(
            receipt, declaredFiles: declaredFiles, declaredPages: declaredPages, dueAt: dueAt,
            findings: findings, content: content, sentAt: sentAt)
        let own = answered.filter { $0.agency == agency && $0.recipient == sender.id }
        for delivery in own {
            try act.tables.deliveryAnswers.note(receipt.id, answering: delivery.id, at: act.now)
        }
        try act.tables.entryText.put(
            receipt.id.uuid, kind: .receipt, agency: agency, folded: facts.searchText(from: sender.name))
        try ReceiptDesk.put(receipt, facts, sender, dueAt: dueAt, act)
        var said = ["document": facts.numberAndNotation, "from": sender.name]
        let names = try own.compactMap { try act.tables.issuances.find($0.issuance)?.numberAndNotation }
        if !names.isEmpty { said["answers"] = names.joined(separator: ", ") }
        act.record(.receiptArrived, receipt.id, said)
        try StatusReport.send(act, receipt, .arrived)
        return receipt
    }
}

/// How a receipt waits for a clerk in "Việc của tôi".
enum ReceiptDesk {
    /// Its document or its sender is called otherwise now: so in the search, and wherever it or a request about it waits.
    static func rewrite(
        _ receipt: Receipt, _ facts: DocumentParticulars, _ sender: Correspondent,
        besides decided: ID<ExchangeRequest>? = nil, _ act: Act
    ) throws {
        let tables = act.tables
        try tables.entryText.put(
            receipt.id.uuid, kind: .receipt, agency: receipt.agency,
            folded: facts.searchText(from: sender.name))
        if receipt.state == .waiting {
            try put(receipt, facts, sender, dueAt: try tables.receipts.dueAt(of: receipt.id), act)
        }
        for open in try tables.receiptRequests.all(of: receipt.id)
        where open.state == .asked && open.id != decided {
            try RequestDesk.put(open, receipt, facts, sender, act)
        }
    }

    static func put(
        _ receipt: Receipt, _ facts: DocumentParticulars, _ sender: Correspondent, dueAt: Instant,
        _ act: Act
    ) throws {
        for clerk in try act.tables.positions.holders(of: .clerk, in: receipt.agency) {
            try act.tables.desk.put(item(receipt, facts, sender, for: clerk.id, dueAt: dueAt), at: act.now)
        }
    }

    static func item(
        _ receipt: Receipt, _ facts: DocumentParticulars, _ sender: Correspondent, for clerk: ID<Position>,
        dueAt: Instant
    ) -> DeskItem {
        DeskItem(
            position: clerk, agency: receipt.agency, kind: .receive, urgency: facts.urgency, dueAt: dueAt,
            subject: receipt.id.uuid, title: facts.abstract,
            detail: "\(facts.numberAndNotation) · \(sender.name)",
            path: "van-ban-den/tiep-nhan/\(receipt.id)")
    }
}
