/// Why a call to an axis did not do what it should. `isPassing` decides whether it is worth repeating, `isOfMessage`
/// whether the message is to blame or the link. Words of the partner are cut to 300 characters, without control
/// characters, and never contain the secret.
public enum AxisFailure: Error, Sendable, Equatable {
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
    /// It does not let us sign in.
    case signInRefused(String)
    /// It said no, and its clock is not ours: its time less ours, in seconds.
    case clockWrong(seconds: Int)
    /// An answer that cannot be understood.
    case garbage(String)
    /// An answer, or a message in it, over the limit.
    case answerTooLong
    /// The call itself is wrong: no recipients, too many, an identifier that cannot be sent, an empty file.
    case notSendable(String)
    /// Our own machine's trouble with a file.
    case file(String)

    /// Whether the same call may succeed later without anybody changing the message or the settings. A code that
    /// nobody has described counts as passing: what is given up too early is lost.
    public var isPassing: Bool {
        switch self {
        case .noAnswer, .untrusted, .trouble, .clockWrong, .garbage, .file: true
        case .refused(let code, _): !Self.permanentCodes.contains(code) && !code.hasPrefix("HTTP ")
        case .declined, .signInRefused, .answerTooLong, .notSendable: false
        }
    }

    /// Whether another message might go through where this one did not. Otherwise the link is to blame, and the
    /// queue behind it waits.
    public var isOfMessage: Bool {
        switch self {
        case .refused(let code, _): Self.codesOfMessage.contains(code) || code == "HTTP 413"
        case .declined, .answerTooLong, .notSendable: true
        case .noAnswer, .untrusted, .trouble, .signInRefused, .clockWrong, .garbage, .file: false
        }
    }

    /// 10 tệp không hợp lệ, 15 sai SystemId hoặc SecretKey, 18 không có đơn vị nhận, 19 đơn vị gửi chưa đăng ký,
    /// 22 edXML sai định dạng, 23 đơn vị nhận đã khóa. Those that pass: 20 lỗi hệ thống, 21 lỗi xử lý tệp.
    static let permanentCodes: Set = ["10", "15", "18", "19", "22", "23"]
    static let codesOfMessage: Set = ["10", "18", "19", "21", "22", "23"]
}

extension AxisFailure {
    static let knownCodes = permanentCodes.union(["20", "21"])
}
