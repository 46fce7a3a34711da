// From what went wrong to a page a person can use: the one switch from refusals and failures to HTTP codes. A failure of
// the machine is logged once, here, under the number the page shows.
import BlobStorage
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Markup
import NIOCore
import Pages

struct FailureMiddleware: RouterMiddleware {
    typealias Context = OfficeContext
    let log: Logger

    func handle(
        _ request: Request, context: OfficeContext,
        next: (Request, OfficeContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request)
        }
        SecurityHeaders.apply(to: &response)
        return response
    }

    private func answer(to error: any Error, _ request: Request) -> Response {
        if request.uri.path.hasPrefix("/api/") { return APIFailure.response(error, log: log, path: request.uri.path) }
        switch error {
        case let refused as Refused: return page(Self.kind(of: refused), refused.reasons)
        case Interrupted.otherPosition: return page(.conflict, [.stale])
        case Interrupted.foreignForm: return page(.forbidden, [.notYours])
        case Interrupted.bodyTooLarge: return page(.tooLarge, [.fileTooLarge(limitMegabytes: 100)])
        case let http as HTTPError where http.status == .notFound: return page(.notFound, [])
        case let http as HTTPError where http.status == .contentTooLarge:
            return page(.tooLarge, [.fileTooLarge(limitMegabytes: 100)])
        case is MultipartError, is NIOTooManyBytesError: return page(.tooLarge, [])
        case let sql as SQLError where sql.kind == .busy || sql.kind == .serialization: return page(.busy, [.busy])
        default: return failure(error, request)
        }
    }

    private func failure(_ error: any Error, _ request: Request) -> Response {
        let reference = FailureReference.make()
        log.error("\(error)", metadata: ["reference": "\(reference)", "path": "\(request.uri.path)"])
        return .html(ErrorPage(.failure(reference: reference)).html().rendered(), .internalServerError)
    }

    private func page(_ kind: ErrorPage.Kind, _ reasons: [Refusal]) -> Response {
        .html(ErrorPage(kind, refusals: reasons).html().rendered(), Self.status(of: kind))
    }

    static func kind(of refused: Refused) -> ErrorPage.Kind {
        if refused.reasons.contains(.notFound) { return .notFound }
        if refused.reasons.contains(.notForYourRole) || refused.reasons.contains(.notYours) { return .forbidden }
        if refused.reasons.contains(.busy) { return .busy }
        return .conflict
    }

    static func status(of kind: ErrorPage.Kind) -> HTTPResponse.Status {
        switch kind {
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .failure: .internalServerError
        case .busy: .serviceUnavailable
        }
    }
}

/// A short number people can read over the telephone: `7F3K-21`.
enum FailureReference {
    static func make() -> String {
        let letters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        let picked = (0..<6).map { _ in letters[Int.random(in: 0..<letters.count)] }
        return String(picked[..<4]) + "-" + String(picked[4...])
    }
}
