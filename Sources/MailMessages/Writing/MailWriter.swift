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
