// Kiểm tra văn bản, for everybody: a file is examined and deleted at once, a code is looked up. Nothing here reads a session,
// and nothing is answered but whether signatures hold and whether a code is one of ours.
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Operations
import Pages
import Store

struct CheckRoutes: Sendable {
    let server: OfficeServer

    func add(to router: Router<OfficeContext>) {
        let path = RouterPath(Address.check.path)
        router.get(path, use: show)
        router.post(path, use: checkFile)
    }

    // MARK: By code

    @Sendable private func show(_ request: Request, _ context: OfficeContext) async throws -> Response {
        let typed = Form.urlEncoded(request.uri.query ?? "")[FormFields.checkCode]?.first ?? ""
        let code = String(typed.prefix(40))
        if code.isEmpty { return page(nil, request) }
        if let seconds = wait(request, context) { return tooOften(seconds, request, code: code) }
        return page(try await answer(code), request, code: code)
    }

    /// What is no code at all, and a code that nobody has, are answered alike.
    private func answer(_ typed: String) async throws -> CheckPage.Answer {
        guard let code = CheckCode(typed),
            let found = try await server.office.read({ try $0.checkCodes.issuance(code.text) })
        else { return .noSuchDocument }
        let known = try await SignatureReports(office: server.office).known(found.fileHash)
        return .document(
            CheckPage.Document(
                agencyName: found.agencyName, number: found.number, notation: found.notation,
                date: found.date,
                signer: found.signer),
            Pages.SignatureReport(known))
    }

    // MARK: By file

    @Sendable private func checkFile(_ request: Request, _ context: OfficeContext) async throws -> Response {
        if let seconds = wait(request, context) { return tooOften(seconds, request) }
        let upload = try await PublicUpload.read(request)
        defer { upload.delete() }
        guard let value = request.cookies[CheckGuard.name]?.value, !value.isEmpty, upload.csrf == value else {
            throw Interrupted.foreignForm
        }
        if upload.isTooLarge {
            return page(
                .refused([.fileTooLarge(limitMegabytes: CheckPage.fileLimitMegabytes)]), request,
                .contentTooLarge)
        }
        guard let path = upload.path else { return page(.refused([.noFile]), request, .unprocessableContent) }
        let office = server.office
        let findings = try await server.checkQueue.pass {
            await office.examiner.signatures(of: path, trust: office.trust, at: office.clock.now.date)
                .findings
        }
        guard let findings else { return page(.busy, request, .serviceUnavailable) }
        if findings.unreadable == .notPDF {
            return page(.refused([.fileNotPDF]), request, .unprocessableContent)
        }
        let verdict = KnownVerdict(findings: findings, judgedAt: office.clock.now)
        return page(.file(name: upload.name, Pages.SignatureReport(verdict)), request)
    }

    // MARK: Answering

    private func wait(_ request: Request, _ context: OfficeContext) -> Int? {
        server.checkPace.wait(context.address(of: request, server.settings), at: server.office.clock.now)
    }

    private func tooOften(_ seconds: Int, _ request: Request, code: String = "") -> Response {
        var response = page(.tooOften(seconds: seconds), request, .tooManyRequests, code: code)
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    private func page(
        _ answer: CheckPage.Answer?, _ request: Request, _ status: HTTPResponse.Status = .ok,
        code: String = ""
    ) -> Response {
        let csrf = request.cookies[CheckGuard.name]?.value ?? SessionToken.make()
        let page = CheckPage(
            installationName: server.settings.installationName, answer: answer, code: code, csrf: csrf)
        var response = Response.html(page.html().rendered(), status)
        response.setCookie(CheckGuard.cookie(csrf, secure: server.settings.isHTTPS))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

/// The form's token stands in a cookie and in the form, and both must agree.
private enum CheckGuard {
    static let name = "vanthu-kiem-tra"

    static func cookie(_ value: String, secure: Bool) -> Cookie {
        Cookie(
            name: name, value: value, path: Address.check.path, secure: secure, httpOnly: true,
            sameSite: .strict)
    }
}
