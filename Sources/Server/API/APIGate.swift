// The door for machines: an opaque token instead of a session (decision 28), JSON instead of pages. Who has
// no token learns nothing but that one is needed.
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Store

struct APIGate: Sendable {
    let server: OfficeServer

    func add(to router: Router<OfficeContext>) {
        let description = OpenAPIDocument.bytes
        router.get("/api/openapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: description)))
        }
        for route in APIRoutes.all {
            router.on(RouterPath(APIRoute.root + route.path), method: route.method) { request, context in
                try await enter(route, request, context)
            }
        }
    }

    private func enter(_ route: APIRoute, _ request: Request, _ context: OfficeContext) async throws
        -> Response
    {
        let call = try await call(request, context.parameters)
        try Self.check(route.parameters, of: call)
        switch try await route.handle(call) {
        case .json(let bytes, let location, let isNew):
            var response = Response(
                status: isNew ? .created : .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            if let location { response.headers[.location] = location }
            return response
        case .download(let path, let name, let mediaType):
            return try await Downloads.response(path: path, name: name, mediaType: mediaType)
        }
    }

    private func call(_ request: Request, _ parameters: Parameters) async throws -> APICall {
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { throw APIRejection.noToken }
        let hash = SessionToken.hash(String(words[1]))
        guard let position = try await server.office.read({ try $0.apiTokens.holder(hash: hash) }) else {
            throw APIRejection.noToken
        }
        return APICall(
            server: server, position: position, request: request, parameters: parameters,
            tokenMark: APICall.hex(hash.prefix(8)))
    }

    /// What stands behind the question mark is checked like a body.
    private static func check(_ parameters: [APIParameter], of call: APICall) throws {
        let faults = parameters.flatMap { parameter -> [String] in
            guard let text = call.query(parameter.name) else {
                return parameter.isRequired ? ["?\(parameter.name): required"] : []
            }
            let value: JSONValue =
                if case .integer = parameter.schema {
                    Int(text).map(JSONValue.integer) ?? .null
                } else {
                    .string(text)
                }
            return parameter.schema.faults(in: value, at: "?\(parameter.name)")
        }
        if !faults.isEmpty { throw APIRejection.malformed(faults) }
    }
}
