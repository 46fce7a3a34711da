// What a handler answers: a page, a way on, a picture, a file. Security headers stand on every one (decision 33).
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

package enum Reply: Sendable {
    case page([UInt8], HTTPResponse.Status)
    /// A page whose script may speak to the signing program at this address, and to nobody else but us.
    case toolPage([UInt8], tool: SigningToolAddress)
    /// For the page's own script.
    case json([UInt8], HTTPResponse.Status)
    case seeOther(String)
    case picture([UInt8])
    /// Always an attachment: nothing that came from outside is shown by the browser itself.
    case download(path: String, name: String, mediaType: String)
    /// A table to be taken away, made for this answer.
    case table([UInt8], name: String)
    /// A PDF to be printed, made for this answer.
    case printable([UInt8], name: String)

    static func page(_ html: HTML, _ status: HTTPResponse.Status = .ok) -> Reply {
        .page(html.rendered(), status)
    }

    /// A page shown again with the reasons why an act was refused: 403 where it is not for this person, else 422.
    static func page(_ html: HTML, refusing reasons: [Refusal]) -> Reply {
        if reasons.isEmpty { return .page(html) }
        return .page(html, Refused(reasons).isDenial ? .forbidden : .unprocessableContent)
    }
}

enum SecurityHeaders {
    static let policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

    /// The same, and a connection to the signing program on the visitor's own machine.
    static func policy(reaching tool: SigningToolAddress) -> String {
        policy + "; connect-src 'self' \(tool.origin)"
    }

    static func apply(to response: inout Response) {
        response.headers[.contentSecurityPolicy] = response.headers[.contentSecurityPolicy] ?? policy
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=()"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "private, no-cache" }
    }
}

extension HTTPField.Name {
    static let referrerPolicy = Self.named("Referrer-Policy")
    static let permissionsPolicy = Self.named("Permissions-Policy")
    static let forwardedFor = Self.named("X-Forwarded-For")
    static let idempotencyKey = Self.named("Idempotency-Key")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is a valid field name") }
        return field
    }
}

extension Response {
    static func html(_ bytes: [UInt8], _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func json(_ bytes: [UInt8], _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }

    /// RFC 6266: an ASCII name for old clients and the real one in UTF-8.
    static func disposition(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map {
                $0.isASCII && $0.value >= 32 && $0 != "\"" && $0 != "\\" ? Character($0) : "_"
            })
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "tep"
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
