/// A request over HTTP (RFC 9110).
public struct HTTPCall: Sendable, Equatable {
    public var method: String
    /// Absolute, `http` or `https`, percent-encoded.
    public var url: String
    /// In the order of sending.
    public var headers: [HTTPField]
    public var body: [UInt8]
    /// Sent instead of `body`, which is then empty; with any method that may have a body.
    public var upload: FileUpload?
    /// In bytes.
    public var answerLimit: Int
    /// In seconds, from looking up the host to the last byte, redirects included.
    public var patience: Double
    /// How many redirects are followed; only for GET and HEAD, never from `https` to `http`, and each is judged
    /// by the policy anew.
    public var redirectLimit: Int
    /// Where the body of an answer with a status from 200 to 299 is written instead of into memory: a path where
    /// nothing stands yet. Nothing stands there afterwards either when the call fails or is answered otherwise; such
    /// an answer's body is in memory as always, up to 1 MB of it.
    public var answerFile: String?

    public init(
        method: String = "GET", url: String, headers: [HTTPField] = [], body: [UInt8] = [],
        answerLimit: Int = 4 << 20, patience: Double = 10, redirectLimit: Int = 0,
        upload: FileUpload? = nil, answerFile: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.answerLimit = answerLimit
        self.patience = patience
        self.redirectLimit = redirectLimit
        self.upload = upload
        self.answerFile = answerFile
    }
}

public struct HTTPField: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A token and a value that cannot begin another line (RFC 9110, 5.5 and 5.6.2).
    var canBeSent: Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || marks.contains(byte)
            } && value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
    }
}

/// An answer, whatever its status.
public struct HTTPReply: Sendable, Equatable {
    public var status: Int
    public var headers: [HTTPField]
    /// Empty when it was written into the call's `answerFile`.
    public var body: [UInt8]
    /// How many bytes stand in the call's `answerFile`; `nil` when the body is in memory.
    public var fileSize: Int?

    public init(status: Int, headers: [HTTPField] = [], body: [UInt8] = [], fileSize: Int? = nil) {
        self.status = status
        self.headers = headers
        self.body = body
        self.fileSize = fileSize
    }

    /// The first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
