/// Writes elements with the literal prefix `edXML:`, which the parser of the national axis insists on, each on a
/// line of its own.
struct ElementWriter {
    private(set) var bytes: [UInt8] = []
    private var depth = 0
    /// Whether what cannot be written is to be named rather than to stop the writing.
    private let isTrial: Bool
    /// Elements whose text XML cannot carry, as far as a trial has come.
    private(set) var unwritable: [String] = []

    init(isTrial: Bool = false) { self.isTrial = isTrial }

    mutating func open(_ name: String, attributes: String = "", prefixed: Bool = true) {
        indent()
        bytes += "<\(prefixed ? "edXML:" : "")\(name)\(attributes)>\n".utf8
        depth += 1
    }

    mutating func close(_ name: String, prefixed: Bool = true) {
        depth -= 1
        indent()
        bytes += "</\(prefixed ? "edXML:" : "")\(name)>\n".utf8
    }

    mutating func element(_ name: String, _ text: String, prefixed: Bool = true) throws(EdXMLError) {
        let tag = (prefixed ? "edXML:" : "") + name
        indent()
        bytes += "<\(tag)>".utf8
        try append(text, in: name)
        bytes += "</\(tag)>\n".utf8
    }

    mutating func raw(_ text: String) { bytes += text.utf8 }

    /// What is written so far, to be sent on its way.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func indent() { bytes += [UInt8](repeating: 0x20, count: 2 * depth) }

    private mutating func append(_ text: String, in name: String) throws(EdXMLError) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes += "&amp;".utf8
            case 0x3C: bytes += "&lt;".utf8
            case 0x3E: bytes += "&gt;".utf8
            case 0x0D: bytes += "&#13;".utf8
            case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20: return try refuse(name)
            // U+FFFE and U+FFFF, which are no characters (XML 1.0, 2.2).
            case 0xBE...0xBF where bytes.suffix(2).elementsEqual([0xEF, 0xBF]): return try refuse(name)
            default: bytes.append(byte)
            }
        }
    }

    private mutating func refuse(_ name: String) throws(EdXMLError) {
        guard isTrial else { throw .unwritable(name) }
        unwritable.append(name)
    }
}
