// Chuyển lại: asks again for the PDF of the newest version or of an enclosure that could not be made. Whoever
// may mend the draft now may ask.
import Domain
import Store

package enum ConversionSubject: Sendable, Equatable {
    case newestVersion
    case file(ID<DraftFile>)
}

package struct RepeatConversion: OfficeOperation {
    package static let verb = Verb.draftConversionRepeated

    package let seen: SeenDraft
    package let subject: ConversionSubject

    package init(_ seen: SeenDraft, subject: ConversionSubject) {
        self.seen = seen
        self.subject = subject
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen)
        try Refused.unless(DraftRules.versionRefusals(bundle, by: try act.position))
        switch subject {
        case .newestVersion: try repeatVersion(bundle, act)
        case .file(let id): try repeatFile(id, bundle, act)
        }
        return try act.settle(bundle.draft.id)
    }

    private func repeatVersion(_ bundle: DraftBundle, _ act: Act) throws {
        guard let version = bundle.newest else { throw Refused(.noVersion) }
        guard version.conversion == .failed else { throw Refused(.stale) }
        try act.tables.draftVersions.setUnconverted(nil, of: version.id)
        try act.tables.jobs.enqueue(
            .convertVersion, subject: version.id.uuid, agency: bundle.draft.agency, at: act.now)
        act.record(
            .draftConversionRepeated, bundle.draft.id, bundle.particulars(["file": version.source.name]))
    }

    private func repeatFile(_ id: ID<DraftFile>, _ bundle: DraftBundle, _ act: Act) throws {
        guard let file = bundle.files.first(where: { $0.id == id }) else { throw Refused(.notFound) }
        guard file.conversion == .failed else { throw Refused(.stale) }
        try act.tables.draftFiles.setUnconverted(nil, of: id)
        try act.tables.jobs.enqueue(.convertFile, subject: id.uuid, agency: bundle.draft.agency, at: act.now)
        act.record(.draftConversionRepeated, bundle.draft.id, bundle.particulars(["file": file.source.name]))
    }
}
