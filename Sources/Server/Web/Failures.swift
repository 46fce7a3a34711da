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
import Operations
import Pages

struct FailureMiddleware: RouterMiddleware {
    typealias Context = OfficeContext
    let log: Logger
    let installationName: String

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
        if request.uri.path.hasPrefix("/api/") {
            return APIFailure.response(error, log: log, path: request.uri.path)
        }
        if let fault = Self.fault(of: error) {
            if fault == .noRoom { log.error("the disk is full: \(error)") }
            return page(fault)
        }
        let reference = FailureReference.make()
        log.error("\(error)", metadata: ["reference": "\(reference)", "path": "\(request.uri.path)"])
        return page(.failed(reference: reference))
    }

    private func page(_ fault: ErrorPage.Fault) -> Response {
        .html(
            ErrorPage(fault: fault, installationName: installationName).html().rendered(),
            HTTPResponse.Status(code: fault.status))
    }

    /// What people can do something about; nil for a failure of the machine.
    static func fault(of error: any Error) -> ErrorPage.Fault? {
        switch error {
        case let refused as Refused: fault(for: refused.reasons)
        case Interrupted.otherPosition: .otherPosition
        case Interrupted.foreignForm, MultipartError.malformed: .formNotTrusted
        case let http as HTTPError where http.status == .notFound: .notFound
        case let http as HTTPError where http.status == .methodNotAllowed: .wayNotKnown
        case let http as HTTPError where http.status == .contentTooLarge:
            .tooLarge(limitMegabytes: Form.fileLimit / 1_048_576)
        case is MultipartError, is NIOTooManyBytesError: .tooLarge(limitMegabytes: Form.fileLimit / 1_048_576)
        case let sql as SQLError where sql.kind == .busy || sql.kind == .serialization: .busy
        case _ where Room.isMissing(for: error): .noRoom
        default: nil
        }
    }

    private static func fault(for reasons: [Refusal]) -> ErrorPage.Fault {
        if reasons.contains(.notFound) { return .notFound }
        if reasons.contains(.notForYourRole) || reasons.contains(.notYours) { return .notAllowed }
        if reasons.contains(.busy) { return .busy }
        if reasons == [.stale] { return .stale }
        return .refused(reasons, nil)
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
