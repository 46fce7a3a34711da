// Văn bản đi, for machines: the register of what was issued, and where each document stands with its
// recipients.
import Domain
import Operations
import Store

enum IssuancesAPI {
    static let routes: [APIRoute] = [
        .list(
            "/issuances", "listIssuances", "Sổ văn bản đi, mới nhất trước",
            parameters: [
                APIParameter(
                    name: "register", schema: .text(60), note: "Only of this register, by its slug."),
                APIParameter(
                    name: "awaited", schema: .choice(["true"]),
                    note: "Only those that wait for an answer."),
            ],
            list),
        .get("/issuances/{id}", "readIssuance", "Văn bản đi") { try await answer(try $0.id(), $0) },
        .list(
            "/issuances/{id}/deliveries", "listDeliveries", "Bảng theo dõi phát hành, theo tên nơi nhận",
            deliveries),
        .act("/issuances/{id}/recall", "recallIssuance", "Lấy lại văn bản đã gửi") {
            try await ask($0, $1, .recall)
        },
        .act("/issuances/{id}/update", "askForUpdate", "Đề nghị nơi nhận cập nhật") {
            try await ask($0, $1, .update)
        },
        .act(
            "/issuances/{id}/send-again", "sendIssuanceAgain", "Gửi lại cho nơi đã từ chối", sendAgain),
        .act("/issuances/{id}/told", "noteStatus", "Ghi tình trạng do nơi nhận báo", noteStatus),
        .act("/issuances/{id}/recipients", "addRecipients", "Gửi thêm nơi nhận", addRecipients),
    ]

    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<IssuanceLine> {
        guard call.position.role != .administrator else { throw Refused(.notForYourRole) }
        let (register, agency) = (call.query("register"), call.agency)
        let awaited = call.query("awaited") == "true"
        let rows = try await call.office.read { tables in
            try tables.issuanceLists.page(
                of: agency, register: register, awaited: awaited, after: try page.key(IssuanceKey.init),
                limit: page.limit + 1)
        }
        return Portion(rows.map(IssuanceLine.init), limit: page.limit) { rows[$0].key.text }
    }

    static func answer(_ id: ID<Issuance>, _ call: APICall) async throws -> IssuanceAnswer {
        let row = try await row(id, call)
        return IssuanceAnswer(
            try await IssuedReading(office: call.office).open(
                year: row.issuance.year, register: row.register, number: row.issuance.number,
                as: call.position))
    }

    static func row(_ id: ID<Issuance>, _ call: APICall) async throws -> IssuanceRow {
        let agency = call.agency
        guard call.position.role != .administrator,
            let row = try await call.office.read({ try $0.issuanceLists.rows([id], of: agency).first })
        else { throw Refused(.notFound) }
        return row
    }

    private static func deliveries(_ call: APICall, _ page: PageRequest) async throws -> Portion<
        DeliveryAnswer
    > {
        let (issuance, agency) = (try await row(try call.id(), call).issuance.id, call.agency)
        let now = call.office.clock.now
        let answers = try await call.office.read { tables in
            let after = try page.key { key in
                try ID<Delivery>(key).flatMap { try tables.deliveryLists.find($0, of: agency)?.key }
            }
            let rows = try tables.deliveryLists.board(
                issuance, of: agency, after: after, limit: page.limit + 1)
            let ids = rows.map(\.delivery.id), calendar = try tables.calendar.load()
            let requests = try tables.deliveryRequests.all(of: ids)
            let messages = try tables.outboxLists.of(ids, from: agency)
            let answered = try tables.deliveryAnswers.of(ids)
            return rows.map { row in
                DeliveryAnswer(
                    row, requests: requests[row.delivery.id] ?? [], messages: messages[row.delivery.id] ?? [],
                    answers: answered[row.delivery.id] ?? [], now: now, calendar: calendar)
            }
        }
        return Portion(answers, limit: page.limit) { answers[$0].id.description }
    }

    /// Nobody named: everybody of whom something can still be asked.
    private static func ask(
        _ call: APICall, _ input: RecipientsWish, _ kind: ExchangeRequestKind
    ) async throws -> Landed<DeliverySummary> {
        let (id, agency): (ID<Issuance>, ID<Agency>) = (try call.id(), call.agency)
        _ = try await row(id, call)
        var deliveries = input.deliveries ?? []
        if deliveries.isEmpty {
            deliveries = try await call.office.read { try $0.deliveryLists.open(id, of: agency) }
            if deliveries.isEmpty { throw Refused(.deliveryOver) }
        }
        let landing = try await call.act(
            AskRecipients(
                kind, issuance: id, deliveries: deliveries, note: input.reason.asTyped,
                partners: call.office.exchange.partnerNames), .issuances
        ) { _ in id }
        return landing.with(try await summary(id, call))
    }

    /// Nobody named: everybody who has refused it.
    private static func sendAgain(
        _ call: APICall, _ input: RecipientsWish
    ) async throws -> Landed<DeliverySummary> {
        let (id, agency): (ID<Issuance>, ID<Agency>) = (try call.id(), call.agency)
        _ = try await row(id, call)
        var deliveries = input.deliveries ?? []
        if deliveries.isEmpty {
            deliveries = try await call.office.read { try $0.deliveryLists.returned(id, of: agency) }
            if deliveries.isEmpty { throw Refused(.notReturned) }
        }
        let landing = try await call.act(
            SendAgain(issuance: id, deliveries: deliveries, note: input.reason.asTyped), .issuances
        ) { _ in id }
        return landing.with(try await summary(id, call))
    }

    private static func noteStatus(
        _ call: APICall, _ input: ToldStatus
    ) async throws -> Landed<DeliverySummary> {
        let id: ID<Issuance> = try call.id()
        _ = try await row(id, call)
        let landing = try await call.act(
            NoteStatus(
                input.status.value, of: input.delivery, in: id, on: input.day.date,
                note: input.note?.asTyped ?? ""),
            .issuances
        ) { _ in id }
        return landing.with(try await summary(id, call))
    }

    private static func addRecipients(
        _ call: APICall, _ input: MoreRecipients
    ) async throws -> Landed<DeliverySummary> {
        let id: ID<Issuance> = try call.id()
        _ = try await row(id, call)
        let landing = try await call.act(
            AddRecipients(to: input.recipients, of: id, reason: input.reason.asTyped), .issuances
        ) { _ in id }
        return landing.with(try await summary(id, call))
    }

    private static func summary(_ id: ID<Issuance>, _ call: APICall) async throws -> DeliverySummary {
        let now = call.office.clock.now, agency = call.agency
        return try await call.office.read { tables in
            DeliverySummary(
                try tables.deliveryLists.parts(of: id, in: agency, at: now),
                openRequests: try tables.deliveryLists.openRequests(of: id, in: agency))
        }
    }
}

struct IssuanceLine: APIObject {
    let id: ID<Issuance>
    let register: String
    let year: Int
    let number: Int
    let notation: String
    let date: ISODay
    let abstract: String
    let urgency: Choice<Urgency>
    let state: Choice<IssuanceState>
    let sent: Int
    let accepted: Int
    let refused: Int
    let answerBy: ISODay?
    let answered: Int

    static let schema = ObjectSchema(
        "IssuanceLine",
        [
            .always("id", .uuid), .always("register", .text), .always("year", .count),
            .always("number", .count),
            .always("notation", .text), .always("date", .day), .always("abstract", .text),
            .always("urgency", .choice(of: Urgency.self)), .always("state", .choice(of: IssuanceState.self)),
            .always("sent", .count, "Recipients in all."), .always("accepted", .count),
            .always("refused", .count),
            .maybe("answerBy", .day, "An answer is asked for by this day."),
            .always("answered", .count, "Recipients that have answered."),
        ])

    static let example = IssuanceLine(
        id: Example.id(), register: "cong-van", year: 2026, number: 54, notation: "PTP",
        date: ISODay(Example.day),
        abstract: "v/v cung cấp số liệu hộ tịch", urgency: Choice(.normal), state: Choice(.issued), sent: 30,
        accepted: 28, refused: 1, answerBy: ISODay(Example.day), answered: 12)
}

extension IssuanceLine {
    init(_ row: IssuanceRow) {
        let issuance = row.issuance
        (id, register, year, number) = (issuance.id, row.register, issuance.year, issuance.number)
        (notation, date, abstract) = (issuance.notation, ISODay(issuance.date), row.abstract)
        (urgency, state) = (Choice(row.urgency), Choice(issuance.state))
        (sent, accepted, refused) = (row.sent, row.accepted, row.refused)
        (answerBy, answered) = (row.answerBy.map { ISODay($0) }, row.answered)
    }
}

struct IssuanceAnswer: APIObject {
    let id: ID<Issuance>
    let register: String
    let year: Int
    let number: Int
    let notation: String
    let date: ISODay
    let state: Choice<IssuanceState>
    let draft: ID<Draft>
    let voidReason: String
    let signer: String
    let document: DocumentAnswer?
    let answers: [ID<Arrival>]
    let replaces: [ID<Issuance>]
    let replacedBy: [ID<Issuance>]
    let answerBy: ISODay?
    let recipientChanges: [RecipientChangeAnswer]

    static let schema = ObjectSchema(
        "Issuance",
        [
            .always("id", .uuid), .always("register", .text), .always("year", .count),
            .always("number", .count),
            .always("notation", .text), .always("date", .day),
            .always("state", .choice(of: IssuanceState.self)),
            .always("draft", .uuid), .always("voidReason", .text), .always("signer", .text),
            .maybe("document", .one(DocumentAnswer.self), "Absent until it is sealed."),
            .always("answers", .list(.uuid), "The arrivals it answers."),
            .always("replaces", .list(.uuid), "Issued before, and replaced by it."),
            .always("replacedBy", .list(.uuid), "Issued later in its place."),
            .maybe("answerBy", .day, "An answer is asked for by this day."),
            .always(
                "recipientChanges", .list(of: RecipientChangeAnswer.self),
                "What the clerk did otherwise than the signer saw."),
        ])

    static let example = IssuanceAnswer(
        id: Example.id(), register: "cong-van", year: 2026, number: 54, notation: "PTP",
        date: ISODay(Example.day),
        state: Choice(.issued), draft: Example.id(), voidReason: "", signer: "Trần Văn Bé",
        document: .example,
        answers: [Example.id()], replaces: [Example.id()], replacedBy: [], answerBy: ISODay(Example.day),
        recipientChanges: [.example])
}

extension IssuanceAnswer {
    init(_ view: IssuedView) {
        let issuance = view.row.issuance
        (id, register, year, number) = (issuance.id, view.row.register, issuance.year, issuance.number)
        (notation, date, state) = (issuance.notation, ISODay(issuance.date), Choice(issuance.state))
        (draft, voidReason, signer) = (issuance.draft, view.row.voidReason, view.row.signer)
        let files = view.files
        document = view.particulars.flatMap { facts in
            issuance.document.map { DocumentAnswer($0, facts, files) }
        }
        answers = view.answers.map(\.id)
        replaces = view.replaces.map(\.issuance.id)
        replacedBy = view.replacedBy.map(\.issuance.id)
        answerBy = view.answerBy.map { ISODay($0) }
        recipientChanges = view.changes.map(RecipientChangeAnswer.init)
    }
}
