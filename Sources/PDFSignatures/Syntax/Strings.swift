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
        position += 1
        var text: [UInt8] = []
        var half: UInt8?
        while let byte = current {
            position += 1
            if byte == 0x3E {
                if let high = half { text.append(high << 4) }
                return text
            }
            if Lexer.isSpace(byte) { continue }
            guard let value = Hex.value(byte) else { return nil }
            if let high = half {
                text.append(high << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        return nil
    }
}
