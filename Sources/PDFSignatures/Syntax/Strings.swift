/// Literal and hexadecimal strings (ISO 32000-2, 7.3.4).
extension Lexer {
    /// Stands on the opening parenthesis.
    mutating func literalString() -> [UInt8]? {
        guard current == 0x28 else { return nil }
        position += 1
        var text: [UInt8] = []
        var open = 1
        while let byte = current {
            position += 1
            switch byte {
            case 0x28:
                open += 1
                text.append(byte)
            case 0x29:
                open -= 1
                if open == 0 { return text }
                text.append(byte)
            case 0x5C:
                escape(into: &text)
            case 0x0D:
                if current == 0x0A { position += 1 }
                text.append(0x0A)
            default:
                text.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into text: inout [UInt8]) {
        guard let byte = current else { return }
        position += 1
        switch byte {
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0C)
        case 0x0A: break
        case 0x0D: if current == 0x0A { position += 1 }
        case 0x30...0x37:
            var value = Int(byte - 0x30)
            var digits = 1
            while digits < 3, let next = current, next >= 0x30, next <= 0x37 {
                value = value * 8 + Int(next - 0x30)
                position += 1
                digits += 1
            }
            text.append(UInt8(truncatingIfNeeded: value))
        default: text.append(byte)
        }
    }

    /// Stands on the opening angle bracket.
    mutating func hexString() -> [UInt8]? {
        guard current == 0x3C else { return nil }
        let body = bytes[(position + 1)..<end]
        var text: [UInt8] = []
        let length = body.withUnsafeBytes { HexReader.read($0, into: &text) }
        guard let length else { return nil }
        position += length + 1
        return text
    }
}

/// Hexadecimal digits up to the closing bracket. The hole of a signature is mostly zeros, thousands of them,
/// so eight at a time are looked at.
enum HexReader {
    private static let zeros = UInt64(0x3030_3030_3030_3030)

    /// How many bytes were read, closing bracket included; `nil` for anything else than digits and space.
    static func read(_ source: UnsafeRawBufferPointer, into text: inout [UInt8]) -> Int? {
        var position = 0
        var half: UInt8?
        while position < source.count {
            if half == nil {
                let start = position
                while position + 8 <= source.count,
                    source.loadUnaligned(fromByteOffset: position, as: UInt64.self) == zeros
                {
                    position += 8
                }
                if position > start {
                    text.append(contentsOf: repeatElement(0, count: (position - start) / 2))
                }
                guard position < source.count else { return nil }
            }
            let byte = source[position]
            position += 1
            if let value = Hex.value(byte) {
                if let high = half {
                    text.append(high << 4 | value)
                    half = nil
                } else {
                    half = value
                }
            } else if byte == 0x3E {
                if let high = half { text.append(high << 4) }
                return position
            } else if !Lexer.isSpace(byte) {
                return nil
            }
        }
        return nil
    }
}
