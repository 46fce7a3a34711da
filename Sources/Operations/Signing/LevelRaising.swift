// Bổ sung dấu thời gian: a leader's signature that was made while the timestamp authority did not answer, or at a
// remote service, gets what it lacks while the letter still waits for its number. What has a number is left as it is,
// and what was issued never changes.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Logging
import PDFSignatures
import Store

package struct LevelRaising: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Until cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                if try await runOnce() { continue }
            } catch { office.log.warning("raising a signature: \(error)") }
            try? await Task.sleep(for: .seconds(5))
        }
    }

    private static let secondsToNextTry = 120

    /// One, if there is one; false when nothing is due.
    package func runOnce() async throws -> Bool {
        let now = office.clock.now
        guard try await office.read({ try $0.signedFiles.isAnyToRaise(at: now) }) else { return false }
        let until = now.adding(seconds: Self.secondsToNextTry)
        guard
            let file = try await office.database.write({
                try Tables($0).signedFiles.takeToRaise(at: now, until: until)
            })
        else { return false }
        let draft = try await office.read { try $0.drafts.find(file.draft) }
        guard let draft, draft.state == .signed, let level = SignatureLevel(rawValue: file.raiseTo) else {
            try await office.database.write { try Tables($0).signedFiles.leaveAsIs(file.id) }
            return true
        }
        let hold = office.blobs.hold()
        let raised = try await OwnThread.run { try raise(file, to: level, under: hold) }
        try await OperationRunner(office: office).run(
            RaiseSignature(file: file, hash: raised.hash, size: raised.size, level: level),
            as: .system(name: "Bổ sung dấu thời gian", agency: draft.agency))
        hold.release()
        return true
    }

    private func raise(
        _ file: SignedFileRecord, to level: SignatureLevel, under hold: BlobHold
    ) throws -> (hash: String, size: Int) {
        guard let hash = BlobHash(hex: file.hash) else { throw Refused(.stale) }
        let bytes = try PAdES.extend(
            try office.blobs.read(hash), to: level, services: office.longTermServices)
        guard SignatureReports(office: office).report(on: bytes).isSignedBy(FieldName.signer, office.trust)
        else {
            throw SigningError.resultNotValid(field: FieldName.signer, reason: "not valid after raising")
        }
        let blob = try office.blobs.put(bytes, under: hold)
        return (blob.hash.hex, blob.size)
    }
}

struct RaiseSignature: OfficeOperation {
    static let verb = Verb.signatureRaised

    let file: SignedFileRecord
    let hash: String
    let size: Int
    let level: SignatureLevel

    func perform(_ act: Act) throws {
        guard let draft = try act.tables.drafts.lock(file.draft), draft.state == .signed,
            let present = try act.tables.signedFiles.valid(of: draft.id), present.id == file.id,
            present.hash == file.hash
        else { return }
        try act.tables.signedFiles.setRaised(file.id, hash: hash, size: size, level: level.rawValue)
        try act.tables.drafts.touch(draft.id)
        act.record(
            .signatureRaised, draft.id,
            ["code": "DT-\(draft.code)", "before": file.hash, "signed": hash, "level": level.rawValue])
    }
}

extension SignatureFindings {
    /// The named signature is there and right, so is every other, and nothing but form filling came after them.
    func isSignedBy(_ field: String, _ trust: TrustRoots) -> Bool {
        let people = signatures.filter { $0.kind == .signature }
        return people.contains { $0.field == field } && people.allSatisfy { $0.isWhole(trusted: trust) }
    }
}
