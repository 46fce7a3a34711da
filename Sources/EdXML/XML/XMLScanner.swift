import Glibc

/// The beginning of an element.
struct XMLStart {
    /// Without its prefix, which says nothing, because senders differ in it.
    let name: String
    /// Those that anybody asks for: the namespace, and what refers to something else.
    let attributes: [String: String]
    /// Bytes of the tag, with all that stood in it.
    let size: Int
}

/// What stands next in the text of a message.
enum XMLEvent {
    case start(XMLStart)
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
    /// Within a CDATA section.
    private var isInCharacters = false
    private var asides = 0
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
            if isInCharacters { return try characters() }
            guard try has(1) else { throw malformed("cut off") }
            if buffer[position] != 0x3C {
                if let text = try text() { return text }
                continue
            }
            if try starts(with: "<!--") {
                try comment()
            } else if try starts(with: "<![CDATA[") {
                try countAside()
                advance(to: position + 9)
                isInCharacters = true
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
                try comment()
            } else {
                findings.note(.bytesAfterEnd)
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
            findings.note(.byteOrderMark)
        }
        // Counted, not remembered by their place: fetching more moves what is in hand.
        var skipped = 0
        var isStray = false
        while try has(1), buffer[position] != 0x3C {
            guard skipped <= 4_096 else { throw .notEdXML }
            if buffer[position] == 0x0A { line += 1 }
            if !XMLText.isSpace(buffer[position]) { isStray = true }
            position += 1
            skipped += 1
        }
        if isStray { findings.note(.bytesBeforeDeclaration) }
    }

    /// They cost a reader time and say nothing.
    private mutating func countAside() throws(EdXMLError) {
        asides += 1
        guard asides <= limits.asides else { throw .overLimit("comments and instructions") }
    }

    private mutating func instruction() throws(EdXMLError) {
        try countAside()
        var found = firstPlace(of: [0x3F, 0x3E])
        while found == nil {
            guard buffer.count - position <= limits.tag else { throw .overLimit("tag") }
            guard try refill() else { throw malformed("cut off") }
            found = firstPlace(of: [0x3F, 0x3E])
        }
        guard let end = found else { return }
        // What could be read so far as single bytes is no UTF-16, whatever is written here: the bytes are believed.
        let content = String(decoding: buffer[position..<end], as: UTF8.self).lowercased()
        if content.hasPrefix("<?xml "), let range = content.firstRange(of: "encoding") {
            let name = content[range.upperBound...].drop { "= \t\r\n\"'".contains($0) }
                .prefix { !"\"' ?".contains($0) }
            guard ["utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf16"].contains(name) else {
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
        var count = 1
        while try has(count + 1), count <= 16, XMLText.isOfReference(buffer[position + count]) { count += 1 }
        guard try has(count + 1), count > 1, buffer[position + count] == 0x3B else { throw malformed("&") }
        let name = String(decoding: buffer[(position + 1)..<(position + count)], as: UTF8.self)
        guard let value = XMLText.resolve(name) else { throw .forbidden("entity \(name)") }
        advance(to: position + count + 1)
        return value
    }

    private mutating func characters() throws(EdXMLError) -> XMLEvent {
        let (piece, isLast) = try piece(before: [0x5D, 0x5D, 0x3E])
        isInCharacters = !isLast
        return .text(piece)
    }

    private mutating func comment() throws(EdXMLError) {
        try countAside()
        advance(to: position + 4)
        while try !piece(before: [0x2D, 0x2D, 0x3E]).isLast {}
    }

    /// What stands before the mark, as much of it as is in hand; with the last piece the mark is stepped over.
    private mutating func piece(before mark: [UInt8]) throws(EdXMLError) -> (ArraySlice<UInt8>, isLast: Bool)
    {
        while true {
            if let end = firstPlace(of: mark) {
                let piece = buffer[position..<end]
                advance(to: end + mark.count)
                return (piece, true)
            }
            // The last bytes in hand may be the mark's first.
            let end = buffer.count - (mark.count - 1)
            if end > position {
                let piece = buffer[position..<end]
                advance(to: end)
                return (piece, false)
            }
            guard try refill() else { throw malformed("cut off") }
        }
    }

    /// In what is in hand, from the position on.
    private func firstPlace(of mark: [UInt8]) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let first = mark.first else { return nil }
            var place = position
            while bytes.count - place >= mark.count,
                let found = memchr(base + place, Int32(first), bytes.count - place - mark.count + 1)
            {
                place = UnsafeRawPointer(found) - base
                if mark.indices.allSatisfy({ bytes[place + $0] == mark[$0] }) { return place }
                place += 1
            }
            return nil
        }
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
        guard XMLText.isName(name[...]) else { throw malformed("a tag without a name") }
        guard open.count < limits.nesting else { throw .overLimit("nesting") }
        open.append(name)
        hasRoot = true
        let size = content.count
        return .start(
            XMLStart(
                name: XMLText.localName(name[...]), attributes: try attributes(content.dropFirst(name.count)),
                size: size))
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

    private mutating func attributes(_ bytes: ArraySlice<UInt8>) throws(EdXMLError) -> [String: String] {
        var rest = bytes.drop(while: XMLText.isSpace)
        var found: [String: String] = [:]
        while !rest.isEmpty {
            let name = rest.prefix { $0 != 0x3D && !XMLText.isSpace($0) }
            guard XMLText.isName(name) else { throw malformed("attribute") }
            rest = rest.dropFirst(name.count).drop(while: XMLText.isSpace)
            guard rest.popFirst() == 0x3D else { throw malformed("attribute without a value") }
            rest = rest.drop(while: XMLText.isSpace)
            guard let quote = rest.popFirst(), quote == 0x22 || quote == 0x27,
                let end = rest.firstIndex(of: quote)
            else { throw malformed("attribute without quotes") }
            let bytes = try unescaped(rest[..<end])
            if Self.isAskedFor(name) {
                let key = String(decoding: name, as: UTF8.self)
                let (value, isSound) = XMLText.text(bytes)
                if !isSound { findings.note(.badCharacters, key) }
                found[key] = value
            }
            rest = rest[(end + 1)...].drop(while: XMLText.isSpace)
        }
        return found
    }

    private static func isAskedFor(_ name: ArraySlice<UInt8>) -> Bool {
        name.elementsEqual("xmlns".utf8) || name.suffix(4).elementsEqual("href".utf8)
    }

    private func unescaped(_ bytes: ArraySlice<UInt8>) throws(EdXMLError) -> ArraySlice<UInt8> {
        guard bytes.contains(0x26) else { return bytes }
        var output: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == 0x26 else {
                output.append(byte)
                continue
            }
            let bytes = rest.prefix(16).prefix(while: XMLText.isOfReference)
            rest = rest.dropFirst(bytes.count)
            guard !bytes.isEmpty, rest.popFirst() == 0x3B else { throw malformed("&") }
            let name = String(decoding: bytes, as: UTF8.self)
            guard let value = XMLText.resolve(name) else { throw .forbidden("entity \(name)") }
            output += value
        }
        return output[...]
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

    private mutating func advance(to place: Int) {
        line += buffer.withUnsafeBytes { bytes in Self.lineBreaks(bytes[position..<place]) }
        position = place
    }

    private static func lineBreaks(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        var rest = UnsafeRawBufferPointer(rebasing: bytes)
        var count = 0
        while let start = rest.baseAddress, let found = memchr(start, 0x0A, rest.count) {
            count += 1
            rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - start + 1)...])
        }
        return count
    }

    private func malformed(_ what: String) -> EdXMLError { .malformed(line: line, what) }
}
