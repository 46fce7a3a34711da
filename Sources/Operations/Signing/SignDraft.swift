// The two entries a signature makes: the prepared revision that awaits it, and the signed file that ends the
// draft's way up and puts it on the clerks' desks (D1, D5, H5).
import Domain
import DualSQL
import Foundation
import PDFSignatures
import Store

/// Keeps the prepared revision of the version that waits at this person's step.
package struct PrepareDraft: OfficeOperation {
    package static let verb = Verb.draftPrepared

    let code: Int
    let version: Int
    let revision: Int
    let pdfHash: String
    let layout: String
    let hash: String
    let size: Int

    package func perform(_ act: Act) throws -> PreparedFile {
        let bundle = try AwaitedSignature(
            code: code, version: version, revision: revision, pdfHash: pdfHash
        ).lock(act)
        let prepared = PreparedFile(
            draft: bundle.draft.id, versionOrdinal: version, pdfHash: pdfHash, layout: layout, hash: hash,
            size: size)
        try act.tables.signedFiles.putPrepared(prepared)
        act.record(
            .draftPrepared, bundle.draft.id,
            ["code": "DT-\(code)", "version": "\(version)", "pdf": pdfHash, "prepared": hash])
        return prepared
    }
}

package struct SignDraft: OfficeOperation {
    package static let verb = Verb.draftSigned

    let prepared: PreparedFile
    let code: Int
    /// The draft's row as the person saw it.
    let revision: Int
    let overrideReason: String
    let hash: String
    let size: Int
    let pages: Int
    /// SHA-256 of the signer's certificate.
    let certificate: String
    let signedAt: Instant
    /// Where it is one of several that are signed with one entry of the PIN.
    var place: SigningBatchPlace?
    /// Where a remote service was asked for it.
    var request: ID<WaitingSignature>?
    /// How lasting the signature is, and shall still become.
    var level = SignatureLevel.basic
    var raiseTo: SignatureLevel?

    package func perform(_ act: Act) throws -> SignedFileRecord {
        let person = try act.position
        let bundle = try AwaitedSignature(
            code: code, version: prepared.versionOrdinal, revision: revision, pdfHash: prepared.pdfHash
        ).lock(act)
        let draft = bundle.draft
        guard try act.tables.signedFiles.prepared(of: draft.id) == prepared, let step = bundle.currentStep
        else {
            throw Refused(.stale)
        }
        try Refused.unless(DraftRules.signingRefusals(bundle, by: person, overrideReason: overrideReason))
        let file = SignedFileRecord(
            id: act.newID(), draft: draft.id, versionOrdinal: prepared.versionOrdinal,
            layout: prepared.layout,
            hash: hash, size: size, pages: pages, signedBy: person.id, signerName: person.personName,
            certificateHash: certificate, signedAt: signedAt, overrideReason: overrideReason,
            level: level.rawValue, raiseTo: raiseTo?.rawValue ?? "")
        try act.tables.signedFiles.insert(file)
        try act.tables.drafts.dropPrepared(of: draft.id)
        let plan = try SendingPlan(
            act.tables, draft, try act.tables.draftSending.find(draft.id), on: act.today)
        try act.tables.draftSending.settle(plan.settled, of: draft.id)
        try act.tables.routing.setState(.done, of: step.id)
        try act.tables.routing.record(
            RoutingDecision(
                position: person.id, act: .signed, version: prepared.versionOrdinal,
                pdfHash: prepared.pdfHash,
                comment: overrideReason, at: act.now), about: draft.id)
        try act.tables.drafts.setState(.signed, of: draft.id)
        try act.tables.drafts.touch(draft.id)
        try ClerksDesk(draft: draft).put(.issue, act)
        if let request { try finish(request, act) }
        if let place { try act.tables.signingBatches.setState(.signed, of: place, at: act.now) }
        act.record(.draftSigned, draft.id, particulars(person, plan))
        return file
    }

    /// The request must still be open: one that was cancelled signs nothing.
    private func finish(_ request: ID<WaitingSignature>, _ act: Act) throws {
        guard try act.tables.waitingSignatures.lock(request)?.state.isOpen == true else {
            throw Refused(.stale)
        }
        try act.tables.waitingSignatures.end(request, .signed, at: act.now)
    }

    private func particulars(_ person: Position, _ plan: SendingPlan) -> [String: String] {
        var particulars = [
            "code": "DT-\(code)", "version": "\(prepared.versionOrdinal)", "pdf": prepared.pdfHash,
            "signed": hash,
            "signer": person.personName, "certificate": certificate, "level": level.rawValue,
        ]
        if !plan.sending.recipients.isEmpty {
            particulars["recipients"] = "\(plan.sending.recipients.count)"
        }
        if let day = plan.sending.answerBy { particulars["answerBy"] = day.iso }
        if let request { particulars["request"] = request.description }
        if !overrideReason.isEmpty { particulars["override"] = overrideReason }
        if let place { particulars["batch"] = place.batch.description }
        return particulars
    }
}

/// The very version the person saw, still at the person's signing step, with the slip it was seen with; anything
/// else means someone acted first.
struct AwaitedSignature {
    let code: Int
    let version: Int
    let revision: Int
    let pdfHash: String

    func lock(_ act: Act) throws -> DraftBundle {
        let person = try act.position
        guard let draft = try act.tables.drafts.lock(person.agency, code: code) else {
            throw Refused(.notFound)
        }
        let bundle = try act.tables.drafts.bundle(of: draft)
        guard draft.currentVersion == version, bundle.newest?.pdf?.hash == pdfHash,
            bundle.currentStep?.position == person.id, bundle.currentStep?.kind == .sign
        else { throw Refused(.stale) }
        try Refused.unless(bundle.changesSince(revision))
        return bundle
    }
}

extension DraftBundle {
    /// Whom a letter goes to, by when an answer is asked for, what goes along: none of it is in the bytes of its PDF, and
    /// all of it is signed under. A draft that was returned, changed and submitted again has counted on.
    func changesSince(_ revision: Int) -> [Refusal] {
        draft.version == revision ? [] : [.changedSinceShown]
    }
}

/// A signed draft waits for every clerk of the agency: urgent ones at once, others the same day or in the
/// next working morning (D5).
struct ClerksDesk {
    let draft: Draft

    func put(_ kind: DeskKind, _ act: Act, detail: String = "") throws {
        try act.tables.desk.clear(subject: draft.id.uuid)
        let calendar = try act.tables.calendar.load()
        for clerk in try act.tables.positions.holders(of: .clerk, in: draft.agency) {
            try act.tables.desk.put(
                item(kind, for: clerk.id, since: act.now, calendar, detail: detail), at: act.now)
        }
    }

    func item(
        _ kind: DeskKind, for clerk: ID<Position>, since moment: Instant, _ calendar: WorkingCalendar,
        detail: String
    ) -> DeskItem {
        let isAtOnce = draft.urgency > .normal || kind == .resume
        return DeskItem(
            position: clerk, agency: draft.agency, kind: kind, urgency: draft.urgency,
            dueAt: isAtOnce ? moment : calendar.endOfNextWorkingMorning(after: moment),
            subject: draft.id.uuid,
            title: draft.abstract,
            detail: ["DT-\(draft.code)", detail].filter { !$0.isEmpty }.joined(separator: " · "),
            path: "van-ban-di/phat-hanh/\(draft.code)")
    }

    /// Whose number waits for its seal.
    static func resumeDetail(_ numberAndNotation: String) -> String { "Đã cấp số \(numberAndNotation)" }
}
