// What happens to a file that is out, in the name of the person it was given to: the program fetches it, brings it
// back, and it is taken or refused. Each is one transaction with its entry in the journal.
import Domain
import Foundation
import Store

/// The program came for the file. The first one gets it.
struct FetchHandover: OfficeOperation {
    static let verb = Verb.handoverFetched

    let id: ID<Handover>
    let address: String

    func perform(_ act: Act) throws -> Handover? {
        let handover = try OwnHandover(id: id).lock(act)
        guard HandoverRules.mayBeFetched(handover, at: act.now) else { return nil }
        try act.tables.handovers.setFetched(id, at: act.now)
        act.record(
            .handoverFetched, ID<Handover>(handover.subject.paper),
            handover.particulars.merging(["address": address]) { $1 })
        return handover
    }
}

/// What came back was not what was expected; the paper waits as before.
struct RefuseReturn: OfficeOperation {
    static let verb = Verb.handoverRefused

    let id: ID<Handover>
    let fault: HandoverFault
    let detail: String
    /// SHA-256 of what came back.
    let hash: String

    func perform(_ act: Act) throws {
        guard let handover = try act.tables.handovers.lock(id), handover.state.isOpen else { return }
        try act.tables.handovers.close(id, .refused, fault: fault, detail: detail, at: act.now)
        act.record(
            .handoverRefused, ID<Handover>(handover.subject.paper),
            handover.particulars.merging(["fault": fault.rawValue, "detail": detail, "came": hash]) { $1 })
    }
}

/// The head's signature, bound to the draft as if it had been made here (D1).
struct TakeSignedDraft: OfficeOperation {
    static let verb = Verb.draftSigned

    let id: ID<Handover>
    let signing: SignDraft

    func perform(_ act: Act) throws -> SignedFileRecord {
        let handover = try OwnHandover(id: id).lock(act)
        guard handover.state == .fetched else { throw Refused(.handoverClosed) }
        let signed = try signing.perform(act)
        try act.tables.handovers.close(
            id, .returned, returned: (hash: signed.hash, size: signed.size), at: act.now)
        act.record(
            .handoverReturned, ID<Handover>(handover.subject.paper),
            handover.particulars.merging(["came": signed.hash]) { $1 })
        return signed
    }
}

/// A sealed file; the next one that needs the agency's certificate goes out at once.
struct TakeSealedFile: OfficeOperation {
    static let verb = Verb.handoverReturned

    let id: ID<Handover>
    let hash: String
    let size: Int
    let next: OpenHandover?

    func perform(_ act: Act) throws -> Handover? {
        let handover = try OwnHandover(id: id).lock(act)
        guard handover.state == .fetched, let draft = handover.subject.draft,
            let issuance = handover.subject.issuance
        else { throw Refused(.handoverClosed) }
        guard try act.tables.drafts.lock(draft)?.state == .numbered,
            try act.tables.issuances.inUse(of: draft)?.id == issuance
        else { throw Refused(.stale) }
        try act.tables.handovers.close(id, .returned, returned: (hash: hash, size: size), at: act.now)
        act.record(
            .handoverReturned, ID<Handover>(handover.subject.paper),
            handover.particulars.merging(["came": hash]) { $1 })
        return try next?.perform(act)
    }
}
