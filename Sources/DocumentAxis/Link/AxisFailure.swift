/// Why a call to an axis did not do what it should. `isPassing` decides whether it is worth repeating, `isOfMessage`
/// whether the message is to blame or the link. Words of the partner are cut to 300 characters, without control
/// characters, and never contain the secret.
public enum AxisFailure: Error, Sendable, Equatable {
    /// Nobody could be asked: no such host, nobody listens. The text is a technical note.
    case unreachable(String)
    /// Nobody answered, or not to the end. The text is a technical note.
    case noAnswer(String)
    /// The other side did not prove who it is: a wrong or expired certificate.
    case untrusted(String)
    /// The other side has trouble of its own (HTTP 5xx, 408, 425, 429).
    case trouble(status: Int, words: String)
    /// The other side said no: with its own `ErrorCode`, or `HTTP 403` and the like.
    case refused(code: String, words: String)
    /// It said no to this message, without a code of its list: what a parser or a check of its own stumbled over.
    case declined(String)
    /// It said no when it was handed this message, with a code that nobody has described, or with a status of HTTP that
    /// speaks of what was sent. The national axis' own codes are unknown: it may be the message or the moment.
    case unexplained(code: String, words: String)
    /// It does not let us sign in.
    case signInRefused(String)
    /// It said no, and its clock is not ours: its time less ours, in seconds.
    case clockWrong(seconds: Int)
    /// An answer that cannot be understood.
    case garbage(String)
    /// An answer, or a message in it, over the limit.
    case answerTooLong
    /// The call itself is wrong, and was not made.
    case notSendable(AxisCallFault)
    /// Our own machine's trouble with a file.
    case file(String)

    /// Whether the same call may succeed later without anybody changing the message or the settings. A code that
    /// nobody has described counts as passing: what is given up too early is lost.
    public var isPassing: Bool {
        switch self {
        case .unreachable, .noAnswer, .untrusted, .trouble, .clockWrong, .garbage, .file, .unexplained: true
        case .refused(let code, _): !Self.permanentCodes.contains(code) && !code.hasPrefix("HTTP ")
        case .declined, .signInRefused, .answerTooLong, .notSendable: false
        }
    }

    /// Whether another message might go through where this one did not. Otherwise the link is to blame, and the
    /// queue behind it waits.
    public var isOfMessage: Bool {
        switch self {
        case .refused(let code, _): Self.codesOfMessage.contains(code) || code == "HTTP 413"
        case .declined, .unexplained, .answerTooLong: true
        case .notSendable(let fault): fault.isOfMessage
        case .unreachable, .noAnswer, .untrusted, .trouble, .signInRefused, .clockWrong, .garbage, .file:
            false
        }
    }

    /// 10 tệp không hợp lệ, 15 sai SystemId hoặc SecretKey, 18 không có đơn vị nhận, 19 đơn vị gửi chưa đăng ký,
    /// 22 edXML sai định dạng, 23 đơn vị nhận đã khóa. Those that pass: 20 lỗi hệ thống, 21 lỗi xử lý tệp.
    static let permanentCodes: Set = ["10", "15", "18", "19", "22", "23"]
    static let codesOfMessage: Set = ["10", "18", "19", "21", "22", "23"]
}

extension AxisFailure {
    static let knownCodes = permanentCodes.union(["20", "21"])

    /// Of what is said to a message that is handed over. 401, 403 and the like are about the account, 413 says itself
    /// what is wrong.
    static let unexplainedStatuses: Set = ["HTTP 400", "HTTP 404", "HTTP 415", "HTTP 422"]

    private static func isOfLink(_ status: Int) -> Bool {
        [401, 403, 407, 408, 425, 429].contains(status) || (500...599).contains(status)
    }

    /// What a refusal says of the message that was handed over.
    var ofSending: AxisFailure {
        guard case .refused(let code, let words) = self, !Self.knownCodes.contains(code) else { return self }
        if code.hasPrefix("HTTP "), !Self.unexplainedStatuses.contains(code) { return self }
        // Some put a status of HTTP in the place of a code.
        if let status = Int(code), Self.isOfLink(status) { return self }
        return .unexplained(code: code, words: words)
    }
}

/// What is wrong with a call that is not made.
public enum AxisCallFault: Sendable, Equatable {
    case noRecipients, tooManyRecipients
    /// An identifier that cannot stand in a header.
    case badIdentifier
    case emptyMessage, messageTooLarge
    /// A system's name or key that cannot stand in a header.
    case badAccount
    /// No name or password to sign in with.
    case noLogin

    var isOfMessage: Bool {
        switch self {
        case .noRecipients, .tooManyRecipients, .badIdentifier, .emptyMessage, .messageTooLarge: true
        case .badAccount, .noLogin: false
        }
    }
}
