/// Why a message cannot be written or read at all. What is merely odd is a `MailFinding` beside the message.
public enum MailMessageError: Error, Equatable, Sendable {
    /// A value that the field of that name cannot carry: control characters, an address that is none.
    case unwritable(String)
    /// There is no header at its beginning.
    case notAMessage
    /// Larger, deeper or more numerous than a message may be.
    case overLimit(MailLimit)
    /// The machine's own trouble with a file.
    case file(String)
}

public enum MailLimit: String, Sendable, Codable {
    case size, depth, parts
}

/// How much one message may ask of its reader.
public struct MailLimits: Sendable, Equatable {
    /// Bytes of the message as it stands in its file. What it is decoded to is never more.
    public var size = 200 << 20
    /// Multiparts and messages within one another.
    public var depth = 20
    /// Parts of all kinds.
    public var parts = 500
    /// Bytes of one header. What is beyond is left out, with a finding.
    public var header = 256 << 10
    /// Bytes of a text, and of a delivery report. What is beyond is left out, with a finding, and so are texts that
    /// together are beyond three times as much.
    public var text = 1 << 20

    public init() {}
    public static let `default` = MailLimits()
}

/// Something odd about a message that could be read all the same.
public struct MailFinding: Sendable, Equatable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A line in a header that is no field.
        case badHeaderLine = "bad-header-line"
        /// A header over the limit: its end is missing.
        case longHeader = "long-header"
        /// Text over the limit: its end is missing.
        case longText = "long-text"
        /// A multipart that names no boundary, or whose boundary never comes.
        case missingBoundary = "missing-boundary"
        /// A multipart that is not closed: the message may be cut off.
        case missingEnd = "missing-end"
        /// Base 64 or quoted-printable with what does not belong there.
        case badEncoding = "bad-encoding"
        /// A transfer encoding that nobody knows: the bytes are as they came.
        case unknownEncoding = "unknown-encoding"
        /// Text in letters that are not known here, or not those it claims: read as well as could be.
        case badCharset = "bad-charset"
        /// Bytes that are no text where text should be.
        case zeroBytes = "zero-bytes"
    }

    public var kind: Kind
    /// What it is about: a header's name, a part's type, a charset. At most 100 characters.
    public var subject: String

    public init(_ kind: Kind, _ subject: String = "") {
        self.kind = kind
        self.subject = String(HeaderText.clean(subject).prefix(100))
    }
}
