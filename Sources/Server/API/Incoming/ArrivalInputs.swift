// What a machine sends to register a letter, to direct it, and to end a part of it.
import Domain
import Foundation
import Operations
import Store

struct NewArrival: APIObject {
    let issuingAgency: String
    let number: String?
    let notation: String?
    let date: ISODay
    let type: String
    let abstract: String
    let urgency: Choice<Urgency>?
    let pages: Int?
    let signer: String?
    let deadline: ISODay?
    let director: ID<Position>
    let files: [ID<StagedFile>]
    let twinSeen: Bool?

    var operation: RegisterIncoming {
        RegisterIncoming(
            facts: DocumentParticulars(
                issuingAgency: issuingAgency.asTyped, number: (number ?? "").asTyped,
                notation: (notation ?? "").asTyped, date: date.date, type: type, abstract: abstract.asTyped,
                urgency: urgency?.value ?? .normal, pages: pages ?? 1, signer: (signer ?? "").asTyped),
            deadline: deadline?.date, director: director, files: files, twinSeen: twinSeen ?? false)
    }

    static let schema = ObjectSchema(
        "NewArrival",
        [
            .always("issuingAgency", .text), .maybe("number", .text), .maybe("notation", .text),
            .always("date", .day), .always("type", .text, "The slug of a document type."),
            .always("abstract", .text),
            .maybe("urgency", .choice(of: Urgency.self), "`normal` where absent."), .maybe("pages", .count),
            .maybe("signer", .text), .maybe("deadline", .day),
            .always("director", .uuid, "The position that is asked to direct it."),
            .always("files", .list(.uuid, most: 100), "Staged files, the letter first."),
            .maybe(
                "twinSeen", .boolean,
                "True: the same number, notation and agency is known to stand in the register."),
        ])

    static let example = NewArrival(
        issuingAgency: "Sở Tư pháp tỉnh Kiên Giang", number: "482", notation: "STP-HCTP",
        date: ISODay(Example.day), type: "cong-van", abstract: "cung cấp số liệu đăng ký hộ tịch",
        urgency: Choice(.urgent), pages: 1, signer: "Trịnh Công Luận", deadline: ISODay(Example.day),
        director: Example.id(), files: [Example.id()], twinSeen: false)
}

struct AssigneeInput: APIObject {
    let position: ID<Position>
    let deadline: ISODay?

    var assignee: Assignee { Assignee(position, by: deadline?.date) }

    static let schema = ObjectSchema(
        "Assignee", [.always("position", .uuid), .maybe("deadline", .day, "The letter's own where absent.")])

    static let example = AssigneeInput(position: Example.id(), deadline: ISODay(Example.day))
}

struct NewDirective: APIObject {
    let version: Int
    let text: String
    let lead: AssigneeInput?
    let cooperating: [AssigneeInput]?
    let informed: [AssigneeInput]?

    var directive: DirectiveText {
        DirectiveText(
            text: text.asTyped, lead: lead?.assignee, cooperating: (cooperating ?? []).map(\.assignee),
            informed: (informed ?? []).map(\.assignee))
    }

    static let schema = ObjectSchema(
        "NewDirective",
        [
            .always("version", .count, "The version of the arrival that was read."), .always("text", .text),
            .maybe("lead", .one(AssigneeInput.self), "Chủ trì; only in the first directive."),
            .maybe("cooperating", .list(of: AssigneeInput.self, most: 200)),
            .maybe("informed", .list(of: AssigneeInput.self, most: 200)),
        ])

    static let example = NewDirective(
        version: 1, text: "Chủ trì tham mưu văn bản trả lời.", lead: .example, cooperating: [], informed: nil)
}

struct Completion: APIObject {
    let note: String?

    static let schema = ObjectSchema("Completion", [.maybe("note", .text, "What was done.")])
    static let example = Completion(note: "Đã gửi số liệu qua thư điện tử.")
}

/// The body of an act that needs nothing but its address.
struct PaperCame: APIObject {
    let day: ISODay
    let difference: String?

    static let schema = ObjectSchema(
        "PaperCame",
        [
            .always("day", .day, "On which the paper of an electronic arrival came."),
            .maybe(
                "difference", .text, "In what it differs from the electronic letter; absent where in nothing."
            ),
        ])

    static let example = PaperCame(day: ISODay(Example.day), difference: "Bản giấy thiếu Phụ lục 2.")
}

struct NothingMore: APIObject {
    static let schema = ObjectSchema("Nothing", [])
    static let example = NothingMore()
}

extension String {
    /// Trimmed, in composed letters, as a form gives it.
    var asTyped: String {
        trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
    }
}
