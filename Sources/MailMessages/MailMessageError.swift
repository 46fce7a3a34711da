/// Why a message cannot be written or read at all. What is merely odd is a finding beside the message.
public enum MailMessageError: Error, Equatable, Sendable {
    /// The machine's own trouble with a file.
    case file(String)
}
