// Văn bản kèm theo and hồ sơ kèm phiếu trình: attached and removed by the drafter, while the draft is with
// the drafter (C1). An enclosure becomes a PDF and its original goes along; a supporting paper stays as it
// came.
import Domain
import OfficeFiles
import Store

package struct AddDraftFile: OfficeOperation {
    package static let verb = Verb.draftFileAdded

    package let seen: SeenDraft
    package let kind: DraftFileKind
    package let file: ID<StagedFile>

    package init(_ seen: SeenDraft, kind: DraftFileKind, file: ID<StagedFile>) {
        self.seen = seen
        self.kind = kind
        self.file = file
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(DraftRules.editingRefusals(bundle, by: try act.position))
        let isEnclosure = kind == .enclosure
        let (source, sourceKind) = try DraftUploads.take(
            file, kinds: isEnclosure ? DraftUploads.enclosures : DraftUploads.supportingPapers, act)
        let isPDF = isEnclosure && sourceKind == .pdf
        let added = DraftFile(
            id: act.newID(), draft: bundle.draft.id,
            ordinal: try act.tables.draftFiles.nextOrdinal(of: bundle.draft.id), kind: kind, source: source,
            pdf: isPDF ? source : nil, conversion: isEnclosure ? (isPDF ? .done : .waiting) : nil, fault: nil)
        try act.tables.draftFiles.insert(added)
        if added.conversion == .waiting {
            try act.tables.jobs.enqueue(
                .convertFile, subject: added.id.uuid, agency: bundle.draft.agency, at: act.now)
        }
        act.record(
            .draftFileAdded, bundle.draft.id,
            bundle.particulars(["kind": kind.rawValue, "file": source.name, "hash": source.hash]))
        return try act.settle(bundle.draft.id)
    }
}

package struct RemoveDraftFile: OfficeOperation {
    package static let verb = Verb.draftFileRemoved

    package let seen: SeenDraft
    package let file: ID<DraftFile>

    package init(_ seen: SeenDraft, file: ID<DraftFile>) {
        self.seen = seen
        self.file = file
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        guard let removed = bundle.files.first(where: { $0.id == file }) else { throw Refused(.notFound) }
        try Refused.unless(DraftRules.editingRefusals(bundle, by: try act.position))
        try act.tables.draftFiles.delete(file)
        try act.tables.jobs.remove(.convertFile, subject: file.uuid)
        act.record(
            .draftFileRemoved, bundle.draft.id,
            bundle.particulars([
                "kind": removed.kind.rawValue, "file": removed.source.name, "hash": removed.source.hash,
            ]))
        return try act.settle(bundle.draft.id)
    }
}
