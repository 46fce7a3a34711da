/// How the engine reaches an axis: it has no network of its own. Whoever uses it brings a transport that knows whom to
/// trust; messages of 50 MB go from a file and into a file, never through memory. Every request has a connection of its
/// own, closed after the answer: on one that is kept, the second answer of a partner who answers twice would be taken
/// for the answer to the next question.
public protocol AxisTransport: Sendable {
    /// One request and its whole answer. Called on a thread that may wait; redirects are not followed.
    ///
    /// - Throws: `AxisTransportFailure` when no whole answer came; one with a bad status is an answer.
    func perform(_ request: AxisRequest) throws(AxisTransportFailure) -> AxisReply
}

/// Why there is no answer.
public enum AxisTransportFailure: Error, Sendable, Equatable {
    case unreachable(String)
    /// The other side did not prove who it is.
    case untrusted(String)
    case timedOut
    /// The connection ended too early.
    case brokenOff(String)
    case answerTooLong
    /// A file cannot be read or written.
    case file(String)
}

/// A request over HTTP (RFC 9110).
public struct AxisRequest: Sendable {
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        case multipart(MultipartFile)
        /// Its type is among the headers.
        case raw(RawFile)
    }

    /// Where the answer's body goes, and how many bytes of it at most.
    public enum Answer: Sendable, Equatable {
        case memory(limit: Int)
        /// The body of an answer with a status from 200 to 299 goes into a file where nothing stands yet. That of
        /// any other comes in memory, up to 1 MB of it. After a failure nothing stands there.
        case file(path: String, limit: Int)
    }

    public var method: String
    /// Absolute, percent-encoded.
    public var url: String
    /// All that are to be sent, in this order; with a multipart body all but `Content-Type`.
    public var headers: [AxisHeader]
    public var body: Body
    public var answer: Answer
    /// In seconds, for the whole exchange.
    public var patience: Double
}

/// A header; the value of one that carries a secret is not shown by anything that describes it.
public struct AxisHeader: Sendable, Equatable {
    public var name: String
    public var value: String
    public var isSecret: Bool

    public init(_ name: String, _ value: String, isSecret: Bool = false) {
        self.name = name
        self.value = value
        self.isSecret = isSecret
    }
}

extension AxisHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(name): \(isSecret ? AxisSecret.mark : value)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["header": description]) }
}

/// A body of the type multipart/form-data (RFC 7578) whose last part is a file. A transport that cannot make such
/// bodies itself sends `before`, the file and `after`, under the header `Content-Type: ` `contentType`.
public struct MultipartFile: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    public var path: String
    /// The name of the file's part.
    public var part: String
    /// What the receiver is told that the file is called; ASCII.
    public var fileName = "vanban.edxml"
    /// Of the file.
    public var fileType = "application/xml"
    /// Parts of text that stand before the file.
    public var fields: [Field] = []
    /// 128 random bits: it does not occur in the file.
    public var boundary = "VanThu-" + Wire.hex((0..<16).map { _ in UInt8.random(in: .min ... .max) })

    init(path: String, part: String, fields: [Field] = []) {
        self.path = path
        self.part = part
        self.fields = fields
    }

    public var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    public var before: [UInt8] {
        var text = ""
        for field in fields {
            text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n\r\n"
            text += "\(field.value)\r\n"
        }
        text +=
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part)\"; filename=\"\(fileName)\"\r\n"
        text += "Content-Type: \(fileType)\r\n\r\n"
        return Array(text.utf8)
    }

    /// The whole body in a file, for a transport that sends files only as they are.
    public func write(toFile target: String) throws(AxisTransportFailure) {
        try LocalFile.write(before, path, after, to: target)
    }

    public var after: [UInt8] { Array("\r\n--\(boundary)--\r\n".utf8) }
}

/// A body that is a file and a few bytes after it.
public struct RawFile: Sendable, Equatable {
    public var path: String
    public var after: [UInt8]

    /// The whole body in a file, for a transport that sends files only as they are.
    public func write(toFile target: String) throws(AxisTransportFailure) {
        try LocalFile.write([], path, after, to: target)
    }
}

public struct AxisReply: Sendable, Equatable {
    public var status: Int
    public var headers: [AxisHeader]
    /// Empty when the body went into a file.
    public var body: [UInt8]
    public var isInFile: Bool

    public init(status: Int, headers: [AxisHeader] = [], body: [UInt8] = [], isInFile: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isInFile = isInFile
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
