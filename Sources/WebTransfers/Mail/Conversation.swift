// What was said between libcurl and a server of SMTP, so that each answer can be given to whom it concerns.
import CCurl

/// Commands and answers in the order in which they passed. Of what logs us in, nothing is kept.
final class Conversation {
    /// A command's first word, in capitals.
    private struct Exchange {
        let command: String
        var replies: [MailAnswer] = []
    }

    private var exchanges = [Exchange(command: "")]
    private var lines: [String] = []
    private var bytes = 0
    private static let byteLimit = 4 << 20

    static let listener: ccurl_listener = { _, kind, bytes, count, context in
        guard let bytes, let context else { return 0 }
        let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
        let heard = UnsafeRawBufferPointer(start: bytes, count: count)
        switch kind {
        case CURLINFO_HEADER_OUT: conversation.hearCommand(heard)
        case CURLINFO_HEADER_IN: conversation.hearLine(heard)
        default: break
        }
        return 0
    }

    func hearCommand(_ command: UnsafeRawBufferPointer) {
        let word = command.prefix { $0 > 0x20 && $0 < 0x7F }
        let known = ["EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT", "RSET"]
        let name = String(decoding: word, as: UTF8.self).uppercased()
        guard exchanges.count < 100_000 else { return }
        exchanges.append(Exchange(command: known.contains(name) ? name : "AUTH"))
        lines = []
    }

    func hearLine(_ line: UnsafeRawBufferPointer) {
        bytes += line.count
        guard bytes <= Self.byteLimit, line.count >= 3,
            line.prefix(3).allSatisfy({ (0x30...0x39).contains($0) })
        else { return }
        let code = line.prefix(3).reduce(0) { $0 * 10 + Int($1) - 0x30 }
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        // A line with a dash after the code is not the last of its reply.
        if line.count > 3, line[3] == 0x2D { return }
        exchanges[exchanges.count - 1].replies.append(MailAnswer(code: code, lines: lines))
        lines = []
    }

    /// The answers to the recipients, in their order; fewer when it did not come to all.
    var recipients: [MailAnswer] {
        exchanges.filter { $0.command == "RCPT" }.compactMap(\.replies.first)
    }

    /// The answer to the message itself, after the one that lets it begin.
    var content: MailAnswer? {
        exchanges.last { $0.command == "DATA" }.flatMap { $0.replies.count > 1 ? $0.replies.last : nil }
    }

    /// The answer to the last thing that was said, when it is a refusal, and of what.
    var refusal: (step: MailStep, answer: MailAnswer)? {
        let said = exchanges.filter { $0.command != "QUIT" }
        guard var last = said.last else { return nil }
        // Closing for all (421) may come while the next command is already on its way.
        if last.replies.isEmpty, let before = said.dropLast().last, before.replies.last?.code == 421 {
            last = before
        }
        guard let answer = last.replies.last,
            let code = answer.code, code >= 400
        else { return nil }
        let step: MailStep =
            switch last.command {
            case "STARTTLS": .protection
            case "AUTH": .login
            case "MAIL": .sender
            case "RCPT": .recipient
            case "DATA": .content
            default: .greeting
            }
        return (step, answer)
    }
}
