import Glibc

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

    private static func read(
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
            findings.append(MessageFinding(.foreignNamespace, namespace))
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
        message.attachments = try attachments(files, limits)
        return MessageReader.Received(message: .document(message), findings: findings)
    }

    // MARK: Attachments

    /// In the order of the manifest; what is not listed there comes after.
    private mutating func attachments(
        _ files: [AttachmentReceiver.Received], _ limits: MessageLimits
    ) throws(EdXMLError) -> [Attachment] {
        let listed = root.descendant("edXMLManifest")?.all("Reference").map(Self.listed) ?? []
        var sent: [(attachment: Attachment, file: AttachmentReceiver.Received)] = []
        for node in root.descendant("AttachmentEncoded")?.all("Attachment") ?? [] {
            guard let index = node.first("ContentTransferEncoded")?.attachment, files.indices.contains(index)
            else {
                continue
            }
            sent.append((Self.listed(node), files[index]))
        }
        var result: [Attachment] = []
        for entry in listed where entry != Attachment() {
            guard let index = sent.firstIndex(where: { Self.key($0.attachment) == Self.key(entry) }) else {
                findings.append(MessageFinding(.attachmentMissing, entry.name ?? entry.contentID))
                result.append(entry)
                continue
            }
            let found = sent.remove(at: index)
            var attachment = entry
            attachment.contentType = found.attachment.contentType ?? entry.contentType
            attachment.name = entry.name ?? found.attachment.name
            result.append(try finished(attachment, found.file, limits))
        }
        for rest in sent {
            findings.append(MessageFinding(.attachmentNotListed, rest.attachment.name))
            result.append(try finished(rest.attachment, rest.file, limits))
        }
        return result
    }

    private static func listed(_ node: XMLNode) -> Attachment {
        func text(_ name: String) -> String? { node.first(name).flatMap { $0.text.isEmpty ? nil : $0.text } }
        return Attachment(
            contentID: text("ContentId"), name: text("AttachmentName"), contentType: text("ContentType"),
            description: text("Description"))
    }

    /// Some write the identifier with the scheme `cid:`, some without.
    private static func key(_ attachment: Attachment) -> String? {
        attachment.contentID.map { $0.lowercased().hasPrefix("cid:") ? String($0.dropFirst(4)) : $0 }
    }

    private mutating func finished(
        _ attachment: Attachment, _ file: AttachmentReceiver.Received, _ limits: MessageLimits
    ) throws(EdXMLError) -> Attachment {
        var attachment = attachment
        let shown = attachment.name ?? attachment.contentID ?? ""
        if let fault = file.fault { throw .attachment(name: shown, fault) }
        if let name = attachment.name, let safe = SafeName.of(name), safe != name {
            findings.append(MessageFinding(.attachmentNameChanged, name))
            attachment.name = safe
        }
        attachment.file = file.path
        attachment.size = file.size
        do throws(AttachmentProblem) {
            if let wrapped = try WrappedFile(file.path, attachmentName: attachment.name) {
                let target = file.path + "-mo"
                attachment.size = try wrapped.unpack(to: target, limits: limits)
                attachment.file = target
                unlink(file.path)
            }
        } catch { throw .attachment(name: shown, error.fault) }
        if file.isPDF, file.replacementCharacters > max(8, file.size / 2_000) {
            findings.append(MessageFinding(.attachmentDestroyed, attachment.name))
        }
        return attachment
    }
}

/// A file name without folders, control characters and what no file system takes.
enum SafeName {
    static func of(_ name: String) -> String? {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = String(last.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 })
        let trimmed = kept.drop { $0 == "." || $0 == " " }
        return trimmed.isEmpty ? nil : String(trimmed.prefix(200))
    }
}

extension StatusMessage: ElementValue {
    static let shape = ElementShape<StatusMessage>([
        .one("From", \.from), .one("ResponseFor", \.responseFor), .optional("StaffInfo", \.staff),
        .text("StatusCode", \.statusCode), .text("Description", \.description),
        .text("Timestamp", \.timestamp),
    ])
}
