/// Somebody who writes or receives (RFC 5322, 3.4).
public struct MessageAddress: Sendable, Equatable, Hashable, Codable {
    /// As people know them, in any letters; may be empty.
    public var name: String
    /// `vanthu@rachgia.gov.vn`
    public var address: String

    public init(_ address: String, name: String = "") {
        self.name = name
        self.address = address
    }

    /// Whether it can stand in a header without becoming something else.
    var isPlain: Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else {
            return false
        }
        return parts[0].utf8.allSatisfy { HeaderText.isAtom($0) || $0 == 0x2E } && !parts[1].isEmpty
            && parts[1].utf8.allSatisfy { HeaderText.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E }
    }
}

/// One field of a header, its words decoded.
public struct MailHeader: Sendable, Equatable, Hashable, Codable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
