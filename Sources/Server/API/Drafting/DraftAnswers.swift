// How a dự thảo is given to a machine: a line of the list, and the whole with its versions, files, way and decisions.
import Domain
import Operations
import Store

struct DraftLine: APIObject {
    let id: ID<Draft>
    let code: Int
    let abstract: String
    let typeName: String
    let drafter: String
    let holder: String
    let currentVersion: Int
    let dueAt: ISOMoment?
    let state: Choice<DraftState>
    let urgency: Choice<Urgency>

    init(_ row: DraftRow) {
        (id, code, abstract, typeName) = (row.id, row.code, row.abstract, row.typeName)
        (drafter, holder, currentVersion) = (row.drafter, row.holder, row.currentVersion)
        (dueAt, state, urgency) = (row.dueAt.map(ISOMoment.init), Choice(row.state), Choice(row.urgency))
    }

    static let schema = ObjectSchema(
        "DraftLine",
        [
            .always("id", .uuid), .always("code", .count, "Shown as DT-268."), .always("abstract", .text),
            .always("typeName", .text), .always("drafter", .text), .always("holder", .text, "Whose step it is at."),
            .always("currentVersion", .count), .maybe("dueAt", .moment),
            .always("state", .choice(of: DraftState.self)), .always("urgency", .choice(of: Urgency.self)),
        ])

    static let example = DraftLine(
        DraftRow(
            id: Example.id(), code: 268, abstract: "v/v cung cấp số liệu hộ tịch", typeName: "Công văn",
            drafter: "Danh Thị Sà Rương", holder: "Trần Văn Bé", currentVersion: 1, dueAt: nil, state: .climbing,
            urgency: .normal))
}

struct DraftAnswer: APIObject {
    let id: ID<Draft>
    let code: Int
    let type: String
    let abstract: String
    let urgency: Choice<Urgency>
    let notation: String
    let dueAt: ISOMoment?
    let note: String
    let state: Choice<DraftState>
    let version: Int
    let currentVersion: Int
    let drafter: ID<Position>
    let versions: [DraftVersionAnswer]
    let files: [DraftFileAnswer]
    let steps: [StepAnswer]
    let decisions: [DecisionAnswer]
    let answers: [ID<Arrival>]

    init(_ detail: DraftDetail) {
        let draft = detail.draft
        (id, code, type, abstract) = (draft.id, draft.code, draft.typeSlug, draft.abstract)
        (urgency, notation, dueAt) = (Choice(draft.urgency), draft.notation, draft.dueAt.map(ISOMoment.init))
        (note, state, version) = (detail.note, Choice(draft.state), draft.version)
        (currentVersion, drafter) = (draft.currentVersion, draft.drafter)
        versions = detail.versions.map(DraftVersionAnswer.init)
        files = detail.files.map(DraftFileAnswer.init)
        steps = detail.steps.map { StepAnswer($0, detail.people[$0.position]?.name ?? "") }
        decisions = detail.decisions.map { DecisionAnswer($0, detail.people[$0.position]?.name ?? "") }
        answers = detail.answers.map(\.id)
    }

    static let schema = ObjectSchema(
        "Draft",
        [
            .always("id", .uuid), .always("code", .count, "Shown as DT-268."), .always("type", .text),
            .always("abstract", .text), .always("urgency", .choice(of: Urgency.self)), .always("notation", .text),
            .maybe("dueAt", .moment), .always("note", .text), .always("state", .choice(of: DraftState.self)),
            .always("version", .count, "Sent back with every act; an older one is stale."),
            .always("currentVersion", .count, "The ordinal of the newest file; 0 before the first."),
            .always("drafter", .uuid), .always("versions", .list(of: DraftVersionAnswer.self), "Newest first."),
            .always("files", .list(of: DraftFileAnswer.self)), .always("steps", .list(of: StepAnswer.self)),
            .always("decisions", .list(of: DecisionAnswer.self), "Oldest first."),
            .always("answers", .list(.uuid), "The arrivals it answers."),
        ])

    static let example = DraftAnswer(DraftDetail.example)
}

struct DraftVersionAnswer: APIObject {
    let ordinal: Int
    let name: String
    let mediaType: String
    let conversion: Choice<ConversionState>
    let fault: String?
    let pdfHash: String?
    let pages: Int?
    let createdBy: ID<Position>
    let createdAt: ISOMoment

    init(_ version: DraftVersion) {
        (ordinal, name, mediaType) = (version.ordinal, version.source.name, version.source.mediaType)
        (conversion, fault) = (Choice(version.conversion), version.fault)
        (pdfHash, pages) = (version.pdf?.hash, version.pdf?.pages)
        (createdBy, createdAt) = (version.createdBy, ISOMoment(version.createdAt))
    }

    static let schema = ObjectSchema(
        "DraftVersion",
        [
            .always("ordinal", .count), .always("name", .text), .always("mediaType", .text),
            .always("conversion", .choice(of: ConversionState.self)), .maybe("fault", .text, "Why there is no PDF."),
            .maybe("pdfHash", .text, "SHA-256 of the PDF; who signs names it."), .maybe("pages", .count),
            .always("createdBy", .uuid), .always("createdAt", .moment),
        ])

    static let example = DraftVersionAnswer(DraftDetail.exampleVersion)
}

struct DraftFileAnswer: APIObject {
    let id: ID<DraftFile>
    let kind: Choice<DraftFileKind>
    let name: String
    let mediaType: String
    let conversion: Choice<ConversionState>?
    let fault: String?

    init(_ file: DraftFile) {
        (id, kind, name) = (file.id, Choice(file.kind), file.source.name)
        (mediaType, conversion, fault) = (file.source.mediaType, file.conversion.map(Choice.init), file.fault)
    }

    static let schema = ObjectSchema(
        "DraftFile",
        [
            .always("id", .uuid), .always("kind", .choice(of: DraftFileKind.self)), .always("name", .text),
            .always("mediaType", .text),
            .maybe("conversion", .choice(of: ConversionState.self), "Absent for what stays as it came."),
            .maybe("fault", .text),
        ])

    static let example = DraftFileAnswer(DraftDetail.exampleFile)
}

struct StepAnswer: APIObject {
    let ordinal: Int
    let position: ID<Position>
    let personName: String
    let kind: Choice<StepKind>
    let state: Choice<StepState>
    let openedAt: ISOMoment?

    init(_ step: RoutingStep, _ name: String) {
        (ordinal, position, personName) = (step.ordinal, step.position, name)
        (kind, state, openedAt) = (Choice(step.kind), Choice(step.state), step.openedAt.map(ISOMoment.init))
    }

    static let schema = ObjectSchema(
        "RoutingStep",
        [
            .always("ordinal", .count), .always("position", .uuid), .always("personName", .text),
            .always("kind", .choice(of: StepKind.self)), .always("state", .choice(of: StepState.self)),
            .maybe("openedAt", .moment),
        ])

    static let example = StepAnswer(DraftDetail.exampleStep, "Trần Văn Bé")
}

struct DecisionAnswer: APIObject {
    let position: ID<Position>
    let personName: String
    let act: Choice<RoutingAct>
    let version: Int
    let comment: String
    let at: ISOMoment

    init(_ decision: RoutingDecision, _ name: String) {
        (position, personName, act) = (decision.position, name, Choice(decision.act))
        (version, comment, at) = (decision.version, decision.comment, ISOMoment(decision.at))
    }

    static let schema = ObjectSchema(
        "RoutingDecision",
        [
            .always("position", .uuid), .always("personName", .text), .always("act", .choice(of: RoutingAct.self)),
            .always("version", .count, "The ordinal of the file it was about."), .always("comment", .text),
            .always("at", .moment),
        ])

    static let example = DecisionAnswer(DraftDetail.exampleDecision, "Danh Thị Sà Rương")
}
