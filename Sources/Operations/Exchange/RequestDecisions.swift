// The recipient's answer with what follows it outside the tables: when a document of another system was given back, its bytes
// go too, as soon as the answer is committed. What an agency of this installation sent stays with its sender.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Store

package struct RequestDecisions: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Gives the files that are nobody's any more besides, so that pictures of them can go as well.
    package func decide(
        _ operation: DecideRequest, as position: Position, form: FormAct<Receipt>
    ) async throws -> (acted: Acted<Receipt>, gone: [FileReference]) {
        let files = try await files(operation, position)
        let acted = try await OperationRunner(office: office).run(
            operation, as: .position(position), form: form)
        return (acted, try await discard(files))
    }

    package func decide(_ operation: DecideRequest, as position: Position) async throws
        -> (receipt: Receipt, gone: [FileReference])
    {
        let files = try await files(operation, position)
        let receipt = try await OperationRunner(office: office).run(operation, as: .position(position))
        return (receipt, try await discard(files))
    }

    private func files(_ operation: DecideRequest, _ position: Position) async throws -> [FileReference] {
        guard operation.agrees else { return [] }
        return try await office.read { tables in
            guard let receipt = try tables.receiptRequests.receipt(of: operation.request),
                let found = try tables.receipts.find(receipt), found.agency == position.agency
            else { return [] }
            let arrival = try tables.arrivals.find(receipt: receipt)
            let stamped = try arrival.flatMap { try tables.arrivalStamps.find($0.id)?.file }
            return try tables.documents.files(of: found.document).map(\.file) + [stamped].compactMap { $0 }
        }
    }

    private func discard(_ files: [FileReference]) async throws -> [FileReference] {
        var gone: [FileReference] = []
        for file in files {
            try await Uploads(office: office).discard(blobOf: file)
            if let hash = BlobHash(hex: file.hash), !office.blobs.contains(hash) { gone.append(file) }
        }
        return gone
    }
}
