// Other letters than ASCII in headers: `=?UTF-8?B?…?=` (RFC 2047). Writers cut them in the middle of letters, forget the
// blank between two, or use none of it and write the bytes as they are; all that is read.

enum EncodedWords {
    private struct Word {
        let charset: String
        let bytes: [UInt8]
    }

    /// The text of a field.
    ///
    /// - Parameter report: Told the charsets that could not be read as they say.
    static func decode(_ bytes: some Collection<UInt8>, _ report: (String) -> Void = { _ in }) -> String {
        let bytes = Array(bytes)
        var text = "", plain: [UInt8] = [], words: [Word] = []
        func flushWords() {
            guard let first = words.first else { return }
            text += decode(words.flatMap(\.bytes), first.charset, report)
            words = []
        }
        func flushPlain() {
            // The blanks between two words are theirs, not the text's.
            if !words.isEmpty, plain.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                plain = []
                return
            }
            flushWords()
            text += Charset.guess(plain)
            plain = []
        }
        var place = 0
        while place < bytes.count {
            guard bytes[place] == 0x3D, let (word, next) = word(in: bytes, at: place) else {
                if !words.isEmpty, bytes[place] != 0x20, bytes[place] != 0x09 {
                    flushWords()
                }
                plain.append(bytes[place])
                place += 1
                continue
            }
            if words.isEmpty { text += Charset.guess(plain); plain = [] } else { flushPlain() }
            if let last = words.last, last.charset.lowercased() != word.charset.lowercased() { flushWords() }
            words.append(word)
            place = next
        }
        flushWords()
        return text + Charset.guess(plain)
    }

    private static func decode(_ bytes: [UInt8], _ name: String, _ report: (String) -> Void) -> String {
        guard let charset = Charset(name) else {
            report(name)
            return Charset.guess(bytes)
        }
        let (text, isExact) = charset.decode(bytes)
        if !isExact { report(name) }
        return text
    }

    /// A word that begins here, and where it ends.
    private static func word(in bytes: [UInt8], at start: Int) -> (Word, Int)? {
        guard start + 1 < bytes.count, bytes[start + 1] == 0x3F,
            let afterCharset = mark(in: bytes, from: start + 2, within: 80),
            afterCharset + 2 < bytes.count, bytes[afterCharset + 2] == 0x3F
        else { return nil }
        let begin = afterCharset + 3
        var end = begin
        // The text itself has no question mark.
        while end < bytes.count, bytes[end] != 0x3F, end - begin < 2_000 { end += 1 }
        guard end + 1 < bytes.count, bytes[end] == 0x3F, bytes[end + 1] == 0x3D else { return nil }
        let name = bytes[(start + 2)..<afterCharset].prefix { $0 != 0x2A }
        let content = bytes[begin..<end]
        let decoded: [UInt8]
        switch bytes[afterCharset + 1] {
        case 0x42, 0x62:
            var decoder = Base64Decoder()
            decoded = decoder.decode(content)
        case 0x51, 0x71: decoded = quoted(content)
        default: return nil
        }
        return (Word(charset: String(decoding: name, as: UTF8.self), bytes: decoded), end + 2)
    }

    /// The next question mark after at least one token character.
    private static func mark(in bytes: [UInt8], from start: Int, within limit: Int) -> Int? {
        var place = start
        while place < bytes.count, place - start <= limit {
            if bytes[place] == 0x3F { return place > start ? place : nil }
            guard HeaderText.isToken(bytes[place]) else { return nil }
            place += 1
        }
        return nil
    }

    private static func quoted(_ content: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var rest = content
        while let byte = rest.popFirst() {
            if byte == 0x5F {
                output.append(0x20)
            } else if byte == 0x3D, let value = Hexadecimal.value(rest.prefix(2)) {
                output.append(value)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return output
    }
}

enum Hexadecimal {
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Of exactly two digits.
    static func value(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, let first = digits.first.flatMap(digit),
            let second = digits.last.flatMap(digit)
        else { return nil }
        return first << 4 | second
    }

    static let capitals = Array("0123456789ABCDEF".utf8)
}
