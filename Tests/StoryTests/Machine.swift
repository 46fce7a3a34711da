// A machine that uses the API in a test: it has a token, sends JSON, and holds every answer against the
// schema that the table of routes gives for it.
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Operations
import Server
import Store
import TestKit
import Testing

struct Machine: Sendable {
    let client: any TestClientProtocol
    let token: String

    struct Reply: Sendable {
        let status: Int
        let json: JSONValue
        let bytes: [UInt8]
        let location: String?

        var id: String { json["id"]?.text ?? "" }
        var version: Int { if case .integer(let version)? = json["version"] { version } else { -1 } }
        var items: [JSONValue] { json["items"]?.elements ?? [] }
        var reasons: [String] { json["reasons"]?.elements.compactMap(\.text) ?? [] }
    }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }

    func post(_ path: String, _ body: JSONValue = [:], key: String? = nil) async throws -> Reply {
        var headers = HTTPFields()
        headers[.contentType] = "application/json"
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        return try await send(.post, path, headers, try APIJSON.encode(body))
    }

    func stage(_ bytes: [UInt8], name: String, purpose: String = "letter", key: String? = nil) async throws
        -> Reply
    {
        var headers = HTTPFields()
        if let field = HTTPField.Name("X-File-Name") {
            headers[field] = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        }
        if let key, let field = HTTPField.Name("Idempotency-Key") { headers[field] = key }
        return try await send(.post, "/staged-files?purpose=\(purpose)", headers, bytes)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], _ body: [UInt8]? = nil
    ) async throws -> Reply {
        var headers = headers
        if !token.isEmpty { headers[.authorization] = "Bearer \(token)" }
        let response = try await client.execute(
            uri: APIRoute.root + path, method: method, headers: headers,
            body: body.map { ByteBuffer(bytes: $0) }
        ) { $0 }
        let bytes = Array(response.body.readableBytesView)
        let reply = Reply(
            status: response.status.code, json: (try? APIJSON.decode(JSONValue.self, from: bytes)) ?? .null,
            bytes: bytes, location: response.headers[.location])
        check(reply, method, path)
        return reply
    }

    /// What is answered is what is described.
    private func check(_ reply: Reply, _ method: HTTPRequest.Method, _ path: String) {
        guard let route = APIRoutes.all.first(where: { $0.method == method && $0.matches(path) }) else {
            return
        }
        if reply.status >= 400 {
            #expect(JSONSchema.object(APIFailureAnswer.schema).faults(in: reply.json) == [], "\(path)")
            #expect(
                reply.status == 500 || route.failures.contains { $0.status.code == reply.status }, "\(path)")
        } else if case .json(let type) = route.answer {
            #expect(JSONSchema.object(type.schema).faults(in: reply.json) == [], "\(path)")
        }
    }
}

extension APIRoute {
    func matches(_ path: String) -> Bool {
        let asked = path.split(separator: "?")[0].split(separator: "/"), own = self.path.split(separator: "/")
        return asked.count == own.count && zip(asked, own).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}

extension StoryWorld {
    /// A token for the login's position, as `vanthu admin` would give one.
    func token(for login: String) async throws -> (id: ID<ApiToken>, token: String) {
        let token = SessionToken.make()
        let operation = IssueToken(position: try await position(login).id, label: "kiểm thử", token: token)
        return (try await runner.run(operation, as: .system(name: "kiểm thử", agency: nil)), token)
    }

    /// The whole server over this office, and machines for the logins, in their order.
    func withMachines<T: Sendable>(
        _ logins: [String], _ body: @escaping @Sendable ([Machine]) async throws -> T
    ) async throws -> T {
        var tokens: [String] = []
        for login in logins { tokens.append(try await token(for: login).token) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
            .path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = OfficeServer(office: office, settings: ServerSettings(cacheFolder: folder))
        let machines = tokens
        return try await server.application().test(.router) { client in
            try await body(machines.map { Machine(client: client, token: $0) })
        }
    }

    var letter: [UInt8] {
        get throws { try WorldFiles.bytes("letters/02-so-tu-phap-so-lieu-ho-tich-khan.pdf") }
    }

    /// A letter of the Sở Tư pháp as a machine registers it.
    func newArrival(
        file: String, director login: String = "tp.tuphap", number: String = "482"
    ) async throws -> JSONValue {
        let director = try await position(login).id.description
        return [
            "issuingAgency": "Sở Tư pháp tỉnh Kiên Giang", "number": .string(number), "notation": "STP-HCTP",
            "date": "2026-05-08", "type": "cong-van", "abstract": "cung cấp số liệu đăng ký hộ tịch quý I",
            "urgency": "urgent", "director": .string(director), "files": [.string(file)],
        ]
    }
}
