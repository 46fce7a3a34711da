// Văn bản đã cho lấy lại (E3): the received copy is destroyed – its bytes, and those of the copy with the arrival stamp – before
// the sender is told so. Rows go last: a machine that dies in between knows from them what is left to destroy.
import BlobStorage
import Domain
import DualSQL
import Store

struct ReturnedCopies: Sendable {
    let office: Office

    /// Nothing happens while another agency of this installation still has the document, or when it is from here.
    func destroy(delivery: ID<Delivery>) async throws {
        let found = try await office.read { tables -> (ID<Document>, [String])? in
            guard let receipt = try tables.receipts.find(delivery: delivery), receipt.frozenAt != nil,
                try tables.documents.isTakenBack(receipt.document)
            else { return nil }
            return (receipt.document, try tables.documents.returnedHashes(receipt.document))
        }
        guard let (document, hashes) = found else { return }
        for text in hashes {
            guard let hash = BlobHash(hex: text) else { continue }
            try await Uploads(office: office).discard(hash, besides: document)
        }
        office.killPoints.pass(.copyDestroyed)
        try await office.database.write { try Tables($0).documents.removeReturned(document) }
    }
}
