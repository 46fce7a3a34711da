/// A message of QCVN 102:2016/BTTTT (with Sửa đổi 1:2022) as a value: a document on its way, or a status that comes
/// back. Every field holds what the message says, as text and unjudged; `MessageCheck` tells what is wrong with it.
public enum EdXMLMessage: Sendable, Equatable {
    case document(DocumentMessage)
    case status(StatusMessage)

    public static let namespace = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
}

extension EdXMLMessage: Codable {
    private enum CodingKeys: String, CodingKey { case document, status }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let document = try container.decodeIfPresent(DocumentMessage.self, forKey: .document) {
            self = .document(document)
        } else {
            self = .status(try container.decode(StatusMessage.self, forKey: .status))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .document(let message): try container.encode(message, forKey: .document)
        case .status(let message): try container.encode(message, forKey: .status)
        }
    }
}

/// A document on its way (`messagetype=edoc`): new, recalled, updated or replacing another.
public struct DocumentMessage: Codable, Sendable, Equatable {
    public var header = DocumentHeader()
    public var trace = TraceHeaderList()
    public var attachments: [Attachment] = []

    public init() {}
}

/// A status that comes back (`messagetype=status`; Quyết định 28/2018/QĐ-TTg).
public struct StatusMessage: Codable, Sendable, Equatable {
    public var from = Organization()
    public var responseFor = ResponseFor()
    public var staff: StaffContact?
    /// Two digits, `01` to `16`.
    public var statusCode: String?
    /// The reason of 02, 13 and 16.
    public var description: String?
    /// `yyyy/MM/dd HH:mm:ss`, office time.
    public var timestamp: String?

    public init() {}
}

/// One file that travels with the document.
public struct Attachment: Codable, Sendable, Equatable {
    /// `cid:209` or a bare UUID; what ties the file to its line in the manifest.
    public var contentID: String?
    public var name: String?
    public var contentType: String?
    public var description: String?
    /// Where its bytes are: read from there when writing, put there when reading. `nil` when only the manifest
    /// speaks of it.
    public var file: String?
    /// In bytes, unpacked.
    public var size: Int?
    /// What was wrong with its bytes when they came. There is no file then: nothing that is not whole is passed on.
    public var fault: AttachmentFault?

    public init(
        contentID: String? = nil, name: String? = nil, contentType: String? = nil, description: String? = nil,
        file: String? = nil, size: Int? = nil
    ) {
        self.contentID = contentID
        self.name = name
        self.contentType = contentType
        self.description = description
        self.file = file
        self.size = size
    }
}
