// Opening a file of a document. A document has no owner: one reads it only through an entry of one's own
// agency that one may open – an arrival, a receipt, an issuance (decision 2).
import Domain
import Foundation
import Store

package struct DocumentReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// - Throws: `Refused`: not for this person, no such file, or one in which a virus was found when it came.
    package func file(_ ordinal: Int, of document: ID<Document>, as position: Position) async throws
        -> FileReference
    {
        try await office.read { tables in
            let entries = try tables.documentEntries.of(document, in: position.agency)
            guard try Self.mayRead(entries, as: position, tables),
                let stored = try tables.documents.files(of: document).first(where: { $0.ordinal == ordinal })
            else { throw Refused(.notFound) }
            for receipt in entries.receipts {
                try ArrivalFinding.refuseInfected(
                    stored.file.name, in: try tables.receipts.findings(of: receipt))
            }
            return stored.file
        }
    }

    private static func mayRead(_ entries: EntriesOfDocument, as position: Position, _ tables: Tables) throws
        -> Bool
    {
        if entries.isIssuance, position.role != .administrator { return true }
        for id in entries.arrivals {
            guard let arrival = try tables.arrivals.find(id), try !isTakenBack(arrival, tables) else {
                continue
            }
            let assigned = try tables.assignments.of(id).map(\.position)
            if ArrivalAccess.mayRead(position, arrival, assigned: assigned) { return true }
        }
        return try entries.receipts.contains { id in
            try tables.receipts.find(id).map {
                ReceiptAccess.mayRead(position, $0) && $0.frozenAt == nil
            } ?? false
        }
    }

    /// By its sender: the files are for nobody here any more.
    private static func isTakenBack(_ arrival: Arrival, _ tables: Tables) throws -> Bool {
        try arrival.receipt.flatMap { try tables.receipts.find($0) }?.frozenAt != nil
    }
}
