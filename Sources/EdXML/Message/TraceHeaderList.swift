/// Whose hands the message went through, and what it wants done.
public struct TraceHeaderList: Codable, Sendable, Equatable {
    /// One for each hop.
    public var hops: [TraceHeader] = []
    public var business: Business?

    public init() {}
}

extension TraceHeaderList: ElementValue {
    /// The doubled s is the standard's own.
    static let shape = ElementShape<TraceHeaderList>([
        .many("TraceHeader", \.hops), .optional("Bussiness", \.business),
    ])
}

public struct TraceHeader: Codable, Sendable, Equatable {
    public var organID: String?
    /// `yyyy/MM/dd HH:mm:ss`.
    public var timestamp: String?

    public init() {}

    public init(organID: String? = nil, timestamp: String? = nil) {
        self.organID = organID
        self.timestamp = timestamp
    }
}

extension TraceHeader: ElementValue {
    static let shape = ElementShape<TraceHeader>([
        .text("OrganId", \.organID), .text("Timestamp", \.timestamp),
    ])
}

/// Nghiệp vụ: gửi mới, thu hồi, cập nhật, thay thế.
public struct Business: Codable, Sendable, Equatable {
    public enum Kind: Int, Codable, Sendable, CaseIterable {
        case new = 0
        case recall = 1
        case update = 2
        case replace = 3
    }

    /// The document that is updated.
    public var documentID: String?
    public var type: String?
    public var reason: String?
    /// 1: a paper copy follows.
    public var paper: String?
    public var update: DocumentUpdate?
    public var replacements: [Replacement] = []
    public var staff: StaffContact?

    public init() {}

    /// `nil` when the message's number is none of the four.
    public var kind: Kind? { type.flatMap { Int($0) }.flatMap(Kind.init) }
}

extension Business: ElementValue {
    static let shape = ElementShape<Business>([
        .text("DocumentId", \.documentID), .text("BussinessDocType", \.type),
        .text("BussinessDocReason", \.reason),
        .text("Paper", \.paper), .optional("BussinessDocumentInfo", \.update),
        .list("ReplacementInfoList", of: "ReplacementInfo", \.replacements), .optional("StaffInfo", \.staff),
    ])
}

/// What an update changes: particulars, recipients.
public struct DocumentUpdate: Codable, Sendable, Equatable {
    public var documentInfo: String?
    public var documentReceiver: String?
    public var receivers: [UpdatedReceiver] = []

    public init() {}
}

extension DocumentUpdate: ElementValue {
    static let shape = ElementShape<DocumentUpdate>([
        .text("DocumentInfo", \.documentInfo), .text("DocumentReceiver", \.documentReceiver),
        .list("ReceiverList", of: "Receiver", \.receivers),
    ])
}

public struct UpdatedReceiver: Codable, Sendable, Equatable {
    public var organID: String?
    /// 0 taken away, 1 added.
    public var receiverType: String?

    public init() {}

    public init(organID: String? = nil, receiverType: String? = nil) {
        self.organID = organID
        self.receiverType = receiverType
    }
}

extension UpdatedReceiver: ElementValue {
    static let shape = ElementShape<UpdatedReceiver>([
        .text("OrganId", \.organID), .text("ReceiverType", \.receiverType),
    ])
}

/// A document that this one replaces, and for whom.
public struct Replacement: Codable, Sendable, Equatable {
    public var documentID: String?
    public var organIDs: [String] = []

    public init() {}

    public init(documentID: String? = nil, organIDs: [String] = []) {
        self.documentID = documentID
        self.organIDs = organIDs
    }
}

extension Replacement: ElementValue {
    static let shape = ElementShape<Replacement>([
        .text("DocumentId", \.documentID), .texts("OrganIdList", of: "OrganId", \.organIDs),
    ])
}
