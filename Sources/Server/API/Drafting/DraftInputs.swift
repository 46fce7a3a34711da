// What a machine sends to open a draft, to write on it and to send it on its way.
import Domain
import Operations
import Store

struct NewDraft: APIObject {
    let type: String
    let abstract: String
    let urgency: Choice<Urgency>?
    let notation: String?
    let deadline: ISODay?
    let note: String?
    let answers: [ID<Arrival>]?

    var facts: DraftParticulars {
        DraftParticulars(
            type: type, abstract: abstract.asTyped, urgency: urgency?.value ?? .normal,
            notation: (notation ?? "").asTyped, dueDate: deadline?.date, note: (note ?? "").asTyped)
    }

    static let schema = ObjectSchema(
        "NewDraft",
        [
            .always("type", .text, "The slug of a document type."), .always("abstract", .text),
            .maybe("urgency", .choice(of: Urgency.self), "`normal` where absent."),
            .maybe("notation", .text, "The one of the type and the agency where absent."),
            .maybe("deadline", .day),
            .maybe("note", .text), .maybe("answers", .list(.uuid, most: 100), "The arrivals it answers."),
        ])

    static let example = NewDraft(
        type: "cong-van", abstract: "v/v cung cấp số liệu hộ tịch", urgency: nil, notation: "PTP",
        deadline: ISODay(Example.day), note: nil, answers: [Example.id()])
}

/// An act that only needs to know which state of the draft was seen.
struct SeenVersion: APIObject {
    let version: Int

    static let schema = ObjectSchema("SeenVersion", [seen])
    static let example = SeenVersion(version: 3)
    static let seen = JSONProperty.always("version", .count, "The `version` of the draft that was read.")
}

struct NewDraftVersion: APIObject {
    let version: Int
    let file: ID<StagedFile>

    static let schema = ObjectSchema(
        "NewDraftVersion", [SeenVersion.seen, .always("file", .uuid, "A staged file: Word or PDF.")])
    static let example = NewDraftVersion(version: 1, file: Example.id())
}

struct NewDraftFile: APIObject {
    let version: Int
    let kind: Choice<DraftFileKind>
    let file: ID<StagedFile>

    static let schema = ObjectSchema(
        "NewDraftFile",
        [
            SeenVersion.seen,
            .always(
                "kind", .choice(of: DraftFileKind.self), "`enclosure` is issued with it, `supporting` is not."
            ),
            .always("file", .uuid, "A staged file."),
        ])
    static let example = NewDraftFile(version: 2, kind: Choice(.enclosure), file: Example.id())
}

struct StepInput: APIObject {
    let position: ID<Position>
    let kind: Choice<StepKind>

    var step: ChosenStep { ChosenStep(position, kind.value) }

    static let schema = ObjectSchema(
        "Step",
        [
            .always("position", .uuid),
            .always("kind", .choice(of: StepKind.self), "NK is `sign`, PD/TT `approve`."),
        ])
    static let example = StepInput(position: Example.id(), kind: Choice(.sign))
}

struct Submission: APIObject {
    let version: Int
    let route: [StepInput]

    static let schema = ObjectSchema(
        "Submission",
        [
            SeenVersion.seen,
            .always("route", .list(of: StepInput.self, most: 50), "In order; the last one signs."),
        ])
    static let example = Submission(version: 3, route: [.example])
}

struct Initial: APIObject {
    let version: Int
    let comment: String?

    static let schema = ObjectSchema("Initial", [SeenVersion.seen, .maybe("comment", .text)])
    static let example = Initial(version: 4, comment: nil)
}

struct OnwardSubmission: APIObject {
    let version: Int
    let to: StepInput
    let comment: String?

    static let schema = ObjectSchema(
        "OnwardSubmission", [SeenVersion.seen, .always("to", .one(StepInput.self)), .maybe("comment", .text)])
    static let example = OnwardSubmission(
        version: 4, to: .example, comment: "Kính chuyển đồng chí xem trước.")
}

struct DraftReturn: APIObject {
    let version: Int
    let step: Int?
    let comment: String

    var target: ReturnTarget { step.map(ReturnTarget.step) ?? .drafter }

    static let schema = ObjectSchema(
        "DraftReturn",
        [
            SeenVersion.seen,
            .maybe("step", .count, "The ordinal of an earlier step; the drafter where absent."),
            .always("comment", .text),
        ])
    static let example = DraftReturn(version: 4, step: nil, comment: "Sửa lại số liệu quý I.")
}
