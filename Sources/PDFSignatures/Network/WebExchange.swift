/// How the engine reaches timestamp authorities, OCSP responders, certificate publishers and remote signing
/// services: it has no network of its own. Whoever uses the library brings an exchange that suits the place:
/// one that may go out, one that only answers from what was fetched before, or none at all.
public protocol WebExchange: Sendable {
    /// One request and its whole answer. Called on a thread that may wait.
    ///
    /// - Throws: `WebFailure` when no answer came; an answer with a bad status is an answer.
    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer
}

/// A request over HTTP (RFC 9110).
public struct WebRequest: Sendable, Equatable {
    public var method: String
    /// Absolute, `http` or `https`.
    public var url: String
    /// In the order of sending; names as written.
    public var headers: [WebHeader]
    public var body: [UInt8]
    /// In bytes; a longer answer is a failure.
    public var answerLimit: Int
    /// In seconds, for the whole exchange.
    public var patience: Double

    public init(
        method: String = "GET", url: String, headers: [WebHeader] = [], body: [UInt8] = [],
        answerLimit: Int = 4 << 20, patience: Double = 10
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.answerLimit = answerLimit
        self.patience = patience
    }
}

public struct WebHeader: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

public struct WebAnswer: Sendable, Equatable {
    public var status: Int
    public var headers: [WebHeader]
    public var body: [UInt8]

    public init(status: Int, headers: [WebHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer.
public enum WebFailure: Error, Sendable, Equatable {
    /// The address is not one that may be asked.
    case refused(String)
    /// Nobody answers there, or the connection broke.
    case unreachable(String)
    case timedOut
    case answerTooLong
}
