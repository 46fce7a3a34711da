// Phát hành: the last act of issuing. The sealed files become an issued document that never changes, it is
// sent to every recipient, and the letters it answers are closed: together or not at all (D2, D6, B11;
// decisions 2, 3 and 8).
import Domain
import DualSQL
import Foundation
import PDFSignatures
import Store

/// Where an issued document stands in the register.
package struct IssuedDocument: Sendable, Equatable {
    package let issuance: Issuance
    package let register: String
    package let document: ID<Document>

    /// Inside the agency: `van-ban-di/2026/cong-van/54`.
    package var path: String { "van-ban-di/\(issuance.year)/\(register)/\(issuance.number)" }
}

struct CompleteIssuing: OfficeOperation {
    static let verb = Verb.documentIssued

    let code: Int
    let issuance: ID<Issuance>
    let sealed: SealedFiles
    /// The form that took the number: its result is the issued document from now on.
    let form: String?
    let location: (@Sendable (IssuedDocument) -> String)?

    func perform(_ act: Act) throws -> IssuedDocument {
        let clerk = try act.position
        guard let draft = try act.tables.drafts.lock(clerk.agency, code: code) else {
            throw Refused(.notFound)
        }
        guard draft.state == .numbered, let numbered = try act.tables.issuances.inUse(of: draft.id),
            numbered.id == issuance, let signed = try act.tables.signedFiles.valid(of: draft.id),
            signed.hash == sealed.signedHash, let agency = try act.tables.agencies.find(draft.agency),
            let register = try act.tables.registers.find(numbered.register)
        else { throw Refused(.stale) }
        let facts = DocumentParticulars(
            issuingAgency: agency.name, number: Notation.printed(numbered.number),
            notation: numbered.notation,
            date: numbered.date, type: draft.typeSlug, abstract: draft.abstract, urgency: draft.urgency,
            pages: signed.pages, signer: signed.signerName)
        let document: ID<Document> = act.newID()
        try act.tables.documents.insert(
            document, facts, issuedBy: agency.id, files: sealed.files, at: act.now)
        try act.tables.issuances.setIssued(
            numbered.id, document: document, at: act.now, searchText: facts.searchText)
        try act.tables.checkCodes.insert(
            CheckCode.random().text, of: numbered.id, agency: agency.id, at: act.now)
        try act.tables.entryText.put(
            numbered.id.uuid, kind: .issuance, agency: agency.id, folded: facts.searchText)
        try act.tables.drafts.setState(.issued, of: draft.id)
        try act.tables.drafts.touch(draft.id)
        try act.tables.desk.clear(subject: draft.id.uuid)
        let recipients = try act.tables.issuances.recipients(of: numbered.id)
        let media = try act.tables.issuanceMedia.all(of: numbered.id)
        try Dispatch.send(
            act, issuance: numbered, document: document, recipients: recipients,
            media: Dictionary(uniqueKeysWithValues: media.map { ($0.recipient, $0.medium) }),
            replacing: try Replacing(numbered.id, act.tables).names)
        record(act, draft, numbered, facts, recipients.count)
        for arrival in try act.tables.drafts.answers(of: draft.id) {
            try ArrivalClosing.closeByAnswer(act, arrival, answeredBy: facts.numberAndNotation)
        }
        let issued = IssuedDocument(issuance: numbered, register: register.slug, document: document)
        if let form, let location { try act.tables.acts.setLocation(location(issued), of: form) }
        return issued
    }

    private func record(
        _ act: Act, _ draft: Draft, _ issuance: Issuance, _ facts: DocumentParticulars, _ recipients: Int
    ) {
        act.record(
            .documentIssued, draft.id,
            [
                "code": "DT-\(code)", "document": facts.numberAndNotation, "date": facts.date.iso,
                "signer": facts.signer, "recipients": "\(recipients)",
                "files": sealed.files.map(\.file.hash).joined(separator: " "),
                "certificate": sealed.certificate, "level": sealed.level.rawValue,
                "sealed": sealed.sealedAt.officeISO, "issuance": issuance.id.description,
            ])
    }
}
