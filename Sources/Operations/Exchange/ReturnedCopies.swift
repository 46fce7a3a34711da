// Văn bản đã cho lấy lại (E3): the received copy is destroyed – its bytes, and those of the copy with the arrival stamp – before
// the sender is told so. Rows go last: a machine that dies in between knows from them what is left to destroy.
import BlobStorage
import Domain
import DualSQL
import Store

struct ReturnedCopies: Sendable {
    let office: Office

    /// What came from outside goes with all its files once no agency of this installation has it any more; of what was issued
    /// here, and of what others still have, the copy that this agency stamped.
    func destroy(delivery: ID<Delivery>) async throws {
        guard let found = try await office.read({ try Copy(of: delivery, $0) }) else { return }
        let hashes = found.hashes.compactMap(BlobHash.init(hex:)), uploads = Uploads(office: office)
        for hash in hashes { try await uploads.discard(hash, besides: found.document) }
        office.killPoints.pass(.copyDestroyed)
        try await office.database.write { connection in
            let tables = Tables(connection)
            if let arrival = found.arrival { try tables.arrivalStamps.remove(arrival) }
            if found.isWhole { try tables.documents.removeReturned(found.document) }
        }
        // What somebody was just storing once more was theirs; should nothing have come of it, it goes now.
        for hash in hashes { try await uploads.discard(hash) }
    }

    private struct Copy {
        let document: ID<Document>
        let arrival: ID<Arrival>?
        /// Nothing of the document stays here.
        let isWhole: Bool
        let hashes: [String]

        init?(of delivery: ID<Delivery>, _ tables: Tables) throws {
            guard let receipt = try tables.receipts.find(delivery: delivery), receipt.frozenAt != nil else {
                return nil
            }
            document = receipt.document
            arrival = try tables.arrivals.find(receipt: receipt.id)?.id
            isWhole = try tables.documents.isTakenBack(document)
            if isWhole {
                hashes = try tables.documents.returnedHashes(document)
            } else {
                let stamp = try arrival.flatMap { try tables.arrivalStamps.find($0) }
                hashes = stamp.map { [$0.file.hash] } ?? []
            }
            if hashes.isEmpty { return nil }
        }
    }
}
