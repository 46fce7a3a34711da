// The tags and texts of one part, told apart as a reader of XML 1.0 does: quotes, comments, CDATA sections, references, either
// encoding. What such a reader could not read, or could only with a document type of its own, cannot be looked through.

import Foundation

struct MarkupScan {
    enum Event {
        case start(Tag)
        /// Its name without prefix.
        case end(String)
        /// References resolved.
        case text(String)
    }

    struct Tag {
        let name: String
        let prefix: String
        let isEmpty: Bool
        fileprivate let rest: ArraySlice<UInt8>
    }

    struct Attribute {
        let name: String
        let prefix: String
        /// Without the blanks around it.
        let value: String
    }

    private let bytes: [UInt8]
    private var place = 0

    /// - Parameter content: The part as it lies in the container.
    /// - Throws: `OfficeFileError`: in an encoding that cannot be read here.
    init(_ content: [UInt8]) throws { bytes = try Self.plain(content) }

    /// Whether these first bytes may begin XML, in whatever encoding it can be read here.
    static func mayBegin(_ head: [UInt8]) -> Bool {
        let first = head.first { ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == nil || first == 0x3C
    }

    mutating func next() throws -> Event? {
        while place < bytes.count {
            guard bytes[place] == 0x3C else { return .text(try text()) }
            if starts("<!--") {
                place = try end("-->", from: place + 4)
            } else if starts("<![CDATA[") {
                let from = place + 9
                place = try end("]]>", from: from)
                return .text(String(decoding: bytes[from..<(place - 3)], as: UTF8.self))
            } else if starts("<?") {
                place = try end("?>", from: place + 2)
            } else if let event = try tag() {
                return event
            }
        }
        return nil
    }

    // MARK: Encoding

    private static func plain(_ content: [UInt8]) throws -> [UInt8] {
        var bytes = content
        if let isLittle = wide(content) {
            let units = stride(from: 0, to: content.count - 1, by: 2).map { place in
                let (first, second) = (UInt16(content[place]), UInt16(content[place + 1]))
                return isLittle ? second << 8 | first : first << 8 | second
            }
            bytes = Array(String(decoding: units, as: UTF16.self).utf8)
        } else {
            let head = String(decoding: content.prefix(300), as: UTF8.self).lowercased()
            if let declared = head.firstMatch(of: /<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/)?.1,
                !isReadable(declared)
            {
                throw unclear("encoding \(declared)")
            }
        }
        guard !bytes.contains(0) else { throw unclear("bytes that are no text") }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Whether it is UTF-16, and then whether its low bytes come first.
    private static func wide(_ content: [UInt8]) -> Bool? {
        let head = Array(content.prefix(2))
        if head == [0xFF, 0xFE] || head == [0x3C, 0] { return true }
        return head == [0xFE, 0xFF] || head == [0, 0x3C] ? false : nil
    }

    /// Where markup is written as in ASCII.
    private static func isReadable(_ encoding: Substring) -> Bool {
        ["utf-8", "utf8", "us-ascii", "ascii", "utf-16"].contains(encoding)
            || encoding.hasPrefix("iso-8859-") || encoding.hasPrefix("windows-125")
    }

    // MARK: Pieces

    private mutating func text() throws -> String {
        let from = place
        while place < bytes.count, bytes[place] != 0x3C { place += 1 }
        return try Self.resolved(bytes[from..<place])
    }

    /// Nil for a declaration, which says nothing of its own.
    private mutating func tag() throws -> Event? {
        let from = place + 1
        let isDeclaration = from < bytes.count && bytes[from] == 0x21
        var quote: UInt8 = 0
        place = from
        while place < bytes.count, quote != 0 || bytes[place] != 0x3E {
            let byte = bytes[place]
            // Entities of its own, or a tag that a reader would not take.
            if byte == 0x3C || isDeclaration && byte == 0x5B { throw Self.unclear("markup within a tag") }
            if quote == 0, byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == quote {
                quote = 0
            }
            place += 1
        }
        guard place < bytes.count else { throw Self.unclear("a tag without an end") }
        var content = bytes[from..<place]
        place += 1
        if isDeclaration { return nil }
        if content.first == 0x2F {
            return .end(Self.parts(content.dropFirst().prefix { !Self.isSpace($0) }).name)
        }
        let isEmpty = content.last == 0x2F
        if isEmpty { content.removeLast() }
        let name = content.prefix { !Self.isSpace($0) }
        let (prefix, local) = Self.parts(name)
        return .start(
            Tag(name: local, prefix: prefix, isEmpty: isEmpty, rest: content.dropFirst(name.count)))
    }

    private func starts(_ mark: StaticString) -> Bool {
        let count = mark.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        return mark.withUTF8Buffer { mark in bytes[place..<(place + count)].elementsEqual(mark) }
    }

    /// Behind the mark.
    private func end(_ mark: String, from start: Int) throws -> Int {
        let mark = Array(mark.utf8)
        var place = start
        while place + mark.count <= bytes.count {
            if bytes[place] == mark[0], bytes[place..<(place + mark.count)].elementsEqual(mark) {
                return place + mark.count
            }
            place += 1
        }
        throw Self.unclear("a section without an end")
    }

    fileprivate static func parts(_ name: ArraySlice<UInt8>) -> (prefix: String, name: String) {
        guard let colon = name.lastIndex(of: 0x3A) else { return ("", String(decoding: name, as: UTF8.self)) }
        return (
            String(decoding: name[..<colon], as: UTF8.self),
            String(decoding: name[(colon + 1)...], as: UTF8.self)
        )
    }

    fileprivate static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    fileprivate static func resolved(_ bytes: ArraySlice<UInt8>) throws -> String {
        guard bytes.contains(0x26) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = [], rest = bytes
        while let byte = rest.popFirst() {
            guard byte == 0x26 else {
                result.append(byte)
                continue
            }
            let name = String(decoding: rest.prefix { $0 != 0x3B }.prefix(40), as: UTF8.self)
            rest = rest.dropFirst(name.utf8.count)
            guard rest.popFirst() == 0x3B, let letter = reference(name) else {
                throw unclear("a reference to something else")
            }
            result += String(letter).utf8
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// XML 1.0, 4.1 and 4.6.
    private static func reference(_ name: String) -> Character? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let number =
            name.hasPrefix("#x")
            ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
        return number.flatMap(Unicode.Scalar.init).map(Character.init)
    }

    fileprivate static func unclear(_ detail: String) -> OfficeFileError {
        .failed(program: "xml", detail: detail)
    }
}

extension MarkupScan.Tag {
    func attributes() throws -> [MarkupScan.Attribute] {
        var found: [MarkupScan.Attribute] = []
        var rest = self.rest.drop(while: MarkupScan.isSpace)
        while !rest.isEmpty {
            let name = rest.prefix { $0 != 0x3D && !MarkupScan.isSpace($0) }
            rest = rest.dropFirst(name.count).drop(while: MarkupScan.isSpace)
            guard rest.popFirst() == 0x3D else { throw MarkupScan.unclear("an attribute without a value") }
            rest = rest.drop(while: MarkupScan.isSpace)
            guard let quote = rest.popFirst(), quote == 0x22 || quote == 0x27,
                let end = rest.firstIndex(of: quote)
            else { throw MarkupScan.unclear("an attribute without quotes") }
            let (prefix, local) = MarkupScan.parts(name)
            let value = try MarkupScan.resolved(rest[..<end])
            found.append(
                MarkupScan.Attribute(
                    name: local, prefix: prefix,
                    value: value.trimmingCharacters(in: .whitespacesAndNewlines)))
            rest = rest[(end + 1)...].drop(while: MarkupScan.isSpace)
        }
        return found
    }

    /// Of every attribute with this name, whatever its prefix.
    func values(_ wanted: String) throws -> [String] {
        try attributes().filter { $0.name == wanted }.map(\.value)
    }
}
