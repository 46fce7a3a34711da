// Chờ ký: the drafts that wait for one person's signature, each with the reasons why it cannot be signed together
// with others: something on it must be looked at, or its places are not found on the page.
import Domain
import Foundation
import Store

package struct AwaitedDraft: Sendable {
    package let draft: Draft
    package let typeName: String
    package let drafter: String
    /// Of the version that waits; nil while there is none.
    package let pdfHash: String?
    /// None: it can be signed with the places as found.
    package let refusals: [Refusal]
}

package struct AwaitedDrafts: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// In the order of the desk: urgent first, then by deadline. `hasMore` says that others come after these.
    package func page(
        for person: Position, after: DeskKey? = nil, limit: Int
    ) async throws -> (rows: [AwaitedDraft], last: DeskKey?, hasMore: Bool) {
        let (bundles, last, hasMore) = try await office.read { tables in
            let queue = try tables.desk.queue(of: person.id, kind: .sign, after: after, limit: limit + 1)
            let shown = queue.prefix(limit)
            let bundles = try shown.compactMap { item -> (DraftBundle, String)? in
                guard let draft = try tables.drafts.find(ID(item.subject)) else { return nil }
                let type = try tables.documentTypes.find(draft.typeSlug)?.name ?? ""
                return (try tables.drafts.bundle(of: draft), type)
            }
            return (bundles, shown.last.map { DeskKey($0) }, queue.count > limit)
        }
        return (try await rows(bundles, person), last, hasMore)
    }

    /// The pages are read a few at a time; what was read once is known by its bytes.
    private func rows(_ bundles: [(DraftBundle, String)], _ person: Position) async throws -> [AwaitedDraft] {
        var rows: [AwaitedDraft?] = Array(repeating: nil, count: bundles.count)
        try await withThrowingTaskGroup(of: (Int, AwaitedDraft).self) { group in
            var next = bundles.indices.makeIterator()
            func add() {
                guard let index = next.next() else { return }
                let (bundle, type) = bundles[index]
                group.addTask { (index, try await row(bundle, type, person)) }
            }
            for _ in 0..<Self.readAtOnce { add() }
            while let (index, row) = try await group.next() {
                rows[index] = row
                add()
            }
        }
        return rows.compactMap { $0 }
    }

    private static let readAtOnce = 4

    private func row(_ bundle: DraftBundle, _ type: String, _ person: Position) async throws -> AwaitedDraft {
        var refusals = DraftRules.signingRefusals(bundle, by: person)
        let hash = bundle.newest?.pdf?.hash
        if refusals.isEmpty, let hash { refusals = try await placeRefusals(hash, bundle, person) }
        return AwaitedDraft(
            draft: bundle.draft, typeName: type, drafter: bundle.drafter.personName, pdfHash: hash,
            refusals: refusals)
    }

    private func placeRefusals(_ hash: String, _ bundle: DraftBundle, _ person: Position) async throws
        -> [Refusal]
    {
        do {
            let proposal = try await SigningPreparation(office: office).propose(
                pdf: hash, signer: person.personName)
            return proposal.refusals(
                notation: bundle.draft.notation, signer: person.personName, today: office.clock.now.officeDate
            )
        } catch let refused as Refused { return refused.reasons }
    }
}
