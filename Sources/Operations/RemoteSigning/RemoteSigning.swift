// Ký số từ xa (D1): the competent person signs with a key at a service and confirms on the phone. Two phases, with any
// time and even a restart between them: the page is prepared and the service asked; when the person has confirmed, the
// value goes into the very file that was prepared, the whole is judged, and the signed file is entered if that version
// still waits. All network is outside every transaction.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import PDFSignatures
import Store

package struct RemoteSigning: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    private var services: SigningServices {
        SigningServices(settings: office.signing.services, web: office.web)
    }
    private var runner: OperationRunner { OperationRunner(office: office) }

    /// Whether the service answers and keeps the entered certificate for this person.
    func reach(_ key: SigningKeyRecord, at place: RemotePlace) async throws -> KeyTestResult {
        do {
            _ = try await credential(place, key, try services.signer(for: place))
            return .works
        } catch let refused as Refused {
            return refused.reasons == [.signingServiceUnreachable] ? .unreachable : .wrongSignature
        }
    }

    // MARK: Asking

    /// Answers when the service has the request; whether the person confirms is found out by `poll`.
    package func ask(
        _ wish: SigningWish, as person: Position, form: FormAct<ID<WaitingSignature>>? = nil
    ) async throws -> Acted<ID<WaitingSignature>> {
        if let form, let location = try await office.location(of: form.id, for: person) {
            return .already(location: location)
        }
        let service = SignDraftService(office: office)
        let (bundle, layout) = try await service.awaited(wish, person)
        let key = try await usableKey(of: person)
        guard case .remote(let place) = key.place else { throw Refused(.keyNotAtHand) }
        let signer = try services.signer(for: place)
        let credential = try await credential(place, key, signer)
        let prepared = try await service.prepare(wish, layout, as: person)
        let hold = office.blobs.hold()
        let tail = try await OwnThread.run { try keepTail(prepared, key, credential, person, hold) }
        let operation = AskRemoteSignature(
            prepared: prepared, code: wish.code, revision: wish.revision, tail: tail.hash, key: key.id,
            overrideReason: wish.overrideReason)
        let outcome: Acted<ID<WaitingSignature>> =
            if let form {
                try await runner.run(operation, as: .position(person), form: form)
            } else {
                .done(try await runner.run(operation, as: .position(person)))
            }
        guard case .done(let id) = outcome else { return outcome }
        hold.release()
        let document = RemoteDocument(
            identifier: id.description, name: "DT-\(wish.code) \(bundle.draft.abstract)", digest: tail.digest)
        try await begin(id, document, credential, signer, pin: wish.pin, person.agency)
        return outcome
    }

    private func usableKey(of person: Position) async throws -> SigningKeyRecord {
        guard let key = try await office.read({ try $0.signingKeys.find(.person(person.account)) }) else {
            throw Refused(.noKey)
        }
        try Refused.unless(key.refusals(at: office.clock.now))
        return key
    }

    /// The service's key must be the one of the certificate that was entered for this person (H5).
    private func credential(
        _ place: RemotePlace, _ key: SigningKeyRecord, _ signer: any RemoteSigner
    ) async throws -> RemoteCredential {
        let found = try await calling(signer) { try $0.credentials() }
        guard
            let credential = found.first(where: {
                $0.certificate == key.certificate
                    && (place.credential.isEmpty || $0.identifier == place.credential)
            })
        else { throw Refused(.keyOfSomeoneElse) }
        if credential.needsToken || credential.codes.count > 1 { throw Refused(.signingServiceRefused) }
        return credential
    }

    private func keepTail(
        _ prepared: PreparedFile, _ key: SigningKeyRecord, _ credential: RemoteCredential,
        _ person: Position, _ hold: BlobHold
    ) throws -> (hash: String, digest: [UInt8]) {
        guard let hash = BlobHash(hex: prepared.hash) else { throw Refused(.stale) }
        let request = SigningRequest(
            field: FieldName.signer, appearance: .image(png: key.picture),
            certificate: credential.certificate,
            chain: credential.chain.isEmpty ? key.chain : credential.chain, algorithm: credential.algorithm,
            name: person.personName, signingTime: office.clock.now.date)
        let waiting = try PDFBytes.refusing { try PAdES.prepare(try office.blobs.read(hash), request) }
        let kept = try office.blobs.put([UInt8](try JSONEncoder().encode(waiting)), under: hold)
        return (kept.hash.hex, waiting.digest)
    }

    private func begin(
        _ id: ID<WaitingSignature>, _ document: RemoteDocument, _ credential: RemoteCredential,
        _ signer: any RemoteSigner, pin: String, _ agency: ID<Agency>
    ) async throws {
        do {
            let codes = Dictionary(
                uniqueKeysWithValues: credential.codes.map { ($0.identifier, pin) })
            let progress = try await calling(signer) {
                try $0.begin([document], with: credential, approval: RemoteApproval(codes: codes))
            }
            try await take(progress, id)
        } catch let refused as Refused {
            try await end(id, .notSigned, refused.reasons, agency)
            throw refused
        }
    }

    // MARK: Asking again

    /// Until cancelled: what waits is asked for again in its time.
    package func run() async {
        while !Task.isCancelled {
            do {
                if try await poll() { continue }
            } catch { office.log.error("remote signatures: \(error)") }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// One that is due, if there is one; false when nothing is.
    package func poll() async throws -> Bool {
        let now = office.clock.now
        guard try await office.read({ try $0.waitingSignatures.isAnyDue(at: now) }) else { return false }
        let until = now.adding(seconds: Self.leaseSeconds)
        guard
            let waiting = try await office.database.write({
                try Tables($0).waitingSignatures.take(at: now, until: until)
            })
        else { return false }
        do {
            try await ask(again: waiting, at: now)
        } catch let refused as Refused {
            let isPassing = refused.reasons == [.signingServiceUnreachable]
            if isPassing { return true }
            let isDropped = [.stale, .changedSinceShown, .stepNotYours].contains {
                refused.reasons.contains($0)
            }
            try await end(
                waiting.id, isDropped ? .dropped : .notSigned, isDropped ? [] : refused.reasons,
                waiting.agency)
        }
        return true
    }

    private static let leaseSeconds = 30

    private func ask(again waiting: WaitingSignatureRecord, at now: Instant) async throws {
        guard let person = try await stillAwaits(waiting) else { throw Refused(.stale) }
        // A server that died while it asked left nothing to ask again with.
        if waiting.pending.isEmpty { throw Refused(.signingInterrupted) }
        if waiting.expiresAt <= now { throw Refused(.confirmationExpired) }
        let key = try await office.read { try $0.signingKeys.find(.person(person.account)) }
        guard let key, key.id == waiting.key, case .remote(let place) = key.place else {
            throw Refused(.noKey)
        }
        let pending = try JSONDecoder().decode(PendingSignatures.self, from: Data(waiting.pending.utf8))
        let progress = try await calling(try services.signer(for: place)) { try $0.poll(pending) }
        try await take(progress, waiting.id)
    }

    /// The version and bytes that were asked about, at this person's step; else the draft went on without it.
    private func stillAwaits(_ waiting: WaitingSignatureRecord) async throws -> Position? {
        try await office.read { tables in
            guard let draft = try tables.drafts.find(waiting.draft),
                let person = try tables.positions.find(waiting.position)
            else { return nil }
            let bundle = try tables.drafts.bundle(of: draft)
            let isSame =
                draft.currentVersion == waiting.version && bundle.newest?.pdf?.hash == waiting.pdfHash
                && bundle.currentStep?.position == person.id && draft.version == waiting.revision
            let prepared = try tables.signedFiles.prepared(of: draft.id)
            return isSame && prepared?.hash == waiting.preparedHash ? person : nil
        }
    }

    // MARK: What came

    private func take(_ progress: RemoteProgress, _ id: ID<WaitingSignature>) async throws {
        switch progress {
        case .pending(let pending):
            let text = String(decoding: try JSONEncoder().encode(pending), as: UTF8.self)
            let next = office.clock.now.adding(seconds: max(1, Int(pending.pause.rounded())))
            try await office.database.write {
                try Tables($0).waitingSignatures.setWaiting(id, pending: text, askAgainAt: next)
            }
        case .signed(let values):
            guard let value = values.first,
                let waiting = try await office.read({ try $0.waitingSignatures.find(id) })
            else { throw Refused(.signingServiceRefused) }
            try await enter(value, waiting)
        }
    }

    /// Into the prepared file, judged as a whole, and bound to the draft.
    private func enter(_ value: [UInt8], _ waiting: WaitingSignatureRecord) async throws {
        guard let person = try await stillAwaits(waiting) else { throw Refused(.stale) }
        let (prepared, key, pages) = try await office.read { tables in
            (
                try tables.signedFiles.prepared(of: waiting.draft),
                try tables.signingKeys.find(id: waiting.key),
                try tables.draftVersions.find(waiting.draft, ordinal: waiting.version)?.pdf?.pages ?? 1
            )
        }
        guard let prepared, let key, let tail = BlobHash(hex: waiting.tailHash),
            let base = BlobHash(hex: waiting.preparedHash)
        else { throw Refused(.stale) }
        let now = office.clock.now, hold = office.blobs.hold()
        let signed = try await OwnThread.run { [self] in
            try signedFile(value, tail: tail, base: base, certificate: key.certificate, hold)
        }
        let operation = SignDraft(
            prepared: prepared, code: waiting.code, revision: waiting.revision,
            overrideReason: waiting.overrideReason, hash: signed.hash, size: signed.size, pages: pages,
            certificate: CertificateHash.hex(key.certificate), signedAt: now,
            request: waiting.id,
            raiseTo: office.signing.signatureLevel > .basic ? office.signing.signatureLevel : nil)
        try await runner.run(operation, as: .position(person))
        hold.release()
    }

    private func signedFile(
        _ value: [UInt8], tail: BlobHash, base: BlobHash, certificate: [UInt8], _ hold: BlobHold
    ) throws -> (hash: String, size: Int) {
        let prepared = try JSONDecoder().decode(
            PreparedSignature.self, from: Data(try office.blobs.read(tail)))
        let bytes: [UInt8]
        do {
            bytes = [UInt8](
                try prepared.embed(signatureValue: value, into: FileBytes(try office.blobs.read(base))))
        } catch {
            office.log.warning("a remote signature is not right", metadata: ["error": "\(error)"])
            throw Refused(.keyOfSomeoneElse)
        }
        let findings = SignatureReports(office: office).report(on: bytes)
        guard findings.isSignedBy(FieldName.signer, office.trust) else { throw Refused(.keyOfSomeoneElse) }
        let blob = try office.blobs.put(bytes, under: hold)
        return (blob.hash.hex, blob.size)
    }

    // MARK: Small parts

    private func calling<T: Sendable>(
        _ signer: any RemoteSigner, _ body: @escaping @Sendable (any RemoteSigner) throws -> T
    ) async throws -> T {
        do { return try await OwnThread.run { try body(signer) } } catch let error as RemoteSigningError {
            office.log.warning("remote signing service", metadata: ["error": "\(error)"])
            throw Refused(SigningServices.refusal(error))
        }
    }

    private func end(
        _ id: ID<WaitingSignature>, _ state: WaitingSignatureState, _ reasons: [Refusal], _ agency: ID<Agency>
    ) async throws {
        try await runner.run(
            EndRemoteSignature(id: id, state: state, reasons: reasons),
            as: .system(name: "Ký số từ xa", agency: agency))
    }
}
