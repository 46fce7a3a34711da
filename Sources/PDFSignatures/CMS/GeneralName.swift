/// A name of any kind, as extensions use it (RFC 5280, 4.2.1.6).
enum GeneralName: Sendable, Equatable {
    case email(String)
    case dns(String)
    /// A distinguished name in DER.
    case directory([UInt8])
    case uri(String)
    /// Four or sixteen bytes, twice as many in a constraint.
    case address([UInt8])
    case other(tag: UInt8, [UInt8])

    init(_ node: BERNode) throws(CMSError) {
        let text = String(decoding: node.content, as: UTF8.self)
        switch node.tag {
        case 0x81: self = .email(text)
        case 0x82: self = .dns(text)
        case 0xA4:
            guard let name = try node.children().first else { throw .malformed("directory name") }
            self = .directory(Array(name.encoded))
        case 0x86: self = .uri(text)
        case 0x87: self = .address(Array(node.content))
        default: self = .other(tag: node.tag, Array(node.content))
        }
    }

    /// Address of a web page; LDAP and other kinds cannot be asked here.
    var webAddress: String? {
        guard case .uri(let text) = self else { return nil }
        let start = text.lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://") ? text : nil
    }

    static func list(_ node: BERNode) throws(CMSError) -> [GeneralName] {
        var names: [GeneralName] = []
        for part in try node.children() { names.append(try GeneralName(part)) }
        return names
    }
}
