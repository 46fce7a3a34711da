// The same refusals and failures for machines: one JSON shape, the same codes.
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages

enum APIFailure {
    static func response(_ error: any Error, log: Logger, path: String) -> Response {
        if let fault = FailureMiddleware.fault(of: error) {
            let reasons = (error as? Refused)?.reasons ?? []
            return json(
                ["error": fault.code, "messages": reasons.map { Vi.refusal($0).text }],
                HTTPResponse.Status(code: fault.status))
        }
        let reference = FailureReference.make()
        log.error("\(error)", metadata: ["reference": "\(reference)", "path": "\(path)"])
        return json(["error": "failure", "messages": ["Mã tra cứu: \(reference)"]], .internalServerError)
    }

    private static func json(_ value: [String: Any], _ status: HTTPResponse.Status) -> Response {
        let bytes = (try? JSONSerialization.data(withJSONObject: value, options: .sortedKeys)) ?? Data("{}".utf8)
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension ErrorPage.Fault {
    /// The word a machine reads.
    var code: String {
        switch self {
        case .formNotTrusted, .notAllowed: "forbidden"
        case .notFound: "notFound"
        case .wayNotKnown: "methodNotAllowed"
        case .otherPosition, .stale: "stale"
        case .refused: "refused"
        case .tooLarge: "tooLarge"
        case .tooMany: "tooMany"
        case .failed: "failure"
        case .busy: "busy"
        }
    }
}
