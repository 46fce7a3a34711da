// One verb of the API: where it is, what it is called, what it takes and gives. The router and the
// description at /api/openapi.json are both made from the table of these (decision 29), so neither can know
// what the other does not.
import HTTPTypes

package struct APIRoute: Sendable {
    package enum Input: Sendable {
        case none
        case json(any APIObject.Type)
        /// The bytes of a file as they are.
        case file
    }

    package enum Answer: Sendable {
        case json(any APIObject.Type)
        case file
    }

    package let method: HTTPRequest.Method
    /// Below `/api/v1`, with `{parameters}`.
    package let path: String
    package let operationID: String
    package let summary: String
    package var parameters: [APIParameter] = []
    package let input: Input
    package let answer: Answer
    /// It makes something new: 201 and its address.
    package var creates = false
    let handle: @Sendable (APICall) async throws -> APIReply

    package static let root = "/api/v1"

    /// What can be answered instead.
    package var failures: [APIFailureCode] {
        var codes: [APIFailureCode] = [.unauthorized, .busy, .failure]
        codes.append(path.contains("{") ? .notFound : .forbidden)
        if !parameters.isEmpty || method == .post { codes.append(.malformed) }
        if method == .post { codes += [.forbidden, .conflict, .tooLarge, .unprocessable] }
        return codes
    }
}

package struct APIParameter: Sendable {
    package let name: String
    package let schema: JSONSchema
    package let note: String
    package var isRequired = false

    static let after = APIParameter(
        name: "after", schema: .text(200), note: "`next` of the page before; absent for the first page.")
    static let limit = APIParameter(
        name: "limit", schema: .integer(1...PageRequest.most), note: "How many at most; 50 where absent.")
}

/// Which part of a list is asked for.
struct PageRequest: Sendable {
    static let most = 100
    let after: String?
    let limit: Int

    /// Where the page begins; nil for the first one.
    func key<Key>(_ read: (String) throws -> Key?) throws -> Key? {
        guard let after else { return nil }
        guard let key = try read(after) else {
            throw APIRejection.malformed(["?after: a `next` of this list"])
        }
        return key
    }
}

/// Part of a list; `next` is there when there is more.
package struct Portion<Row: APIObject>: APIObject {
    let items: [Row]
    let next: String?

    /// From one row more than wanted: the extra one only says that there is more.
    init(_ rows: [Row], limit: Int, key: (Int) -> String) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit && limit > 0 ? key(limit - 1) : nil
    }

    package static var schema: ObjectSchema {
        ObjectSchema(
            Row.schema.name + "Page",
            [
                .always("items", .list(of: Row.self)),
                .maybe("next", .text, "Pass it as `after` for the next page."),
            ])
    }

    package static var example: Portion<Row> { Portion([Row.example], limit: 1) { _ in "" } }
}

/// What a handler answers.
enum APIReply: Sendable {
    case json([UInt8], location: String?, isNew: Bool)
    case download(path: String, name: String, mediaType: String)
}

/// The answer to an act, and where its result is.
struct Landed<Answer: APIObject>: Sendable {
    let answer: Answer
    let landing: String
    let isRepeat: Bool
}

extension APIRoute {
    static func get<Answer: APIObject>(
        _ path: String, _ operationID: String, _ summary: String, parameters: [APIParameter] = [],
        _ handle: @escaping @Sendable (APICall) async throws -> Answer
    ) -> APIRoute {
        APIRoute(
            method: .get, path: path, operationID: operationID, summary: summary, parameters: parameters,
            input: .none, answer: .json(Answer.self)
        ) { call in
            .json(try APIJSON.encode(try await handle(call)), location: nil, isNew: false)
        }
    }

    static func list<Row: APIObject>(
        _ path: String, _ operationID: String, _ summary: String, parameters: [APIParameter] = [],
        _ handle: @escaping @Sendable (APICall, PageRequest) async throws -> Portion<Row>
    ) -> APIRoute {
        get(path, operationID, summary, parameters: parameters + [.after, .limit]) { call in
            try await handle(call, PageRequest(after: call.query("after"), limit: call.number("limit") ?? 50))
        }
    }

    /// An act; with `creates` its first answer is 201.
    static func act<Input: APIObject, Answer: APIObject>(
        _ path: String, _ operationID: String, _ summary: String, creates: Bool = false,
        _ handle: @escaping @Sendable (APICall, Input) async throws -> Landed<Answer>
    ) -> APIRoute {
        APIRoute(
            method: .post, path: path, operationID: operationID, summary: summary, input: .json(Input.self),
            answer: .json(Answer.self), creates: creates
        ) { call in
            let (call, input) = try await call.reading(Input.self)
            return try reply(try await handle(call, input), creates: creates)
        }
    }

    static func reply<Answer: APIObject>(_ landed: Landed<Answer>, creates: Bool) throws -> APIReply {
        .json(
            try APIJSON.encode(landed.answer), location: landed.landing, isNew: creates && !landed.isRepeat)
    }
}
