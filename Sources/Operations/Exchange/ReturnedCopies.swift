// Văn bản đã cho lấy lại, bản sửa không nhận (E3): what is not kept is destroyed – its bytes, and those of the copy with the
// arrival stamp – before the sender is told so. Rows go last: a machine that dies in between knows from them what is left to
// destroy.
import BlobStorage
import Domain
import DualSQL
import Store

struct ReturnedCopies: Sendable {
    let office: Office

    /// Nothing happens to what an agency of this installation still has, or what is from here.
    func destroy(delivery: ID<Delivery>) async throws {
        let given = try await office.read { tables -> [ID<Document>] in
            guard let receipt = try tables.receipts.find(delivery: delivery) else { return [] }
            return try tables.documents.versions(of: receipt.id).filter(tables.documents.isGivenUp)
        }
        for document in given { try await destroy(document) }
    }

    private func destroy(_ document: ID<Document>) async throws {
        let hashes = try await office.read { try $0.documents.returnedHashes(document) }
        for text in hashes {
            guard let hash = BlobHash(hex: text) else { continue }
            let isUsed = try await office.read { try $0.blobUses.isUsed(text, besides: document) }
            if !isUsed { _ = try office.blobs.delete(hash) }
        }
        office.killPoints.pass(.copyDestroyed)
        try await office.database.write { try Tables($0).documents.removeReturned(document) }
    }
}
