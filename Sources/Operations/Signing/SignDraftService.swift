// Ký số (D1): the competent person signs the version that waits for it. The page is prepared, the person's
// own key opened with the PIN and the PDF signed outside every transaction; the last step binds the signed
// file to the draft, if that very version still waits (decision 5). After a crash anywhere before it, the
// draft waits as before.
import BlobStorage
import Domain
import DualSQL
import Foundation
import PDFSignatures
import Store

/// What the person saw and agreed to.
package struct SigningWish: Sendable {
    package let code: Int
    package let version: Int
    /// The draft's row version: recipients and everything else beside the PDF as the page showed it.
    package let revision: Int
    package let pdfHash: String
    /// Places chosen by hand instead of the found ones.
    package let places: [Field: MillimetrePlace]
    package let pin: String
    /// Why it is signed although initials are of an older version.
    package let overrideReason: String

    package init(
        code: Int, version: Int, revision: Int, pdfHash: String, places: [Field: MillimetrePlace] = [:],
        pin: String, overrideReason: String = ""
    ) {
        self.code = code
        self.version = version
        self.revision = revision
        self.pdfHash = pdfHash
        self.places = places
        self.pin = pin
        self.overrideReason = overrideReason
    }
}

package struct SignDraftService: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func sign(
        _ wish: SigningWish, as person: Position, form: FormAct<SignedFileRecord>? = nil
    ) async throws -> Acted<SignedFileRecord> {
        if let form, let location = try await office.location(of: form.id, for: person) {
            return .already(location: location)
        }
        let (bundle, layout) = try await awaited(wish, person)
        let unlocked = try await SigningKeys(office: office).unlock(.person(person.account), pin: wish.pin)
        let hold = office.blobs.hold()
        let operation = try await operation(wish, bundle, layout, unlocked, as: person, in: nil, hold)
        let runner = OperationRunner(office: office)
        let outcome: Acted<SignedFileRecord> =
            if let form {
                try await runner.run(operation, as: .position(person), form: form)
            } else {
                .done(try await runner.run(operation, as: .position(person)))
            }
        if case .done = outcome { hold.release() }
        office.killPoints.pass(.signedCommitted)
        return outcome
    }

    /// With a key that is open already: one draft of a batch, marked as signed in the same transaction.
    func sign(
        _ wish: SigningWish, as person: Position, with unlocked: UnlockedKey, in place: SigningBatchPlace
    ) async throws {
        let (bundle, layout) = try await awaited(wish, person)
        let hold = office.blobs.hold()
        let operation = try await operation(wish, bundle, layout, unlocked, as: person, in: place, hold)
        try await OperationRunner(office: office).run(operation, as: .position(person))
        hold.release()
        office.killPoints.pass(.signedCommitted)
    }

    /// The version that waits, and where everything will stand on it.
    package func awaited(_ wish: SigningWish, _ person: Position) async throws -> (
        DraftBundle, SignatureLayout
    ) {
        let bundle = try await waitingBundle(wish, person)
        let proposal = try await SigningPreparation(office: office).propose(
            pdf: wish.pdfHash, signer: person.personName)
        let layout = try proposal.layout(
            byHand: wish.places, notation: bundle.draft.notation, signer: person.personName,
            today: office.clock.now.officeDate)
        return (bundle, layout)
    }

    private func operation(
        _ wish: SigningWish, _ bundle: DraftBundle, _ layout: SignatureLayout, _ unlocked: UnlockedKey,
        as person: Position, in place: SigningBatchPlace?, _ hold: BlobHold
    ) async throws -> SignDraft {
        let prepared = try await prepare(wish, layout, as: person)
        office.killPoints.pass(.preparedStored)
        let operation = try await OwnThread.run {
            try signed(prepared, wish, bundle, unlocked, by: person, in: place, hold)
        }
        office.killPoints.pass(.signedStored)
        return operation
    }

    /// Every reason against it before any key is opened.
    func waitingBundle(_ wish: SigningWish, _ person: Position) async throws -> DraftBundle {
        guard Verb.draftSigned.roles.contains(person.role) else { throw Refused(.notForYourRole) }
        let bundle = try await office.read { tables in try tables.drafts.readable(wish.code, by: person) }
        try Refused.unless(
            DraftRules.signingRefusals(bundle, by: person, overrideReason: wish.overrideReason))
        guard bundle.draft.currentVersion == wish.version, bundle.newest?.pdf?.hash == wish.pdfHash else {
            throw Refused(.stale)
        }
        try Refused.unless(bundle.changesSince(wish.revision))
        return bundle
    }

    /// The revision with the empty fields, made once for a version and a layout.
    package func prepare(
        _ wish: SigningWish, _ layout: SignatureLayout, as person: Position
    ) async throws -> PreparedFile {
        guard let source = BlobHash(hex: wish.pdfHash) else { throw Refused(.noVersion) }
        let hold = office.blobs.hold()
        let blob = try await OwnThread.run {
            let fonts = try LetterFonts.load()
            let bytes = try PDFBytes.refusing {
                try Preparation.prepare(
                    try office.blobs.read(source), layout: layout, font: fonts.upright,
                    italicFont: fonts.italic)
            }
            return try office.blobs.put(bytes, under: hold)
        }
        let prepared = try await OperationRunner(office: office).run(
            PrepareDraft(
                code: wish.code, version: wish.version, revision: wish.revision, pdfHash: wish.pdfHash,
                layout: try LayoutText.encode(layout),
                hash: blob.hash.hex, size: blob.size),
            as: .position(person))
        // Where it had been made before, these bytes are of no use.
        if prepared.hash == blob.hash.hex { hold.release() }
        return prepared
    }

    private func signed(
        _ prepared: PreparedFile, _ wish: SigningWish, _ bundle: DraftBundle, _ unlocked: UnlockedKey,
        by person: Position, in place: SigningBatchPlace?, _ hold: BlobHold
    ) throws -> SignDraft {
        guard let hash = BlobHash(hex: prepared.hash) else { throw Refused(.stale) }
        let now = office.clock.now
        let request = SigningRequest(
            field: FieldName.signer, appearance: .image(png: unlocked.record.picture), key: unlocked.key,
            name: person.personName, signingTime: now.date)
        let wanted = office.signing.signatureLevel
        let (bytes, level) = try PDFBytes.refusing {
            try LastingSignatures(office: office).sign(
                try office.blobs.read(hash), request, with: unlocked.key, wanted: wanted)
        }
        let findings = SignatureReports(office: office).report(on: bytes)
        guard findings.isSignedBy(FieldName.signer, office.trust) else {
            throw SigningError.resultNotValid(field: FieldName.signer, reason: "not valid after signing")
        }
        office.killPoints.pass(.signedBeforeStoring)
        let blob = try office.blobs.put(bytes, under: hold)
        return SignDraft(
            prepared: prepared, code: wish.code, revision: wish.revision, overrideReason: wish.overrideReason,
            hash: blob.hash.hex, size: blob.size, pages: bundle.newest?.pdf?.pages ?? 1,
            certificate: unlocked.certificateHash,
            signedAt: now, place: place, level: level, raiseTo: level < wanted ? wanted : nil)
    }
}

/// A layout as the database keeps it: the same layout is always the same text.
enum LayoutText {
    static func encode(_ layout: SignatureLayout) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(layout), as: UTF8.self)
    }

    static func decode(_ text: String) throws -> SignatureLayout {
        try JSONDecoder().decode(SignatureLayout.self, from: Data(text.utf8))
    }
}

extension SignatureLayout {
    var printed: PrintedParts {
        PrintedParts(number: printedNumber, day: printedDay, month: printedMonth, year: printedYear)
    }
}

extension DraftTable {
    /// What this person may read of it; to a stranger it does not exist.
    func readable(_ code: Int, by person: Position) throws -> DraftBundle {
        guard let draft = try find(person.agency, code: code),
            DraftAccess.mayRead(draft, readers: try readers(of: draft.id), by: person)
        else { throw Refused(.notFound) }
        return try bundle(of: draft)
    }
}

extension Office {
    /// Where the result of a form is shown that has acted already.
    func location(of form: String, for person: Position) async throws -> String? {
        try await read { try $0.acts.location(of: form, account: person.account) }
    }
}
