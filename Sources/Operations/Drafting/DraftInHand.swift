// A draft while somebody acts on it: locked, readable by the one who acts, not changed since the page was
// shown. And what every act leaves behind: the counted change and the one desk item.
import Domain
import Store

/// The draft a form was made for.
package struct SeenDraft: Sendable, Equatable {
    package let code: Int
    /// The row version the page showed; an older one is stale.
    package let version: Int

    package init(code: Int, version: Int) {
        self.code = code
        self.version = version
    }

    package init(_ draft: Draft) { self.init(code: draft.code, version: draft.version) }
}

extension Act {
    /// Locks it. Of another agency, or not this person's to read: it does not exist.
    func take(_ seen: SeenDraft) throws -> DraftBundle {
        let person = try position
        guard let draft = try tables.drafts.lock(person.agency, code: seen.code),
            DraftAccess.mayRead(draft, readers: try tables.drafts.readers(of: draft.id), by: person)
        else { throw Refused(.notFound) }
        if draft.version != seen.version { throw Refused(.stale) }
        return try tables.drafts.bundle(of: draft)
    }

    /// Counts the change, puts the draft on the desk where it now belongs, and gives it back as it is.
    func settle(_ id: ID<Draft>) throws -> Draft {
        try tables.drafts.touch(id)
        guard let draft = try tables.drafts.find(id) else { throw Refused(.notFound) }
        let bundle = try tables.drafts.bundle(of: draft)
        for kind in [DeskKind.approve, .sign, .rework] { try tables.desk.clear(subject: id.uuid, kind: kind) }
        if let item = bundle.deskItem { try tables.desk.put(item, at: now) }
        return draft
    }

    /// Writes into the draft's own record who decided what about which version (C8).
    func decide(_ act: RoutingAct, on bundle: DraftBundle, comment: String = "") throws {
        try tables.routing.record(
            RoutingDecision(
                position: try position.id, act: act, version: bundle.draft.currentVersion,
                pdfHash: bundle.newest?.pdf?.hash ?? "", comment: comment, at: now),
            about: bundle.draft.id)
    }
}

extension DraftBundle {
    package var deskItem: DeskItem? {
        guard let waitsFor else { return nil }
        return DeskItem(
            position: waitsFor.position, agency: draft.agency, kind: waitsFor.kind, urgency: draft.urgency,
            dueAt: draft.dueAt, subject: draft.id.uuid, title: draft.abstract,
            detail: "Dự thảo DT-\(draft.code) · \(drafter.personName)", path: "du-thao/\(draft.code)")
    }

    /// What the journal says of every act on it.
    func particulars(_ more: [String: String] = [:]) -> [String: String] {
        ["code": "DT-\(draft.code)", "version": "\(draft.currentVersion)"].merging(more) { $1 }
    }
}

extension Office {
    /// The draft's page; a stranger to it is told that it does not exist.
    package func draft(_ code: Int, as person: Position) async throws -> DraftDetail {
        guard let detail = try await read({ try $0.drafts.detail(code: code, for: person) }) else {
            throw Refused(.notFound)
        }
        return detail
    }
}
