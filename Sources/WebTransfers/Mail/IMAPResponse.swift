// What one answer of an IMAP server says (RFC 3501, 7 and 9), as far as a mailbox is read here.

/// `OK`, `NO`, `BAD`, `BYE` or `PREAUTH`, with a sign in brackets and words.
struct IMAPStatus: Equatable {
    let word: String
    /// What stands in brackets: `UIDVALIDITY 1`.
    let code: String?
    let text: String

    /// - Parameter line: Without the star or the tag.
    init?(_ line: some Collection<UInt8>) {
        let text = String(decoding: line.prefix(2_000), as: UTF8.self)
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let word = words.first?.uppercased(), ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(word)
        else {
            return nil
        }
        self.word = word
        var rest = words.count > 1 ? words[1] : ""
        var code: String?
        if rest.first == "[", let close = rest.firstIndex(of: "]") {
            code = MailAnswer.clean(String(rest[rest.index(after: rest.startIndex)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        self.code = code
        self.text = MailAnswer.clean(String(rest))
    }

    init?(tagged line: [UInt8]) {
        guard let space = line.firstIndex(of: 0x20), space > 0, line[0] != 0x2A else { return nil }
        self.init(line[(space + 1)...])
    }

    func number(of name: String) -> UInt32? {
        let words = code?.split(separator: " ") ?? []
        return words.count == 2 && words[0].uppercased() == name ? UInt32(words[1]) : nil
    }

    /// As a refusal; `nil` when it is none. A server that is only busy says so by one of the signs of RFC 5530.
    var refusal: MailAnswer? {
        guard word == "NO" || word == "BAD" else { return nil }
        let reason = code?.split(separator: " ").first?.uppercased()
        let passing = ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA"]
        return MailAnswer(reason: reason, text: text, isPermanent: !passing.contains(reason ?? ""))
    }
}

/// An answer that begins with a star.
struct IMAPResponse {
    /// Lines as they came, and between them what came by its length.
    private enum Part {
        case line([UInt8])
        case text([UInt8], isBody: Bool)
    }

    private var parts: [Part]
    let status: IMAPStatus?

    init(_ line: [UInt8]) {
        parts = [.line(line)]
        status = IMAPStatus(line)
    }

    private var first: [UInt8] { if case .line(let line)? = parts.first { line } else { [] } }

    private func words(_ limit: Int) -> [String] {
        first.split(separator: 0x20, maxSplits: limit).map { String(decoding: $0.prefix(200), as: UTF8.self) }
    }

    var isFetch: Bool {
        let words = words(2)
        return words.count == 3 && UInt32(words[0]) != nil && words[1].uppercased() == "FETCH"
    }

    /// `* 18 EXISTS`
    var exists: Int? {
        let words = words(2)
        return words.count == 2 && words[1].uppercased() == "EXISTS" ? UInt32(words[0]).map(Int.init) : nil
    }

    var abilities: [String] {
        let words = words(500)
        return words.first?.uppercased() == "CAPABILITY" ? words.dropFirst().map { $0.uppercased() } : []
    }

    var searched: [UInt32] {
        let words = first.split(separator: 0x20)
        guard let name = words.first,
            String(decoding: name.prefix(10), as: UTF8.self).uppercased() == "SEARCH"
        else { return [] }
        return words.dropFirst().compactMap {
            $0.count <= 10 ? UInt32(String(decoding: $0, as: UTF8.self)) : nil
        }
    }

    var message: WaitingMessage? {
        guard let items, let uid else { return nil }
        guard let size = items.first(where: { $0.name == "RFC822.SIZE" })?.value.number else { return nil }
        let flags = items.first { $0.name == "FLAGS" }?.value.list?.compactMap(\.atom) ?? []
        let names = Set(flags.map { $0.uppercased() })
        return WaitingMessage(
            uid: uid, size: size, isSeen: names.contains("\\SEEN"), isDeleted: names.contains("\\DELETED"))
    }

    var uid: UInt32? {
        items?.first { $0.name == "UID" }?.value.number.flatMap { UInt32(exactly: $0) }.flatMap {
            $0 > 0 ? $0 : nil
        }
    }

    /// What a `FETCH` brought, each under its name in capitals.
    var items: [(name: String, value: IMAPValue)]? {
        guard isFetch, case .list(let values)? = IMAPValue.read(pieces) else { return nil }
        var items: [(String, IMAPValue)] = []
        for index in stride(from: 0, to: values.count - 1, by: 2) {
            guard let name = values[index].atom else { return nil }
            items.append((name.uppercased(), values[index + 1]))
        }
        return items
    }

    private var pieces: [IMAPValue.Piece] {
        parts.enumerated().map { index, part in
            switch part {
            case .text(let text, let isBody): .value(isBody ? .body : .text(text))
            case .line(let line):
                // Without the number and the word.
                .bytes(index > 0 ? line[...] : line[(line.firstIndex(of: 0x28) ?? line.endIndex)...])
            }
        }
    }

    // MARK: What comes by its length

    /// Takes `{42}` away from the end of the last line.
    mutating func takeLiteralSize() -> Int? {
        guard case .line(let line)? = parts.last, line.last == 0x7D,
            let open = line.lastIndex(of: 0x7B), line.count - open <= 22,
            let size = Int(String(decoding: line[(open + 1)..<(line.count - 1)], as: UTF8.self)), size >= 0
        else { return nil }
        parts[parts.count - 1] = .line(Array(line[..<open]))
        return size
    }

    var endsWithBody: Bool {
        guard case .line(let line)? = parts.last else { return false }
        return String(decoding: line.suffix(7), as: UTF8.self).uppercased() == "BODY[] "
    }

    mutating func appendText(_ text: [UInt8], isBody: Bool) { parts.append(.text(text, isBody: isBody)) }
    mutating func appendLine(_ line: [UInt8]) { parts.append(.line(line)) }
}

/// A value inside an answer.
enum IMAPValue: Equatable {
    case atom(String)
    case text([UInt8])
    /// A message that went to its file.
    case body
    case list([IMAPValue])

    enum Piece {
        case bytes(ArraySlice<UInt8>)
        case value(IMAPValue)
    }

    var atom: String? { if case .atom(let word) = self { word } else { nil } }
    var text: [UInt8]? { if case .text(let text) = self { text } else { nil } }
    var list: [IMAPValue]? { if case .list(let list) = self { list } else { nil } }
    var number: Int? { atom.flatMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil } }

    private static let nestingLimit = 20

    /// The first value; `nil` when there is none or the brackets do not match.
    static func read(_ pieces: [Piece]) -> IMAPValue? {
        var open: [[IMAPValue]] = [[]]
        for piece in pieces {
            switch piece {
            case .value(let value): open[open.count - 1].append(value)
            case .bytes(let bytes): guard read(bytes, &open) else { return nil }
            }
        }
        return open.count == 1 ? open[0].first : nil
    }

    private static func read(_ bytes: ArraySlice<UInt8>, _ open: inout [[IMAPValue]]) -> Bool {
        var rest = bytes
        while let byte = rest.first {
            switch byte {
            case 0x20: rest = rest.dropFirst()
            case 0x28:
                guard open.count < nestingLimit else { return false }
                open.append([])
                rest = rest.dropFirst()
            case 0x29:
                guard open.count > 1, let list = open.popLast() else { return false }
                open[open.count - 1].append(.list(list))
                rest = rest.dropFirst()
            case 0x22:
                guard let text = takeQuoted(&rest) else { return false }
                open[open.count - 1].append(.text(text))
            default: open[open.count - 1].append(.atom(takeAtom(&rest)))
            }
        }
        return true
    }

    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        var text: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            if byte == 0x22 { return text }
            if byte == 0x5C {
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            } else {
                text.append(byte)
            }
        }
        return nil
    }

    /// A word; what stands in square brackets belongs to it, with its blanks.
    private static func takeAtom(_ rest: inout ArraySlice<UInt8>) -> String {
        var word: [UInt8] = []
        var inBrackets = false
        while let byte = rest.first {
            if !inBrackets, byte == 0x20 || byte == 0x28 || byte == 0x29 || byte == 0x22 { break }
            if byte == 0x5B { inBrackets = true }
            if byte == 0x5D { inBrackets = false }
            word.append(byte)
            rest = rest.dropFirst()
        }
        return String(decoding: word, as: UTF8.self)
    }
}
