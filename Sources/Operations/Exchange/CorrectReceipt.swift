// Sửa thông tin văn bản nhận qua thư điện tử (decision 2): what was read from a mail is corrected by the clerk before it is
// taken into the register. What other systems say of a letter in so many words is not ours to change.
import Domain
import DualSQL
import Foundation
import Store

package struct CorrectReceipt: OfficeOperation {
    package static let verb = Verb.receiptCorrected

    package let receipt: ID<Receipt>
    package let facts: DocumentParticulars

    package init(receipt: ID<Receipt>, facts: DocumentParticulars) {
        self.receipt = receipt
        self.facts = facts
    }

    package func perform(_ act: Act) throws -> Receipt {
        let clerk = try act.position
        guard let found = try act.tables.receipts.lock(receipt), found.agency == clerk.agency else {
            throw Refused(.notFound)
        }
        try Refused.unless(ReceiptRules.mayCorrect(clerk, found))
        guard try act.tables.documentTypes.find(facts.type) != nil else { throw Refused(.malformed(.type)) }
        try Refused.unless(ArrivalRules.refusals(facts, deadline: nil, today: act.today))
        guard let sender = try act.tables.correspondents.find(found.sender) else { throw Refused(.notFound) }
        try act.tables.documents.correct(found.document, facts)
        try ReceiptDesk.rewrite(found, facts, sender, act)
        act.record(
            .receiptCorrected, receipt,
            ["document": facts.numberAndNotation, "date": facts.date.iso, "abstract": facts.abstract])
        return found
    }
}
