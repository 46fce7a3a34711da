// Opening a hand-over: everything that would be checked before a key here is opened is checked before a file goes out
// (D1, D2; decisions 3, 5 and 10). For the head it is the prepared revision, for the clerk the letter with number and date
// filled in, so that what comes after stays allowed to the signatures before.
import BlobStorage
import Domain
import Foundation
import PDFSignatures
import Store

/// Where a press of the clerk's button led.
package enum SealingHandover: Sendable {
    /// The next file that waits for the agency's certificate.
    case waiting(Handover)
    /// Everything had come back already: the document is issued.
    case issued(IssuedDocument)
}

package struct HandoverOpening: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    // MARK: The head

    /// The wish's PIN is not looked at: the token's own program asks for it.
    package func openForSignature(
        _ wish: SigningWish, as person: Position, form: FormAct<Handover>? = nil
    ) async throws -> Acted<Handover> {
        if let form, let location = try await office.location(of: form.id, for: person) {
            return .already(location: location)
        }
        let signing = SignDraftService(office: office)
        let bundle = try await signing.waitingBundle(wish, person)
        let certificate = try await expectedCertificate(of: .person(person.account))
        let proposal = try await SigningPreparation(office: office).propose(
            pdf: wish.pdfHash, signer: person.personName)
        let layout = try proposal.layout(
            byHand: wish.places, notation: bundle.draft.notation, signer: person.personName,
            today: office.clock.now.officeDate)
        let prepared = try await signing.prepare(wish, layout, as: person)
        let operation = OpenHandover(
            subject: .draft(bundle.draft.id, version: wish.version, pdfHash: wish.pdfHash), code: wish.code,
            revision: wish.revision,
            served: FileReference(
                hash: prepared.hash, size: prepared.size, name: "DT-\(wish.code).pdf",
                mediaType: "application/pdf", pages: bundle.newest?.pdf?.pages ?? 1),
            overrideReason: wish.overrideReason, certificate: certificate)
        return try await run(operation, as: person, form: form)
    }

    // MARK: The clerk

    /// Takes the number where there is none yet, then gives out the first file that is not sealed.
    package func openForSealing(
        _ wish: IssuingWish, as clerk: Position, form: FormAct<Handover>? = nil
    ) async throws -> Acted<SealingHandover> {
        if let form, let location = try await office.location(of: form.id, for: clerk) {
            return .already(location: location)
        }
        guard Verb.numberTaken.roles.contains(clerk.role) else { throw Refused(.notForYourRole) }
        let issuing = IssuingService(office: office)
        var matter = try await IssuingReading(office: office).matter(wish.code, as: clerk)
        try await issuing.refuseUnlessReady(wish, matter, clerk)
        let certificate = try await expectedCertificate(of: .agency(clerk.agency))
        if matter.numbered == nil {
            try await OperationRunner(office: office).run(TakeNumber(wish), as: .position(clerk))
            office.killPoints.pass(.numberTaken)
            matter = try await IssuingReading(office: office).matter(wish.code, as: clerk)
        }
        let seals = try await HandedOutSeals(office: office, matter: matter, certificate: certificate)
        let hold = office.blobs.hold()
        guard let next = try await seals.nextToGiveOut(under: hold) else {
            return .done(.issued(try await seals.complete(as: clerk)))
        }
        let outcome = try await run(next, as: clerk, form: form)
        hold.release()
        switch outcome {
        case .done(let handover): return .done(.waiting(handover))
        case .already(let location): return .already(location: location)
        }
    }

    private func run(
        _ operation: OpenHandover, as person: Position, form: FormAct<Handover>?
    ) async throws -> Acted<Handover> {
        let runner = OperationRunner(office: office)
        guard let form else { return .done(try await runner.run(operation, as: .position(person))) }
        return try await runner.run(operation, as: .position(person), form: form)
    }

    /// What the office knows of the person's or the agency's certificate; without it there is nothing to expect.
    private func expectedCertificate(of owner: KeyOwner) async throws -> String {
        guard let key = try await office.read({ try $0.signingKeys.find(owner) }) else {
            throw Refused(.noKey)
        }
        guard key.signsElsewhere else { throw Refused(.keySignsHere) }
        if key.expiresAt <= office.clock.now { throw Refused(.keyExpired) }
        return CertificateHash.hex(key.certificate)
    }
}

extension SigningKeyRecord {
    /// The key is on a device at the person's own computer: the file goes to the program that speaks to it.
    package var signsElsewhere: Bool { place == .handOver }
}
