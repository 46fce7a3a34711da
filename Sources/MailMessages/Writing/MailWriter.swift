import Foundation
import Glibc

/// Writes messages that every server takes (RFC 5322, RFC 2045): only ASCII, no line above 78 characters where it can be
/// cut and none above 998, each ended with CR LF. Attachments are read from their files and encoded a piece at a time.
public enum MailWriter {
    /// Writes into a file, which stands there only when it is whole.
    ///
    /// - Returns: The size of the message in bytes.
    /// - Throws: `MailMessageError.unwritable` with the name of the field that cannot carry its value; `.file`.
    @discardableResult
    public static func write(_ message: OutgoingMessage, toFile path: String) throws(MailMessageError) -> Int
    {
        let part = path + ".part"
        let sink = try MailFile(path: part)
        do {
            try write(message, to: sink)
            try sink.flush()
        } catch {
            sink.remove()
            throw error
        }
        guard rename(part, path) == 0 else {
            sink.remove()
            throw .file("\(path) cannot be written")
        }
        return sink.size
    }

    private static func write(_ message: OutgoingMessage, to sink: MailFile) throws(MailMessageError) {
        var header = HeaderWriter()
        try write(message, to: &header)
        guard !message.text.unicodeScalars.contains(where: { $0.value == 0 }) else {
            throw .unwritable("text")
        }
        guard !message.attachments.isEmpty else {
            writeTextHeader(&header)
            try sink.write(header.bytes)
            return try sink.write(QuotedPrintable.lines(message.text))
        }
        let boundary = newBoundary()
        header.field("Content-Type", ["multipart/mixed;", "boundary=\"\(boundary)\""])
        header.end()
        try sink.write(header.bytes)
        var part = HeaderWriter()
        writeTextHeader(&part)
        try sink.write(Array("--\(boundary)\r\n".utf8) + part.bytes + QuotedPrintable.lines(message.text))
        for attachment in message.attachments {
            var part = HeaderWriter()
            try part.attachment(attachment)
            part.end()
            try sink.write(Array("\r\n--\(boundary)\r\n".utf8) + part.bytes)
            try copy(attachment, to: sink)
        }
        try sink.write(Array("\r\n--\(boundary)--\r\n".utf8))
    }

    private static func writeTextHeader(_ header: inout HeaderWriter) {
        header.field("Content-Type", ["text/plain;", "charset=utf-8"])
        header.field("Content-Transfer-Encoding", ["quoted-printable"])
        header.end()
    }

    private static func write(_ message: OutgoingMessage, to header: inout HeaderWriter)
        throws(MailMessageError)
    {
        guard abs(message.timeZone) < 86_400, message.date.timeIntervalSince1970 >= 0,
            message.date.timeIntervalSince1970 < 250_000_000_000
        else { throw .unwritable("Date") }
        header.field("Date", [MailDate.write(message.date, zone: message.timeZone)])
        try header.addresses("From", [message.from])
        if !message.replyTo.isEmpty { try header.addresses("Reply-To", message.replyTo) }
        if message.to.isEmpty { header.field("To", ["undisclosed-recipients:;"]) }
        if !message.to.isEmpty { try header.addresses("To", message.to) }
        if !message.cc.isEmpty { try header.addresses("Cc", message.cc) }
        try header.text("Subject", message.subject)
        try header.identifiers("Message-ID", [message.messageID])
        try header.identifiers("In-Reply-To", message.inReplyTo)
        try header.identifiers("References", message.references)
        for field in message.headers {
            let name = field.name.lowercased()
            guard HeaderText.isFieldName(field.name.utf8), name.utf8.count <= 70,
                name.hasPrefix("x-") || name == "auto-submitted"
            else { throw .unwritable(field.name) }
            try header.text(field.name, field.value)
        }
        header.field("MIME-Version", ["1.0"])
    }

    private static func copy(_ attachment: OutgoingAttachment, to sink: MailFile) throws(MailMessageError) {
        let feed = try PieceFeed(path: attachment.path)
        // A piece ends with a line, except for the last.
        let size = Base64Encoder.lineBytes * 1_024
        var held: [UInt8] = []
        while true {
            let piece = try feed.next(size - held.count)
            held += piece
            guard held.count == size || piece.isEmpty else { continue }
            try sink.write(Base64Encoder.lines(held))
            held.removeAll(keepingCapacity: true)
            if piece.isEmpty { return }
        }
    }

    /// Random: no attachment can hold it, since base 64 has no dash, and no text by intention.
    private static func newBoundary() -> String {
        let number = { String(UInt64.random(in: .min ... .max), radix: 16) }
        return "=_VanThu-\(number())-\(number())"
    }
}

/// A file read from front to back.
final class PieceFeed {
    private let descriptor: Int32
    private let path: String
    let size: Int

    init(path: String) throws(MailMessageError) {
        self.path = path
        let descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .file("\(path) cannot be opened") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .file("\(path) is not a file")
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The next piece; empty at the end.
    func next(_ limit: Int) throws(MailMessageError) -> [UInt8] {
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: max(1, limit)) { buffer, filled in
            repeat {
                count = read(descriptor, buffer.baseAddress, limit)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw .file("\(path) cannot be read") }
        return piece
    }
}

/// A file written from front to back.
final class MailFile {
    let path: String
    private(set) var size = 0
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private static let pieceSize = 128 << 10

    /// - Parameter isNew: Whether nothing may stand there yet.
    init(path: String, isNew: Bool = false) throws(MailMessageError) {
        self.path = path
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isNew ? O_EXCL | O_NOFOLLOW : O_TRUNC)
        descriptor = path.utf8.contains(0) ? -1 : open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .file("\(path) cannot be created") }
    }

    deinit { close(descriptor) }

    func write(_ bytes: some Collection<UInt8>) throws(MailMessageError) {
        pending += bytes
        size += bytes.count
        if pending.count >= Self.pieceSize { try flush() }
    }

    func flush() throws(MailMessageError) {
        var done = 0
        while done < pending.count {
            let count = pending.withUnsafeBytes { bytes in
                bytes.baseAddress.map { Glibc.write(descriptor, $0 + done, bytes.count - done) } ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file("\(path) cannot be written") }
            done += count
        }
        pending.removeAll(keepingCapacity: true)
    }

    func remove() { unlink(path) }
}
