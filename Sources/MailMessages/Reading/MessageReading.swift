// One message on its way through: parts within parts, each until one of the boundaries that are open.
import Foundation

final class MessageReading {
    /// Why a part ended.
    private enum Stop {
        case end
        /// The boundary that was opened as the so many-th.
        case boundary(Int, isLast: Bool)
    }

    /// Where in the message a part lies.
    private struct Place {
        var depth = 0
        var embedded: Int?
        /// The type of the multipart around it.
        var around = ""
    }

    private let lines: LineFeed
    private let folder: String
    private let limits: MailLimits
    private var boundaries: [[UInt8]] = []
    private var message = MailMessage()
    private var files: [MailFile] = []
    private var parts = 0
    private var findings: Set<MailFinding> = []
    private var report = ReportReading()
    /// Bytes; text in other letters grows when it becomes UTF-8.
    private lazy var roomForText = 3 * limits.text
    /// The first HTML of the message itself, and what letters it says it is in.
    private var html: (part: Int, charset: String)?

    init(_ path: String, _ folder: String, _ limits: MailLimits) throws(MailMessageError) {
        lines = try LineFeed(path: path, limits: limits)
        self.folder = folder
        self.limits = limits
    }

    func read() throws(MailMessageError) -> MailMessage {
        try skipEnvelope()
        let (header, stop) = try readHeader()
        guard !header.fields.isEmpty else { throw .notAMessage }
        message.headers = header.fields.map {
            MailHeader($0.name, HeaderText.clean(EncodedWords.decode($0.value, badCharset)))
        }
        message.messageID = header.identifiers("message-id").first
        message.inReplyTo = header.identifiers("in-reply-to")
        message.references = header.identifiers("references")
        message.from = addresses(header, "from")
        message.replyTo = addresses(header, "reply-to")
        message.to = addresses(header, "to")
        message.cc = addresses(header, "cc")
        message.subject = message.header("subject") ?? ""
        message.date = MailDate.read(header.text("date"))
        if stop == nil { _ = try readContent(of: header, Place()) }
        message.report = report.result(of: message)
        if message.text.isEmpty, let html { try readHTML(html.part, html.charset) }
        return message
    }

    func removeFiles() { for file in files { file.remove() } }

    // MARK: Headers

    /// What mail programs put before a message in their own files.
    private func skipEnvelope() throws(MailMessageError) {
        while let line = try lines.next() {
            let bytes = lines.bytes(line)
            if bytes.isEmpty || bytes.starts(with: [0xEF, 0xBB, 0xBF]) && bytes.count == 3 { continue }
            if bytes.starts(with: Array("From ".utf8)) { continue }
            return lines.hold(line)
        }
    }

    /// Up to the empty line, or to a boundary where that is missing.
    private func readHeader() throws(MailMessageError) -> (HeaderBlock, Stop?) {
        var header = HeaderBlock(limit: limits.header)
        var stop: Stop?
        while let line = try lines.next() {
            let bytes = lines.bytes(line)
            if bytes.isEmpty, line.isStart { break }
            stop = self.stop(at: line)
            if stop != nil { break }
            // A message without a header has no empty line behind it either.
            if header.fields.isEmpty, boundaries.isEmpty, line.isStart, HeaderBlock.field(bytes) == nil {
                break
            }
            header.add(bytes, isStart: line.isStart)
        }
        if header.badLines > 0 { find(.badHeaderLine) }
        if header.isCutOff { find(.longHeader) }
        if header.hasZeroBytes { find(.zeroBytes, "header") }
        return (header, stop)
    }

    private func addresses(_ header: HeaderBlock, _ name: String) -> [MessageAddress] {
        header.fields.filter { $0.name.lowercased() == name }
            .flatMap { AddressList.read($0.value, badCharset) }
    }

    private func find(_ kind: MailFinding.Kind, _ subject: String = "") {
        let finding = MailFinding(kind, subject)
        if findings.count < 100, findings.insert(finding).inserted { message.findings.append(finding) }
    }

    private func badCharset(_ name: String) { find(.badCharset, name) }

    // MARK: Parts

    private func readContent(of header: HeaderBlock, default type: String = "text/plain", _ place: Place)
        throws(MailMessageError) -> Stop
    {
        parts += 1
        guard parts <= limits.parts else { throw .overLimit(.parts) }
        guard place.depth <= limits.depth else { throw .overLimit(.depth) }
        let kind = PartKind(header, default: type, badCharset)
        let isPlain = ["", "7bit", "8bit", "binary"].contains(kind.encoding)
        if kind.type.hasPrefix("multipart/"), let boundary = kind.boundary {
            return try readMultipart(boundary, kind.type, place)
        }
        if kind.type.hasPrefix("multipart/") { find(.missingBoundary, kind.type) }
        if kind.type == "message/rfc822" || kind.type == "message/global", isPlain {
            return try readEmbedded(place)
        }
        if kind.type == "message/delivery-status" || kind.type == "message/global-delivery-status" {
            let (bytes, stop) = try readBytes(kind)
            report.addFields(bytes)
            return stop
        }
        if kind.type == "text/rfc822-headers" || kind.type == "message/global-headers" {
            let (bytes, stop) = try readBytes(kind)
            addEmbedded(ReportReading.blocks(bytes).first ?? HeaderBlock(limit: 0), isHeaderOnly: true)
            return stop
        }
        let isText = kind.type == "text/plain" || kind.type.hasPrefix("multipart/")
        if isText, !kind.isAttachment, kind.name.isEmpty { return try readText(kind, place) }
        return try readFile(kind, place)
    }

    private func readMultipart(_ boundary: [UInt8], _ type: String, _ place: Place) throws(MailMessageError)
        -> Stop
    {
        boundaries.append(boundary)
        let level = boundaries.count - 1
        var inside = place
        inside.depth += 1
        inside.around = type
        let beginning = parts
        var (preamble, stop) = try readBytes(nil)
        while case .boundary(level, false) = stop {
            let (header, early) = try readHeader()
            let usual = type == "multipart/digest" ? "message/rfc822" : "text/plain"
            stop = if let early { early } else { try readContent(of: header, default: usual, inside) }
        }
        boundaries.removeLast()
        guard case .boundary(level, true) = stop else {
            find(parts == beginning ? .missingBoundary : .missingEnd, type)
            // What stands there belongs to no part; nobody should miss it.
            if parts == beginning { addText(Charset.guess(preamble), place) }
            return stop
        }
        (preamble, stop) = try readBytes(nil)
        return stop
    }

    private func readEmbedded(_ place: Place) throws(MailMessageError) -> Stop {
        let (header, early) = try readHeader()
        let number = addEmbedded(header, isHeaderOnly: false)
        if let early { return early }
        return try readContent(of: header, Place(depth: place.depth + 1, embedded: number))
    }

    @discardableResult
    private func addEmbedded(_ header: HeaderBlock, isHeaderOnly: Bool) -> Int {
        let subject = HeaderText.clean(EncodedWords.decode(header.value("subject") ?? [], badCharset))
        message.embedded.append(
            EmbeddedMessage(
                messageID: header.identifiers("message-id").first,
                from: Array(addresses(header, "from").prefix(20)), subject: String(subject.prefix(1_000)),
                date: MailDate.read(header.text("date")), isHeaderOnly: isHeaderOnly))
        return message.embedded.count - 1
    }

    // MARK: Content

    /// The boundary that this line is, the innermost first.
    private func stop(at line: MailLine) -> Stop? {
        guard line.isStart, !boundaries.isEmpty else { return nil }
        let bytes = lines.bytes(line)
        guard bytes.count > 2, bytes.starts(with: [0x2D, 0x2D]) else { return nil }
        let rest = bytes.dropFirst(2)
        for level in boundaries.indices.reversed() where rest.starts(with: boundaries[level]) {
            var end = rest.dropFirst(boundaries[level].count)
            let isLast = end.starts(with: [0x2D, 0x2D])
            if isLast { end = end.dropFirst(2) }
            if end.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return .boundary(level, isLast: isLast) }
        }
        return nil
    }

    /// Reads the content of a part, decoded; of one without a kind, as it is.
    private func readPieces(_ kind: PartKind?, _ take: ([UInt8]) throws(MailMessageError) -> Void)
        throws(MailMessageError) -> Stop
    {
        var decoder = PartDecoder(kind?.encoding ?? "")
        var stop = Stop.end
        while let line = try lines.next() {
            if let boundary = self.stop(at: line) {
                stop = boundary
                break
            }
            try take(decoder.decode(lines.bytes(line), ending: line.ending))
        }
        try take(decoder.finish())
        if decoder.isOdd { find(.badEncoding, kind?.type ?? "") }
        if !decoder.isKnown { find(.unknownEncoding, kind?.encoding ?? "") }
        return stop
    }

    /// In memory, up to the limit of text.
    private func readBytes(_ kind: PartKind?) throws(MailMessageError) -> ([UInt8], Stop) {
        var bytes: [UInt8] = []
        var isCutOff = false
        let stop = try readPieces(kind) { (piece) throws(MailMessageError) in
            let room = limits.text - bytes.count
            bytes += piece.prefix(room)
            if piece.count > room { isCutOff = true }
        }
        // What nobody reads may be as long as it likes.
        if isCutOff, kind != nil { find(.longText) }
        return (bytes, stop)
    }

    private func readText(_ kind: PartKind, _ place: Place) throws(MailMessageError) -> Stop {
        let (bytes, stop) = try readBytes(kind)
        let name = kind.charset ?? "us-ascii"
        guard let charset = Charset(name) else {
            badCharset(name)
            addText(Charset.guess(bytes), place)
            return stop
        }
        let (text, isExact) = charset.decode(bytes)
        // Nobody says so, but nearly everybody means UTF-8.
        if !isExact, kind.charset != nil { badCharset(name) }
        addText(text, place)
        return stop
    }

    private func addText(_ text: String, _ place: Place) {
        if text.unicodeScalars.contains("\0") { find(.zeroBytes, "text") }
        let cleaned = PlainText.lines(text)
        guard !cleaned.isEmpty else { return }
        // All texts together: messages within messages must not add up.
        guard cleaned.utf8.count <= roomForText else { return find(.longText) }
        roomForText -= cleaned.utf8.count
        if let embedded = place.embedded {
            if !message.embedded[embedded].text.isEmpty { message.embedded[embedded].text += "\n" }
            message.embedded[embedded].text += cleaned
        } else {
            if !message.text.isEmpty { message.text += "\n" }
            message.text += cleaned
        }
    }

    private func readFile(_ kind: PartKind, _ place: Place) throws(MailMessageError) -> Stop {
        let file = try MailFile(path: "\(folder)/part-\(files.count + 1)", isNew: true)
        files.append(file)
        let stop = try readPieces(kind) { (piece) throws(MailMessageError) in try file.write(piece) }
        try file.flush()
        if html == nil, place.embedded == nil, kind.role(in: place.around) == .body, kind.type == "text/html"
        {
            html = (message.parts.count, kind.charset ?? "utf-8")
        }
        message.parts.append(
            MailPart(
                role: kind.role(in: place.around), path: file.path, name: kind.name, contentType: kind.type,
                contentID: kind.contentID, size: file.size, embedded: place.embedded))
        return stop
    }

    private func readHTML(_ part: Int, _ charset: String) throws(MailMessageError) {
        let feed = try PieceFeed(path: message.parts[part].path)
        var bytes: [UInt8] = []
        while bytes.count < limits.text {
            let piece = try feed.next(limits.text - bytes.count)
            guard !piece.isEmpty else { break }
            bytes += piece
        }
        if message.parts[part].size > bytes.count { find(.longText) }
        let text = HTMLText.read(Charset(charset)?.decode(bytes).text ?? Charset.guess(bytes))
        addText(text, Place())
        message.isTextFromHTML = !message.text.isEmpty
    }
}
