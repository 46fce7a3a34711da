/// Something odd in a message that can be read all the same.
public struct MessageFinding: Codable, Sendable, Equatable {
    public var code: Code
    public var detail: String?
    /// Of `attachmentDamaged`: what is wrong with it.
    public var fault: AttachmentFault?

    public init(_ code: Code, _ detail: String? = nil, _ fault: AttachmentFault? = nil) {
        self.code = code
        self.detail = detail
        self.fault = fault
    }

    /// Nobody reads more of them, nor more of one.
    static let most = 1_000, longestDetail = 200

    static func tooLong(_ element: String, _ count: Int, _ limit: Int) -> MessageFinding {
        MessageFinding(.tooLong, "\(element): \(count) > \(limit)")
    }

    /// Of `tooLong`: the element, and how many characters it has and may have.
    public var excess: (element: String, count: Int, limit: Int)? {
        guard code == .tooLong, let parts = detail?.split(separator: ":"), parts.count == 2 else {
            return nil
        }
        let numbers = parts[1].split(separator: ">").map { Int($0.filter { $0 != " " }) }
        guard numbers.count == 2, let count = numbers[0], let limit = numbers[1] else { return nil }
        return (String(parts[0]), count, limit)
    }

    public enum Code: String, Codable, Sendable, CaseIterable {
        // The text
        case byteOrderMark = "byte-order-mark"
        case bytesBeforeDeclaration = "bytes-before-declaration"
        case bytesAfterEnd = "bytes-after-end"
        case badCharacters = "bad-characters"
        // The envelope
        case foreignNamespace = "foreign-namespace"
        case unknownElement = "unknown-element"
        case repeatedElement = "repeated-element"
        /// Its digest cannot have survived the axis, which writes every message anew; nobody may rely on it.
        case signatureNotChecked = "signature-not-checked"
        // What is said
        case missing = "missing"
        case tooLong = "too-long"
        case badDate = "bad-date"
        case badNumber = "bad-number"
        case badIdentifier = "bad-identifier"
        case unknownCode = "unknown-code"
        // Attachments
        case attachmentNotListed = "attachment-not-listed"
        case attachmentMissing = "attachment-missing"
        /// Cut off, not what it says, or more than it may be; it is left out, the message is not.
        case attachmentDamaged = "attachment-damaged"
        case attachmentNameChanged = "attachment-name-changed"
        /// Its bytes went through a conversion of text somewhere on the way and cannot be restored.
        case attachmentDestroyed = "attachment-destroyed"
    }
}

extension [MessageFinding] {
    /// Puts it down, for as long as a stranger's message has not given us more than anybody reads.
    mutating func note(_ code: MessageFinding.Code, _ detail: String? = nil) {
        guard count < MessageFinding.most else { return }
        append(MessageFinding(code, detail.map { $0.prefix(scalars: MessageFinding.longestDetail) }))
    }
}

extension String {
    /// By scalars, since one letter may have any number of marks.
    func prefix(scalars most: Int) -> String { String(String.UnicodeScalarView(unicodeScalars.prefix(most))) }
}
