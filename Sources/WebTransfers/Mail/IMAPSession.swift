// Commands of IMAP one after the other, and what the server answers (RFC 3501, 7). Nothing it says is believed to be
// short, well-formed or meant for us.
import Glibc

/// Not to be shared. After a failure of the transfer, the session is over.
final class IMAPSession {
    private let connection: ServerConnection
    private let patience: Double
    private var number = 0
    private(set) var isOver = false
    private static let byteLimit = 32 << 20
    private static let answerLimit = 20_000

    init(_ connection: ServerConnection, patience: Double) {
        self.connection = connection
        self.patience = patience
    }

    /// - Parameters:
    ///   - step: What a refusal of this command refuses.
    ///   - lineLimit: In bytes.
    ///   - body: What takes a message that the command asked for.
    ///   - each: Sees every answer before the one that ends the command.
    @discardableResult
    func run(
        _ command: String, _ step: MailStep, lineLimit: Int = 64 << 10, body: IMAPBody? = nil,
        patience: Double? = nil, _ each: (IMAPResponse) -> Void
    ) throws(MailFailure) -> IMAPStatus {
        guard !isOver else { throw .transfer(.brokenOff("the connection was given up before")) }
        let status: IMAPStatus
        isOver = true
        do throws(TransferFailure) {
            connection.end = .now + .seconds(min(max(patience ?? self.patience, 0), 86_400))
            status = try end(of: command, lineLimit, body, each)
        } catch { throw .transfer(body?.file.problem.map { .fileFailed($0) } ?? error) }
        isOver = false
        if let answer = status.refusal { throw .refused(step, answer) }
        return status
    }

    private func end(
        of command: String, _ lineLimit: Int, _ body: IMAPBody?, _ each: (IMAPResponse) -> Void
    ) throws(TransferFailure) -> IMAPStatus {
        number += 1
        let tag = "V\(number)"
        try connection.send(Array("\(tag) \(command)\r\n".utf8))
        var bytes = 0
        for _ in 0..<Self.answerLimit {
            let line = try connection.line(limit: lineLimit)
            bytes += line.count + 2
            guard bytes <= Self.byteLimit else { throw .answerTooLong }
            if line.starts(with: Array("\(tag) ".utf8)), let status = IMAPStatus(tagged: line) {
                return status
            }
            guard line.starts(with: [0x2A, 0x20]) else { continue }
            var response = IMAPResponse(Array(line.dropFirst(2)))
            if let status = response.status, status.word == "BYE" {
                throw .brokenOff("the server says goodbye: \(status.text)")
            }
            if response.isFetch { bytes += try readLiterals(&response, body) }
            each(response)
            try body?.judge(response)
        }
        throw .answerTooLong
    }

    private static let literalLimit = 64 << 10
    private static let literalsInResponse = 50

    /// Reads on where the line ends with the length of what follows it.
    private func readLiterals(_ response: inout IMAPResponse, _ body: IMAPBody?) throws(TransferFailure)
        -> Int
    {
        var bytes = 0
        for _ in 0..<Self.literalsInResponse {
            guard let size = response.takeLiteralSize() else { return bytes }
            if let body, response.endsWithBody {
                try body.begin(size)
                try connection.bytes(size) { body.file.append($0) }
                response.appendText([], isBody: true)
            } else {
                guard size <= Self.literalLimit else { throw .answerTooLong }
                var text: [UInt8] = []
                try connection.bytes(size) {
                    text += $0
                    return true
                }
                bytes += size
                response.appendText(text, isBody: false)
            }
            let more = try connection.line(limit: Self.literalLimit)
            bytes += more.count
            response.appendLine(more)
        }
        throw .answerTooLong
    }
}

/// The one message that a command asks for, on its way into a file.
final class IMAPBody {
    let file: ArrivalFile
    private let uid: UInt32
    private let limit: Int
    private var hasBegun = false
    private var isOfAnother = false
    private var uidSeen: UInt32?

    init(uid: UInt32, file: ArrivalFile, limit: Int) {
        self.uid = uid
        self.file = file
        self.limit = limit
    }

    /// Whether a message came, and it was the one.
    var isWhole: Bool { hasBegun && uidSeen == uid }

    func begin(_ size: Int) throws(TransferFailure) {
        guard !hasBegun else { throw .brokenOff("two messages instead of one") }
        guard size <= limit else { throw .answerTooLong }
        hasBegun = true
    }

    /// After each answer: the number stands before the message or behind it.
    func judge(_ response: IMAPResponse) throws(TransferFailure) {
        guard let items = response.items, items.contains(where: { $0.name == "BODY[]" }) else { return }
        if let short = items.first(where: { $0.name == "BODY[]" })?.value.text, !short.isEmpty {
            try begin(short.count)
            guard short.withUnsafeBytes({ file.append($0) }) else { throw .fileFailed(file.problem ?? "") }
        }
        guard let number = response.uid, number == uid else { throw .brokenOff("another message") }
        uidSeen = number
    }
}

/// The name of a folder as IMAP writes it (RFC 3501, 5.1.3): other letters than ASCII in a base 64 of its own.
enum MailboxName {
    static func quoted(_ name: String) -> String {
        var output = "\"", held: [UInt8] = []
        func flush() {
            guard !held.isEmpty else { return }
            output += "&\(base64(held))-"
            held = []
        }
        for unit in name.utf16 {
            guard (0x20...0x7E).contains(unit) else {
                held += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                continue
            }
            flush()
            switch unit {
            case 0x26: output += "&-"
            case 0x22: output += "\\\""
            case 0x5C: output += "\\\\"
            default: output.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            }
        }
        flush()
        return output + "\""
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,")
        var text = "", value = 0, bits = 0
        for byte in bytes {
            value = (value << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(letters[value >> bits & 63])
            }
        }
        if bits > 0 { text.append(letters[value << (6 - bits) & 63]) }
        return text
    }
}
