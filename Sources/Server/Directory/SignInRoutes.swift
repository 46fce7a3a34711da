// Signing in and out, choosing a position, changing the password: the pages before one stands in an agency.
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Operations
import Pages
import Store

struct SignInRoutes: Sendable {
    let server: OfficeServer

    func add(to router: Router<OfficeContext>) {
        router.get("/", use: start)
        router.get("/dang-nhap", use: showSignIn)
        router.post("/dang-nhap", use: signIn)
        router.post("/dang-xuat", use: signOut)
        router.get("/chon-vi-tri", use: showPositions)
        router.post("/chon-vi-tri", use: choosePosition)
        router.get("/doi-mat-khau", use: showPassword)
        router.post("/doi-mat-khau", use: changePassword)
        router.get(RouterPath(Self.heldPath), use: showHeld)
    }

    // MARK: Signing in

    @Sendable private func start(_ request: Request, _ context: OfficeContext) async throws -> Response {
        guard let session = try await session(request)?.record else { return .seeOther(Address.signIn.path) }
        return .seeOther(Self.home(session))
    }

    @Sendable private func showSignIn(_ request: Request, _ context: OfficeContext) async throws -> Response {
        let query = request.uri.queryParameters
        return page(
            SignInPage(
                installationName: server.settings.installationName, csrf: FormGuard.make(request),
                returnTo: Self.safe(query.get(FormFields.returnTo) ?? ""), formIsKept: query.get("giu") != nil,
                signedOut: query.get("ra") != nil), guarding: request)
    }

    @Sendable private func signIn(_ request: Request, _ context: OfficeContext) async throws -> Response {
        let form = try await FormGuard.read(request, server)
        let login = form.text(FormFields.login), returnTo = Self.safe(form.text(FormFields.returnTo))
        do {
            let session = try await SignIn(office: server.office)(
                login: login, password: form.secret(FormFields.password),
                address: context.address(of: request, server.settings))
            var response = Response.seeOther(try await next(after: session, returnTo))
            response.setCookie(SessionCookie.set(session.token, secure: server.settings.isHTTPS))
            return response
        } catch let refused as Refused {
            return page(
                SignInPage(
                    installationName: server.settings.installationName, login: login, refusals: refused.reasons,
                    csrf: FormGuard.make(request), returnTo: returnTo),
                status: refused.reasons.contains(.busy) ? .serviceUnavailable : .unprocessableContent,
                guarding: request)
        }
    }

    private func next(after session: NewSession, _ returnTo: String) async throws -> String {
        guard let record = try await server.sessions.find(session.token, office: server.office) else { return "/" }
        if record.mustChangePassword { return Address.changePassword.path }
        if record.position == nil { return Self.with(returnTo, Address.choosePosition.path) }
        if try await holdsForm(record) { return Self.heldPath }
        return returnTo.isEmpty ? Self.home(record) : returnTo
    }

    private func holdsForm(_ session: SessionRecord) async throws -> Bool {
        let now = server.office.clock.now
        return try await server.office.read { try $0.heldForms.latest(of: session.account, at: now) != nil }
    }

    @Sendable private func signOut(_ request: Request, _ context: OfficeContext) async throws -> Response {
        if let (token, session) = try await session(request) {
            try await checked(request, session)
            try await SessionActs(office: server.office).signOut(
                token, account: session.account, login: session.personName,
                address: context.address(of: request, server.settings))
            server.sessions.forget(token)
        }
        var response = Response.seeOther(Address.signIn.path + "?ra=1")
        response.setCookie(SessionCookie.clear(secure: server.settings.isHTTPS))
        return response
    }

    // MARK: Acting as

    @Sendable private func showPositions(_ request: Request, _ context: OfficeContext) async throws -> Response {
        guard let (_, session) = try await session(request) else { return .seeOther(Address.signIn.path) }
        let choices = try await server.office.read { tables in
            try tables.positions.ofAccount(session.account).map { position in
                ChoosePositionPage.Choice(
                    id: position.id.description, title: position.title,
                    agencyName: try tables.agencies.find(position.agency)?.name ?? "",
                    waiting: try tables.desk.counts(of: position.id).values.reduce(0, +),
                    isCurrent: position.id == session.position?.id)
            }
        }
        return .html(
            ChoosePositionPage(
                installationName: server.settings.installationName, personName: session.personName, choices: choices,
                csrf: session.csrf,
                returnTo: Self.safe(request.uri.queryParameters.get(FormFields.returnTo) ?? "")
            ).html().rendered())
    }

    @Sendable private func choosePosition(_ request: Request, _ context: OfficeContext) async throws -> Response {
        guard let (token, session) = try await session(request) else { return .seeOther(Address.signIn.path) }
        let form = try await checked(request, session)
        guard let position = ID<Position>(form.text(FormFields.choice)) else { throw Refused(.notFound) }
        let fresh = try await SessionActs(office: server.office).choose(position, session: token)
        server.sessions.forget(token)
        guard let record = try await server.sessions.find(fresh, office: server.office) else { throw Refused(.notFound) }
        let home = Self.home(record), wanted = Self.safe(form.text(FormFields.returnTo))
        let isInside = wanted.hasPrefix("/\(record.agency?.slug ?? "")/")
        let next = try await holdsForm(record) ? Self.heldPath : isInside ? wanted : home
        var response = Response.seeOther(next)
        response.setCookie(SessionCookie.set(fresh, secure: server.settings.isHTTPS))
        return response
    }

    // MARK: Password

    @Sendable private func showPassword(_ request: Request, _ context: OfficeContext) async throws -> Response {
        guard let (_, session) = try await session(request) else { return .seeOther(Address.signIn.path) }
        return .html(passwordPage(session, []).html().rendered())
    }

    @Sendable private func changePassword(_ request: Request, _ context: OfficeContext) async throws -> Response {
        guard let (token, session) = try await session(request) else { return .seeOther(Address.signIn.path) }
        let form = try await checked(request, session)
        do {
            try await SessionActs(office: server.office).changePassword(
                of: session.account, from: form.secret(FormFields.password), to: form.secret(FormFields.newPassword),
                repeated: form.secret(FormFields.repeatPassword), keeping: token)
            server.sessions.forget(token)
            return .seeOther("/")
        } catch let refused as Refused {
            return .html(passwordPage(session, refused.reasons).html().rendered(), .unprocessableContent)
        }
    }

    private func passwordPage(_ session: SessionRecord, _ refusals: [Refusal]) -> ChangePasswordPage {
        ChangePasswordPage(
            installationName: server.settings.installationName, personName: session.personName,
            isForced: session.mustChangePassword, refusals: refusals, csrf: session.csrf, back: Self.home(session))
    }

    // MARK: What was typed before the session ended

    @Sendable private func showHeld(_ request: Request, _ context: OfficeContext) async throws -> Response {
        guard let (_, session) = try await session(request) else { return .seeOther(Address.signIn.path) }
        let now = server.office.clock.now
        guard let held = try await server.office.read({ try $0.heldForms.latest(of: session.account, at: now) }) else {
            return .seeOther(Self.home(session))
        }
        try await server.office.database.write { try Tables($0).heldForms.deleteAll(of: session.account) }
        return .html(
            HeldFormPage(
                installationName: server.settings.installationName, personName: session.personName, path: held.path,
                fields: held.fields, csrf: session.csrf, actID: SessionToken.make(), home: Self.home(session)
            ).html().rendered())
    }

    // MARK: Parts

    private func session(_ request: Request) async throws -> (token: String, record: SessionRecord)? {
        guard let token = request.cookies[SessionCookie.name]?.value,
            let record = try await server.sessions.find(token, office: server.office)
        else { return nil }
        return (token, record)
    }

    @discardableResult
    private func checked(_ request: Request, _ session: SessionRecord) async throws -> Form {
        let form = try await Form.read(request, into: server.office.blobs)
        guard form.secret(FormFields.csrf) == session.csrf else { throw Interrupted.foreignForm }
        return form
    }

    private func page(
        _ page: SignInPage, status: HTTPResponse.Status = .ok, guarding request: Request
    ) -> Response {
        var response = Response.html(page.html().rendered(), status)
        response.setCookie(FormGuard.cookie(page.csrf, secure: server.settings.isHTTPS))
        return response
    }

    private static let heldPath = "/noi-dung-giu-lai"

    static func home(_ session: SessionRecord) -> String {
        guard let slug = session.agency?.slug else { return Address.choosePosition.path }
        return Address.office(slug: slug, .desk(nil)).path
    }

    /// Only a path of our own; never another host.
    static func safe(_ path: String) -> String {
        path.hasPrefix("/") && !path.hasPrefix("//") && !path.contains("\\") && path.count < 300
            && !path.unicodeScalars.contains { $0.value < 32 } ? path : ""
    }

    private static func with(_ returnTo: String, _ path: String) -> String {
        returnTo.isEmpty ? path : path + "?\(FormFields.returnTo)=\(returnTo)"
    }
}

/// Before sign-in there is no session to hold a form's token: it stands in a cookie and in the form, and both must agree.
enum FormGuard {
    static let name = "vanthu-bieu-mau"

    static func make(_ request: Request) -> String { request.cookies[name]?.value ?? SessionToken.make() }

    static func cookie(_ value: String, secure: Bool) -> Cookie {
        Cookie(name: name, value: value, path: "/dang-nhap", secure: secure, httpOnly: true, sameSite: .strict)
    }

    static func read(_ request: Request, _ server: OfficeServer) async throws -> Form {
        let form = try await Form.read(request, into: server.office.blobs)
        guard let value = request.cookies[name]?.value, !value.isEmpty, form.secret(FormFields.csrf) == value else {
            throw Interrupted.foreignForm
        }
        return form
    }
}
