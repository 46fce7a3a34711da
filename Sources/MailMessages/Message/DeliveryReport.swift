/// What a mail server says became of a message (RFC 3464).
public struct DeliveryReport: Sendable, Equatable {
    /// The message it is about, without brackets; `nil` when the report does not say.
    public var originalMessageID: String?
    /// Whether `originalMessageID` stands in the returned message itself. If not, it was concluded from what the report
    /// refers to.
    public var isFromOriginal = false
    public var recipients: [ReportedRecipient] = []

    public init() {}
}

public struct ReportedRecipient: Sendable, Equatable {
    public enum Action: String, Sendable, Codable {
        case failed, delayed, delivered, relayed, expanded
    }

    public enum Outcome: String, Sendable, Codable {
        case permanent, passing, success
    }

    /// The address that the server tried; may have been changed on the way.
    public var address: String
    /// The address that the sender wrote, when the report says so.
    public var originalAddress: String?
    /// `nil`: none of those that the standard knows.
    public var action: Action?
    /// `5.1.1` (RFC 3463); `nil` when it is none.
    public var status: String?
    /// The words of the server that said so, on one line, at most 500 characters; may be empty.
    public var diagnostic: String

    public init(
        address: String, originalAddress: String? = nil, action: Action?, status: String?,
        diagnostic: String = ""
    ) {
        self.address = address
        self.originalAddress = originalAddress
        self.action = action
        self.status = status
        self.diagnostic = diagnostic
    }

    /// A failure is for ever also when its status says otherwise: the server has given up.
    public var outcome: Outcome {
        switch action {
        case .failed: return .permanent
        case .delayed: return .passing
        case .delivered, .relayed, .expanded: return .success
        case nil: break
        }
        switch status?.first {
        case "2": return .success
        case "4": return .passing
        default: return .permanent
        }
    }
}
