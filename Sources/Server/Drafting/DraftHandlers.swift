// One dự thảo: its page, and every act of its way up and back (C1–C3, C11).
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum DraftHandlers {
    static let all: [PageRoute] = [
        .get("du-thao/:code", show),
        .get("du-thao/:code/phien-ban/:version", show),
        .post("du-thao/:code/phien-ban", addVersion),
        .post("du-thao/:code/tep", addFile),
        .post("du-thao/:code/tep/:file/xoa", removeFile),
        .post("du-thao/:code/chuyen-lai", convertAgain),
        .post("du-thao/:code/trinh", submit),
        .post("du-thao/:code/duyet", initial),
        .post("du-thao/:code/trinh-tiep", submitOnward),
        .post("du-thao/:code/tra-lai", giveBack),
        .post("du-thao/:code/lay-lai", takeBack),
    ]

    private static func show(_ visit: Visit) async throws -> Reply {
        let code = try visit.parameter("code", as: Int.self)
        try await visit.office.markStepOpened(code, by: visit.position)
        return try await DraftView(visit: visit, code: code).reply()
    }

    // MARK: Files

    private static func addVersion(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftVersionAdded, .versionAdded) { form, seen in
            AddDraftVersion(seen, file: try await stage(visit, form, .draftText))
        }
    }

    private static func addFile(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftFileAdded, .fileAdded) { form, seen in
            let kind = DraftFileKind(slug: form.text(FormFields.fileKind)) ?? .enclosure
            let file = try await stage(visit, form, kind == .enclosure ? .enclosure : .supporting)
            return AddDraftFile(seen, kind: kind, file: file)
        }
    }

    private static func removeFile(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftFileRemoved, .fileRemoved) { _, seen in
            RemoveDraftFile(seen, file: try visit.id("file"))
        }
    }

    private static func convertAgain(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftConversionRepeated, .convertedAgain) { form, seen in
            let file = ID<DraftFile>(form.text(FormFields.file))
            return RepeatConversion(seen, subject: file.map { .file($0) } ?? .newestVersion)
        }
    }

    private static func stage(_ visit: Visit, _ form: Form, _ purpose: Uploads.Purpose) async throws -> ID<
        StagedFile
    > {
        if form.tooLarge { throw Refused(.fileTooLarge(limitMegabytes: Form.fileLimit / 1_048_576)) }
        guard let file = form.file(FormFields.file) else { throw Refused(.noFile) }
        return try await Uploads(office: visit.office).stage(
            file.blob, name: file.name, purpose: purpose, as: visit.position, under: file.hold
        ).id
    }

    // MARK: The way

    private static func submit(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftSubmitted, .submitted) { form, seen in
            SubmitDraft(
                seen, route: (1...FormFields.stepCount).compactMap { ChosenStep(form, $0) },
                comment: form.text(FormFields.comment))
        }
    }

    private static func initial(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftInitialled, .initialled) { form, seen in
            ApproveStep(seen, comment: form.text(FormFields.comment))
        }
    }

    private static func submitOnward(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftSubmittedOnward, .submittedOnward) { form, seen in
            guard let position = ID<Position>(form.text(FormFields.nextPosition)) else {
                throw Refused(.missing(.steps))
            }
            let kind = StepKind(slug: form.text(FormFields.nextKind)) ?? .approve
            return SubmitOnward(seen, to: ChosenStep(position, kind), comment: form.text(FormFields.comment))
        }
    }

    private static func giveBack(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftReturned, .returned) { form, seen in
            let target =
                form.number(FormFields.returnTarget).map { ReturnTarget.step(ordinal: $0) } ?? .drafter
            return ReturnForRework(seen, to: target, comment: form.text(FormFields.comment))
        }
    }

    private static func takeBack(_ visit: Visit) async throws -> Reply {
        try await act(visit, .draftStepTakenBack, .takenBack) { _, seen in TakeBackStep(seen) }
    }

    /// Reads the form, runs the act on the version seen, and shows the page again with the reasons when it is refused.
    private static func act<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ done: DoneNotice.Kind,
        _ operation: (Form, SeenDraft) async throws -> O
    ) async throws -> Reply where O.Outcome == Draft {
        let form = try await visit.form(), code = try visit.parameter("code", as: Int.self)
        let seen = SeenDraft(code: code, version: form.number(FormFields.version) ?? 0)
        do {
            return try await visit.act(try await operation(form, seen), form) { draft in
                DoneNotice.at(visit.path(.draft(code)), done, number: draft.currentVersion)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await DraftView(
                visit: visit, code: code, entries: form.entries, refusals: refused.reasons, refusedVerb: verb
            ).reply()
        }
    }
}

extension ChosenStep {
    /// The n-th row of the route chooser; nil where nobody is chosen.
    init?(_ form: Form, _ ordinal: Int) {
        guard let position = ID<Position>(form.text(FormFields.step(ordinal))) else { return nil }
        self.init(position, StepKind(slug: form.text(FormFields.stepKind(ordinal))) ?? .approve)
    }
}
