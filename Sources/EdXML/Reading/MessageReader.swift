/// Reads a message as it comes in from outside: elements by their local names in any order, with or without prefix,
/// byte order mark or stray characters in front, with attachments in either encoding. A message of any size is read
/// in bounded memory; its attachments are left as files.
public enum MessageReader {
    public struct Received: Sendable, Equatable {
        public var message: EdXMLMessage
        /// What is odd about it.
        public var findings: [MessageFinding]
    }

    /// - Parameters:
    ///   - folder: An empty folder of the caller's; the attachments are put there under names of ours.
    /// - Returns: The message with what is odd about it. An attachment that is damaged has its fault and no file; the rest
    ///   of the message stands.
    /// - Throws: `EdXMLError`; files left in the folder are then worth nothing.
    public static func read(
        file path: String, attachmentsInto folder: String, limits: MessageLimits = .default
    ) throws(EdXMLError) -> Received {
        try read(FileFeed(path: path), folder: folder, limits: limits)
    }

    public static func read(
        _ bytes: [UInt8], attachmentsInto folder: String, limits: MessageLimits = .default
    ) throws(EdXMLError) -> Received {
        try read(BytesInMemory(bytes), folder: folder, limits: limits)
    }

    /// Whether a message can be read at all: as `read` does, but for its attachments, of which nothing is kept or looked
    /// into.
    ///
    /// - Throws: `EdXMLError` for what is no message, breaks the rules of XML or goes beyond the limits.
    public static func check(file path: String, limits: MessageLimits = .default) throws(EdXMLError) {
        var tree = try XMLTreeReader(FileFeed(path: path), limits: limits)
        var attachments = 0
        let (root, _) = try tree.read { (piece) throws(EdXMLError) -> Int? in
            guard piece.isEmpty else { return nil }
            attachments += 1
            return attachments - 1
        }
        guard root.descendant("MessageHeader") != nil else { throw .notEdXML }
    }

    static func read(
        _ feed: some ByteFeed, folder: String, limits: MessageLimits
    ) throws(EdXMLError) -> Received {
        let receiver = AttachmentReceiver(folder: folder, limits: limits)
        var tree = try XMLTreeReader(feed, limits: limits)
        let (root, oddities) = try tree.read { (piece) throws(EdXMLError) in try receiver.take(piece) }
        var reading = MessageReading(root: root, findings: oddities)
        return try reading.run(receiver.received, limits: limits)
    }
}

/// From elements to values.
private struct MessageReading {
    let root: XMLNode
    var findings: [MessageFinding]

    mutating func run(
        _ files: [AttachmentReceiver.Received], limits: MessageLimits
    ) throws(EdXMLError) -> MessageReader.Received {
        guard let header = root.descendant("MessageHeader") else { throw .notEdXML }
        if let namespace = root.attributes["xmlns"], namespace != EdXMLMessage.namespace {
            findings.note(.foreignNamespace, namespace)
        }
        if let signature = root.descendant("Signature") ?? root.descendant("DigitalSignature"),
            !signature.isEmpty
        {
            findings.append(MessageFinding(.signatureNotChecked))
        }
        if let code = header.first("StatusCode"), !code.text.isEmpty {
            return MessageReader.Received(
                message: .status(StatusMessage.read(header, &findings)), findings: findings)
        }
        var message = DocumentMessage()
        message.header = DocumentHeader.read(header, &findings)
        if let trace = root.descendant("TraceHeaderList") {
            message.trace = TraceHeaderList.read(trace, &findings)
        }
        var pairing = try AttachmentPairing(root, files, limits: limits)
        message.attachments = try pairing.run()
        findings += pairing.findings
        return MessageReader.Received(message: .document(message), findings: findings)
    }
}

extension StatusMessage: ElementValue {
    static let shape = ElementShape<StatusMessage>([
        .one("From", \.from), .one("ResponseFor", \.responseFor), .optional("StaffInfo", \.staff),
        .text("StatusCode", \.statusCode), .text("Description", \.description),
        .text("Timestamp", \.timestamp),
    ])
}
