// How what came through the exchange is given to a machine: a line of the list, and the whole.
import Domain
import Operations
import Pages
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
    init(_ row: Store.ReceiptRow) {
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
    let channel: Choice<Channel>
    let senderCode: String
    let messageKey: String
    let takenBackAt: ISOMoment?
    let findings: [FindingLine]
    let requests: [RequestLine]

    static let schema = ObjectSchema(
        "Receipt",
        [
            .always("id", .uuid), .always("state", .choice(of: ReceiptState.self)),
            .always("senderName", .text),
            .always("document", .one(DocumentAnswer.self)),
            .always("declaredFiles", .count, "As the sender says."), .always("declaredPages", .count),
            .always("arrivedAt", .moment), .always("dueAt", .moment), .maybe("decidedAt", .moment),
            .always("decidedBy", .text), .always("reason", .text),
            .always("channel", .choice(of: Channel.self)), .always("senderCode", .text, "Mã định danh."),
            .always("messageKey", .text, "What the sender's system calls the document."),
            .maybe("takenBackAt", .moment, "Its sender took it back; its files are gone since then."),
            .always("findings", .list(of: FindingLine.self), "What was noticed about it."),
            .always("requests", .list(of: RequestLine.self), "What its sender asked."),
        ])

    static let example = ReceiptAnswer(
        id: Example.id(), state: Choice(.refused), senderName: "Phòng Tư pháp", document: .example,
        declaredFiles: 1,
        declaredPages: 1, arrivedAt: ISOMoment(Example.moment), dueAt: ISOMoment(Example.moment),
        decidedAt: ISOMoment(Example.moment), decidedBy: "Lê Thị Văn", reason: "Gửi nhầm cơ quan nhận.",
        channel: Choice(.vanthu), senderCode: "H31.12.05", messageKey: "H31.12.05,2026/05/12,54/PTP",
        takenBackAt: nil, findings: [.example], requests: [.example])
}

extension ReceiptAnswer {
    init(_ view: ReceiptView) {
        let card = view.card
        (id, state, senderName) = (card.receipt.id, Choice(card.receipt.state), card.senderName)
        document = DocumentAnswer(card.receipt.document, card.facts, card.files)
        (declaredFiles, declaredPages) = (card.declaredFiles, card.declaredPages)
        (arrivedAt, dueAt) = (ISOMoment(card.receipt.arrivedAt), ISOMoment(card.dueAt))
        (decidedAt, decidedBy, reason) = (card.decidedAt.map(ISOMoment.init), card.decidedBy, card.reason)
        channel = Choice(card.receipt.origin.channel)
        senderCode = view.sender?.messageCode ?? ""
        messageKey = card.receipt.origin.key
        takenBackAt = card.receipt.frozenAt.map(ISOMoment.init)
        findings = view.findings.map(FindingLine.init)
        requests = view.requests.map { RequestLine($0.request) }
    }
}

/// One thing that was noticed, by its code.
struct FindingLine: APIObject {
    let code: String
    let file: String
    let detail: String
    let words: String

    static let schema = ObjectSchema(
        "Finding",
        [
            .always(
                "code", .text,
                "unknownSender, unknownType, infected, notScanned, activeContent, notLookedThrough, unreadable, missing, readFromLetter, senderNotVerified, updateOfUnknown, odd, answers, paperFollows, answerBy, sentAgain."
            ),
            .always("file", .text, "Empty where it is about the message."), .always("detail", .text),
            .always("words", .text, "For people, in Vietnamese."),
        ])

    static let example = FindingLine(
        code: "notScanned", file: "cong-van.pdf", detail: "",
        words: "Tệp “cong-van.pdf” chưa được quét vi-rút")
}

extension FindingLine {
    init(_ finding: ArrivalFinding) {
        words = Vi.finding(finding).words
        switch finding {
        case .unknownSender(let code): (self.code, file, detail) = ("unknownSender", "", code)
        case .unknownType(let name): (code, file, detail) = ("unknownType", "", name)
        case .infected(let file, let virus): (code, self.file, detail) = ("infected", file, virus)
        case .notScanned(let file): (code, self.file, detail) = ("notScanned", file, "")
        case .activeContent(let file, let parts):
            (code, self.file) = ("activeContent", file)
            detail = parts.map(\.rawValue).joined(separator: " ")
        case .notLookedThrough(let file): (code, self.file, detail) = ("notLookedThrough", file, "")
        case .unreadable(let file): (code, self.file, detail) = ("unreadable", file, "")
        case .missing(let file): (code, self.file, detail) = ("missing", file, "")
        case .readFromLetter: (code, file, detail) = ("readFromLetter", "", "")
        case .updateOfUnknown: (code, file, detail) = ("updateOfUnknown", "", "")
        case .senderNotVerified(let address): (code, file, detail) = ("senderNotVerified", "", address)
        case .odd(let what, let about): (code, file, detail) = ("odd", "", "\(what) \(about)")
        case .answers(let number): (code, file, detail) = ("answers", "", number)
        case .paperFollows: (code, file, detail) = ("paperFollows", "", "")
        case .answerBy(let day): (code, file, detail) = ("answerBy", "", day)
        case .sentAgain(let words): (code, file, detail) = ("sentAgain", "", words)
        }
    }
}
