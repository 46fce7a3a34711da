/// The smallest pieces of PDF syntax (ISO 32000-2, 7.2): white space, comments, numbers, names, strings. It
/// reads from a window of the file's bytes, never beyond it, and checks every index.
struct Lexer {
    let bytes: FileBytes
    let end: Int
    var position: Int

    init(_ bytes: FileBytes, at position: Int, end: Int? = nil) {
        self.bytes = bytes
        self.end = min(max(end ?? bytes.endIndex, 0), bytes.endIndex)
        self.position = max(position, bytes.startIndex)
    }

    var current: UInt8? { position < end ? bytes[position] : nil }

    func peek(_ distance: Int) -> UInt8? {
        let index = position + distance
        return index >= 0 && index < end ? bytes[index] : nil
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0x00
    }

    static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F, 0x25: true
        default: false
        }
    }

    static func isRegular(_ byte: UInt8) -> Bool { !isSpace(byte) && !isDelimiter(byte) }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    mutating func skipSpace() {
        while position < end {
            let byte = bytes[position]
            if Lexer.isSpace(byte) {
                position += 1
            } else if byte == 0x25 {
                while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
            } else {
                return
            }
        }
    }

    /// Takes the word if it stands here, whole.
    mutating func take(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= end else { return false }
        let start = word.utf8Start
        for index in 0..<count where bytes[position + index] != start[index] { return false }
        if let next = peek(count), let last = peek(count - 1), Lexer.isRegular(last), Lexer.isRegular(next) {
            return false
        }
        position += count
        return true
    }

    /// Digits only, no sign; at most eighteen of them.
    mutating func unsignedInteger() -> Int? {
        var value = 0
        var digits = 0
        while position < end, Lexer.isDigit(bytes[position]) {
            digits += 1
            guard digits <= 18 else { return nil }
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return digits > 0 ? value : nil
    }

    mutating func number() -> PDFObject? {
        let start = position
        var digits = 0
        var dots = 0
        while position < end {
            let byte = bytes[position]
            if Lexer.isDigit(byte) {
                digits += 1
            } else if byte == 0x2E {
                dots += 1
            } else if !((byte == 0x2B || byte == 0x2D) && position == start) {
                break
            }
            position += 1
        }
        guard digits > 0, dots <= 1, position - start <= 60 else { return nil }
        if let next = current, Lexer.isRegular(next) { return nil }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if dots == 0, let value = Int(text) { return .integer(value) }
        guard let value = Double(padded(text)) else { return nil }
        return .real(value, text: text)
    }

    /// PDF writes `-.5` and `4.`, which Swift does not read.
    private func padded(_ text: String) -> String {
        var sign = ""
        var rest = text[...]
        if let first = rest.first, first == "-" || first == "+" {
            sign = String(first)
            rest = rest.dropFirst()
        }
        return sign + "0" + rest + (rest.hasSuffix(".") ? "0" : "")
    }

    /// Stands on the solidus.
    mutating func name() -> String? {
        guard current == 0x2F else { return nil }
        position += 1
        var written: [UInt8] = []
        while position < end, Lexer.isRegular(bytes[position]) {
            var byte = bytes[position]
            if byte == 0x23, let high = peek(1).flatMap(Hex.value), let low = peek(2).flatMap(Hex.value) {
                byte = high << 4 | low
                position += 2
            }
            position += 1
            if byte >= 0x21, byte <= 0x7E, byte != 0x23 {
                written.append(byte)
            } else {
                written += [0x23, Hex.digit(byte >> 4), Hex.digit(byte & 15)]
            }
            guard written.count <= 1_024 else { return nil }
        }
        return String(decoding: written, as: UTF8.self)
    }
}

enum Hex {
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.underestimatedCount)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return text
    }
}
