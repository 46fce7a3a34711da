// What a batch of signatures enters besides the signatures themselves: that it was begun and by whom, that its
// person stopped it, and how it ended.
import Domain
import DualSQL
import Foundation
import Store

/// A draft as the person saw it in the list.
package struct ChosenDraft: Hashable, Sendable {
    package let code: Int
    package let version: Int
    /// The draft's row version, recipients and all.
    package let revision: Int
    package let pdfHash: String

    package init(code: Int, version: Int, revision: Int, pdfHash: String) {
        self.code = code
        self.version = version
        self.revision = revision
        self.pdfHash = pdfHash
    }
}

package struct StartSigningBatch: OfficeOperation {
    package static let verb = Verb.signingBatchStarted

    let chosen: [ChosenDraft]
    let leaseSeconds: Int

    package func perform(_ act: Act) throws -> ID<SigningBatch> {
        let person = try act.position
        var seen: Set<Int> = []
        let once = chosen.filter { seen.insert($0.code).inserted }
        try Refused.unless(SigningBatchRules.refusals(once.count))
        let drafts = try once.map { item in
            let bundle = try act.tables.drafts.readable(item.code, by: person)
            return (
                draft: bundle.draft.id, version: item.version, revision: item.revision, pdfHash: item.pdfHash
            )
        }
        let id: ID<SigningBatch> = act.newID()
        try act.tables.signingBatches.insert(
            id, by: person, drafts: drafts, at: act.now, leasedUntil: act.now.adding(seconds: leaseSeconds))
        act.record(
            .signingBatchStarted, id,
            [
                "signer": person.personName, "count": "\(drafts.count)",
                "codes": once.map { "DT-\($0.code)" }.joined(separator: " "),
            ])
        return id
    }
}

/// The rest is left unsigned; the draft being signed at this moment still is.
package struct CancelSigningBatch: OfficeOperation {
    package static let verb = Verb.signingBatchCancelled

    let id: ID<SigningBatch>
    package init(_ id: ID<SigningBatch>) { self.id = id }

    package func perform(_ act: Act) throws -> ID<SigningBatch> {
        guard let batch = try act.tables.signingBatches.lock(id), batch.position == (try act.position.id)
        else {
            throw Refused(.notFound)
        }
        if batch.endedAt != nil { throw Refused(.stale) }
        if batch.cancelledAt == nil {
            try act.tables.signingBatches.cancel(id, at: act.now)
            act.record(.signingBatchCancelled, id, ["signer": try act.position.personName])
        }
        return id
    }
}

struct EndSigningBatch: OfficeOperation {
    static let verb = Verb.signingBatchEnded

    let id: ID<SigningBatch>
    /// Why what is left will not be signed; nothing is left when all was tried.
    let reason: Refusal

    func perform(_ act: Act) throws {
        guard let batch = try act.tables.signingBatches.lock(id), batch.endedAt == nil else { return }
        try act.tables.signingBatches.giveUp(id, because: reason, at: act.now)
        try act.tables.signingBatches.end(id, at: act.now)
        let items = try act.tables.signingBatches.items(of: id)
        let left = items.filter { $0.state == .notSigned }
        act.record(
            .signingBatchEnded, id,
            [
                "signed": "\(items.count { $0.state == .signed })",
                "notSigned": left.map { "DT-\($0.code)" }.joined(separator: " "),
            ])
    }
}

/// A batch as its person sees it.
package struct SigningBatchProgress: Sendable {
    package let batch: SigningBatchRecord
    package let items: [SigningBatchItem]
}

extension Office {
    /// For whom it is not, it does not exist.
    package func signingBatch(_ id: ID<SigningBatch>, as person: Position) async throws
        -> SigningBatchProgress
    {
        let found = try await read { tables -> SigningBatchProgress? in
            guard let batch = try tables.signingBatches.find(id), batch.position == person.id else {
                return nil
            }
            return SigningBatchProgress(batch: batch, items: try tables.signingBatches.items(of: id))
        }
        guard let found else { throw Refused(.notFound) }
        return found
    }
}
