// How one recipient of an issued document is given to a machine: where it stands, how long it has been waited for, what
// would not go and what was asked.
import Domain
import Operations
import Store

struct DeliveryAnswer: APIObject {
    let id: ID<Delivery>
    let recipient: ID<Agency>
    let recipientName: String
    let channel: Choice<Channel>
    let status: Choice<DeliveryStatus>
    let code: String
    let statusAt: ISOMoment
    let note: String
    let carriedAt: ISOMoment?
    let acceptDueAt: ISOMoment?
    let overdueSeconds: Int?
    let recalledAt: ISOMoment?
    let answerBy: ISODay?
    let answeredAt: ISOMoment?
    let answers: [ID<Receipt>]
    let sending: Int
    let requests: [RequestLine]
    let unsent: [MessageLine]

    static let schema = ObjectSchema(
        "Delivery",
        [
            .always("id", .uuid), .always("recipient", .uuid), .always("recipientName", .text),
            .always("channel", .choice(of: Channel.self), "The way it goes."),
            .always("status", .choice(of: DeliveryStatus.self)),
            .always("code", .text, "01 to 06 of Quyết định 28/2018/QĐ-TTg; empty before arrival."),
            .always("statusAt", .moment), .always("note", .text),
            .maybe("carriedAt", .moment, "When a channel took it."),
            .maybe("acceptDueAt", .moment, "By when the recipient has to take it or refuse it."),
            .maybe("overdueSeconds", .count, "Working time since then, while nobody has answered."),
            .maybe("recalledAt", .moment, "When it was taken back."),
            .maybe("answerBy", .day, "An answer is asked for by this day."),
            .maybe("answeredAt", .moment, "When the first answer came."),
            .always("answers", .list(.uuid), "The receipts of the letters that came in answer."),
            .always("sending", .count, "1, and more where it was sent again after a refusal."),
            .always("requests", .list(of: RequestLine.self), "What was asked of the recipient."),
            .always("unsent", .list(of: MessageLine.self), "Messages that have not left."),
        ])

    static let example = DeliveryAnswer(
        id: Example.id(), recipient: Example.id(), recipientName: "Phòng Nội vụ", channel: Choice(.loopback),
        status: Choice(.accepted), code: "03", statusAt: ISOMoment(Example.moment), note: "",
        carriedAt: ISOMoment(Example.moment), acceptDueAt: ISOMoment(Example.moment), overdueSeconds: nil,
        recalledAt: nil, answerBy: ISODay(Example.day), answeredAt: ISOMoment(Example.moment),
        answers: [Example.id()], sending: 1, requests: [.example], unsent: [.example])
}

extension DeliveryAnswer {
    init(
        _ row: BoardRow, requests: [ExchangeRequest], messages: [WaitingMessage],
        answers: [AnsweringLetter], now: Instant,
        calendar: WorkingCalendar
    ) {
        let delivery = row.delivery
        (id, recipient, recipientName) = (delivery.id, delivery.recipient, row.recipientName)
        (channel, status, code) = (Choice(delivery.channel), Choice(delivery.status), delivery.status.code)
        (statusAt, note) = (ISOMoment(delivery.statusAt), delivery.note)
        carriedAt = row.carriedAt.map(ISOMoment.init)
        acceptDueAt = delivery.acceptDueAt.map(ISOMoment.init)
        recalledAt = delivery.recalledAt.map(ISOMoment.init)
        answerBy = delivery.answerBy.map { ISODay($0) }
        answeredAt = delivery.answeredAt.map(ISOMoment.init)
        self.answers = answers.map(\.receipt)
        sending = delivery.sending
        let isWaitedFor =
            delivery.recalledAt == nil && [.sent, .arrived].contains(delivery.status)
            && !messages.contains { $0.envelope.kind == .document }
        let late = delivery.acceptDueAt.map { calendar.workingSeconds(from: $0, to: now) } ?? 0
        overdueSeconds = isWaitedFor && late > 0 ? late : nil
        self.requests = requests.map { RequestLine($0) }
        unsent = messages.map(MessageLine.init)
    }
}

/// A request to take a document back or to take up a correction, on either side.
struct RequestLine: APIObject {
    let id: ID<ExchangeRequest>
    let kind: Choice<ExchangeRequestKind>
    let state: Choice<ExchangeRequestState>
    let note: String
    let askedAt: ISOMoment
    let answeredAt: ISOMoment?
    let answer: String

    static let schema = ObjectSchema(
        "ExchangeRequest",
        [
            .always("id", .uuid), .always("kind", .choice(of: ExchangeRequestKind.self)),
            .always("state", .choice(of: ExchangeRequestState.self)),
            .always("note", .text, "Why it is taken back; what is corrected."), .always("askedAt", .moment),
            .maybe("answeredAt", .moment), .always("answer", .text, "Why it was refused."),
        ])

    static let example = RequestLine(
        id: Example.id(), kind: Choice(.recall), state: Choice(.asked), note: "Phụ lục 2 ghi sai số liệu.",
        askedAt: ISOMoment(Example.moment), answeredAt: nil, answer: "")
}

extension RequestLine {
    init(_ request: ExchangeRequest) {
        (id, kind, state) = (request.id, Choice(request.kind), Choice(request.state))
        (note, askedAt) = (request.note, ISOMoment(request.askedAt))
        (answeredAt, answer) = (request.answeredAt.map(ISOMoment.init), request.answer)
    }
}

/// A message of this agency that has not left.
struct MessageLine: APIObject {
    let id: ID<Envelope>
    let kind: Choice<EnvelopeKind>
    let code: String
    let since: ISOMoment
    let attempts: Int
    let error: String
    let nextAttempt: ISOMoment
    let isDead: Bool

    static let schema = ObjectSchema(
        "Message",
        [
            .always("id", .uuid), .always("kind", .choice(of: EnvelopeKind.self)),
            .always("code", .text, "Of a status."), .always("since", .moment), .always("attempts", .count),
            .always("error", .text, "Of the last attempt."), .always("nextAttempt", .moment),
            .always("isDead", .boolean, "It is not tried again unless it is revived."),
        ])

    static let example = MessageLine(
        id: Example.id(), kind: Choice(.document), code: "", since: ISOMoment(Example.moment), attempts: 3,
        error: "Nơi nhận không trả lời kịp.", nextAttempt: ISOMoment(Example.moment), isDead: false)
}

extension MessageLine {
    init(_ message: WaitingMessage) {
        let envelope = message.envelope
        (id, kind) = (envelope.id, Choice(envelope.kind))
        code = envelope.kind == .status ? envelope.status.code : ""
        (since, attempts, error) = (ISOMoment(envelope.at), envelope.attempts, message.error)
        (nextAttempt, isDead) = (ISOMoment(message.nextAttempt), message.deadAt != nil)
    }
}

/// How the recipients of one document stand.
struct DeliverySummary: APIObject {
    let recipients: Int
    let unsent: Int
    let failing: Int
    let returned: Int
    let late: Int
    let notAccepted: Int
    let takenBack: Int
    let openRequests: Int

    static let schema = ObjectSchema(
        "DeliverySummary",
        [
            .always("recipients", .count), .always("unsent", .count), .always("failing", .count),
            .always("returned", .count), .always("late", .count), .always("notAccepted", .count),
            .always("takenBack", .count), .always("openRequests", .count, "Asked, and not answered yet."),
        ])

    static let example = DeliverySummary(
        recipients: 30, unsent: 0, failing: 1, returned: 1, late: 2, notAccepted: 3, takenBack: 1,
        openRequests: 29)
}

extension DeliverySummary {
    init(_ counts: DeliveryCounts, openRequests: Int) {
        (recipients, unsent, failing) = (counts.total, counts[.unsent], counts[.failing])
        (returned, late, notAccepted) = (counts[.returned], counts[.late], counts[.notAccepted])
        (takenBack, self.openRequests) = (counts[.takenBack], openRequests)
    }
}

struct RecipientsWish: APIObject {
    let deliveries: [ID<Delivery>]?
    let reason: String

    static let schema = ObjectSchema(
        "RecipientsWish",
        [
            .maybe(
                "deliveries", .list(.uuid, most: SendingRules.recipientLimit),
                "Absent: every recipient of whom it can still be asked."),
            .always("reason", .text, "The recipients read it."),
        ])

    static let example = RecipientsWish(deliveries: [Example.id()], reason: "Phụ lục 2 ghi sai số liệu.")
}

struct MoreRecipients: APIObject {
    let recipients: [ID<Agency>]
    let reason: String

    static let schema = ObjectSchema(
        "MoreRecipients",
        [
            .always("recipients", .list(.uuid), "Of the catalogue; who has it already is none of them."),
            .always("reason", .text, "On whose word, and why."),
        ])

    static let example = MoreRecipients(recipients: [Example.id()], reason: "Gửi thay cho nơi đã từ chối.")
}

struct ToldStatus: APIObject {
    let delivery: ID<Delivery>
    let status: Choice<DeliveryStatus>
    let day: ISODay
    let note: String?

    static let schema = ObjectSchema(
        "ToldStatus",
        [
            .always("delivery", .uuid, "On paper or by mail: others tell by themselves."),
            .always("status", .choice(of: DeliveryStatus.self), "accepted or refused."),
            .always("day", .day, "On which the recipient told it, or it came back."),
            .maybe("note", .text, "Who told it; why it came back, which is required then."),
        ])

    static let example = ToldStatus(
        delivery: Example.id(), status: Choice(.accepted), day: ISODay(Example.day),
        note: "Nơi nhận gọi điện.")
}
