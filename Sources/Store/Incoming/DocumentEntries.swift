// Where a document stands in one agency: its entries in the registers and what came through the exchange.
import Domain
import DualSQL

package struct EntriesOfDocument: Sendable {
    package let arrivals: [ID<Arrival>]
    package let receipts: [ID<Receipt>]
    package let isIssuance: Bool
}

package struct DocumentEntries {
    let connection: Connection

    package func of(_ document: ID<Document>, in agency: ID<Agency>) throws -> EntriesOfDocument {
        EntriesOfDocument(
            arrivals: try connection.rows(
                "SELECT id FROM arrival WHERE document_id = \(document) AND agency_id = \(agency)"
            ) { try $0[0] },
            receipts: try connection.rows(
                "SELECT id FROM receipt WHERE document_id = \(document) AND agency_id = \(agency)"
            ) { try $0[0] },
            isIssuance: try connection.first(
                "SELECT 1 FROM issuance WHERE document_id = \(document) AND agency_id = \(agency)") != nil)
    }
}

extension Tables {
    package var documentEntries: DocumentEntries { DocumentEntries(connection: connection) }
}
