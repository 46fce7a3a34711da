/// Writes messages in the shape and order in which the national axis writes them itself: the root without prefix,
/// everything within the envelope with the literal prefix `edXML:`, attachments without one. Attachments are read from
/// their files and encoded a piece at a time.
public enum MessageWriter {
    /// How attachments travel.
    public enum Packing: String, Sendable, CaseIterable {
        /// The file itself, in base 64.
        case plain
        /// Each in an archive of its own with one entry, as the software of the axis does it.
        case zipped
    }

    /// - Parameter send: Takes the message piece by piece.
    /// - Throws: `EdXMLError.unwritable` for text that XML cannot carry, `.attachment` when a file is missing or
    ///   is not of the stated size, and whatever `send` throws.
    public static func write(
        _ message: EdXMLMessage, packing: Packing = .plain, to send: ([UInt8]) throws -> Void
    ) throws {
        var writer = ElementWriter()
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        writer.open("edXML", attributes: " xmlns=\"\(EdXMLMessage.namespace)\"", prefixed: false)
        writer.open("edXMLEnvelope", attributes: " xmlns:edXML=\"\(EdXMLMessage.namespace)\"")
        switch message {
        case .status(let status): try envelope(status, to: &writer)
        case .document(let document): try envelope(document, to: &writer)
        }
        writer.close("edXMLEnvelope")
        if case .document(let document) = message, !document.attachments.isEmpty {
            try send(writer.take())
            try attachments(document.attachments, packing, &writer, send)
        }
        writer.close("edXML", prefixed: false)
        try send(writer.take())
    }

    /// Writes into a file, which stands there only when it is whole.
    public static func write(
        _ message: EdXMLMessage, packing: Packing = .plain, toFile path: String
    ) throws(EdXMLError) {
        let part = path + ".part"
        let sink = try FileSink(path: part)
        do {
            try write(message, packing: packing) { try sink.write($0) }
            try sink.flush()
        } catch {
            FileSink.remove(part)
            throw error as? EdXMLError ?? .file("\(error)")
        }
        try FileSink.rename(part, to: path)
    }

    /// The elements with text that XML cannot carry, each as often as it has such.
    static func unwritable(in message: EdXMLMessage) -> [String] {
        var writer = ElementWriter(isTrial: true)
        // A trial does not throw.
        switch message {
        case .status(let status): try? envelope(status, to: &writer)
        case .document(let document): try? envelope(document, to: &writer)
        }
        return writer.unwritable
    }

    // MARK: The envelope

    private static func envelope(_ status: StatusMessage, to writer: inout ElementWriter) throws(EdXMLError) {
        writer.open("edXMLHeader")
        try status.write("MessageHeader", to: &writer)
        writer.close("edXMLHeader")
    }

    private static func envelope(
        _ document: DocumentMessage, to writer: inout ElementWriter
    ) throws(EdXMLError) {
        writer.open("edXMLHeader")
        try document.header.write("MessageHeader", to: &writer)
        try document.trace.write("TraceHeaderList", to: &writer)
        writer.close("edXMLHeader")
        writer.open("edXMLBody")
        writer.open("edXMLManifest", attributes: " version=\"1.0\"")
        for attachment in document.attachments {
            writer.open("Reference")
            try writer.optional("ContentId", attachment.contentID)
            try writer.optional("ContentType", attachment.contentType)
            try writer.optional("Description", attachment.description)
            try writer.optional("AttachmentName", attachment.name)
            writer.close("Reference")
        }
        writer.close("edXMLManifest")
        writer.close("edXMLBody")
    }

    // MARK: Attachments

    private static func attachments(
        _ attachments: [Attachment], _ packing: Packing, _ writer: inout ElementWriter,
        _ send: ([UInt8]) throws -> Void
    ) throws {
        writer.open("AttachmentEncoded", prefixed: false)
        for attachment in attachments {
            guard let path = attachment.file else { continue }
            writer.open("Attachment", prefixed: false)
            try writer.optional("ContentId", attachment.contentID, prefixed: false)
            try writer.optional("AttachmentName", attachment.name, prefixed: false)
            try writer.optional("Description", attachment.description, prefixed: false)
            let type = packing == .zipped ? "application/zip" : attachment.contentType
            try writer.optional("ContentType", type, prefixed: false)
            writer.raw("<edXML:ContentTransferEncoded xmlns:edXML=\"\(EdXMLMessage.namespace)\">")
            try send(writer.take())
            try content(path, attachment, packing, send)
            writer.raw("</edXML:ContentTransferEncoded>\n")
            writer.close("Attachment", prefixed: false)
        }
        writer.close("AttachmentEncoded", prefixed: false)
    }

    private static func content(
        _ path: String, _ attachment: Attachment, _ packing: Packing, _ send: ([UInt8]) throws -> Void
    ) throws {
        let name = attachment.name ?? ""
        guard let file = ReadableFile(path) else { throw EdXMLError.attachment(name: name, .missing) }
        if let size = attachment.size, size != file.size {
            throw EdXMLError.attachment(name: name, .wrongLength)
        }
        var encoder = Base64Encoder()
        let archive = packing == .zipped ? SingleEntryArchive(name: entryName(attachment)) : nil
        var place = 0
        if let archive { try send(encoder.encode(archive.start())) }
        while place < file.size {
            let piece = file.read(at: place, count: 96 << 10)
            guard !piece.isEmpty else { throw EdXMLError.attachment(name: name, .cutOff) }
            place += piece.count
            try send(encoder.encode(archive?.add(piece) ?? piece))
        }
        if let archive { try send(encoder.encode(archive.finish())) }
        try send(encoder.finish())
    }

    /// Only the ending of the attachment's name goes into the archive, as the readers of the axis expect.
    private static func entryName(_ attachment: Attachment) -> String {
        let name = attachment.name ?? ""
        let ending = name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
        let key = attachment.contentID.map { $0.hasPrefix("cid:") ? String($0.dropFirst(4)) : $0 } ?? "tep"
        return String(
            (key + ending).map { $0.isLetter && $0.isASCII || $0.isNumber || ".-".contains($0) ? $0 : "-" }
        )
        .replacing("..", with: ".")
    }
}

extension ElementWriter {
    mutating func optional(_ name: String, _ text: String?, prefixed: Bool = true) throws(EdXMLError) {
        if let text { try element(name, text, prefixed: prefixed) }
    }
}
