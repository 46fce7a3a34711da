// How a văn bản đến is given to a machine: a line of the register, and the whole with its directives and
// parts.
import Domain
import Store

struct ArrivalLine: APIObject {
    let id: ID<Arrival>
    let year: Int
    let number: Int
    let arrivedAt: ISOMoment
    let issuingAgency: String
    let numberAndNotation: String
    let date: ISODay
    let abstract: String
    let urgency: Choice<Urgency>
    let dueAt: ISOMoment?
    let state: Choice<ArrivalState>
    let holder: String

    static let schema = ObjectSchema(
        "ArrivalLine",
        [
            .always("id", .uuid), .always("year", .count), .always("number", .count, "Số đến."),
            .always("arrivedAt", .moment), .always("issuingAgency", .text),
            .always("numberAndNotation", .text),
            .always("date", .day), .always("abstract", .text), .always("urgency", .choice(of: Urgency.self)),
            .maybe("dueAt", .moment), .always("state", .choice(of: ArrivalState.self)),
            .always("holder", .text, "Who has it now: the lead, or the director before there is one."),
        ])

    static let example = ArrivalLine(
        id: Example.id(), year: 2026, number: 117, arrivedAt: ISOMoment(Example.moment),
        issuingAgency: "Sở Tư pháp",
        numberAndNotation: "482/STP-HCTP", date: ISODay(Example.day), abstract: "cung cấp số liệu",
        urgency: Choice(.urgent), dueAt: ISOMoment(Example.moment), state: Choice(.assigned),
        holder: "Danh Thị Sà Rương")
}

extension ArrivalLine {
    init(_ row: ArrivalRow) {
        (id, year, number, arrivedAt) = (row.id, row.year, row.number, ISOMoment(row.arrivedAt))
        (issuingAgency, numberAndNotation) = (row.issuingAgency, row.numberAndNotation)
        (date, abstract, urgency) = (ISODay(row.date), row.abstract, Choice(row.urgency))
        (dueAt, state, holder) = (row.dueAt.map(ISOMoment.init), Choice(row.state), row.holder)
    }
}

struct ArrivalAnswer: APIObject {
    let id: ID<Arrival>
    let year: Int
    let number: Int
    let register: String
    let arrivedAt: ISOMoment
    let dueAt: ISOMoment?
    let closedAt: ISOMoment?
    let state: Choice<ArrivalState>
    let version: Int
    let document: DocumentAnswer
    let director: ID<Position>
    let directorName: String
    let registeredBy: String
    let receipt: ID<Receipt>?
    let directives: [DirectiveAnswer]
    let assignments: [AssignmentAnswer]
    let answers: [AnsweringDraftAnswer]

    static let schema = ObjectSchema(
        "Arrival",
        [
            .always("id", .uuid), .always("year", .count), .always("number", .count, "Số đến."),
            .always("register", .text), .always("arrivedAt", .moment), .maybe("dueAt", .moment),
            .maybe("closedAt", .moment), .always("state", .choice(of: ArrivalState.self)),
            .always("version", .count, "Sent back with a directive; an older one is stale."),
            .always("document", .one(DocumentAnswer.self)), .always("director", .uuid),
            .always("directorName", .text),
            .always("registeredBy", .text), .maybe("receipt", .uuid, "What it came by through the exchange."),
            .always("directives", .list(of: DirectiveAnswer.self)),
            .always("assignments", .list(of: AssignmentAnswer.self)),
            .always("answers", .list(of: AnsweringDraftAnswer.self), "Drafts begun in answer to it."),
        ])

    static let example = ArrivalAnswer(
        id: Example.id(), year: 2026, number: 117, register: "Văn bản đến",
        arrivedAt: ISOMoment(Example.moment),
        dueAt: ISOMoment(Example.moment), closedAt: nil, state: Choice(.assigned), version: 2,
        document: .example,
        director: Example.id(), directorName: "Trần Văn Bé", registeredBy: "Lê Thị Văn", receipt: nil,
        directives: [.example], assignments: [.example], answers: [.example])
}

extension ArrivalAnswer {
    init(_ detail: ArrivalDetail) {
        let arrival = detail.arrival
        (id, year, number, register) = (arrival.id, arrival.year, arrival.number, detail.registerName)
        (arrivedAt, dueAt) = (ISOMoment(arrival.arrivedAt), arrival.dueAt.map(ISOMoment.init))
        (closedAt, state, version) = (
            detail.closedAt.map(ISOMoment.init), Choice(arrival.state), arrival.version
        )
        document = DocumentAnswer(arrival.document, detail.facts, detail.files)
        (director, directorName) = (arrival.director, detail.directorName)
        (registeredBy, receipt) = (detail.registeredBy, arrival.receipt)
        directives = detail.directives.map(DirectiveAnswer.init)
        assignments = detail.assignments.map(AssignmentAnswer.init)
        answers = detail.answers.map(AnsweringDraftAnswer.init)
    }
}

struct DirectiveAnswer: APIObject {
    let personName: String
    let title: String
    let text: String
    let at: ISOMoment

    static let schema = ObjectSchema(
        "Directive",
        [
            .always("personName", .text), .always("title", .text), .always("text", .text),
            .always("at", .moment),
        ])

    static let example = DirectiveAnswer(
        personName: "Trần Văn Bé", title: "Trưởng phòng", text: "Tham mưu trả lời.",
        at: ISOMoment(Example.moment))
}

extension DirectiveAnswer {
    init(_ line: DirectiveLine) {
        (personName, title, text, at) = (line.personName, line.title, line.text, ISOMoment(line.at))
    }
}

struct AssignmentAnswer: APIObject {
    let position: ID<Position>
    let personName: String
    let title: String
    let kind: Choice<AssignmentKind>
    let dueAt: ISOMoment?
    let state: Choice<AssignmentState>
    let stateAt: ISOMoment
    let note: String

    static let schema = ObjectSchema(
        "Assignment",
        [
            .always("position", .uuid), .always("personName", .text), .always("title", .text),
            .always("kind", .choice(of: AssignmentKind.self)), .maybe("dueAt", .moment),
            .always("state", .choice(of: AssignmentState.self)), .always("stateAt", .moment),
            .always("note", .text),
        ])

    static let example = AssignmentAnswer(
        position: Example.id(), personName: "Danh Thị Sà Rương", title: "Chuyên viên",
        kind: Choice(.cooperate),
        dueAt: ISOMoment(Example.moment), state: Choice(.working), stateAt: ISOMoment(Example.moment),
        note: "")
}

extension AssignmentAnswer {
    init(_ line: AssignmentLine) {
        let assignment = line.assignment
        (position, personName, title) = (assignment.position, line.personName, line.title)
        (kind, dueAt) = (Choice(assignment.kind), assignment.dueAt.map(ISOMoment.init))
        (state, stateAt, note) = (Choice(assignment.state), ISOMoment(line.stateAt), line.note)
    }
}

struct AnsweringDraftAnswer: APIObject {
    let id: ID<Draft>
    let code: Int
    let abstract: String
    let state: Choice<DraftState>

    static let schema = ObjectSchema(
        "AnsweringDraft",
        [
            .always("id", .uuid), .always("code", .count), .always("abstract", .text),
            .always("state", .choice(of: DraftState.self)),
        ])

    static let example = AnsweringDraftAnswer(
        id: Example.id(), code: 268, abstract: "v/v cung cấp số liệu", state: Choice(.drafting))
}

extension AnsweringDraftAnswer {
    init(_ draft: AnsweringDraft) {
        (id, code, abstract, state) = (draft.id, draft.code, draft.abstract, Choice(draft.state))
    }
}
