// Cấp số, đóng dấu, phát hành in one press (D2–D6; decision 3): everything is checked before anything is
// taken; then number and date, then the seals outside any transaction, then the issued document. After a
// crash anywhere the same press goes on with the same number, date and recipients.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import OfficeFiles
import PDFSignatures
import Store

/// What the clerk chose; for a draft that has its number already, only the PIN counts.
package struct IssuingWish: Sendable {
    package let code: Int
    package let date: OfficeDate
    package let recipients: [ID<Agency>]
    package let media: MediaWish
    /// Number and notation of the document that this one replaces; empty: none.
    package let replaces: String
    package let pin: String

    package init(
        code: Int, date: OfficeDate, recipients: [ID<Agency>], media: MediaWish = .byRules,
        replaces: String = "", pin: String
    ) {
        self.replaces = replaces
        self.media = media
        self.code = code
        self.date = date
        self.recipients = recipients
        self.pin = pin
    }
}

package struct IssuingService: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// The form acts once: its second press is led to the issuing page, or to the issued document once there
    /// is one.
    package func issue(
        _ wish: IssuingWish, as clerk: Position, form: FormAct<IssuedDocument>? = nil
    ) async throws -> Acted<IssuedDocument> {
        if let form, let location = try await office.location(of: form.id, for: clerk) {
            return .already(location: location)
        }
        guard Verb.numberTaken.roles.contains(clerk.role) else { throw Refused(.notForYourRole) }
        let matter = try await IssuingReading(office: office).matter(wish.code, as: clerk)
        try await refuseUnlessReady(wish, matter, clerk)
        let key = try await SigningKeys(office: office).unlock(.agency(clerk.agency), pin: wish.pin)
        if matter.numbered == nil {
            if let location = try await take(TakeNumber(wish), as: clerk, form: form) {
                return .already(location: location)
            }
            office.killPoints.pass(.numberTaken)
        } else if let form {
            // A resumed issuing claims the form only with the issued document; a crash before leaves it free.
            return try await complete(wish.code, key, clerk, claiming: form)
        }
        return .done(try await complete(wish.code, key, clerk, updating: form))
    }

    // MARK: Before anything is taken

    func refuseUnlessReady(_ wish: IssuingWish, _ matter: IssuingMatter, _ clerk: Position)
        async throws
    {
        if matter.numbered == nil {
            let today = office.clock.now.officeDate
            let (facts, refusals) = try await office.read { tables in
                let register = try tables.registers.forType(
                    matter.bundle.draft.typeSlug, in: clerk.agency, .outgoing)
                let last =
                    try register.map { try tables.registers.last(in: $0.id, year: today.year).date } ?? nil
                let draft = matter.bundle.draft
                let media = try IssuingMedia(
                    tables, agency: draft.agency, type: draft.typeSlug, recipients: wish.recipients,
                    wish: wish.media, on: today, isSigned: draft.state == .signed)
                return (
                    try IssuingReading.facts(
                        tables, draft, date: wish.date, recipients: wish.recipients, media: media,
                        today: today, lastDate: last),
                    try Self.wayRefusals(tables, draft, media, wish.date, today)
                )
            }
            try Refused.unless(IssuingRules.numberingRefusals(facts) + refusals)
        }
        try Refused.unless(matter.refusals)
        guard let signed = matter.signed else { throw Refused(.notSigned) }
        let letter = FileReference(
            hash: signed.hash, size: signed.size, name: "văn bản đã ký.pdf", mediaType: "application/pdf",
            pages: signed.pages)
        try Refused.unless(
            await OutgoingCheck(office: office).refusals(matter.bundle.outgoingFiles(signed: letter)))
        let verdicts = try await SignatureReports(office: office).judged(signed.hash, heldAt: signed.signedAt)
            .findings.signatures
        // One signature, the leader's, in whatever field the leader's own program put it.
        guard verdicts.count == 1, let leader = verdicts.first, leader.isWhole(trusted: office.trust) else {
            throw Refused(.notSigned)
        }
    }

    /// Which way it goes, whether as the signer saw it, and whether a message can be made of it.
    private static func wayRefusals(
        _ tables: Tables, _ draft: Draft, _ media: IssuingMedia, _ date: OfficeDate, _ today: OfficeDate
    ) throws -> [Refusal] {
        try media.refusals + SignedInstruction(tables, draft, media, on: today).refusals
            + MessageForecast(tables, draft, media, date: date).refusals
    }

    /// Transaction 1. Returns where the form leads when it had acted already.
    private func take(
        _ operation: TakeNumber, as clerk: Position, form: FormAct<IssuedDocument>?
    ) async throws -> String? {
        let runner = OperationRunner(office: office)
        guard let form else {
            try await runner.run(operation, as: .position(clerk))
            return nil
        }
        let agency = try await office.read { try $0.agencies.find(clerk.agency)?.slug ?? "" }
        let code = operation.code
        let outcome = try await runner.run(
            operation, as: .position(clerk),
            form: FormAct(id: form.id) { _ in "/\(agency)/van-ban-di/phat-hanh/\(code)" })
        if case .already(let location) = outcome { return location }
        return nil
    }

    // MARK: Sealing and issuing

    private func complete(
        _ code: Int, _ key: UnlockedKey, _ clerk: Position, claiming form: FormAct<IssuedDocument>
    ) async throws -> Acted<IssuedDocument> {
        let hold = office.blobs.hold()
        let operation = try await sealed(code, key, clerk, form: nil, under: hold)
        let outcome = try await OperationRunner(office: office).run(
            operation, as: .position(clerk), form: form)
        if case .done = outcome { hold.release() }
        office.killPoints.pass(.issuedCommitted)
        return outcome
    }

    private func complete(
        _ code: Int, _ key: UnlockedKey, _ clerk: Position, updating form: FormAct<IssuedDocument>?
    ) async throws -> IssuedDocument {
        let hold = office.blobs.hold()
        let operation = try await sealed(code, key, clerk, form: form, under: hold)
        let issued = try await OperationRunner(office: office).run(operation, as: .position(clerk))
        hold.release()
        office.killPoints.pass(.issuedCommitted)
        return issued
    }

    /// The number stays the draft's whatever goes wrong here.
    private func sealed(
        _ code: Int, _ key: UnlockedKey, _ clerk: Position, form: FormAct<IssuedDocument>?,
        under hold: BlobHold
    ) async throws -> CompleteIssuing {
        let matter = try await IssuingReading(office: office).matter(code, as: clerk)
        guard let issuance = matter.numbered, let signed = matter.signed else { throw Refused(.stale) }
        do {
            let sealing = Sealing(
                office: office, issuance: issuance, agency: matter.agency, key: key, hold: hold)
            let files = try await OwnThread.run { try sealing.seal(signed, matter.bundle) }
            return CompleteIssuing(
                code: code, issuance: issuance.id, sealed: files, form: form?.id, location: form?.location)
        } catch let refused as Refused {
            throw refused
        } catch  where Room.isMissing(for: error) {
            throw error
        } catch {
            office.log.error(
                "sealing failed", metadata: ["draft": "\(matter.bundle.draft.id)", "error": "\(error)"])
            throw Refused(.sealingFailed)
        }
    }
}
