// What asking a remote service enters: that it was asked, what it is asked again with, and how it ended. The signature
// itself is entered like any other, by `SignDraft`.
import Domain
import DualSQL
import Foundation
import Store

/// Before the service hears of it, so that nothing is asked that is not written down.
struct AskRemoteSignature: OfficeOperation {
    static let verb = Verb.remoteSignatureAsked

    let prepared: PreparedFile
    let code: Int
    let revision: Int
    let tail: String
    let key: ID<SigningCertificate>
    let overrideReason: String

    func perform(_ act: Act) throws -> ID<WaitingSignature> {
        let person = try act.position
        let bundle = try AwaitedSignature(
            code: code, version: prepared.versionOrdinal, revision: revision, pdfHash: prepared.pdfHash
        ).lock(act)
        guard try act.tables.signedFiles.prepared(of: bundle.draft.id) == prepared else {
            throw Refused(.stale)
        }
        if let open = try act.tables.waitingSignatures.open(of: bundle.draft.id) {
            if open.position == person.id, open.preparedHash == prepared.hash, open.expiresAt > act.now {
                throw Refused(.signatureAlreadyAsked)
            }
            try act.tables.waitingSignatures.end(open.id, .dropped, at: act.now)
        }
        let id: ID<WaitingSignature> = act.newID()
        try act.tables.waitingSignatures.insert(
            id, of: prepared, revision: revision, tail: tail, by: person, key: key,
            overrideReason: overrideReason,
            at: act.now,
            expiresAt: act.now.adding(seconds: WaitingSignatureRules.patience),
            askAgainAt: act.now.adding(seconds: WaitingSignatureRules.asking))
        act.record(
            .remoteSignatureAsked, bundle.draft.id,
            [
                "code": "DT-\(code)", "version": "\(prepared.versionOrdinal)", "pdf": prepared.pdfHash,
                "key": key.description, "request": id.description,
            ])
        return id
    }
}

/// By the person, who will not confirm; what the phone still shows has no effect any more.
package struct CancelRemoteSignature: OfficeOperation {
    package static let verb = Verb.remoteSignatureCancelled

    let id: ID<WaitingSignature>
    package init(_ id: ID<WaitingSignature>) { self.id = id }

    package func perform(_ act: Act) throws -> ID<WaitingSignature> {
        guard let waiting = try act.tables.waitingSignatures.lock(id),
            waiting.position == (try act.position.id)
        else { throw Refused(.notFound) }
        if !waiting.state.isOpen { throw Refused(.stale) }
        try act.tables.waitingSignatures.end(id, .cancelled, at: act.now)
        act.record(
            .remoteSignatureCancelled, waiting.draft,
            ["code": "DT-\(waiting.code)", "request": id.description])
        return id
    }
}

/// It came to nothing: refused, expired, failed, or the draft went on.
struct EndRemoteSignature: OfficeOperation {
    static let verb = Verb.remoteSignatureEnded

    let id: ID<WaitingSignature>
    let state: WaitingSignatureState
    let reasons: [Refusal]

    func perform(_ act: Act) throws {
        guard let waiting = try act.tables.waitingSignatures.lock(id), waiting.state.isOpen else { return }
        try act.tables.waitingSignatures.end(id, state, reasons: reasons, at: act.now)
        act.record(
            .remoteSignatureEnded, waiting.draft,
            [
                "code": "DT-\(waiting.code)", "request": id.description, "state": state.rawValue,
                "reason": reasons.map { "\($0)" }.joined(separator: " "),
            ])
    }
}

extension Office {
    /// For whom it is not, it does not exist.
    package func waitingSignature(
        _ id: ID<WaitingSignature>, as person: Position
    ) async throws -> WaitingSignatureRecord {
        guard let found = try await read({ try $0.waitingSignatures.find(id) }), found.position == person.id
        else { throw Refused(.notFound) }
        return found
    }
}
