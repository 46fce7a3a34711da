/// Kinds of characters and what references stand for.
enum XMLText {
    static func localName(_ name: ArraySlice<UInt8>) -> String {
        String(decoding: name.lastIndex(of: 0x3A).map { name[($0 + 1)...] } ?? name, as: UTF8.self)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    static func startsName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == 0x5F || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// What may stand between `&` and `;`.
    static func isOfReference(_ byte: UInt8) -> Bool {
        startsName(byte) || (0x30...0x39).contains(byte) || [0x23, 0x2D, 0x2E, 0x3A].contains(byte)
    }

    /// Names hold no control characters; whatever else stands in them only makes them unknown.
    static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first.map(startsName) == true && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    /// The text of these bytes. What XML has no place for (XML 1.0, 2.2) is left out, what is not UTF-8 replaced; the
    /// text is then not sound.
    static func text(_ bytes: ArraySlice<UInt8>) -> (text: String, isSound: Bool) {
        guard let bad = firstForbidden(bytes) else {
            if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
            return (String(decoding: bytes, as: UTF8.self), false)
        }
        var kept = Array(bytes[..<bad])
        for byte in bytes[bad...] {
            if isControl(byte) { continue }
            kept.append(byte)
            if byte == 0xBE || byte == 0xBF, kept.dropLast().suffix(2).elementsEqual([0xEF, 0xBF]) {
                kept.removeLast(3)
            }
        }
        return (String(decoding: kept, as: UTF8.self), false)
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && !isSpace(byte) }

    /// A control character, or the beginning of U+FFFE or U+FFFF.
    private static func firstForbidden(_ bytes: ArraySlice<UInt8>) -> Int? {
        let place = bytes.withUnsafeBufferPointer { bytes in
            bytes.indices.first { place in
                let byte = bytes[place]
                if byte < 0x20 { return isControl(byte) }
                return byte == 0xEF && place + 2 < bytes.count && bytes[place + 1] == 0xBF
                    && bytes[place + 2] >= 0xBE
            }
        }
        return place.map { bytes.startIndex + $0 }
    }

    static func resolve(_ name: String) -> [UInt8]? {
        switch name {
        case "lt": return [0x3C]
        case "gt": return [0x3E]
        case "amp": return [0x26]
        case "quot": return [0x22]
        case "apos": return [0x27]
        default: break
        }
        let number =
            name.hasPrefix("#x")
            ? UInt32(name.dropFirst(2), radix: 16)
            : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        guard let number, number == 9 || number == 10 || number == 13 || number >= 32,
            let scalar = Unicode.Scalar(number)
        else { return nil }
        return Array(String(Character(scalar)).utf8)
    }
}
