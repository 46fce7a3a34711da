// Văn bản đã cho lấy lại, bản sửa không nhận (E3): what is not kept is destroyed – its bytes, and those of the copy with the
// arrival stamp – before the sender is told so. Rows go last: a machine that dies in between knows from them what is left to
// destroy.
import BlobStorage
import Domain
import DualSQL
import Store

struct ReturnedCopies: Sendable {
    let office: Office

    /// What came from outside goes with all its files, version by version, once no agency of this installation has it any more;
    /// of what was issued here, and of what others still have, the copy that this agency stamped.
    func destroy(delivery: ID<Delivery>) async throws {
        guard let receipt = try await office.read({ try $0.receipts.find(delivery: delivery) }) else {
            return
        }
        if receipt.frozenAt != nil { try await destroyStamp(of: receipt) }
        let given = try await office.read { tables in
            try tables.documents.versions(of: receipt.id).filter(tables.documents.isGivenUp)
        }
        for document in given {
            let hashes = try await office.read { try $0.documents.returnedHashes(document) }
            try await destroy(hashes, of: document) { try $0.documents.removeReturned(document) }
        }
    }

    private func destroyStamp(of receipt: Receipt) async throws {
        let stamp = try await office.read { tables in
            try tables.arrivals.find(receipt: receipt.id).flatMap { try tables.arrivalStamps.find($0.id) }
        }
        guard let stamp else { return }
        try await destroy([stamp.file.hash], of: receipt.document) {
            try $0.arrivalStamps.remove(stamp.arrival)
        }
    }

    private func destroy(
        _ texts: [String], of document: ID<Document>, removing: @escaping @Sendable (Tables) throws -> Void
    ) async throws {
        let hashes = texts.compactMap(BlobHash.init(hex:)), uploads = Uploads(office: office)
        if hashes.isEmpty { return }
        for hash in hashes { try await uploads.discard(hash, besides: document) }
        office.killPoints.pass(.copyDestroyed)
        try await office.database.write { try removing(Tables($0)) }
        // What somebody was just storing once more was theirs; should nothing have come of it, it goes now.
        for hash in hashes { try await uploads.discard(hash) }
    }
}
