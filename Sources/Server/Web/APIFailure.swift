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
        if let refused = error as? Refused {
            let kind = FailureMiddleware.kind(of: refused)
            let messages = refused.reasons.map { Vi.refusal($0).text }
            return json(["error": kind.code, "messages": messages], FailureMiddleware.status(of: kind))
        }
        if let http = error as? HTTPError { return json(["error": "http", "messages": [String]()], http.status) }
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

extension ErrorPage.Kind {
    var code: String {
        switch self {
        case .forbidden: "forbidden"
        case .notFound: "notFound"
        case .conflict: "refused"
        case .tooLarge: "tooLarge"
        case .busy: "busy"
        case .failure: "failure"
        }
    }
}
