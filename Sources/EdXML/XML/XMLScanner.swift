import Glibc

/// What stands next in the text of a message.
enum XMLEvent {
    /// Local name and attributes; the prefix says nothing, because senders differ in it.
    case start(String, [String: String])
    /// A piece of text, with references resolved; one text may come in many pieces.
    case text(ArraySlice<UInt8>)
    case end
}

/// Reads XML 1.0 as messages use it, in pieces of bounded size: elements, attributes, text, CDATA. There are no
/// entities but the five that are built in, and a document type is refused before anything of it is read, so that
/// nothing can expand or be fetched. Prefixes need no declaration: some senders forget them.
struct XMLScanner<Feed: ByteFeed> {
    private var feed: Feed
    private let limits: MessageLimits
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    private var line = 1
    private var open: [[UInt8]] = []
    /// An element without content ends right after its start.
    private var endsAtOnce = false
    private var hasRoot = false
    private(set) var findings: [MessageFinding] = []

    init(_ feed: Feed, limits: MessageLimits) throws(EdXMLError) {
        self.feed = feed
        self.limits = limits
        try skipToMarkup()
    }

    /// `nil` at the end of the root element; what follows it is looked at by `finish`.
    mutating func next() throws(EdXMLError) -> XMLEvent? {
        if endsAtOnce {
            endsAtOnce = false
            open.removeLast()
            return .end
        }
        while true {
            if hasRoot, open.isEmpty { return nil }
            guard try has(1) else { throw malformed("cut off") }
            if buffer[position] != 0x3C {
                if let text = try text() { return text }
                continue
            }
            if try starts(with: "<!--") {
                try skip(past: "-->")
            } else if try starts(with: "<![CDATA[") {
                return try characters()
            } else if try starts(with: "<?") {
                try instruction()
            } else if try starts(with: "<!") {
                throw .forbidden("DOCTYPE")
            } else {
                return try tag()
            }
        }
    }

    /// Only blanks and comments belong after the root.
    mutating func finish() throws(EdXMLError) {
        while try has(1) {
            if XMLText.isSpace(buffer[position]) {
                position += 1
            } else if try starts(with: "<!--") {
                try skip(past: "-->")
            } else {
                findings.append(MessageFinding(.bytesAfterEnd))
                return
            }
        }
    }

    // MARK: The beginning

    /// Byte order mark and stray characters before the first markup are stepped over: gateways leave them there.
    private mutating func skipToMarkup() throws(EdXMLError) {
        guard try has(2) else { throw .notEdXML }
        if [[0xFE, 0xFF], [0xFF, 0xFE]].contains(Array(buffer[..<2])) { throw .forbidden("UTF-16") }
        if try has(3), Array(buffer[..<3]) == [0xEF, 0xBB, 0xBF] {
            position = 3
            findings.append(MessageFinding(.byteOrderMark))
        }
        let start = position
        while try has(1), buffer[position] != 0x3C {
            if position - start > 4_096 { throw .notEdXML }
            if buffer[position] == 0x0A { line += 1 }
            position += 1
        }
        if buffer[start..<position].contains(where: { !XMLText.isSpace($0) }) {
            findings.append(MessageFinding(.bytesBeforeDeclaration))
        }
    }

    private mutating func instruction() throws(EdXMLError) {
        let end = try find("?>", within: limits.tag)
        let content = String(decoding: buffer[position..<end], as: UTF8.self).lowercased()
        if content.hasPrefix("<?xml "), let range = content.firstRange(of: "encoding") {
            let name = content[range.upperBound...].drop { "= \t\r\n\"'".contains($0) }
                .prefix { !"\"' ?".contains($0) }
            guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(name) else {
                throw .forbidden("encoding \(name)")
            }
        }
        advance(to: end + 2)
    }

    // MARK: Text

    private mutating func text() throws(EdXMLError) -> XMLEvent? {
        if buffer[position] == 0x26 { return .text(try reference()[...]) }
        let end = firstSpecial(from: position)
        let piece = buffer[position..<end]
        advance(to: end)
        if open.isEmpty { return nil }
        return .text(piece)
    }

    /// The next `<` or `&`, or the end of what is in hand.
    private func firstSpecial(from start: Int) -> Int {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return start }
            var count = bytes.count - start
            for special: Int32 in [0x3C, 0x26] {
                if let found = memchr(base + start, special, count) {
                    count = found - (UnsafeMutableRawPointer(mutating: base) + start)
                }
            }
            return start + count
        }
    }

    private mutating func reference() throws(EdXMLError) -> [UInt8] {
        let end = try find(";", within: 16)
        let name = String(decoding: buffer[(position + 1)..<end], as: UTF8.self)
        guard let value = XMLText.resolve(name) else { throw .forbidden("entity \(name)") }
        advance(to: end + 1)
        return value
    }

    private mutating func characters() throws(EdXMLError) -> XMLEvent {
        advance(to: position + 9)
        let end = try find("]]>", within: limits.text)
        let piece = buffer[position..<end]
        advance(to: end + 3)
        return .text(piece)
    }

    // MARK: Tags

    private mutating func tag() throws(EdXMLError) -> XMLEvent {
        let end = try endOfTag()
        var content = buffer[(position + 1)..<end]
        defer { advance(to: end + 1) }
        if content.first == 0x2F {
            let name = Array(content.dropFirst().prefix { !XMLText.isSpace($0) })
            guard let expected = open.popLast(), expected == name else {
                throw malformed("</\(String(decoding: name, as: UTF8.self))>")
            }
            return .end
        }
        if content.last == 0x2F {
            endsAtOnce = true
            content.removeLast()
        }
        let name = Array(content.prefix { !XMLText.isSpace($0) })
        guard let first = name.first, XMLText.startsName(first) else {
            throw malformed("a tag without a name")
        }
        guard open.count < limits.nesting else { throw .overLimit("nesting") }
        open.append(name)
        hasRoot = true
        return .start(XMLText.localName(name[...]), try attributes(content.dropFirst(name.count)))
    }

    /// The `>` that is not inside quotes.
    private mutating func endOfTag() throws(EdXMLError) -> Int {
        var place = position + 1
        var quote: UInt8 = 0
        while true {
            if place >= buffer.count {
                let before = place - position
                guard before <= limits.tag else { throw .overLimit("tag") }
                guard try refill() else { throw malformed("cut off") }
                place = position + before
            }
            let byte = buffer[place]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x3E {
                return place
            } else if byte == 0x3C {
                throw malformed("< within a tag")
            }
            place += 1
        }
    }

    private func attributes(_ bytes: ArraySlice<UInt8>) throws(EdXMLError) -> [String: String] {
        var rest = bytes.drop(while: XMLText.isSpace)
        var found: [String: String] = [:]
        while let first = rest.first {
            guard XMLText.startsName(first) else { throw malformed("attribute") }
            let name = rest.prefix { $0 != 0x3D && !XMLText.isSpace($0) }
            rest = rest.dropFirst(name.count).drop(while: XMLText.isSpace)
            guard rest.popFirst() == 0x3D else { throw malformed("attribute without a value") }
            rest = rest.drop(while: XMLText.isSpace)
            guard let quote = rest.popFirst(), quote == 0x22 || quote == 0x27,
                let end = rest.firstIndex(of: quote)
            else { throw malformed("attribute without quotes") }
            found[String(decoding: name, as: UTF8.self)] = try Self.unescaped(rest[..<end])
            rest = rest[(end + 1)...].drop(while: XMLText.isSpace)
        }
        return found
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) throws(EdXMLError) -> String {
        guard bytes.contains(0x26) else { return String(decoding: bytes, as: UTF8.self) }
        var output: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == 0x26 else {
                output.append(byte)
                continue
            }
            let name = String(decoding: rest.prefix { $0 != 0x3B }, as: UTF8.self)
            guard let value = XMLText.resolve(name), rest.count > name.utf8.count else {
                throw .forbidden("entity \(name)")
            }
            output += value
            rest = rest.dropFirst(name.utf8.count + 1)
        }
        return String(decoding: output, as: UTF8.self)
    }

    // MARK: Bytes in hand

    /// Whether so many bytes are in hand, fetching more when they are not.
    private mutating func has(_ count: Int) throws(EdXMLError) -> Bool {
        while buffer.count - position < count {
            guard try refill() else { return false }
        }
        return true
    }

    private mutating func refill() throws(EdXMLError) -> Bool {
        guard !isAtEnd else { return false }
        let piece = try feed.next()
        if piece.isEmpty {
            isAtEnd = true
            return false
        }
        buffer = position == buffer.count ? piece : Array(buffer[position...]) + piece
        position = 0
        return true
    }

    private mutating func starts(with mark: String) throws(EdXMLError) -> Bool {
        let bytes = mark.utf8
        guard try has(bytes.count) else { return false }
        return buffer[position...].starts(with: bytes)
    }

    /// Where the mark begins, from the position on.
    private mutating func find(_ mark: String, within limit: Int) throws(EdXMLError) -> Int {
        let bytes = Array(mark.utf8)
        var place = position
        while true {
            while place + bytes.count <= buffer.count {
                if buffer[place] == bytes[0], buffer[place...].starts(with: bytes) { return place }
                place += 1
            }
            guard place - position <= limit else { throw .overLimit(mark) }
            let before = place - position
            guard try refill() else { throw malformed("cut off") }
            place = position + before
        }
    }

    /// Steps over a comment of whatever length.
    private mutating func skip(past mark: String) throws(EdXMLError) {
        advance(to: try find(mark, within: limits.text) + mark.utf8.count)
    }

    private mutating func advance(to place: Int) {
        for byte in buffer[position..<place] where byte == 0x0A { line += 1 }
        position = place
    }

    private func malformed(_ what: String) -> EdXMLError { .malformed(line: line, what) }
}

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
