// How a dự thảo is given to a machine: a line of the list, and the whole with its versions, files, way and
// decisions.
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

    static let schema = ObjectSchema(
        "DraftLine",
        [
            .always("id", .uuid), .always("code", .count, "Shown as DT-268."), .always("abstract", .text),
            .always("typeName", .text), .always("drafter", .text),
            .always("holder", .text, "Whose step it is at."),
            .always("currentVersion", .count), .maybe("dueAt", .moment),
            .always("state", .choice(of: DraftState.self)), .always("urgency", .choice(of: Urgency.self)),
        ])

    static let example = DraftLine(
        id: Example.id(), code: 268, abstract: "v/v cung cấp số liệu hộ tịch", typeName: "Công văn",
        drafter: "Danh Thị Sà Rương", holder: "Trần Văn Bé", currentVersion: 1, dueAt: nil,
        state: Choice(.climbing),
        urgency: Choice(.normal))
}

extension DraftLine {
    init(_ row: DraftRow) {
        (id, code, abstract, typeName) = (row.id, row.code, row.abstract, row.typeName)
        (drafter, holder, currentVersion) = (row.drafter, row.holder, row.currentVersion)
        (dueAt, state, urgency) = (row.dueAt.map(ISOMoment.init), Choice(row.state), Choice(row.urgency))
    }
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
    let sending: SendingAnswer

    static let schema = ObjectSchema(
        "Draft",
        [
            .always("id", .uuid), .always("code", .count, "Shown as DT-268."), .always("type", .text),
            .always("abstract", .text), .always("urgency", .choice(of: Urgency.self)),
            .always("notation", .text),
            .maybe("dueAt", .moment), .always("note", .text), .always("state", .choice(of: DraftState.self)),
            .always("version", .count, "Sent back with every act; an older one is stale."),
            .always("currentVersion", .count, "The ordinal of the newest file; 0 before the first."),
            .always("drafter", .uuid),
            .always("versions", .list(of: DraftVersionAnswer.self), "Newest first."),
            .always("files", .list(of: DraftFileAnswer.self)), .always("steps", .list(of: StepAnswer.self)),
            .always("decisions", .list(of: DecisionAnswer.self), "Oldest first."),
            .always("answers", .list(.uuid), "The arrivals it answers."),
            .always("sending", .one(SendingAnswer.self), "Whom it goes to."),
        ])

    static let example = DraftAnswer(
        id: Example.id(), code: 268, type: "cong-van", abstract: "v/v cung cấp số liệu hộ tịch",
        urgency: Choice(.urgent), notation: "PTP", dueAt: ISOMoment(Example.moment), note: "",
        state: Choice(.climbing), version: 4, currentVersion: 1, drafter: Example.id(), versions: [.example],
        files: [.example], steps: [.example], decisions: [.example], answers: [Example.id()],
        sending: .example)
}

extension DraftAnswer {
    init(_ detail: DraftDetail, _ sending: SendingAnswer) {
        let draft = detail.draft
        self.sending = sending
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
}
