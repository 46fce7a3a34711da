// The page of one dự thảo put together: what this person may do with it, the route with names, versions, files, opinions.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

struct DraftView: Sendable {
    let visit: Visit
    let code: Int
    var entries = Entries()
    var refusals: [Refusal] = []
    var refusedVerb: Verb?

    func reply() async throws -> Reply {
        let detail = try await visit.office.draft(code, as: visit.position)
        let shown = shownVersion(detail)
        let signed = try await visit.office.read { try $0.signedFiles.valid(of: detail.draft.id) }
        let signatures = try await visit.signatures(of: signed?.file)
        let page = try await visit.office.read { tables in
            try self.page(
                tables, detail, shown, signed, signatures: signed == nil ? nil : signatures,
                history: try tables.journal.history(of: [detail.draft.id.uuid], in: visit.agency.id).map(
                    \.entry))
        }
        return .page(page.html(), refusing: refusals)
    }

    private func shownVersion(_ detail: DraftDetail) -> DraftVersion? {
        let wanted = try? visit.parameter("version", as: Int.self)
        return detail.versions.first { $0.ordinal == wanted } ?? detail.versions.first
    }

    private func page(
        _ tables: Tables, _ detail: DraftDetail, _ shown: DraftVersion?, _ signed: SignedFileRecord?,
        signatures: SignatureReport?, history: [JournalEntry]
    ) throws -> DraftPage {
        let draft = detail.draft
        let staff = try tables.positions.inAgency(draft.agency)
        let doors = DraftDoors(detail.bundle, visitor: visit.position)
        let issuance = try tables.issuances.inUse(of: draft.id)
        return DraftPage(
            frame: try visit.frame(tables), code: code, abstract: draft.abstract, typeName: detail.typeName,
            notation: draft.notation, urgency: draft.urgency, state: draft.state, dueAt: draft.dueAt,
            drafter: PositionChoice(detail.bundle.drafter),
            answers: detail.answers.map {
                AnsweredLetter(
                    number: RegisterNumber(year: $0.year, number: $0.number), words: $0.numberAndNotation)
            },
            route: RouteStops(detail: detail, frameNow: visit.now).stops,
            versions: detail.versions.map { VersionRow($0, detail) },
            shownVersion: shown?.ordinal ?? 0, sheet: sheet(draft, shown, signed), files: files(detail),
            opinions: detail.decisions.map { Opinion($0, detail) }.reversed(), signatures: signatures,
            sending: try SendingShown(tables, detail, visit),
            issuedAs: issuance.map { "\(Notation.printed($0.number))/\($0.notation)" } ?? "",
            issuedAt: try issuance.flatMap { try IssuedNumber($0, tables) }, doors: doors,
            routeForm: doors.submit.isHidden ? nil : routeForm(staff, detail),
            decision: doors.giveBack.isHidden ? nil : decisionForm(staff, detail),
            history: history.map(HistoryLine.init).reversed(), refusals: refusals, refusedVerb: refusedVerb,
            seal: visit.seal(version: draft.version))
    }

    /// What was signed is shown once there is a signature; before, the version asked for.
    private func sheet(_ draft: Draft, _ shown: DraftVersion?, _ signed: SignedFileRecord?) -> Sheet? {
        if let signed {
            return Sheet(
                source: .paper(.draft(draft.code), file: 1), name: signed.file.name, pages: signed.file.pages)
        }
        guard let shown, let pdf = shown.pdf else { return nil }
        let paper: OfficeAddress =
            shown.ordinal == draft.currentVersion
            ? .draft(draft.code) : .draftVersion(draft.code, ordinal: shown.ordinal)
        return Sheet(source: .paper(paper, file: 1), name: shown.source.name, pages: pdf.pages)
    }

    private func files(_ detail: DraftDetail) -> [DraftFileRow] {
        detail.files.map { file in
            DraftFileRow(
                id: file.id.description, number: file.ordinal + 1, name: file.source.name, kind: file.kind,
                size: file.source.size, pages: file.pdf?.pages ?? file.source.pages,
                conversion: file.conversion ?? .done,
                fault: Vi.conversionFault(file.fault))
        }
    }

    private func routeForm(_ staff: [Position], _ detail: DraftDetail) -> RouteForm {
        var entries = entries
        if refusedVerb != .draftSubmitted {
            for step in detail.steps.prefix(FormFields.stepCount) {
                entries[FormFields.step(step.ordinal)] = step.position.description
                entries[FormFields.stepKind(step.ordinal)] = step.kind.slug
            }
        }
        return RouteForm(
            candidates: staff.filter { $0.id != detail.draft.drafter && $0.role.handles }.map(
                PositionChoice.init),
            entries: entries)
    }

    private func decisionForm(_ staff: [Position], _ detail: DraftDetail) -> DecisionForm {
        let mine = detail.bundle.currentStep?.ordinal ?? 0
        return DecisionForm(
            onwardCandidates: staff.filter {
                $0.id != detail.draft.drafter && $0.id != visit.position.id && $0.role.handles
            }.map(PositionChoice.init),
            returnTargets: detail.steps.filter { $0.ordinal < mine }.map { step in
                PositionChoice(
                    id: "\(step.ordinal)", personName: detail.people[step.position]?.name ?? "",
                    title: detail.people[step.position]?.title ?? "")
            }, entries: entries)
    }
}

extension DraftDoors {
    /// A door is hidden where the act is never this person's now, and closed with its reasons where something is missing.
    init(_ bundle: DraftBundle, visitor: Position) {
        let isDrafter = bundle.draft.drafter == visitor.id && bundle.draft.state == .drafting
        let step = bundle.currentStep.flatMap { $0.position == visitor.id ? $0 : nil }
        let ready = DraftRules.readinessRefusals(bundle)
        let edit: Door = isDrafter ? Door(DraftRules.editingRefusals(bundle, by: visitor)) : .hidden
        let mayTakeBack = RouteRules.takingBackRefusals(bundle, by: visitor).isEmpty
        let mayVersion = DraftRules.versionRefusals(bundle, by: visitor).isEmpty
        let isApprover = step?.kind == .approve
        self.init(
            edit: edit, addVersion: mayVersion ? .open : .hidden, addFile: edit,
            convertAgain: mayVersion ? .open : .hidden, submit: isDrafter ? Door(ready) : .hidden,
            // At the end of the way nobody stands after an approval; it must be submitted onward.
            initial: isApprover && bundle.nextStep != nil ? Door(ready) : .hidden,
            submitOnward: isApprover ? Door(ready) : .hidden, giveBack: step != nil ? .open : .hidden,
            takeBack: mayTakeBack ? .open : .hidden,
            sign: step?.kind == .sign ? Door(DraftRules.signingRefusals(bundle, by: visitor)) : .hidden)
    }
}
