// Cơ quan đổi tên trong danh bạ: what waits from it is found by its new name, and is named so in the clerk's queue.
import Domain
import Store

enum RenamedSenders {
    static func rewrite(_ agencies: [Correspondent], _ act: Act) throws {
        for sender in agencies {
            for receipt in try act.tables.receipts.from(sender.id) where receipt.frozenAt == nil {
                guard let facts = try act.tables.documents.particulars(of: receipt.document) else { continue }
                try act.tables.entryText.put(
                    receipt.id.uuid, kind: .receipt, agency: receipt.agency,
                    folded: facts.searchText(from: sender.name))
                if receipt.state == .waiting {
                    try act.tables.desk.clear(subject: receipt.id.uuid)
                    try ReceiptDesk.put(
                        receipt, facts, sender, dueAt: try act.tables.receipts.dueAt(of: receipt.id), act)
                }
                for request in try act.tables.receiptRequests.all(of: receipt.id)
                where request.state == .asked {
                    try act.tables.desk.clear(subject: request.id.uuid)
                    try RequestDesk.put(request, receipt, facts, sender, act)
                }
            }
        }
    }
}
