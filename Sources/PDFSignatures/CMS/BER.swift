/// Reads ASN.1 as it comes in from outside: BER with definite or indefinite lengths (ITU-T X.690, 8.1),
/// keeping the original bytes of every part, because signatures and digests are over those bytes and no
/// others.

enum CMSError: Error, Equatable {
    case malformed(String)
    case unsupported(String)

    var detail: String {
        switch self {
        case .malformed(let detail), .unsupported(let detail): detail
        }
    }
}

struct BERNode {
    /// First identifier octet with its class and form; the number for short tags is its low five bits.
    let tag: UInt8
    let content: ArraySlice<UInt8>
    /// Header, content and, where the length was indefinite, the end mark.
    let encoded: ArraySlice<UInt8>
    let isIndefinite: Bool

    var isConstructed: Bool { tag & 0x20 != 0 }

    static let depthLimit = 40

    /// The first value in the bytes; what follows it is left alone.
    static func first(in bytes: ArraySlice<UInt8>, depth: Int = 0) throws(CMSError) -> BERNode {
        guard depth <= depthLimit else { throw .malformed("nesting") }
        var position = bytes.startIndex
        func next() throws(CMSError) -> UInt8 {
            guard position < bytes.endIndex else { throw .malformed("cut off") }
            defer { position += 1 }
            return bytes[position]
        }
        let tag = try next()
        guard tag & 0x1F != 0x1F else { throw .unsupported("long tag") }
        let lengthByte = try next()
        if lengthByte == 0x80 {
            guard tag & 0x20 != 0 else { throw .malformed("indefinite primitive") }
            return try indefinite(bytes, tag: tag, from: position, depth: depth)
        }
        var length = Int(lengthByte)
        if lengthByte > 0x80 {
            guard lengthByte <= 0x84 else { throw .malformed("length") }
            length = 0
            for _ in 0..<(lengthByte & 0x7F) { length = length << 8 | Int(try next()) }
        }
        guard length <= bytes.endIndex - position else { throw .malformed("cut off") }
        let end = position + length
        return BERNode(
            tag: tag, content: bytes[position..<end], encoded: bytes[bytes.startIndex..<end],
            isIndefinite: false)
    }

    private static func indefinite(
        _ bytes: ArraySlice<UInt8>, tag: UInt8, from start: Int, depth: Int
    ) throws(CMSError) -> BERNode {
        var position = start
        while true {
            guard bytes.endIndex - position >= 2 else { throw .malformed("cut off") }
            if bytes[position] == 0, bytes[position + 1] == 0 { break }
            position = try first(in: bytes[position...], depth: depth + 1).encoded.endIndex
        }
        return BERNode(
            tag: tag, content: bytes[start..<position], encoded: bytes[bytes.startIndex..<(position + 2)],
            isIndefinite: true)
    }

    func children() throws(CMSError) -> [BERNode] {
        guard isConstructed else { throw .malformed("no parts") }
        var parts: [BERNode] = []
        var rest = content
        while !rest.isEmpty {
            let part = try BERNode.first(in: rest)
            parts.append(part)
            rest = rest[part.encoded.endIndex...]
            guard parts.count <= 10_000 else { throw .malformed("too many parts") }
        }
        return parts
    }

    func expect(_ wanted: UInt8, _ what: String) throws(CMSError) -> BERNode {
        guard tag == wanted else { throw .malformed(what) }
        return self
    }

    /// An octet string, whole or in pieces.
    func octets(depth: Int = 0) throws(CMSError) -> [UInt8] {
        guard depth <= BERNode.depthLimit else { throw .malformed("nesting") }
        guard isConstructed else { return Array(content) }
        var bytes: [UInt8] = []
        for part in try children() { bytes += try part.octets(depth: depth + 1) }
        return bytes
    }

    /// The dotted form of an object identifier.
    func objectIdentifier() throws(CMSError) -> String {
        guard tag == 0x06, let last = content.last, last & 0x80 == 0 else { throw .malformed("identifier") }
        var arcs: [UInt64] = []
        var value: UInt64 = 0
        for byte in content {
            guard value < 1 << 56 else { throw .malformed("identifier") }
            value = value << 7 | UInt64(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            if arcs.isEmpty {
                let first = min(value / 40, 2)
                arcs = [first, value - first * 40]
            } else {
                arcs.append(value)
            }
            value = 0
        }
        return arcs.map(String.init).joined(separator: ".")
    }

    /// The same value with a definite length and another tag, its parts untouched.
    func encoded(as newTag: UInt8) -> [UInt8] {
        BERNode.header(newTag, count: content.count) + content
    }

    static func header(_ tag: UInt8, count: Int) -> [UInt8] {
        if count < 0x80 { return [tag, UInt8(count)] }
        var digits: [UInt8] = []
        var rest = count
        while rest > 0 {
            digits.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(digits.count)] + digits
    }
}
