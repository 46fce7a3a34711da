/// Whether a later saving reads the same for everybody. A cross-reference that names an object twice, a trailer
/// that names a key twice, or an object between the trailer and the end of the file show one document to us and
/// another to a reader that decides otherwise.
struct SavingStructure {
    let reader: ObjectReader
    let section: CrossReferenceSection

    func check(into changes: inout Changes) {
        var doubts: [String] = []
        guard let end = endOfTrailer(&doubts) else {
            return changes.note(.unknown, .historyRewritten, "section at \(section.offset)")
        }
        if let hidden = section.trailer["XRefStm"]?.integer, section.kind == .hybrid {
            _ = endOfStream(at: hidden, &doubts)
        }
        for doubt in doubts { changes.note(.unknown, .repeatedKeys, doubt) }
        if !closes(at: end) { changes.note(.forbidden, .objectUnused, "after the trailer at \(end)") }
    }

    /// Where the section's own trailer ends; `nil` when it cannot be read a second time.
    private func endOfTrailer(_ doubts: inout [String]) -> Int? {
        if section.kind == .stream { return endOfStream(at: section.offset, &doubts) }
        var lexer = Lexer(reader.bytes, at: section.offset + reader.shift, end: reader.end)
        lexer.skipSpace()
        guard lexer.take("xref"), readRows(&lexer, &doubts) else { return nil }
        var parser = ObjectParser(
            reader.bytes, at: lexer.position, end: reader.end, nesting: reader.limits.nesting)
        guard (try? parser.object())?.dictionary != nil else { return nil }
        if parser.sawRepeatedKey { doubts.append("trailer") }
        return parser.lexer.position
    }

    private func readRows(_ lexer: inout Lexer, _ doubts: inout [String]) -> Bool {
        var seen: Set<Int> = []
        lexer.skipSpace()
        while !lexer.take("trailer") {
            guard let first = lexer.unsignedInteger() else { return false }
            lexer.skipSpace()
            guard let count = lexer.unsignedInteger(), count <= reader.limits.objects,
                first <= reader.limits.objects
            else { return false }
            lexer.skipSpace()
            for number in first..<(first + count) {
                guard lexer.unsignedInteger() != nil else { return false }
                lexer.skipSpace()
                guard lexer.unsignedInteger() != nil else { return false }
                lexer.skipSpace()
                guard lexer.take("n") || lexer.take("f") else { return false }
                lexer.skipSpace()
                if !seen.insert(number).inserted { doubts.append("object \(number) in the cross-reference") }
            }
        }
        return true
    }

    private func endOfStream(at offset: Int, _ doubts: inout [String]) -> Int? {
        var parser = ObjectParser(
            reader.bytes, at: offset + reader.shift, end: reader.end, nesting: reader.limits.nesting)
        guard let stream = try? parser.numberedObject(length: { $0.integer }).object.stream else {
            return nil
        }
        if parser.sawRepeatedKey { doubts.append("cross-reference stream") }
        if overlaps(stream.dictionary["Index"]?.array ?? []) { doubts.append("Index") }
        parser.lexer.skipSpace()
        _ = parser.lexer.take("endobj")
        return parser.lexer.position
    }

    private func overlaps(_ index: [PDFObject]) -> Bool {
        let numbers = index.map { $0.integer ?? 0 }
        var ranges: [(first: Int, end: Int)] = []
        for pair in stride(from: 0, to: numbers.count - 1, by: 2) where numbers[pair + 1] > 0 {
            let (end, overflow) = numbers[pair].addingReportingOverflow(numbers[pair + 1])
            if overflow { return true }
            ranges.append((numbers[pair], end))
        }
        ranges.sort { $0.first < $1.first }
        return zip(ranges, ranges.dropFirst()).contains { $0.end > $1.first }
    }

    /// `startxref`, the place of this very section, `%%EOF`; some programs put their name in a comment before.
    private func closes(at place: Int) -> Bool {
        var lexer = Lexer(reader.bytes, at: place, end: reader.end)
        lexer.skipSpace()
        let comments = place..<lexer.position
        let words: [StaticString] = ["obj", "startxref", "%%EOF"]
        for word in words
        where reader.bytes.firstRange(of: word, from: comments.lowerBound, to: comments.upperBound) != nil {
            return false
        }
        guard lexer.take("startxref") else { return false }
        skipWhite(&lexer)
        guard lexer.unsignedInteger() == section.offset else { return false }
        skipWhite(&lexer)
        let mark = reader.bytes.firstRange(of: "%%EOF", from: lexer.position, to: reader.end)
        return mark == lexer.position
    }

    private func skipWhite(_ lexer: inout Lexer) {
        while let byte = lexer.current, Lexer.isSpace(byte) { lexer.position += 1 }
    }
}
