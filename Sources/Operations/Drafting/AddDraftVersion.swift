// Thêm phiên bản: a new file of the letter, from the drafter or, "edit directly", from the handler at whose
// step it is (C3). It never replaces an older one; earlier initials become those of an older version, and a
// prepared file falls.
import Domain
import OfficeFiles
import Store

package struct AddDraftVersion: OfficeOperation {
    package static let verb = Verb.draftVersionAdded

    package let seen: SeenDraft
    package let file: ID<StagedFile>

    package init(_ seen: SeenDraft, file: ID<StagedFile>) {
        self.seen = seen
        self.file = file
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(DraftRules.versionRefusals(bundle, by: try act.position))
        let (source, kind) = try DraftUploads.take(file, kinds: DraftUploads.letters, act)
        let version = DraftVersion(
            id: act.newID(), draft: bundle.draft.id, ordinal: bundle.draft.currentVersion + 1, source: source,
            pdf: kind == .pdf ? source : nil, conversion: kind == .pdf ? .done : .waiting, fault: nil,
            createdBy: try act.position.id, createdAt: act.now)
        try act.tables.draftVersions.insert(version)
        try act.tables.drafts.setCurrentVersion(version.ordinal, of: bundle.draft.id)
        try act.tables.drafts.dropPrepared(of: bundle.draft.id)
        try replaceJob(of: bundle.newest, by: version, act)
        act.record(
            .draftVersionAdded, bundle.draft.id,
            bundle.particulars(["version": "\(version.ordinal)", "file": source.name, "hash": source.hash]))
        if bundle.draft.state == .climbing { try recordEdit(version, act) }
        return try act.settle(bundle.draft.id)
    }

    /// Nobody needs the PDF of a version that was replaced before it was made.
    private func replaceJob(of former: DraftVersion?, by version: DraftVersion, _ act: Act) throws {
        if let former { try act.tables.jobs.remove(.convertVersion, subject: former.id.uuid) }
        guard version.conversion == .waiting else { return }
        try act.tables.jobs.enqueue(
            .convertVersion, subject: version.id.uuid, agency: try act.agency, at: act.now)
    }

    private func recordEdit(_ version: DraftVersion, _ act: Act) throws {
        try act.tables.routing.record(
            RoutingDecision(
                position: version.createdBy, act: .newVersion, version: version.ordinal,
                pdfHash: version.pdf?.hash ?? "", comment: "", at: act.now),
            about: version.draft)
    }
}
