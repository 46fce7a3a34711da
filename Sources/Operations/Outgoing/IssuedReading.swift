// Opening a văn bản đi: the document with its files, who signed it and when, the draft it came from, and what
// happened to it in this agency. For other agencies there is no such page (decision 14).
import Domain
import Foundation
import Store

package struct IssuedView: Sendable {
    package let row: IssuanceRow
    /// Nil while it is only numbered, or void.
    package let particulars: DocumentParticulars?
    package let files: [StoredDocumentFile]
    package let signed: SignedFileRecord?
    package let answers: [Arrival]
    /// Issued before, and what took its place since.
    package let replaces: [IssuanceRow]
    package let replacedBy: [IssuanceRow]
    /// What the clerk did otherwise than the signer saw.
    package let changes: [IssuedChange]
    /// The agencies named in them.
    package let changedNames: [ID<Agency>: String]
    /// An answer is asked for by this day.
    package let answerBy: OfficeDate?
    package let history: [JournalEntry]
}

package struct IssuedReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func open(
        year: Int, register: String, number: Int, as position: Position
    ) async throws -> IssuedView {
        try await office.read { tables in
            guard position.role != .administrator,
                let row = try tables.issuanceLists.find(
                    position.agency, year: year, register: register, number: number)
            else { throw Refused(.notFound) }
            let issuance = row.issuance
            let changes = try tables.recipientChanges.all(of: issuance.id)
            let subjects = [issuance.draft.uuid, issuance.id.uuid]
            return IssuedView(
                row: row,
                particulars: try issuance.document.flatMap { try tables.documents.particulars(of: $0) },
                files: try issuance.document.map { try tables.documents.files(of: $0) } ?? [],
                signed: try tables.signedFiles.valid(of: issuance.draft),
                answers: try tables.drafts.answers(of: issuance.draft).compactMap {
                    try tables.arrivals.find($0)
                },
                replaces: try tables.issuanceLists.rows(
                    try tables.replacements.replaced(by: issuance.id), of: position.agency),
                replacedBy: try tables.issuanceLists.rows(
                    try tables.replacements.replacing(issuance.id), of: position.agency),
                changes: changes,
                changedNames: Dictionary(
                    try tables.correspondents.find(changes.map(\.change.agency)).map { ($0.id, $0.name) },
                    uniquingKeysWith: { first, _ in first }),
                answerBy: try tables.draftSending.answerBy(of: issuance.draft),
                history: try tables.journal.history(of: subjects, in: position.agency).map(\.entry))
        }
    }
}
