// Handing messages in. Whether a message arrives is told later by others; here is only whether it was taken.
import CCurl

/// What became of a message that was handed in.
public struct SubmittedMessage: Sendable, Equatable {
    /// The recipients for whom the server took it; may be empty.
    public var taken: [String]
    /// Those for whom it did not, each with the server's answer.
    public var refused: [RefusedRecipient]
    /// What the server said to the message: often the number in its own queue. `nil` when nobody was to get it.
    public var answer: MailAnswer?

    public init(taken: [String], refused: [RefusedRecipient] = [], answer: MailAnswer? = nil) {
        self.taken = taken
        self.refused = refused
        self.answer = answer
    }
}

public struct RefusedRecipient: Sendable, Equatable {
    public var address: String
    public var answer: MailAnswer

    public init(address: String, answer: MailAnswer) {
        self.address = address
        self.answer = answer
    }
}

/// Hands messages to a server of SMTP, one call a message, from any number of threads.
///
///     let server = MailServer(host: "mail.rachgia.gov.vn", port: 587, protection: .startTLS, login: login)
///     let sent = try MailSubmission(server).send(messageFile: path, from: "vanthu@rachgia.gov.vn", to: addresses)
///
/// A call waits on the thread that makes it.
public final class MailSubmission: Sendable {
    public let server: MailServer
    public let settings: TransferSettings
    private let pool: HandlePool

    public init(_ server: MailServer, settings: TransferSettings = TransferSettings()) {
        self.server = server
        self.settings = settings
        pool = HandlePool(limit: settings.idleLimit)
    }

    /// - Parameters:
    ///   - messageFile: A message of RFC 5322 with CR LF at the end of each line; read a piece at a time.
    ///   - sender: To whom returned messages go.
    ///   - recipients: Addresses without names, each once, at most 1,000.
    ///   - patience: In seconds, for everything.
    /// - Throws: `MailFailure.refused` when the server says no to the message as a whole. Recipients whom it does not
    ///   take, even all, are told in the result.
    public func send(
        messageFile: String, from sender: String, to recipients: [String], patience: Double = 300
    ) throws(MailFailure) -> SubmittedMessage {
        guard patience > 0, !recipients.isEmpty, recipients.count <= 1_000,
            Set(recipients).count == recipients.count,
            ([sender] + recipients).allSatisfy(MailAddress.canBeSent)
        else { throw .transfer(.badRequest("addresses that cannot be sent, or none")) }
        let conversation = Conversation()
        var departures: Departures?
        do throws(TransferFailure) {
            let message = try Departures(path: messageFile)
            departures = message
            try transmit(message, sender, recipients, patience, conversation)
        } catch {
            return try outcome(of: error, recipients, conversation, isHandedOver: departures?.isAtEnd == true)
        }
        return Self.outcome(recipients, conversation, conversation.content)
    }

    private func transmit(
        _ message: Departures, _ sender: String, _ recipients: [String], _ patience: Double,
        _ conversation: Conversation
    ) throws(TransferFailure) {
        let mayConnectAnywhere = try settings.judge(server.place)
        let arrivals = Arrivals(limit: 0, mayConnectAnywhere: mayConnectAnywhere)
        try pool.with { (handle) throws(TransferFailure) in
            try server.prepare(
                handle, scheme: "smtp", methods: "AUTH=PLAIN;AUTH=LOGIN", settings,
                milliseconds: max(1, Int(min(patience, 86_400) * 1_000)))
            handle.set(CURLOPT_MAIL_FROM, "<\(sender)>")
            handle.set(CURLOPT_MAIL_RCPT, lines: recipients.map { "<\($0)>" })
            handle.allowRefusedRecipients()
            handle.record(conversation)
            try handle.perform(sending: message, into: arrivals)
        }
    }

    private func outcome(
        of failure: TransferFailure, _ recipients: [String], _ conversation: Conversation, isHandedOver: Bool
    ) throws(MailFailure) -> SubmittedMessage {
        let answers = conversation.recipients
        if let (step, answer) = conversation.refusal {
            // One who closes the door for all closes it with 421 (RFC 5321, 3.8), also in the middle of the list.
            let isForAll = step != .recipient || answers.count < recipients.count || answer.code == 421
            guard !isForAll, answers.allSatisfy({ ($0.code ?? 0) >= 400 }) else {
                throw .refused(step, answer)
            }
            return Self.outcome(recipients, conversation, nil)
        }
        throw isHandedOver && !answers.isEmpty ? .unanswered(failure) : .transfer(failure)
    }

    private static func outcome(
        _ recipients: [String], _ conversation: Conversation, _ answer: MailAnswer?
    ) -> SubmittedMessage {
        var message = SubmittedMessage(taken: [], refused: [], answer: answer)
        for (address, answer) in zip(recipients, conversation.recipients) {
            if let code = answer.code, code >= 300 {
                message.refused.append(RefusedRecipient(address: address, answer: answer))
            } else {
                message.taken.append(address)
            }
        }
        return message
    }
}

enum MailAddress {
    /// A plain address (RFC 5321, 4.1.2, without quotes), which cannot become a second command.
    static func canBeSent(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else {
            return false
        }
        let marks = Set("!#$%&'*+-/=?^_`{|}~.".utf8)
        let isLetter = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        return parts[0].utf8.allSatisfy { isLetter($0) || marks.contains($0) } && !parts[1].isEmpty
            && parts[1].utf8.allSatisfy { isLetter($0) || $0 == 0x2D || $0 == 0x2E }
    }
}
