/// Why mail was not sent or read, in the words of whoever refused.
public enum MailFailure: Error, Sendable, Equatable {
    /// The server says no.
    case refused(MailStep, MailAnswer)
    /// The message was handed over whole and no answer came: it may have been taken, or not. Sent again under the same
    /// Message-ID, it may arrive twice.
    case unanswered(TransferFailure)
    case transfer(TransferFailure)

    /// Whether the same act may succeed later although nothing changes here: a server that is away, busy or
    /// misconfigured, not one that says never.
    public var isPassing: Bool {
        switch self {
        case .refused(_, let answer): !answer.isPermanent
        case .unanswered: true
        case .transfer(let failure):
            switch failure {
            case .unreachable, .untrusted, .revoked, .listUnusable, .otherKey, .timedOut, .brokenOff: true
            case .badRequest, .addressRefused, .answerTooLong, .tooManyRedirects, .badSettings, .fileFailed,
                .loginDenied:
                false
            }
        }
    }
}

/// Where in a conversation a server said no.
public enum MailStep: String, Sendable, Codable {
    case greeting, protection, login
    /// Sending: who sends, who receives, the message.
    case sender, recipient, content
    /// Reading.
    case folder, list, fetch, mark, move
}

/// What a server said.
public struct MailAnswer: Sendable, Equatable, Codable {
    /// Three digits of SMTP (RFC 5321, 4.2); `nil` for IMAP, which has none.
    public var code: Int?
    /// The reason as a sign: of SMTP `5.1.1` (RFC 3463), of IMAP `AUTHENTICATIONFAILED` (RFC 5530).
    public var reason: String?
    /// In the server's own words: one line without control characters, at most 500 characters.
    public var text: String
    /// Whether it would say the same again.
    public var isPermanent: Bool

    public init(code: Int? = nil, reason: String? = nil, text: String, isPermanent: Bool) {
        self.code = code
        self.reason = reason
        self.text = text
        self.isPermanent = isPermanent
    }

    /// A reply of SMTP, without its code.
    init(code: Int, lines: [String]) {
        var texts = lines.map(Self.clean)
        let words = texts.first?.split(separator: " ", maxSplits: 1).map(String.init) ?? []
        var reason: String?
        if let first = words.first, Self.isStatus(first) {
            reason = first
            texts = texts.map { $0.hasPrefix(first) ? String($0.dropFirst(first.count)) : $0 }
        }
        let text = texts.map { Self.clean($0) }.filter { !$0.isEmpty }.joined(separator: " ")
        self.init(code: code, reason: reason, text: String(text.prefix(500)), isPermanent: code >= 500)
    }

    /// `5.1.1`
    private static func isStatus(_ word: String) -> Bool {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && ["2", "4", "5"].contains(parts[0])
            && parts.dropFirst().allSatisfy {
                (1...3).contains($0.count) && $0.allSatisfy { ("0"..."9").contains($0) }
            }
    }

    /// One line, whatever the bytes were.
    static func clean(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: " "
            default: scalar
            }
        }
        var cleaned = String(String.UnicodeScalarView(scalars))
        while cleaned.first == " " { cleaned.removeFirst() }
        while cleaned.last == " " { cleaned.removeLast() }
        return String(cleaned.prefix(500))
    }
}
