import Glibc

/// Why JSON (RFC 8259) cannot be read, or what kept it from being read.
enum JSONFault: Error, Equatable {
    case notJSON
    case cutOff
    case tooDeep
    case ours(AxisFailure)
}

/// Reads JSON front to back without ever holding more of it than one piece and one text: an answer of any size and
/// any shape costs a bounded amount of memory and no recursion. Who uses it says what is expected where, and steps
/// over everything else.
final class JSONReader {
    enum Kind { case object, array, string, number, word }

    /// Bytes of a text that is kept; the rest of a longer one is dropped.
    static let textLimit = 8 << 10
    private static let nestingLimit = 64
    private let source: ByteSource
    private var piece: [UInt8] = []
    private var place = 0

    init(_ source: ByteSource) { self.source = source }

    // MARK: Values

    func kind() throws(JSONFault) -> Kind {
        switch try peekSolid() {
        case 0x7B: .object
        case 0x5B: .array
        case 0x22: .string
        case 0x2D, 0x30...0x39: .number
        case 0x74, 0x66, 0x6E: .word
        default: throw .notJSON
        }
    }

    /// - Parameter member: Takes the value that follows the name, whole.
    func object(_ member: (String) throws(JSONFault) -> Void) throws(JSONFault) {
        try take(0x7B)
        if try peekSolid() == 0x7D { return place += 1 }
        while true {
            let name = try string()
            try take(0x3A)
            try member(name)
            if try !another(closing: 0x7D) { return }
        }
    }

    /// - Parameter element: Takes the value, whole.
    func array(_ element: () throws(JSONFault) -> Void) throws(JSONFault) {
        try take(0x5B)
        if try peekSolid() == 0x5D { return place += 1 }
        while true {
            try element()
            if try !another(closing: 0x5D) { return }
        }
    }

    /// A text, a number or a word as text; `nil` for `null`, and for objects and arrays, which are stepped over.
    func text() throws(JSONFault) -> String? {
        switch try kind() {
        case .string: return try string()
        case .number, .word:
            let word = try bare()
            return word == "null" ? nil : word
        case .object, .array:
            try skip()
            return nil
        }
    }

    /// Steps over any value.
    func skip() throws(JSONFault) {
        var open: [UInt8] = []
        repeat {
            switch try peekSolid() {
            case 0x7B, 0x5B:
                guard open.count < Self.nestingLimit else { throw .tooDeep }
                open.append(piece[place] == 0x7B ? 0x7D : 0x5D)
                place += 1
            case 0x22: try stream { (_: [UInt8]) throws(JSONFault) in }
            case 0x7D, 0x5D:
                guard open.popLast() == piece[place] else { throw .notJSON }
                place += 1
            case 0x2C, 0x3A:
                guard !open.isEmpty else { throw .notJSON }
                place += 1
            default: _ = try bare()
            }
        } while !open.isEmpty
    }

    /// A string's bytes, escapes resolved, in pieces as they come.
    func stream(_ take: ([UInt8]) throws(JSONFault) -> Void) throws(JSONFault) {
        try self.take(0x22)
        while true {
            guard try fill() else { throw .cutOff }
            let (end, mark) = nextMark()
            if end > place { try take(Array(piece[place..<end])) }
            place = end
            switch mark {
            case 0x22?:
                place += 1
                return
            case 0x5C?:
                place += 1
                try take(try escape())
            case _?: throw .notJSON
            case nil: break
            }
        }
    }

    // MARK: Bytes

    private func string() throws(JSONFault) -> String {
        guard try peekSolid() == 0x22 else { throw .notJSON }
        var bytes: [UInt8] = []
        try stream { (more: [UInt8]) throws(JSONFault) in
            if bytes.count < Self.textLimit { bytes += more.prefix(Self.textLimit - bytes.count) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The place of the next quote, backslash or raw control character in this piece, or its end.
    private func nextMark() -> (Int, UInt8?) {
        piece.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return (place, nil) }
            let quote = memchr(base + place, 0x22, bytes.count - place)
                .map { base.distance(to: $0.assumingMemoryBound(to: UInt8.self)) }
            let end = quote ?? bytes.count
            let slash = memchr(base + place, 0x5C, end - place)
                .map { base.distance(to: $0.assumingMemoryBound(to: UInt8.self)) }
            let found = slash ?? end
            return (found, found < bytes.count ? bytes[found] : nil)
        }
    }

    private func escape() throws(JSONFault) -> [UInt8] {
        let letter = try nextByte()
        switch letter {
        case 0x22, 0x5C, 0x2F: return [letter]
        case 0x62: return [0x08]
        case 0x66: return [0x0C]
        case 0x6E: return [0x0A]
        case 0x72: return [0x0D]
        case 0x74: return [0x09]
        case 0x75: return Array(String(try scalar()).utf8)
        default: throw .notJSON
        }
    }

    /// After `\u`. Halves of a pair that stand alone become the replacement character.
    private func scalar() throws(JSONFault) -> Character {
        let unit = try fourDigits()
        guard (0xD800...0xDBFF).contains(unit) else {
            return Character(Unicode.Scalar(unit) ?? "\u{FFFD}")
        }
        guard try fill(), piece[place] == 0x5C else { return "\u{FFFD}" }
        place += 1
        guard try nextByte() == 0x75 else { throw .notJSON }
        let low = try fourDigits()
        guard (0xDC00...0xDFFF).contains(low) else { return "\u{FFFD}" }
        return Character(Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}")
    }

    private func fourDigits() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(try nextByte())).hexDigitValue else { throw .notJSON }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// A number or one of the three words, no longer than any of them need be.
    private func bare() throws(JSONFault) -> String {
        var bytes: [UInt8] = []
        while try fill() {
            let byte = piece[place]
            let isPart = byte > 0x20 && byte != 0x2C && byte != 0x5D && byte != 0x7D && byte != 0x3A
            guard isPart else { break }
            guard bytes.count < 64 else { throw .notJSON }
            bytes.append(byte)
            place += 1
        }
        let word = String(decoding: bytes, as: UTF8.self)
        let isNumber = bytes.first.map { $0 == 0x2D || (0x30...0x39).contains($0) } ?? false
        guard ["true", "false", "null"].contains(word) || isNumber && Double(word) != nil else {
            throw .notJSON
        }
        return word
    }

    private func another(closing: UInt8) throws(JSONFault) -> Bool {
        let byte = try peekSolid()
        guard byte == 0x2C || byte == closing else { throw .notJSON }
        place += 1
        return byte == 0x2C
    }

    private func take(_ expected: UInt8) throws(JSONFault) {
        guard try peekSolid() == expected else { throw .notJSON }
        place += 1
    }

    /// The next byte that is no white space, and is not yet taken. A byte order mark is white space here.
    private func peekSolid() throws(JSONFault) -> UInt8 {
        while try fill() {
            switch piece[place] {
            case 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: place += 1
            default: return piece[place]
            }
        }
        throw .cutOff
    }

    private func nextByte() throws(JSONFault) -> UInt8 {
        guard try fill() else { throw .cutOff }
        defer { place += 1 }
        return piece[place]
    }

    /// Whether there is a byte at `place`.
    private func fill() throws(JSONFault) -> Bool {
        if place < piece.count { return true }
        do throws(AxisFailure) { piece = try source.next() } catch { throw .ours(error) }
        place = 0
        return !piece.isEmpty
    }
}
