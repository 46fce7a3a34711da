/// What an office says to a document axis (trục liên thông văn bản) and hears from it, whichever axis it is: the
/// national one or a province's. A call waits for its answer on the thread that makes it, keeps nothing for the next
/// one, and may be repeated after every failure: an axis may then have the same message twice, which its receivers
/// must tell by what the message says.
public protocol AxisLink: Sendable {
    /// Hands over one message.
    ///
    /// - Parameters:
    ///   - path: An .edxml file; it is read twice, in pieces.
    ///   - from: The sender's identifier as the catalogue has it.
    ///   - to: The identifiers of those whom the axis shall give it to, each named in the message.
    /// - Returns: The axis' own name for what was sent.
    func send(file path: String, kind: AxisKind, from: String, to: [String]) throws(AxisFailure) -> AxisDocID

    /// What lies ready for this system and was not acknowledged yet. The order is the partner's and means nothing.
    func received(_ kind: AxisKind) throws(AxisFailure) -> AxisInbox

    /// Brings one message into a file, which stands there only when it is whole and on the disk.
    ///
    /// - Parameter path: A place of the caller's; beside it, names beginning with it are used meanwhile.
    func fetch(_ id: AxisDocID, into path: String) throws(AxisFailure)

    /// Tells the axis how the transport of a message ended here. After `.done` or `.fail` it is not listed again.
    func acknowledge(_ id: AxisDocID, _ outcome: AxisOutcome) throws(AxisFailure)
}

/// An axis that also has the catalogue of agencies.
public protocol AxisDirectory: Sendable {
    func agencies(_ form: AgencyForm) throws(AxisFailure) -> AxisCatalogue
}

/// `messagetype`: a document on its way, or a status that comes back.
public enum AxisKind: String, Sendable, CaseIterable {
    case document = "edoc"
    case status
}

/// `status` of `updateStatus`: about the transport only, not about the document.
public enum AxisOutcome: String, Sendable, CaseIterable {
    case processing, done, fail
}

/// The axis' name for a message: opaque, and never a name of a file.
public struct AxisDocID: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// - Returns: `nil` for what cannot stand in a header: nothing, more than 255 bytes, control characters,
    ///   spaces at an end.
    public init?(_ text: String) {
        guard Wire.isSendable(text, atMost: 255) else { return nil }
        self.text = text
    }

    public var description: String { text }
}

/// A line of the list of what lies ready.
public struct AxisEntry: Sendable, Equatable {
    public var docID: AxisDocID
    public var kind: AxisKind
    /// Identifiers as the partner wrote them.
    public var from: String?
    public var to: String?
    /// Times, unread: their form is the partner's.
    public var createdAt: String?
    public var updatedAt: String?
    public var status: String?
    public var statusWords: String?
}

public struct AxisInbox: Sendable, Equatable {
    /// In the partner's order, each message as often as he listed it.
    public var entries: [AxisEntry]
    /// How many lines had no name that a message could be fetched by.
    public var unreadable: Int
}

/// Which catalogue is asked for.
public enum AgencyForm: String, Sendable, CaseIterable {
    /// Identifiers as they are in use, with their forerunners.
    case current = "getAgenciesList"
    /// Identifiers of Quyết định 20/2020/QĐ-TTg beside those of QCVN 102.
    case qd20 = "getAgenciesListQD20"
}

/// An agency of the catalogue. Names are cut to 500 characters and have no control characters.
public struct AxisAgency: Sendable, Equatable {
    public var id: String?
    /// The `id` of the agency above.
    public var parentID: String?
    public var code: String
    public var name: String
    public var mail: String?
    /// The identifier that `code` took the place of.
    public var oldCode: String?
    /// The identifier in the form of QCVN 102.
    public var code102: String?

    public init(
        id: String? = nil, parentID: String? = nil, code: String, name: String, mail: String? = nil,
        oldCode: String? = nil, code102: String? = nil
    ) {
        self.id = id
        self.parentID = parentID
        self.code = code
        self.name = name
        self.mail = mail
        self.oldCode = oldCode
        self.code102 = code102
    }
}

public struct AxisCatalogue: Sendable, Equatable {
    public var agencies: [AxisAgency]
    /// How many lines had no identifier.
    public var unreadable: Int
}
