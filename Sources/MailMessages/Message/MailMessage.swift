import Foundation

/// What a message holds. Everything is what a stranger wrote: values to show and to judge, nothing to obey.
public struct MailMessage: Sendable, Equatable {
    /// The fields of the header in their order, each on one line.
    public var headers: [MailHeader] = []
    /// Without brackets.
    public var messageID: String?
    public var inReplyTo: [String] = []
    public var references: [String] = []
    public var from: [MessageAddress] = []
    public var replyTo: [MessageAddress] = []
    public var to: [MessageAddress] = []
    public var cc: [MessageAddress] = []
    public var subject = ""
    public var date: Date?
    /// The plain text of the message itself, lines ended with `\n`.
    public var text = ""
    /// `text` are the words of the first HTML part, since there was no plain text.
    public var isTextFromHTML = false
    /// Everything that is not plain text, in the order of the message, each in a file of its own.
    public var parts: [MailPart] = []
    /// Messages that lie within this one: forwarded, or returned.
    public var embedded: [EmbeddedMessage] = []
    /// When the message tells what became of another.
    public var report: DeliveryReport?
    public var findings: [MailFinding] = []

    public init() {}

    /// The first header of that name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

public struct MailPart: Sendable, Equatable {
    public enum Role: String, Sendable, Codable {
        /// What the sender attached.
        case attachment
        /// The text in another shape: HTML.
        case body
        /// A picture that another part shows.
        case related
    }

    public var role: Role
    /// Where it was written, under a name that the reader chose.
    public var path: String
    /// What the sender calls it: without folders, control characters and marks that turn the direction of writing, at
    /// most 150 characters; empty when there was none left.
    public var name: String
    /// In small letters, as the sender says: `application/pdf`.
    public var contentType: String
    /// Without brackets.
    public var contentID: String?
    /// In bytes.
    public var size: Int
    /// The message of `embedded` that it lies in; `nil`: the message itself.
    public var embedded: Int?
}

/// What is known of a message inside another.
public struct EmbeddedMessage: Sendable, Equatable {
    /// Without brackets.
    public var messageID: String?
    public var from: [MessageAddress]
    public var subject: String
    public var date: Date?
    public var text = ""
    /// Only its header came with it.
    public var isHeaderOnly: Bool
}
