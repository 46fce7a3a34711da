/// Texts on their way: what may stand in a header, and how it is written in JSON, in an address, in hex.
enum Wire {
    /// Not empty, not too long, no control characters, no spaces at its ends (which HTTP would take off).
    static func isSendable(_ text: String, atMost limit: Int) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            text.utf8.count <= limit, !first.properties.isWhitespace, !last.properties.isWhitespace
        else { return false }
        return !text.unicodeScalars.contains(where: isControl)
    }

    /// Identifiers are letters, digits and points by rule; on the wire they are any visible ASCII.
    static func isIdentifier(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Control characters, line separators and those that turn the direction of writing.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// A partner's words for people to read.
    static func words(_ text: String, atMost limit: Int) -> String {
        if isClean(text, atMost: limit) { return text }
        var result = String.UnicodeScalarView()
        var isSpaced = true
        for scalar in text.unicodeScalars.prefix(8 * limit) {
            let isSpace = isControl(scalar) || scalar.properties.isWhitespace
            if isSpace, isSpaced { continue }
            result.append(isSpace ? " " : scalar)
            isSpaced = isSpace
        }
        let line = String(result)
        let short = line.count > limit ? String(line.prefix(limit)) + "…" : line
        return short.hasSuffix(" ") ? String(short.dropLast()) : short
    }

    /// Whether nothing needs to be done to it, as with nearly all of 120,000 names.
    private static func isClean(_ text: String, atMost limit: Int) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count <= limit, bytes.first != 0x20, bytes.last != 0x20 else { return false }
            var before: UInt8 = 0
            for byte in bytes {
                // 0xC2, 0xE1 0x9A, 0xE2, 0xE3 and 0xEF begin what may be a control character or a space.
                switch byte {
                case 0..<0x20, 0x7F, 0xC2, 0xE2, 0xE3, 0xEF: return false
                case 0x9A where before == 0xE1: return false
                case 0x20 where before == 0x20: return false
                default: before = byte
                }
            }
            return true
        }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// Each byte in as few digits as it needs: 0x0A is `a`. This is what the axis compares with (`hash-file`).
    static func hexWithoutZeros(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0, radix: 16) }.joined()
    }

    /// In ASCII, so that it can stand in a header.
    static func json(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x20..<0x7F: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }

    static func json(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(json($0.0)):\(json($0.1))" }.joined(separator: ",") + "}"
    }

    static func json(_ texts: [String]) -> String {
        "[" + texts.map { json($0) }.joined(separator: ",") + "]"
    }

    /// For a value in a query (RFC 3986).
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                String(Unicode.Scalar(byte))
            default: "%" + hex([byte]).uppercased()
            }
        }.joined()
    }
}
