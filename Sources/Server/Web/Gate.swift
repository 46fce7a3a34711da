// The gate before every page of an agency: who is it, as which position, and is this their agency? Whoever has no right
// there learns nothing, not even that the page exists: 404 (decision 14).
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import Operations
import Pages
import Store

struct Gate: Sendable {
    let server: OfficeServer

    func enter(_ route: PageRoute, _ request: Request, _ context: OfficeContext) async throws -> Response {
        do {
            let visit = try await visit(request, context)
            return try await answer(route, visit)
        } catch let refusal as Stranger {
            try await server.note(denied: refusal.account, address: refusal.address, path: request.uri.path)
            throw Refused(.notFound)
        } catch Interrupted.notSignedIn {
            return try await toSignIn(request)
        } catch Interrupted.choosePosition {
            return .seeOther(Self.returning(to: request, from: Address.choosePosition.path))
        } catch Interrupted.mustChangePassword {
            return .seeOther(Address.changePassword.path)
        }
    }

    /// What was refused to this person stands in the access log (decision 18).
    private func answer(_ route: PageRoute, _ visit: Visit) async throws -> Response {
        func note() async throws {
            try await server.note(
                denied: visit.session.account, address: visit.address, path: visit.request.uri.path)
        }
        do {
            let reply = try await route.handle(visit)
            if case .page(_, .forbidden) = reply { try await note() }
            return try await response(reply)
        } catch let refused as Refused where refused.isDenial {
            try await note()
            throw refused
        }
    }

    private func response(_ reply: Reply) async throws -> Response {
        switch reply {
        case .page(let bytes, let status): return .html(bytes, status)
        case .toolPage(let bytes, let tool):
            var response = Response.html(bytes, .ok)
            response.headers[.contentSecurityPolicy] = SecurityHeaders.policy(reaching: tool)
            return response
        case .json(let bytes, let status): return .json(bytes, status)
        case .seeOther(let location): return .seeOther(location)
        case .picture(let bytes):
            return Response(
                status: .ok,
                headers: [.contentType: "image/png", .cacheControl: "private, max-age=3600, immutable"],
                body: .init(byteBuffer: .init(bytes: bytes)))
        case .download(let path, let name, let mediaType):
            return try await Downloads.response(path: path, name: name, mediaType: mediaType)
        case .table(let bytes, let name): return Downloads.table(bytes, name: name)
        case .printable(let bytes, let name):
            return Downloads.made(bytes, name: name, mediaType: "application/pdf")
        }
    }

    private func visit(_ request: Request, _ context: OfficeContext) async throws -> Visit {
        guard let token = request.cookies[SessionCookie.name]?.value,
            let session = try await server.sessions.find(token, office: server.office)
        else { throw Interrupted.notSignedIn }
        if session.mustChangePassword { throw Interrupted.mustChangePassword }
        let slug = context.parameters.get("agency") ?? ""
        guard let position = session.position, let agency = session.agency else {
            throw Interrupted.choosePosition
        }
        guard agency.slug == slug else {
            guard try await hasPosition(session.account, in: slug) else {
                throw Stranger(
                    account: session.account, address: context.address(of: request, server.settings))
            }
            throw request.method == .post ? Interrupted.otherPosition : Interrupted.choosePosition
        }
        return Visit(
            server: server, session: session, token: token, position: position, agency: agency,
            request: request,
            parameters: context.parameters, address: context.address(of: request, server.settings))
    }

    private func hasPosition(_ account: ID<Account>, in slug: String) async throws -> Bool {
        try await server.office.read { tables in
            guard let agency = try tables.agencies.find(slug: slug) else { return false }
            return try tables.positions.ofAccount(account).contains { $0.agency == agency.id }
        }
    }

    /// A page is asked for again after sign-in; what was typed into a form is kept for the same person.
    private func toSignIn(_ request: Request) async throws -> Response {
        guard request.method == .post else {
            return .seeOther(Self.returning(to: request, from: Address.signIn.path))
        }
        let isKept = try await HeldForms(server: server).keep(request)
        return .seeOther(Address.signIn.path + (isKept ? "?giu=1" : ""))
    }

    static func returning(to request: Request, from path: String) -> String {
        let wanted = request.uri.path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? "/"
        return path + "?" + FormFields.returnTo + "=" + wanted
    }
}

/// Somebody signed in, and nobody in the agency asked for.
private struct Stranger: Error {
    let account: ID<Account>
    let address: String
}

extension Refused {
    /// Not a matter of what was typed or of who came first: this person may not.
    var isDenial: Bool { reasons.contains(.notForYourRole) || reasons.contains(.notYours) }
}

extension OfficeServer {
    func note(denied account: ID<Account>, address: String, path: String) async throws {
        let now = office.clock.now, detail = String(path.prefix(200))
        try await office.database.write { connection in
            let tables = Tables(connection)
            let login = try tables.accounts.find(account)?.login ?? ""
            try tables.accessLog.append(
                .denied, account: account, login: login, address: address, detail: detail, at: now)
        }
    }
}

enum SessionCookie {
    static let name = "vanthu"

    static func set(_ token: String, secure: Bool) -> Cookie {
        Cookie(name: name, value: token, path: "/", secure: secure, httpOnly: true, sameSite: .lax)
    }

    static func clear(secure: Bool) -> Cookie {
        Cookie(name: name, value: "", maxAge: 0, path: "/", secure: secure, httpOnly: true, sameSite: .lax)
    }
}

/// A form posted into an ended session.
struct HeldForms: Sendable {
    let server: OfficeServer

    /// True when it is known whose it was, and it is kept. Secrets never are; files stay as staged files do.
    func keep(_ request: Request) async throws -> Bool {
        guard let token = request.cookies[SessionCookie.name]?.value else { return false }
        let hash = SessionToken.hash(token)
        guard let account = try await server.office.read({ try $0.sessions.account(ofAny: hash) }),
            let form = try? await Form.read(request, into: server.office.blobs)
        else { return false }
        let kept = form.fields.filter { name, _ in
            !FormFields.isSecret(name) && name != FormFields.act
        }
        let path = request.uri.description, now = server.office.clock.now
        try await server.office.database.write { connection in
            try Tables(connection).heldForms.insert(
                ID(UUIDv7.make(at: now)), account: account, path: path, fields: kept, at: now)
        }
        return true
    }
}
