// Từ chối tiếp nhận (B7, E3): the clerk sends it back with a reason. Who refused and why is kept here and
// shown to the sender.
import Domain
import DualSQL
import Foundation
import Store

package struct RefuseReceipt: OfficeOperation {
    package static let verb = Verb.receiptRefused

    package let receipt: ID<Receipt>
    package let reason: String

    package init(receipt: ID<Receipt>, reason: String) {
        self.receipt = receipt
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> Receipt {
        let clerk = try act.position
        guard let found = try act.tables.receipts.lock(receipt), found.agency == clerk.agency else {
            throw Refused(.notFound)
        }
        try Refused.unless(ReceiptRules.refusals(refusing: found, by: clerk, reason: reason))
        try act.tables.receipts.decide(.refused, receipt, by: clerk.id, reason: reason, at: act.now)
        try act.tables.desk.clear(subject: receipt.uuid)
        act.record(.receiptRefused, receipt, ["reason": reason])
        try StatusReport.send(act, found, .refused, note: "\(reason) (\(clerk.personName), \(clerk.title))")
        return try act.tables.receipts.find(receipt) ?? found
    }
}
