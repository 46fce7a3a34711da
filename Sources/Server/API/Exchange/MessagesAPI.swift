// Gói tin chưa đi, for machines: what of this agency would not go; once more, or never.
import Domain
import Operations
import Store

enum MessagesAPI {
    static let routes: [APIRoute] = [
        .list(
            "/messages", "listMessages", "Gói tin chưa gửi được của cơ quan, lâu nhất trước",
            parameters: [
                APIParameter(
                    name: "failing", schema: .boolean, note: "Only those that failed, or only the others.")
            ], list),
        .act("/messages/{id}/revive", "reviveMessage", "Gửi lại") { (call, _: NothingMore) in
            try await revive(call)
        },
        .act("/messages/{id}/give-up", "giveUpMessage", "Thôi gửi", giveUp),
    ]

    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<WaitingLine> {
        guard Verb.messageRevived.roles.contains(call.position.role) else { throw Refused(.notForYourRole) }
        let failing = call.query("failing").map { $0 == "true" }, agency = call.agency
        let rows = try await call.office.read { tables in
            try tables.outboxLists.page(
                of: agency, failing: failing, after: try page.key(OutboxKey.init), limit: page.limit + 1)
        }
        return Portion(rows.map(WaitingLine.init), limit: page.limit) { rows[$0].key.text }
    }

    private static func revive(_ call: APICall) async throws -> Landed<MessageDone> {
        let id: ID<Envelope> = try call.id()
        let landing = try await call.act(ReviveMessage(message: id), .messages) { _ in id }
        return landing.with(MessageDone(id: id))
    }

    private static func giveUp(_ call: APICall, _ input: GivingUp) async throws -> Landed<MessageDone> {
        let id: ID<Envelope> = try call.id()
        let landing = try await call.act(
            GiveUpMessage(message: id, reason: input.reason.asTyped, sendsPaper: input.sendsPaper ?? false),
            .messages
        ) { _ in id }
        return landing.with(MessageDone(id: id))
    }
}

struct WaitingLine: APIObject {
    let message: MessageLine
    let recipientName: String
    let numberAndNotation: String
    let abstract: String

    static let schema = ObjectSchema(
        "WaitingMessage",
        [
            .always("message", .one(MessageLine.self)), .always("recipientName", .text),
            .always("numberAndNotation", .text), .always("abstract", .text),
        ])

    static let example = WaitingLine(
        message: .example, recipientName: "Sở Tư pháp", numberAndNotation: "54/PTP",
        abstract: "cung cấp số liệu hộ tịch")
}

extension WaitingLine {
    init(_ row: OutboxRow) {
        (message, recipientName) = (MessageLine(row.message), row.recipientName)
        (numberAndNotation, abstract) = (row.numberAndNotation, row.abstract)
    }
}

struct GivingUp: APIObject {
    let reason: String
    let sendsPaper: Bool?

    static let schema = ObjectSchema(
        "GivingUp",
        [
            .always("reason", .text),
            .maybe(
                "sendsPaper", .boolean,
                "Of a document: where its recipient gets no paper yet, a certified copy goes into the queue to print."
            ),
        ])

    static let example = GivingUp(reason: "Nơi nhận chưa có kết nối.", sendsPaper: true)
}

struct MessageDone: APIObject {
    let id: ID<Envelope>

    static let schema = ObjectSchema("MessageDone", [.always("id", .uuid)])
    static let example = MessageDone(id: Example.id())
}
