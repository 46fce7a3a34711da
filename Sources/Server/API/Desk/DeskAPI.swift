// Việc của tôi, for machines: what waits for the position of the token.
import Domain
import Operations
import Store

enum DeskAPI {
    static let routes: [APIRoute] = [
        .list(
            "/desk-items", "listDeskItems", "Việc của tôi, khẩn trước, rồi theo hạn",
            parameters: [
                APIParameter(
                    name: "kind", schema: .choice(of: DeskKind.self), note: "Only those of this kind.")
            ], list)
    ]

    private static func list(_ call: APICall, _ page: PageRequest) async throws -> Portion<DeskItemAnswer> {
        let (kind, position): (DeskKind?, ID<Position>) = (call.choice("kind"), call.position.id)
        let items = try await call.office.read { tables in
            try tables.desk.queue(
                of: position, kind: kind, after: try page.key(DeskKey.init), limit: page.limit + 1)
        }
        return Portion(items.map(DeskItemAnswer.init), limit: page.limit) { DeskKey(items[$0]).text }
    }
}

struct DeskItemAnswer: APIObject {
    let kind: Choice<DeskKind>
    let urgency: Choice<Urgency>
    let dueAt: ISOMoment?
    let subject: ID<DeskItem>
    let path: String
    let title: String
    let detail: String

    init(_ item: DeskItem) {
        (kind, urgency, dueAt) = (Choice(item.kind), Choice(item.urgency), item.dueAt.map(ISOMoment.init))
        (subject, title, detail) = (ID(item.subject), item.title, item.detail)
        path = item.kind.collection.path(subject)
    }

    static let schema = ObjectSchema(
        "DeskItem",
        [
            .always("kind", .choice(of: DeskKind.self)), .always("urgency", .choice(of: Urgency.self)),
            .maybe("dueAt", .moment), .always("subject", .uuid, "The arrival, draft or receipt it is about."),
            .always("path", .text, "Where the subject is read."), .always("title", .text, "Trích yếu."),
            .always("detail", .text),
        ])

    static let example = DeskItemAnswer(
        DeskItem(
            position: Example.id(), agency: Example.id(), kind: .direct, urgency: .urgent,
            dueAt: Example.moment,
            subject: Example.uuid, title: "cung cấp số liệu", detail: "Số đến 117",
            path: "van-ban-den/2026/117"))
}

extension DeskKind {
    var collection: Collection {
        switch self {
        case .receive, .answer: .receipts
        case .direct, .handle, .cooperate, .inform: .arrivals
        case .approve, .sign, .rework, .issue, .resume: .drafts
        }
    }
}
