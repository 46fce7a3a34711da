/// Why a message cannot be read or written at all. What is merely odd is a `MessageFinding` beside the message.
public enum EdXMLError: Error, Equatable, Sendable {
    /// There is no `edXML` element, or no header in it.
    case notEdXML
    /// The markup contradicts itself; the line counts from 1.
    case malformed(line: Int, String)
    /// A document type, an entity of its own, another encoding: nothing a message needs, and what attacks use.
    case forbidden(String)
    /// Larger, deeper or more numerous than a message may be.
    case overLimit(String)
    /// The file of that attachment cannot be sent: it is not there, or not of the stated size. What is wrong with
    /// an attachment that came is said of it alone (`Attachment.fault`).
    case attachment(name: String, AttachmentFault)
    /// A value that XML cannot carry.
    case unwritable(String)
    /// The machine's own trouble with a file.
    case file(String)
}

public enum AttachmentFault: String, Sendable, Codable {
    case missing, notBase64 = "not-base64", cutOff = "cut-off", badArchive = "bad-archive"
    case pathInArchive = "path-in-archive", encryptedArchive = "encrypted-archive", archiveBomb =
        "archive-bomb"
    case wrongLength = "wrong-length", wrongChecksum = "wrong-checksum"
}

/// How much one message may ask of its reader.
public struct MessageLimits: Sendable, Equatable {
    /// Elements within one another.
    public var nesting = 32
    /// Elements outside attachments; ten thousand recipients need about ninety thousand.
    public var elements = 250_000
    /// Bytes of tags and text outside attachments; ten thousand recipients need about six megabytes.
    public var text = 24 << 20
    /// Comments, instructions and CDATA sections together; a message needs none of them.
    public var asides = 100_000
    /// Bytes of one tag with its attributes.
    public var tag = 64 << 10
    public var attachments = 500
    /// Bytes of one attachment, unpacked.
    public var attachmentSize = 200 << 20
    /// Bytes of all attachments together, unpacked.
    public var totalSize = 1 << 30
    /// How many times larger than packed an archive's content may be, beyond its first megabyte.
    public var inflation = 200

    public init() {}
    public static let `default` = MessageLimits()
}
