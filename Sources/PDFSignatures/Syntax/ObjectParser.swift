/// Reads whole objects: arrays, dictionaries, references, and the numbered objects with their streams
/// (ISO 32000-2, 7.3.8 and 7.3.10).
struct ObjectParser {
    var lexer: Lexer
    let nesting: Int
    /// Some dictionary named a key twice: readers disagree about which one counts, so nothing signed may rest
    /// on it.
    private(set) var sawRepeatedKey = false
    /// Where the value of `/Contents` lies, in the outermost dictionary; the hole of a signature.
    private(set) var contentsRange: Range<Int>?

    init(_ bytes: FileBytes, at position: Int, end: Int, nesting: Int) {
        lexer = Lexer(bytes, at: position, end: end)
        self.nesting = nesting
    }

    mutating func object(depth: Int = 0) throws(PDFError) -> PDFObject {
        guard depth <= nesting else { throw .overLimit("nesting") }
        lexer.skipSpace()
        guard let byte = lexer.current else { throw .damaged("object cut off at \(lexer.position)") }
        switch byte {
        case 0x2F:
            if let name = lexer.name() { return .name(name) }
        case 0x28:
            if let text = lexer.literalString() { return .string(text) }
        case 0x3C:
            if lexer.peek(1) == 0x3C { return .dictionary(try dictionary(depth: depth)) }
            if let text = lexer.hexString() { return .string(text) }
        case 0x5B:
            return .array(try array(depth: depth))
        case 0x30...0x39, 0x2B, 0x2D, 0x2E:
            if let number = numberOrReference() { return number }
        default:
            if lexer.take("null") { return .null }
            if lexer.take("true") { return .boolean(true) }
            if lexer.take("false") { return .boolean(false) }
        }
        throw .damaged("no object at \(lexer.position)")
    }

    private mutating func numberOrReference() -> PDFObject? {
        guard let first = lexer.number() else { return nil }
        guard case .integer(let number) = first, number >= 0 else { return first }
        let after = lexer.position
        lexer.skipSpace()
        if let byte = lexer.current, Lexer.isDigit(byte), let generation = lexer.unsignedInteger() {
            lexer.skipSpace()
            if lexer.take("R") { return .reference(PDFReference(number: number, generation: generation)) }
        }
        lexer.position = after
        return first
    }

    private mutating func array(depth: Int) throws(PDFError) -> [PDFObject] {
        lexer.position += 1
        var items: [PDFObject] = []
        while true {
            lexer.skipSpace()
            if lexer.current == 0x5D {
                lexer.position += 1
                return items
            }
            items.append(try object(depth: depth + 1))
        }
    }

    private mutating func dictionary(depth: Int) throws(PDFError) -> PDFDictionary {
        lexer.position += 2
        var entries: PDFDictionary = [:]
        while true {
            lexer.skipSpace()
            if lexer.current == 0x3E, lexer.peek(1) == 0x3E {
                lexer.position += 2
                return entries
            }
            guard let key = lexer.name() else { throw .damaged("no key at \(lexer.position)") }
            lexer.skipSpace()
            let start = lexer.position
            let value = try object(depth: depth + 1)
            if depth == 0, key == "Contents" { contentsRange = start..<lexer.position }
            if entries.updateValue(value, forKey: key) != nil { sawRepeatedKey = true }
        }
    }

    /// `12 0 obj … endobj`. The length of a stream may stand in another object, which the caller looks up.
    mutating func numberedObject(
        length: (PDFObject) -> Int?
    ) throws(PDFError) -> (reference: PDFReference, object: PDFObject) {
        lexer.skipSpace()
        guard let number = lexer.unsignedInteger() else {
            throw .damaged("no object number at \(lexer.position)")
        }
        lexer.skipSpace()
        guard let generation = lexer.unsignedInteger() else {
            throw .damaged("no generation at \(lexer.position)")
        }
        lexer.skipSpace()
        guard lexer.take("obj") else { throw .damaged("no obj at \(lexer.position)") }
        let reference = PDFReference(number: number, generation: generation)
        lexer.skipSpace()
        if lexer.take("endobj") { return (reference, .null) }
        let value = try object()
        guard case .dictionary(let dictionary) = value else { return (reference, value) }
        lexer.skipSpace()
        guard lexer.take("stream") else { return (reference, value) }
        if lexer.current == 0x0D { lexer.position += 1 }
        if lexer.current == 0x0A { lexer.position += 1 }
        let range = try streamRange(declared: dictionary["Length"].flatMap(length))
        return (reference, .stream(PDFStream(dictionary: dictionary, raw: lexer.bytes[range])))
    }

    private mutating func streamRange(declared: Int?) throws(PDFError) -> Range<Int> {
        let start = min(lexer.position, lexer.end)
        if let declared, declared >= 0, declared <= lexer.end - start {
            lexer.position = start + declared
            lexer.skipSpace()
            if lexer.take("endstream") || lexer.take("endobj") { return start..<(start + declared) }
        }
        guard let stop = lexer.bytes.firstRange(of: "endstream", from: start, to: lexer.end) else {
            throw .damaged("stream without end at \(start)")
        }
        lexer.position = stop
        var last = stop
        if last > start, lexer.bytes[last - 1] == 0x0A { last -= 1 }
        if last > start, lexer.bytes[last - 1] == 0x0D { last -= 1 }
        return start..<last
    }
}
