// Refusals and failures for machines: the same reasons as on the pages, as words in Vietnamese and as names
// of cases, under one code that goes with the HTTP status.
import BlobStorage
import Domain
import DualSQL
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Operations
import Pages

/// The request was turned away before any operation looked at it.
enum APIRejection: Error {
    case noToken
    /// Not as described; each fault as "pointer: what it should be".
    case malformed([String])
    /// The Idempotency-Key stood on another request before.
    case keyReused
}

package enum APIFailureCode: String, Sendable, CaseIterable {
    case malformed, unauthorized, forbidden, notFound, conflict, tooLarge, unprocessable, busy, failure

    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .unprocessable: .unprocessableContent
        case .busy: .serviceUnavailable
        case .failure: .internalServerError
        }
    }

    /// For the description.
    var summary: String {
        switch self {
        case .malformed: "The request is not as described; `reasons` says where."
        case .unauthorized: "No token, or one that is unknown or revoked."
        case .forbidden: "The position may not do this."
        case .notFound:
            "There is no such thing for this position; things of other agencies do not exist for it."
        case .conflict: "It cannot be done as things stand, or someone else acted first."
        case .tooLarge: "The body is larger than is taken."
        case .unprocessable: "What was sent cannot be accepted; `messages` says why and what to do."
        case .busy: "Too much at once; the same request may be sent again."
        case .failure: "A failure of the server; `messages` has the number under which it is logged."
        }
    }
}

package struct APIFailureAnswer: APIObject {
    let error: String
    let messages: [String]
    let reasons: [String]

    package static let schema = ObjectSchema(
        "Failure",
        [
            .always("error", .choice(APIFailureCode.allCases.map(\.rawValue))),
            .always("messages", .list(.text), "For people, in Vietnamese."),
            .always(
                "reasons", .list(.text),
                "For machines: `case` or `case:field`; faults of form as `pointer: expected`."),
        ])

    package static let example = APIFailureAnswer(
        error: "unprocessable", messages: ["Chưa nhập trích yếu. Nhập trích yếu."],
        reasons: ["missing:abstract"])
}

enum APIFailure {
    static func response(_ error: any Error, log: Logger, path: String) -> Response {
        switch error {
        case let refused as Refused: return answer(refused.reasons)
        case APIRejection.noToken:
            return answer(.unauthorized, ["Cần mã truy cập hợp lệ trong tiêu đề Authorization."], ["noToken"])
        case APIRejection.malformed(let faults):
            return answer(
                .malformed, ["Yêu cầu không đúng dạng đã mô tả. Xem lại các chỗ nêu trong reasons."], faults)
        case APIRejection.keyReused:
            return answer(
                .unprocessable, ["Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Dùng khóa mới."],
                ["keyReused"])
        case let http as HTTPError where http.status == .contentTooLarge: return tooLarge
        case is NIOTooManyBytesError: return tooLarge
        case let http as HTTPError where http.status == .notFound: return answer([.notFound])
        case is HTTPError: return answer(.malformed, ["Yêu cầu không đúng dạng đã mô tả."], ["http"])
        case let sql as SQLError where sql.kind == .busy || sql.kind == .serialization: return answer([.busy])
        case _ where Room.isMissing(for: error):
            log.error("the disk is full: \(error)", metadata: ["path": "\(path)"])
            return answer(.busy, ["Máy chủ đã hết chỗ lưu trữ, chưa ghi được gì. Gửi lại sau."], ["noRoom"])
        default: return failure(error, log, path)
        }
    }

    private static var tooLarge: Response { answer(.tooLarge, ["Nội dung gửi lên quá lớn."], ["tooLarge"]) }

    private static func answer(_ reasons: [Refusal]) -> Response {
        let codes = Set(reasons.map(\.code))
        let order: [APIFailureCode] = [.notFound, .forbidden, .busy, .tooLarge, .conflict]
        return answer(
            order.first(where: codes.contains) ?? .unprocessable, reasons.map { Vi.refusal($0).text },
            reasons.map(\.machineName))
    }

    private static func failure(_ error: any Error, _ log: Logger, _ path: String) -> Response {
        let reference = FailureReference.make()
        log.error("\(error)", metadata: ["reference": "\(reference)", "path": "\(path)"])
        return answer(.failure, ["Máy chủ gặp lỗi. Báo quản trị mã tra cứu \(reference)."], ["failure"])
    }

    private static func answer(_ code: APIFailureCode, _ messages: [String], _ reasons: [String]) -> Response
    {
        let value = APIFailureAnswer(error: code.rawValue, messages: messages, reasons: reasons)
        var response = Response(
            status: code.status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: (try? APIJSON.encode(value)) ?? [])))
        if code == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}

extension Refusal {
    /// What kind of answer it is to a machine.
    var code: APIFailureCode {
        switch self {
        case .notFound: .notFound
        case .notYours, .notForYourRole: .forbidden
        case .busy: .busy
        case .fileTooLarge: .tooLarge
        case .stale, .changedSinceShown, .arrivalClosed, .alreadyDirected, .notDirectedToYou,
            .notRefusableNow, .alreadyAccepted,
            .draftNotEditable, .conversionWaiting, .stepNotYours, .stepOpened, .notSigned, .alreadyNumbered,
            .notNumbered, .numberTaken, .keyLocked, .keyExpired, .noKey, .twin, .keyNotAtHand, .tokenLocked,
            .requestOpenAlready, .signatureAlreadyAsked, .signatureAwaitsTimestamp:
            .conflict
        default: .unprocessable
        }
    }

    /// The name of the case, with the field it is about: `missing:abstract`.
    package var machineName: String {
        guard let payload = Mirror(reflecting: self).children.first else { return "\(self)" }
        let name = payload.label ?? "\(self)"
        if let field = payload.value as? Field { return "\(name):\(field.rawValue)" }
        let parts = Mirror(reflecting: payload.value).children.map(\.value)
        return (parts.first as? Field).map { "\(name):\($0.rawValue)" } ?? name
    }
}
