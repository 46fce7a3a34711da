// The story world behind its own server, and a browser that knows just enough: it keeps cookies, reads the hidden fields of
// a page's form and posts forms.
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Operations
import Pages
import Server
import TestKit

struct ServerWorld: Sendable {
    let world: StoryWorld
    let server: OfficeServer
    let client: any TestClientProtocol

    static func with<T: Sendable>(
        _ kind: DatabaseKind, agencies: Set<String> = ["phong-tu-phap", "phong-noi-vu"],
        settings change: @Sendable (inout ServerSettings) -> Void = { _ in },
        _ body: @Sendable @escaping (ServerWorld) async throws -> T
    ) async throws -> T {
        try await TemporaryOffice.with(kind, agencies: agencies) { world in
            let pictures = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)").path()
            defer { try? FileManager.default.removeItem(atPath: pictures) }
            var settings = ServerSettings(cacheFolder: pictures)
            change(&settings)
            let server = OfficeServer(office: world.office, settings: settings)
            return try await server.application().test(.router) { client in
                try await body(ServerWorld(world: world, server: server, client: client))
            }
        }
    }

    /// The same office behind a server that was started again: nothing is remembered that is not in the tables.
    func restarted<T: Sendable>(_ body: @Sendable @escaping (ServerWorld) async throws -> T) async throws -> T {
        let again = OfficeServer(office: world.office, settings: server.settings)
        let world = world
        return try await again.application().test(.router) { client in
            try await body(ServerWorld(world: world, server: again, client: client))
        }
    }

    func browser() -> Browser { Browser(client) }

    func signedIn(_ login: String) async throws -> Browser {
        let browser = browser()
        try await browser.signIn(login)
        return browser
    }

    /// How many rows a table has.
    func count(_ table: String) async throws -> Int {
        try await world.office.database.read { connection in
            try connection.first("SELECT count(*) FROM \(raw: table)") { try $0[0] } ?? -1
        }
    }
}

struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String

    var location: String { headers[.location] ?? "" }

    func header(_ name: String) -> String { HTTPField.Name(name).flatMap { headers[$0] } ?? "" }

    /// The value of the first hidden field of that name.
    func hidden(_ name: String) -> String {
        for part in text.components(separatedBy: "<input").dropFirst() {
            let tag = part.prefix { $0 != ">" }
            guard tag.contains("name=\"\(name)\""), let start = tag.range(of: "value=\"") else { continue }
            return String(tag[start.upperBound...].prefix { $0 != "\"" })
        }
        return ""
    }
}

actor Browser {
    private let client: any TestClientProtocol
    private(set) var cookies: [String: String] = [:]
    /// As a proxy in front of the server would say it.
    private var forwardedFor: String?

    init(_ client: any TestClientProtocol) { self.client = client }

    func comeFrom(_ address: String) { forwardedFor = address }
    func set(cookies: [String: String]) { self.cookies = cookies }

    func get(_ path: String) async throws -> Answer { try await send(path, .get, [:], nil) }

    func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
        let body = fields.map { "\(Self.escaped($0.key))=\(Self.escaped($0.value))" }.joined(separator: "&")
        return try await post(path, body: Array(body.utf8), type: "application/x-www-form-urlencoded")
    }

    func post(_ path: String, body: [UInt8], type: String) async throws -> Answer {
        try await send(path, .post, [.contentType: type], ByteBuffer(bytes: body))
    }

    /// The seal of the page's forms.
    func seal(of page: Answer) -> [String: String] {
        var fields: [String: String] = [:]
        for name in [FormFields.csrf, FormFields.act, FormFields.position, FormFields.version] {
            let value = page.hidden(name)
            if !value.isEmpty { fields[name] = value }
        }
        return fields
    }

    func isSentToSignIn(from path: String) async throws -> Bool {
        try await get(path).location.hasPrefix("/dang-nhap?")
    }

    @discardableResult
    func signIn(_ login: String, password: String = StoryWorld.password) async throws -> Answer {
        let page = try await get("/dang-nhap")
        return try await post(
            "/dang-nhap",
            [
                FormFields.csrf: page.hidden(FormFields.csrf), FormFields.login: login,
                FormFields.password: password,
            ])
    }

    private func send(
        _ path: String, _ method: HTTPRequest.Method, _ extra: HTTPFields, _ body: ByteBuffer?
    ) async throws -> Answer {
        var headers = extra
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        if let forwardedFor, let name = HTTPField.Name("X-Forwarded-For") { headers[name] = forwardedFor }
        let answer = try await client.execute(uri: path, method: method, headers: headers, body: body) {
            Answer(status: $0.status, headers: $0.headers, text: String(buffer: $0.body))
        }
        keep(answer.headers[values: .setCookie])
        return answer
    }

    private func keep(_ lines: [String]) {
        for line in lines {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = pair.first else { continue }
            cookies[name] = pair.count > 1 ? pair[1] : nil
        }
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
