// `application/pdf; name="…"; filename*0*=UTF-8''…` (RFC 2045, 5.1; RFC 2183; RFC 2231), also as it is really written:
// names without quotes, with blanks, in raw bytes, in encoded words inside quotes.

struct FieldWithParameters {
    /// In small letters.
    let value: String
    private let parameters: [(name: String, value: [UInt8])]
    private static let limit = 200

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        let first = Self.takeUntilSemicolon(&rest)
        value = String(decoding: first.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self).lowercased()
        var found: [(String, [UInt8])] = []
        while !rest.isEmpty, found.count < Self.limit {
            let pair = Self.takeUntilSemicolon(&rest)
            guard let equals = pair.firstIndex(of: 0x3D) else { continue }
            let name = pair[..<equals].filter { $0 > 0x20 && $0 < 0x7F }
            found.append(
                (String(decoding: name, as: UTF8.self).lowercased(), Self.unquoted(pair[(equals + 1)...])))
        }
        parameters = found
    }

    /// The plain value of a parameter.
    func parameter(_ name: String) -> [UInt8]? { parameters.first { $0.name == name }?.value }

    /// A parameter for people to read, in each way that it may be written.
    func text(_ name: String, _ report: (String) -> Void) -> String? {
        if let extended = extended(name, report) { return extended }
        return parameter(name).map { EncodedWords.decode($0, report) }
    }

    // MARK: Continuations and charsets (RFC 2231)

    private func extended(_ name: String, _ report: (String) -> Void) -> String? {
        var pieces: [(number: Int, isEncoded: Bool, value: [UInt8])] = []
        for parameter in parameters where parameter.name.hasPrefix(name + "*") {
            var rest = parameter.name.dropFirst(name.count + 1)
            let isEncoded = rest.isEmpty || rest.hasSuffix("*")
            if rest.hasSuffix("*") { rest = rest.dropLast() }
            guard let number = rest.isEmpty ? 0 : Int(rest), (0..<Self.limit).contains(number) else {
                continue
            }
            guard !pieces.contains(where: { $0.number == number }) else { continue }
            pieces.append((number, isEncoded, parameter.value))
        }
        pieces.sort { $0.number < $1.number }
        guard let first = pieces.first, first.number == 0 else { return nil }
        var charset: String?
        var bytes: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            guard piece.number == index else { break }
            var value = piece.value[...]
            if index == 0, piece.isEncoded, let (name, rest) = Self.charset(value) {
                (charset, value) = (name, rest)
            }
            bytes += piece.isEncoded ? Self.percentDecoded(value) : Array(value)
        }
        // Some write encoded words into continuations.
        guard let charset, !charset.isEmpty else { return EncodedWords.decode(bytes, report) }
        guard let known = Charset(charset) else {
            report(charset)
            return Charset.guess(bytes)
        }
        let (text, isExact) = known.decode(bytes)
        if !isExact { report(charset) }
        return text
    }

    /// `UTF-8'vi'…`
    private static func charset(_ value: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>)? {
        guard let first = value.firstIndex(of: 0x27),
            let second = value[(first + 1)...].firstIndex(of: 0x27)
        else { return nil }
        return (String(decoding: value[..<first].prefix(80), as: UTF8.self), value[(second + 1)...])
    }

    private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var rest = value
        while let byte = rest.popFirst() {
            if byte == 0x25, let decoded = Hexadecimal.value(rest.prefix(2)) {
                output.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return output
    }

    // MARK: Pieces between semicolons

    private static func takeUntilSemicolon(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var inQuotes = false
        var place = rest.startIndex
        while place < rest.endIndex {
            switch rest[place] {
            case 0x22: inQuotes.toggle()
            case 0x5C where inQuotes: place += 1
            case 0x3B where !inQuotes:
                defer { rest = rest[(place + 1)...] }
                return rest[..<place]
            default: break
            }
            place += 1
        }
        defer { rest = [] }
        return rest
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var value = value
        while let first = value.first, first == 0x20 || first == 0x09 { value.removeFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
        guard value.first == 0x22 else { return Array(value) }
        var output: [UInt8] = []
        var rest = value.dropFirst()
        while let byte = rest.popFirst() {
            if byte == 0x22 { break }
            // Only these two are escaped by those who know the rule; others mean a path of Windows.
            if byte == 0x5C, let next = rest.first, next == 0x22 || next == 0x5C {
                output.append(next)
                rest = rest.dropFirst()
            } else {
                output.append(byte)
            }
        }
        return output
    }
}
