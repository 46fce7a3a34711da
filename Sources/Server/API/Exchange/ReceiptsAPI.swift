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

    private static func answer(_ id: ID<Receipt>, _ call: APICall) async throws -> ReceiptAnswer {
        ReceiptAnswer(try await ReceiptReading(office: call.office).open(id, as: call.position).card)
    }

    private static func accept(_ call: APICall, _ input: Acceptance) async throws -> Landed<ArrivalAnswer> {
        try await ArrivalsAPI.act(
            call,
            AcceptReceipt(
                receipt: try call.id(), director: input.director, deadline: input.deadline?.date,
                twinSeen: input.twinSeen ?? false))
    }

    private static func refuse(_ call: APICall, _ input: Reason) async throws -> Landed<ReceiptAnswer> {
        let landing = try await call.act(
            RefuseReceipt(receipt: try call.id(), reason: input.reason.asTyped), .receipts
        ) { $0.id }
        return landing.with(try await answer(landing.id, call))
    }
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
