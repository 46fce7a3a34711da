// Chờ tiếp nhận, for machines: what came through the exchange, taken into the register or refused.
import Domain
import Operations
import Store

enum ReceiptsAPI {
    static let routes: [APIRoute] = [
        .list(
            "/receipts", "listReceipts", "Văn bản điện tử đến qua liên thông",
            parameters: [
                APIParameter(
                    name: "state", schema: .choice(of: ReceiptState.self), note: "`waiting` where absent.")
            ], list),
        .get("/receipts/{id}", "readReceipt", "Một văn bản chờ tiếp nhận") {
            try await answer(try $0.id(), $0)
        },
        .act("/receipts/{id}/accept", "acceptReceipt", "Tiếp nhận vào sổ văn bản đến", creates: true, accept),
        .act("/receipts/{id}/refuse", "refuseReceipt", "Từ chối tiếp nhận", refuse),
        .act("/receipts/{id}/scan", "scanReceipt", "Quét vi-rút lại") { (call, _: NothingMore) in
            try await scan(call)
        },
        .act(
            "/receipts/{id}/decide", "decideRequest", "Trả lời đề nghị lấy lại, cập nhật của nơi gửi", decide),
    ]

    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<ReceiptLine> {
        guard call.position.role == .clerk || call.position.role.leads else { throw Refused(.notForYourRole) }
        let (state, agency): (ReceiptState, ID<Agency>) = (call.choice("state") ?? .waiting, call.agency)
        let rows = try await call.office.read { tables in
            let after = try page.key { key in
                try ID<Receipt>(key).flatMap { try tables.receiptLists.rows([$0], of: agency).first?.key }
            }
            return try tables.receiptLists.page(of: agency, state, after: after, limit: page.limit + 1)
        }
        return Portion(rows.map(ReceiptLine.init), limit: page.limit) { rows[$0].receipt.id.description }
    }

    fileprivate static func answer(_ id: ID<Receipt>, _ call: APICall) async throws -> ReceiptAnswer {
        ReceiptAnswer(try await ReceiptReading(office: call.office).open(id, as: call.position))
    }

    private static func accept(_ call: APICall, _ input: Acceptance) async throws -> Landed<ArrivalAnswer> {
        try await ArrivalsAPI.act(
            call,
            AcceptReceipt(
                receipt: try call.id(), director: input.director, deadline: input.deadline?.date,
                twinSeen: input.twinSeen ?? false,
                requiresScan: call.office.outgoingScan.isScannerRequired))
    }

    private static func refuse(_ call: APICall, _ input: Reason) async throws -> Landed<ReceiptAnswer> {
        let landing = try await call.act(
            RefuseReceipt(receipt: try call.id(), reason: input.reason.asTyped), .receipts
        ) { $0.id }
        return landing.with(try await answer(landing.id, call))
    }
}

extension ReceiptsAPI {
    private static func scan(_ call: APICall) async throws -> Landed<ReceiptAnswer> {
        let id: ID<Receipt> = try call.id()
        let operation = try await ArrivalScanning(office: call.office).operation(id, as: call.position)
        let landing = try await call.act(operation, .receipts) { $0.id }
        return landing.with(try await answer(landing.id, call))
    }

    private static func decide(_ call: APICall, _ input: RequestDecision) async throws -> Landed<
        ReceiptAnswer
    > {
        let id: ID<Receipt> = try call.id()
        let asked = try await ReceiptReading(office: call.office).open(id, as: call.position)
        guard asked.requests.contains(where: { $0.request.id == input.request }) else {
            throw Refused(.notFound)
        }
        let landing = try await call.act(
            DecideRequest(
                request: input.request, agrees: input.agrees, reason: (input.reason ?? "").asTyped,
                requiresScan: call.office.outgoingScan.isScannerRequired), .receipts
        ) { $0.id }
        return landing.with(try await answer(id, call))
    }
}

struct RequestDecision: APIObject {
    let request: ID<ExchangeRequest>
    let agrees: Bool
    let reason: String?

    static let schema = ObjectSchema(
        "RequestDecision",
        [
            .always("request", .uuid), .always("agrees", .boolean),
            .maybe("reason", .text, "Required for a refusal; the sender reads it."),
        ])

    static let example = RequestDecision(
        request: Example.id(), agrees: false, reason: "Đã giao việc theo văn bản này.")
}

struct Acceptance: APIObject {
    let director: ID<Position>
    let deadline: ISODay?
    let twinSeen: Bool?

    static let schema = ObjectSchema(
        "Acceptance",
        [
            .always("director", .uuid, "The position that is asked to direct it."), .maybe("deadline", .day),
            .maybe(
                "twinSeen", .boolean,
                "True: the same number, notation and agency is known to stand in the register."),
        ])

    static let example = Acceptance(director: Example.id(), deadline: ISODay(Example.day), twinSeen: nil)
}

struct Reason: APIObject {
    let reason: String

    static let schema = ObjectSchema("Reason", [.always("reason", .text)])
    static let example = Reason(reason: "Gửi nhầm cơ quan nhận.")
}
