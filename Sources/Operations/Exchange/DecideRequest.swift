// Đồng ý, từ chối lấy lại hoặc cập nhật (E3; mã 15, 16): the recipient's clerk answers the sender. When a document is given
// back, the received copy is gone from that moment: nobody of the agency opens it, finds it or works on it; that it was
// here, and why it went, stays on record (Nghị định 30/2020, Phụ lục VI).
import Domain
import DualSQL
import Foundation
import Store

package struct DecideRequest: OfficeOperation {
    package static let verb = Verb.requestDecided

    package let request: ID<ExchangeRequest>
    package let agrees: Bool
    /// Required for a refusal; the sender reads it.
    package let reason: String
    /// The installation takes nothing that no virus scanner has seen.
    package let requiresScan: Bool

    package init(request: ID<ExchangeRequest>, agrees: Bool, reason: String, requiresScan: Bool) {
        self.requiresScan = requiresScan
        self.request = request
        self.agrees = agrees
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> Receipt {
        let clerk = try act.position
        guard let found = try act.tables.receiptRequests.lock(request),
            let receipt = try act.tables.receipts.lock(found.receipt), receipt.agency == clerk.agency
        else { throw Refused(.notFound) }
        try Refused.unless(
            RequestRules.mayDecide(clerk, receipt, found.request)
                + RequestRules.noteRefusals(reason, isRequired: !agrees))
        let correction = try act.tables.receiptRequests.correction(of: request)
        if agrees { try Refused.unless(RequestRules.mayTake(correction, requiresScan: requiresScan)) }
        let changed = try agrees ? changes(correction, receipt, act) : [:]
        let answer = RequestAnswer(receipt: receipt, request: found.request)
        if agrees {
            try answer.agree(act, by: clerk.id)
        } else {
            try answer.refuse(act, by: clerk.id, reason: "\(reason) (\(clerk.personName), \(clerk.title))")
        }
        try act.tables.desk.clear(subject: request.uuid)
        act.record(
            .requestDecided, receipt.id,
            [
                "kind": found.request.kind.rawValue, "agreed": agrees ? "1" : "0", "reason": reason,
                "status": (agrees ? DeliveryStatus.changeAgreed : .changeRefused).code,
            ].merging(changed) { first, _ in first })
        return try act.tables.receipts.find(receipt.id) ?? receipt
    }

    /// What a correction changes of the letter, for the journal (decision 2).
    private func changes(_ correction: Correction, _ receipt: Receipt, _ act: Act) throws -> [String: String]
    {
        guard let corrected = correction.corrected,
            let after = try act.tables.documents.particulars(of: corrected),
            let before = try act.tables.documents.particulars(of: receipt.document)
        else { return [:] }
        return [
            "document": after.numberAndNotation, "date": after.date.iso, "abstract": after.abstract,
            "documentBefore": before.numberAndNotation, "dateBefore": before.date.iso,
            "abstractBefore": before.abstract,
        ]
    }
}

/// The answer to a request, by a clerk or, where there is nothing to decide, by the machine.
struct RequestAnswer {
    let receipt: Receipt
    let request: ExchangeRequest

    func agree(_ act: Act, by clerk: ID<Position>?) throws {
        try decide(.agreed, act, clerk, "")
        switch request.kind {
        case .recall: try freeze(act)
        case .update: try CorrectedVersion(receipt: receipt, request: request.id).take(act)
        }
        try StatusReport.send(act, receipt, .changeAgreed, answering: request.id)
    }

    func refuse(_ act: Act, by clerk: ID<Position>?, reason: String) throws {
        try decide(.refused, act, clerk, reason)
        try StatusReport.send(act, receipt, .changeRefused, note: reason, answering: request.id)
    }

    private func decide(
        _ state: ExchangeRequestState, _ act: Act, _ clerk: ID<Position>?, _ reason: String
    ) throws {
        try act.tables.receiptRequests.decide(request.id, state, by: clerk, reason: reason, at: act.now)
    }

    private func freeze(_ act: Act) throws {
        // What else was asked about it has nothing to be about any more. The sender ends it too when it hears of this: a status
        // does not say which request it answers.
        for other in try act.tables.receiptRequests.all(of: receipt.id) where other.state == .asked {
            try act.tables.receiptRequests.decide(other.id, .refused, by: nil, reason: Self.note, at: act.now)
            try act.tables.desk.clear(subject: other.id.uuid)
        }
        try act.tables.receipts.freeze(receipt.id, at: act.now)
        try act.tables.desk.clear(subject: receipt.id.uuid)
        try act.tables.entryText.remove(receipt.id.uuid)
        if let arrival = try act.tables.arrivals.find(receipt: receipt.id) {
            try act.tables.assignments.endOpen(in: arrival.id, as: .done, note: Self.note, at: act.now)
            if arrival.state != .closed {
                try act.tables.arrivals.setState(.closed, of: arrival.id, at: act.now)
            }
            try act.tables.desk.clear(subject: arrival.id.uuid)
            try act.tables.entryText.remove(arrival.id.uuid)
        }
    }

    private static let note = "Nơi gửi đã lấy lại văn bản"
}
