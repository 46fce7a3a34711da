import Foundation

@testable import EdXML

/// Messages as bytes, right or wrong: no writer of ours has touched them.
enum Raw {
    static func read(
        _ text: String, in folder: String, limits: MessageLimits = .default
    ) throws -> MessageReader.Received {
        try MessageReader.read(Array(text.utf8), attachmentsInto: folder, limits: limits)
    }

    static func letter(_ text: String, in folder: String) throws -> (DocumentMessage, [MessageFinding]) {
        let received = try read(text, in: folder)
        guard case .document(let message) = received.message else { throw EdXMLError.notEdXML }
        return (message, received.findings)
    }

    static func message(references: String = "", attachments: String = "", header: String = "") -> String {
        """
        <edXML><edXMLEnvelope><edXMLHeader><MessageHeader><DocumentId>1</DocumentId>\(header)</MessageHeader>
        </edXMLHeader><edXMLBody><edXMLManifest>\(references)</edXMLManifest></edXMLBody></edXMLEnvelope>
        <AttachmentEncoded>\(attachments)</AttachmentEncoded></edXML>
        """
    }

    static func reference(_ id: String?, _ name: String?) -> String {
        "<Reference>\(element("ContentId", id))\(element("AttachmentName", name))</Reference>"
    }

    static func attachment(_ id: String?, _ name: String?, _ encoded: String) -> String {
        "<Attachment>\(element("ContentId", id))\(element("AttachmentName", name))"
            + "<ContentTransferEncoded>\(encoded)</ContentTransferEncoded></Attachment>"
    }

    static func attachment(_ id: String?, _ name: String?, _ bytes: [UInt8]) -> String {
        attachment(id, name, Data(bytes).base64EncodedString())
    }

    /// One attachment as it should be, under this name.
    static func message(name: String, _ encoded: String) -> String {
        message(references: reference("cid:1", name), attachments: attachment("cid:1", name, encoded))
    }

    private static func element(_ name: String, _ text: String?) -> String {
        text.map { "<\(name)>\($0)</\(name)>" } ?? ""
    }
}

/// Gives bytes out in pieces of any size, as a pipe may.
struct DribblingFeed: ByteFeed {
    private var rest: ArraySlice<UInt8>
    private let size: Int

    init(_ bytes: [UInt8], size: Int = 1) {
        rest = bytes[...]
        self.size = size
    }

    mutating func next() -> [UInt8] {
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
    }
}
