import Foundation

/// A message to be written.
public struct OutgoingMessage: Sendable, Equatable {
    /// Without brackets, the same for every attempt to send: `54.2026@rachgia.gov.vn`.
    public var messageID: String
    public var from: MessageAddress
    public var replyTo: [MessageAddress] = []
    public var to: [MessageAddress]
    public var cc: [MessageAddress] = []
    public var subject: String
    public var date: Date
    /// Of `date` as it is written, in seconds east of Greenwich.
    public var timeZone = 7 * 3_600
    /// Message-IDs without brackets.
    public var inReplyTo: [String] = []
    public var references: [String] = []
    /// `X-…` and `Auto-Submitted`.
    public var headers: [MailHeader] = []
    /// Plain text, lines of any length.
    public var text: String
    public var attachments: [OutgoingAttachment] = []

    public init(
        messageID: String, from: MessageAddress, to: [MessageAddress], subject: String, date: Date,
        text: String
    ) {
        self.messageID = messageID
        self.from = from
        self.to = to
        self.subject = subject
        self.date = date
        self.text = text
    }
}

public struct OutgoingAttachment: Sendable, Equatable {
    /// Where its bytes are.
    public var path: String
    /// What the receiver sees, in any letters.
    public var name: String
    /// `application/pdf`
    public var contentType: String

    public init(path: String, name: String, contentType: String = "application/octet-stream") {
        self.path = path
        self.name = name
        self.contentType = contentType
    }
}
