// Cơ quan đổi tên trong danh bạ: what waits from it is found by its new name, and is named so in the clerk's queue.
import Domain
import Store

enum RenamedSenders {
    static func rewrite(_ agencies: [Correspondent], _ act: Act) throws {
        for sender in agencies {
            for receipt in try act.tables.receipts.from(sender.id) where receipt.frozenAt == nil {
                guard let facts = try act.tables.documents.particulars(of: receipt.document) else { continue }
                try ReceiptDesk.rewrite(receipt, facts, sender, act)
            }
        }
    }
}
