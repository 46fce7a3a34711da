// Nơi nhận of a dự thảo, for machines: whom it goes to, by which medium, by when an answer is asked for; what was changed of it on
// the way, and at issuing otherwise than the signer saw.
import Domain
import Operations
import Store

enum SendingAPI {
    static let routes: [APIRoute] = [
        .act("/drafts/{id}/recipients", "setDraftRecipients", "Ghi nơi nhận, hạn trả lời", set)
    ]

    private static func set(_ call: APICall, _ input: NewSending) async throws -> Landed<DraftAnswer> {
        try await DraftsAPI.act(
            call, SetDraftSending(try await DraftsAPI.seen(input.version, call), input.sending))
    }
}

struct RecipientInput: APIObject {
    let agency: ID<Agency>
    let medium: Choice<Medium>?

    static let schema = ObjectSchema(
        "DraftRecipientWish",
        [
            .always("agency", .uuid),
            .maybe("medium", .choice(of: Medium.self), "As the rules say where absent."),
        ])
    static let example = RecipientInput(agency: Example.id(), medium: nil)
}

struct NewSending: APIObject {
    let version: Int
    let recipients: [RecipientInput]
    let subject: Choice<SubjectClass>?
    let reason: String?
    let answerBy: ISODay?

    var sending: DraftSending {
        DraftSending(
            recipients: recipients.map { DraftRecipient(agency: $0.agency, chosen: $0.medium?.value) },
            subject: subject?.value, reason: (reason ?? "").asTyped, answerBy: answerBy?.date)
    }

    static let schema = ObjectSchema(
        "NewSending",
        [
            SeenVersion.seen,
            .always(
                "recipients", .list(of: RecipientInput.self, most: SendingRules.recipientLimit),
                "All of them, in their order; replaces what was there."),
            .maybe("subject", .choice(of: SubjectClass.self), "Where the rules ask for it."),
            .maybe("reason", .text, "Why a medium is not the one of the rules."),
            .maybe("answerBy", .day, "An answer is asked for by this day."),
        ])
    static let example = NewSending(
        version: 2, recipients: [.example], subject: nil, reason: nil, answerBy: ISODay(Example.day))
}

struct RecipientAnswer: APIObject {
    let agency: ID<Agency>
    let name: String
    let medium: Choice<Medium>
    let signed: Bool

    static let schema = ObjectSchema(
        "DraftRecipient",
        [
            .always("agency", .uuid), .always("name", .text),
            .always("medium", .choice(of: Medium.self)),
            .always("signed", .boolean, "The signer saw it so, and it changes no more."),
        ])
    static let example = RecipientAnswer(
        agency: Example.id(), name: "Phòng Nội vụ", medium: Choice(.electronic), signed: false)
}

struct SendingChangeAnswer: APIObject {
    let position: ID<Position>
    let at: ISOMoment
    let added: [ID<Agency>]
    let leftOut: [ID<Agency>]
    let rerouted: [ID<Agency>]
    let answerBy: ISODay?

    static let schema = ObjectSchema(
        "DraftSendingChange",
        [
            .always("position", .uuid), .always("at", .moment), .always("added", .list(.uuid)),
            .always("leftOut", .list(.uuid)), .always("rerouted", .list(.uuid), "By another medium."),
            .maybe("answerBy", .day, "As it was from then on."),
        ])
    static let example = SendingChangeAnswer(
        position: Example.id(), at: ISOMoment(Example.moment), added: [Example.id()], leftOut: [],
        rerouted: [], answerBy: nil)
}

/// What a draft says about its sending.
struct SendingAnswer: APIObject {
    let recipients: [RecipientAnswer]
    let subject: Choice<SubjectClass>?
    let reason: String
    let answerBy: ISODay?
    let changes: [SendingChangeAnswer]

    static let schema = ObjectSchema(
        "DraftSending",
        [
            .always("recipients", .list(of: RecipientAnswer.self)),
            .maybe("subject", .choice(of: SubjectClass.self)), .always("reason", .text),
            .maybe("answerBy", .day, "An answer is asked for by this day."),
            .always("changes", .list(of: SendingChangeAnswer.self), "Since it was submitted, oldest first."),
        ])
    static let example = SendingAnswer(
        recipients: [.example], subject: nil, reason: "", answerBy: ISODay(Example.day), changes: [.example])
}

extension SendingAnswer {
    init(_ tables: Tables, _ draft: Draft, today: OfficeDate) throws {
        let plan = try SendingPlan(tables, draft, try tables.draftSending.find(draft.id), on: today)
        let settled = plan.settled
        let names = Dictionary(
            try tables.correspondents.find(settled.map(\.agency)).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        recipients = zip(plan.sending.recipients, settled).map { one, way in
            RecipientAnswer(
                agency: one.agency, name: names[one.agency] ?? "", medium: Choice(way.medium),
                signed: one.signed != nil)
        }
        (subject, reason) = (plan.sending.subject.map { Choice($0) }, plan.sending.reason)
        answerBy = plan.sending.answerBy.map { ISODay($0) }
        changes = try tables.draftSending.changes(of: draft.id).map { change in
            SendingChangeAnswer(
                position: change.by, at: ISOMoment(change.at), added: change.added, leftOut: change.leftOut,
                rerouted: change.rerouted, answerBy: change.answerAfter.map { ISODay($0) })
        }
    }
}

/// What the clerk did otherwise than the signer saw.
struct RecipientChangeAnswer: APIObject {
    let agency: ID<Agency>
    let signed: Choice<Medium>?
    let sent: Choice<Medium>?
    let reason: String

    static let schema = ObjectSchema(
        "RecipientChange",
        [
            .always("agency", .uuid),
            .maybe("signed", .choice(of: Medium.self), "Absent for a recipient that was added."),
            .maybe("sent", .choice(of: Medium.self), "Absent for one that was left out."),
            .always("reason", .text),
        ])
    static let example = RecipientChangeAnswer(
        agency: Example.id(), signed: nil, sent: Choice(.electronic), reason: "Theo ý kiến người ký.")
}

extension RecipientChangeAnswer {
    init(_ one: IssuedChange) {
        let change = one.change
        (agency, reason) = (change.agency, one.reason)
        (signed, sent) = (change.former.map { Choice($0) }, change.medium.map { Choice($0) })
    }
}
