// What the clerk sees before issuing: the signed draft with its files, the number it has or would get, and
// why it cannot be issued yet. The number shown is only expected; it is taken when the button is pressed.
import Domain
import Foundation
import PDFSignatures
import Store

/// A signed draft on the clerk's table.
package struct IssuingMatter: Sendable {
    package let agency: Agency
    package let bundle: DraftBundle
    package let type: DocumentType?
    package let register: Register?
    package let signed: SignedFileRecord?
    /// The number it has already, sealed or not.
    package let numbered: Issuance?
    package let recipients: [ID<Agency>]
    /// What the signer signed under.
    package let plan: SendingPlan
    package let expectedNumber: Int
    package let lastDate: OfficeDate?
    /// The letters it answers.
    package let answers: [Arrival]
    /// Why it cannot be sealed now, whatever is chosen: not signed, or the agency's certificate. The same reasons
    /// refuse the act.
    package let refusals: [Refusal]
}

extension IssuingMatter {
    /// Every part of number and date has a field on the signed page that the leader's signature allows to be filled, or is
    /// printed there already.
    package var hasPlaceForNumberAndDate: Bool {
        guard let signed, let layout = try? LayoutText.decode(signed.layout) else { return false }
        return (layout.number != nil || layout.printedNumber != nil)
            && (layout.day != nil || layout.printedDay != nil)
            && (layout.month != nil || layout.printedMonth != nil)
            && (layout.year != nil || layout.printedYear != nil)
    }
}

package struct IssuingReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// For the clerk of the agency; for others there is no such page.
    package func matter(_ code: Int, as clerk: Position) async throws -> IssuingMatter {
        let now = office.clock.now, year = now.officeDate.year
        return try await office.read { tables in
            guard Verb.numberTaken.roles.contains(clerk.role),
                let agency = try tables.agencies.find(clerk.agency)
            else { throw Refused(.notFound) }
            let bundle = try tables.drafts.readable(code, by: clerk)
            let draft = bundle.draft
            let register = try tables.registers.forType(draft.typeSlug, in: draft.agency, .outgoing)
            let last = try register.map { try tables.registers.last(in: $0.id, year: year) }
            let numbered = try tables.issuances.inUse(of: draft.id)
            return IssuingMatter(
                agency: agency, bundle: bundle,
                type: try tables.documentTypes.find(draft.typeSlug), register: register,
                signed: try tables.signedFiles.valid(of: draft.id), numbered: numbered,
                recipients: try numbered.map { try tables.issuances.recipients(of: $0.id) } ?? [],
                plan: try SendingPlan(
                    tables, draft, try tables.draftSending.find(draft.id), on: now.officeDate),
                expectedNumber: (last?.number ?? 0) + 1, lastDate: last?.date,
                answers: try tables.drafts.answers(of: draft.id).compactMap { try tables.arrivals.find($0) },
                refusals: try Self.refusals(tables, bundle, office.signing, at: now))
        }
    }

    private static func refusals(
        _ tables: Tables, _ bundle: DraftBundle, _ settings: SigningSettings, at now: Instant
    ) throws -> [Refusal] {
        if [.drafting, .climbing].contains(bundle.draft.state) { return [.notSigned] }
        let unfinished = bundle.files.filter { $0.kind == .enclosure && $0.pdf == nil }
        let key = try tables.signingKeys.find(.agency(bundle.draft.agency))
        let raiseTo = try tables.signedFiles.valid(of: bundle.draft.id)?.raiseTo ?? ""
        let waits = settings.withoutTimestamp == .refuse && !raiseTo.isEmpty
        return unfinished.map { .enclosureNotConverted($0.source.name) }
            + (waits ? [.signatureAwaitsTimestamp] : [])
            + (key?.refusals(at: now) ?? [.noKey])
    }

    /// The facts that decide about numbering, read in the present transaction.
    static func facts(
        _ tables: Tables, _ draft: Draft, date: OfficeDate, recipients: [ID<Agency>], media: IssuingMedia,
        today: OfficeDate, lastDate: OfficeDate?
    ) throws -> IssuingFacts {
        let answered = try tables.drafts.answers(of: draft.id).compactMap { id in
            try tables.arrivals.find(id)?.receipt.flatMap { try tables.receipts.find($0)?.sender }
        }
        let standing = try tables.correspondents.standing(
            of: recipients, on: today, answering: Set(answered))
        let layout = try tables.signedFiles.valid(of: draft.id).map { try LayoutText.decode($0.layout) }
        let speaksCodes = try tables.correspondents.anySpeaksEdXML(media.electronic)
        let code = try tables.correspondents.find(draft.agency)?.messageCode ?? ""
        return IssuingFacts(
            state: draft.state, sender: draft.agency, recipients: recipients,
            known: standing.valid, ended: standing.ended, lacksCode: speaksCodes && code.isEmpty, date: date,
            today: today, lastDate: lastDate,
            printed: layout?.printed ?? PrintedParts(),
            answerBy: try tables.draftSending.answerBy(of: draft.id))
    }
}
