// The signing program's side of a file that is out. It has no session and no cookies: the token is all it knows, and all
// it learns is the one file. What it brings back is proven before anything is done with it; what fails leaves the paper
// waiting as it waited before.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import PDFSignatures
import Store

/// What the program is told about the file it brought.
package enum BroughtBack: Sendable, Equatable {
    case taken(FileReference)
    case refused(HandoverFault, detail: String)
}

package struct HandoverCounter: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    // MARK: Fetching

    /// The file, for the first who comes with the token in time; nil for anyone else, which the access log tells.
    package func fetch(_ token: String, address: String) async throws -> FileReference? {
        let hash = SessionToken.hash(token)
        let found = try await office.read { try $0.handovers.find(downloadHash: hash) }
        guard let found, let holder = try await holder(of: found),
            let given = try await OperationRunner(office: office).run(
                FetchHandover(id: found.id, address: address), as: .position(holder))
        else {
            try await note(found, address, "tải tệp giao ký: mã sai, đã dùng hoặc hết hạn")
            return nil
        }
        return given.served
    }

    // MARK: Bringing back

    /// The hand-over this token may bring back now, and how many bytes it may have; nil is told by the access log.
    package func expected(_ token: String, address: String) async throws -> (id: ID<Handover>, limit: Int)? {
        let hash = SessionToken.hash(token), now = office.clock.now
        let found = try await office.read { try $0.handovers.find(uploadHash: hash) }
        guard let found, HandoverRules.mayBeReturned(found, at: now) else {
            try await note(found, address, "nộp tệp đã ký: mã sai, đã dùng hoặc hết hạn")
            return nil
        }
        return (found.id, found.served.size + HandoverRules.growth)
    }

    /// `blob` is nil when more came than may come. Nil when another upload was first.
    ///
    /// - Parameter hold: What the bytes were stored under; not needed afterwards.
    package func bringBack(
        _ id: ID<Handover>, _ blob: BlobReference?, under hold: BlobHold, address: String
    ) async throws -> BroughtBack? {
        let now = office.clock.now
        let isFirst = try await office.database.write { try Tables($0).handovers.takeUpload(id, at: now) }
        guard isFirst, let handover = try await office.read({ try $0.handovers.find(id) }) else {
            if let blob { try await Uploads(office: office).discard(blob.hash, under: hold) }
            try await note(
                try await office.read { try $0.handovers.find(id) }, address,
                "nộp tệp đã ký lần thứ hai")
            return nil
        }
        guard let blob else { return try await refuse(handover, .tooLarge, "", nil, hold) }
        guard let holder = try await holder(of: handover) else {
            return try await refuse(handover, .moved, "", blob, hold)
        }
        let judged = try await HandoverProof(office: office).judge(blob.hash, handover)
        if case .refused(let fault, let detail) = judged {
            return try await refuse(handover, fault, detail, blob, hold)
        }
        do {
            try await take(handover, blob, as: holder)
        } catch let refused as Refused {
            office.log.notice("hand-over not taken", metadata: ["reasons": "\(refused.reasons)"])
            return try await refuse(handover, .moved, "", blob, hold)
        }
        hold.release()
        return .taken(
            FileReference(
                hash: blob.hash.hex, size: blob.size, name: handover.served.name,
                mediaType: "application/pdf", pages: handover.served.pages))
    }

    // MARK: Taking

    private func take(_ handover: Handover, _ blob: BlobReference, as holder: Position) async throws {
        switch handover.subject.purpose {
        case .signDraft: try await takeSigned(handover, blob, as: holder)
        case .sealLetter, .sealEnclosure: try await takeSealed(handover, blob, as: holder)
        case .stampArrival: throw Refused(.handoverClosed)
        }
    }

    private func takeSigned(_ handover: Handover, _ blob: BlobReference, as head: Position) async throws {
        guard let id = handover.subject.draft else { throw Refused(.stale) }
        let (draft, prepared) = try await office.read { tables in
            (try tables.drafts.find(id), try tables.signedFiles.prepared(of: id))
        }
        guard let draft, let prepared, prepared.hash == handover.served.hash else { throw Refused(.stale) }
        let signing = SignDraft(
            prepared: prepared, code: draft.code, revision: handover.revision ?? 0,
            overrideReason: handover.overrideReason, hash: blob.hash.hex, size: blob.size,
            pages: handover.served.pages,
            certificate: handover.certificate, signedAt: office.clock.now)
        try await OperationRunner(office: office).run(
            TakeSignedDraft(id: handover.id, signing: signing), as: .position(head))
        office.killPoints.pass(.signedCommitted)
    }

    private func takeSealed(_ handover: Handover, _ blob: BlobReference, as clerk: Position) async throws {
        let runner = OperationRunner(office: office)
        let hold = office.blobs.hold()
        let next = try await seals(handover, clerk).nextToGiveOut(after: handover.subject, under: hold)
        let opened = try await runner.run(
            TakeSealedFile(id: handover.id, hash: blob.hash.hex, size: blob.size, next: next),
            as: .position(clerk))
        hold.release()
        guard opened == nil else { return }
        office.killPoints.pass(.sealedStored)
        // All seals are there. Should issuing fail now, the same button on the issuing page completes it.
        do { _ = try await seals(handover, clerk).complete(as: clerk) } catch {
            office.log.error("issuing after the last seal failed", metadata: ["error": "\(error)"])
        }
    }

    private func seals(_ handover: Handover, _ clerk: Position) async throws -> HandedOutSeals {
        guard let id = handover.subject.draft, let draft = try await office.read({ try $0.drafts.find(id) })
        else { throw Refused(.stale) }
        let matter = try await IssuingReading(office: office).matter(draft.code, as: clerk)
        guard matter.numbered?.id == handover.subject.issuance else { throw Refused(.stale) }
        return try await HandedOutSeals(
            office: office, matter: matter, certificate: handover.certificate)
    }

    // MARK: Refusing

    private func refuse(
        _ handover: Handover, _ fault: HandoverFault, _ detail: String, _ blob: BlobReference?,
        _ hold: BlobHold
    ) async throws -> BroughtBack {
        try await OperationRunner(office: office).run(
            RefuseReturn(id: handover.id, fault: fault, detail: detail, hash: blob?.hash.hex ?? ""),
            as: .system(name: HandoverDesk.machine, agency: handover.agency))
        if let blob { try await Uploads(office: office).discard(blob.hash, under: hold) }
        return .refused(fault, detail: detail)
    }

    /// Whose file it is, while that person still holds the position and may sign in.
    private func holder(of handover: Handover) async throws -> Position? {
        try await office.read { tables in
            guard let position = try tables.positions.find(handover.position),
                let account = try tables.accounts.find(position.account), !account.isLocked
            else { return nil }
            return position
        }
    }

    private func note(_ handover: Handover?, _ address: String, _ detail: String) async throws {
        let now = office.clock.now
        try await office.database.write { connection in
            let tables = Tables(connection)
            let account = try handover.flatMap { try tables.positions.find($0.position)?.account }
            let login = try account.flatMap { try tables.accounts.find($0)?.login } ?? ""
            try tables.accessLog.append(
                .denied, account: account, login: login, address: address, detail: detail, at: now)
        }
    }
}

/// What stands between a file that came in and its being used: the engine's proof, then the office's own judgement of
/// every signature on it.
struct HandoverProof {
    let office: Office

    enum Judgement: Sendable, Equatable {
        case proven
        case refused(HandoverFault, String)
    }

    /// The child looks first: what it cannot read is never read here.
    func judge(_ hash: BlobHash, _ handover: Handover) async throws -> Judgement {
        let reports = SignatureReports(office: office), now = office.clock.now
        let findings = await reports.examine(hash.hex, heldAt: now)
        guard findings.fault == nil, findings.unreadable == nil else { return .refused(.unreadable, "") }
        let proof = try await OwnThread.run { try prove(hash, handover) }
        guard proof == .proven else { return proof }
        guard !findings.signatures.isEmpty,
            findings.signatures.allSatisfy({ $0.isWhole(trusted: office.trust) })
        else {
            let bad = findings.signatures.first { !$0.isWhole(trusted: office.trust) }
            return .refused(.notValid, bad?.signer ?? "")
        }
        // What issuing and the pages will ask for is found: the child need not look again.
        try await reports.keep(findings, of: hash.hex, heldAt: now)
        return .proven
    }

    private func prove(_ hash: BlobHash, _ handover: Handover) throws -> Judgement {
        let served = try office.bytes(ofFile: handover.served.hash), returned = try office.blobs.read(hash)
        do throws(ReturnedFile.Fault) {
            _ = try ReturnedFile.prove(returned, extends: served) {
                CertificateHash.hex($0) == handover.certificate
            }
        } catch { return Self.refusal(error) }
        return .proven
    }

    private static func refusal(_ fault: ReturnedFile.Fault) -> Judgement {
        switch fault {
        case .unreadable: .refused(.unreadable, "")
        case .notAnExtension: .refused(.notAnExtension, "")
        case .unsigned: .refused(.unsigned, "")
        case .severalSignatures(let count): .refused(.severalSignatures, "\(count)")
        case .otherCertificate(let signer): .refused(.otherCertificate, signer ?? "")
        case .fieldsFilled: .refused(.fieldsFilled, "")
        case .contentAdded: .refused(.contentAdded, "")
        case .signatureWrong: .refused(.notValid, "")
        case .changedAfterSigning: .refused(.changedAfterwards, "")
        }
    }
}
