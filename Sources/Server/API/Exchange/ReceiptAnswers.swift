// How what came through the exchange is given to a machine: a line of the list, and the whole.
import Domain
import Store

struct ReceiptLine: APIObject {
    let id: ID<Receipt>
    let state: Choice<ReceiptState>
    let senderName: String
    let numberAndNotation: String
    let date: ISODay
    let abstract: String
    let urgency: Choice<Urgency>
    let arrivedAt: ISOMoment
    let dueAt: ISOMoment

    static let schema = ObjectSchema(
        "ReceiptLine",
        [
            .always("id", .uuid), .always("state", .choice(of: ReceiptState.self)),
            .always("senderName", .text),
            .always("numberAndNotation", .text), .always("date", .day), .always("abstract", .text),
            .always("urgency", .choice(of: Urgency.self)), .always("arrivedAt", .moment),
            .always("dueAt", .moment, "By when it is to be taken or refused."),
        ])

    static let example = ReceiptLine(
        id: Example.id(), state: Choice(.waiting), senderName: "Phòng Tư pháp", numberAndNotation: "54/PTP",
        date: ISODay(Example.day), abstract: "cung cấp số liệu", urgency: Choice(.normal),
        arrivedAt: ISOMoment(Example.moment), dueAt: ISOMoment(Example.moment))
}

extension ReceiptLine {
    init(_ row: ReceiptRow) {
        (id, state, senderName) = (row.receipt.id, Choice(row.receipt.state), row.senderName)
        (numberAndNotation, date, abstract) = (row.numberAndNotation, ISODay(row.date), row.abstract)
        (urgency, arrivedAt, dueAt) = (
            Choice(row.urgency), ISOMoment(row.receipt.arrivedAt), ISOMoment(row.dueAt)
        )
    }
}

struct ReceiptAnswer: APIObject {
    let id: ID<Receipt>
    let state: Choice<ReceiptState>
    let senderName: String
    let document: DocumentAnswer
    let declaredFiles: Int
    let declaredPages: Int
    let arrivedAt: ISOMoment
    let dueAt: ISOMoment
    let decidedAt: ISOMoment?
    let decidedBy: String
    let reason: String

    static let schema = ObjectSchema(
        "Receipt",
        [
            .always("id", .uuid), .always("state", .choice(of: ReceiptState.self)),
            .always("senderName", .text),
            .always("document", .one(DocumentAnswer.self)),
            .always("declaredFiles", .count, "As the sender says."), .always("declaredPages", .count),
            .always("arrivedAt", .moment), .always("dueAt", .moment), .maybe("decidedAt", .moment),
            .always("decidedBy", .text), .always("reason", .text),
        ])

    static let example = ReceiptAnswer(
        id: Example.id(), state: Choice(.refused), senderName: "Phòng Tư pháp", document: .example,
        declaredFiles: 1,
        declaredPages: 1, arrivedAt: ISOMoment(Example.moment), dueAt: ISOMoment(Example.moment),
        decidedAt: ISOMoment(Example.moment), decidedBy: "Lê Thị Văn", reason: "Gửi nhầm cơ quan nhận.")
}

extension ReceiptAnswer {
    init(_ card: ReceiptCard) {
        (id, state, senderName) = (card.receipt.id, Choice(card.receipt.state), card.senderName)
        document = DocumentAnswer(card.receipt.document, card.facts, card.files)
        (declaredFiles, declaredPages) = (card.declaredFiles, card.declaredPages)
        (arrivedAt, dueAt) = (ISOMoment(card.receipt.arrivedAt), ISOMoment(card.dueAt))
        (decidedAt, decidedBy, reason) = (card.decidedAt.map(ISOMoment.init), card.decidedBy, card.reason)
    }
}
