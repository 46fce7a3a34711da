// The parts of a dự thảo as a machine is given them: each version of the letter, each file that goes with it,
// each step of its way and each decision.
import Domain
import Operations
import Store

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

    static let schema = ObjectSchema(
        "DraftVersion",
        [
            .always("ordinal", .count), .always("name", .text), .always("mediaType", .text),
            .always("conversion", .choice(of: ConversionState.self)),
            .maybe("fault", .text, "Why there is no PDF."),
            .maybe("pdfHash", .text, "SHA-256 of the PDF; who signs names it."), .maybe("pages", .count),
            .always("createdBy", .uuid), .always("createdAt", .moment),
        ])

    static let example = DraftVersionAnswer(
        ordinal: 1, name: "cong-van.docx", mediaType: "application/msword", conversion: Choice(.done),
        fault: nil,
        pdfHash: String(repeating: "0", count: 64), pages: 1, createdBy: Example.id(),
        createdAt: ISOMoment(Example.moment))
}

extension DraftVersionAnswer {
    init(_ version: DraftVersion) {
        (ordinal, name, mediaType) = (version.ordinal, version.source.name, version.source.mediaType)
        (conversion, fault) = (Choice(version.conversion), version.fault)
        (pdfHash, pages) = (version.pdf?.hash, version.pdf?.pages)
        (createdBy, createdAt) = (version.createdBy, ISOMoment(version.createdAt))
    }
}

struct DraftFileAnswer: APIObject {
    let id: ID<DraftFile>
    let kind: Choice<DraftFileKind>
    let name: String
    let mediaType: String
    let conversion: Choice<ConversionState>?
    let fault: String?

    static let schema = ObjectSchema(
        "DraftFile",
        [
            .always("id", .uuid), .always("kind", .choice(of: DraftFileKind.self)), .always("name", .text),
            .always("mediaType", .text),
            .maybe("conversion", .choice(of: ConversionState.self), "Absent for what stays as it came."),
            .maybe("fault", .text),
        ])

    static let example = DraftFileAnswer(
        id: Example.id(), kind: Choice(.enclosure), name: "so-lieu.xlsx",
        mediaType: "application/vnd.ms-excel",
        conversion: Choice(.waiting), fault: nil)
}

extension DraftFileAnswer {
    init(_ file: DraftFile) {
        (id, kind, name) = (file.id, Choice(file.kind), file.source.name)
        (mediaType, conversion, fault) = (file.source.mediaType, file.conversion.map(Choice.init), file.fault)
    }
}

struct StepAnswer: APIObject {
    let ordinal: Int
    let position: ID<Position>
    let personName: String
    let kind: Choice<StepKind>
    let state: Choice<StepState>
    let openedAt: ISOMoment?

    static let schema = ObjectSchema(
        "RoutingStep",
        [
            .always("ordinal", .count), .always("position", .uuid), .always("personName", .text),
            .always("kind", .choice(of: StepKind.self)), .always("state", .choice(of: StepState.self)),
            .maybe("openedAt", .moment),
        ])

    static let example = StepAnswer(
        ordinal: 1, position: Example.id(), personName: "Trần Văn Bé", kind: Choice(.sign),
        state: Choice(.current),
        openedAt: ISOMoment(Example.moment))
}

extension StepAnswer {
    init(_ step: RoutingStep, _ name: String) {
        (ordinal, position, personName) = (step.ordinal, step.position, name)
        (kind, state, openedAt) = (Choice(step.kind), Choice(step.state), step.openedAt.map(ISOMoment.init))
    }
}

struct DecisionAnswer: APIObject {
    let position: ID<Position>
    let personName: String
    let act: Choice<RoutingAct>
    let version: Int
    let comment: String
    let at: ISOMoment

    static let schema = ObjectSchema(
        "RoutingDecision",
        [
            .always("position", .uuid), .always("personName", .text),
            .always("act", .choice(of: RoutingAct.self)),
            .always("version", .count, "The ordinal of the file it was about."), .always("comment", .text),
            .always("at", .moment),
        ])

    static let example = DecisionAnswer(
        position: Example.id(), personName: "Danh Thị Sà Rương", act: Choice(.submitted), version: 1,
        comment: "",
        at: ISOMoment(Example.moment))
}

extension DecisionAnswer {
    init(_ decision: RoutingDecision, _ name: String) {
        (position, personName, act) = (decision.position, name, Choice(decision.act))
        (version, comment, at) = (decision.version, decision.comment, ISOMoment(decision.at))
    }
}
