/// One section of the cross-reference: what a single saving of the file added (ISO 32000-2, 7.5.4 to 7.5.8).

enum CrossReferenceEntry: Equatable, Sendable {
    case free
    case offset(Int, generation: Int)
    case compressed(stream: Int, index: Int)
}

struct CrossReferenceSection: Sendable {
    enum Kind: Sendable { case table, stream, hybrid }

    /// Where `startxref` or `/Prev` pointed.
    let offset: Int
    var kind: Kind
    var entries: [Int: CrossReferenceEntry]
    var trailer: PDFDictionary
    /// The number of the object that holds this section, when it is a stream.
    var container: Int?

    var previous: Int? { trailer["Prev"]?.integer }
}

/// Follows the chain of sections from the last `startxref` back to the first saving.
struct CrossReferenceReader {
    let bytes: FileBytes
    let end: Int
    /// Offsets count from the header (ISO 32000-2, 7.5.2), which some files have not at their very start.
    let shift: Int
    let limits: PDFLimits

    func chain() throws(PDFError) -> [CrossReferenceSection] {
        var sections: [CrossReferenceSection] = []
        var visited: Set<Int> = []
        var next: Int? = try start()
        while let offset = next {
            guard visited.insert(offset).inserted else { throw .damaged("circular cross-reference") }
            guard sections.count < limits.sections else { throw .overLimit("revisions") }
            let section = try section(at: offset)
            sections.append(section)
            next = section.previous
        }
        return sections
    }

    private func start() throws(PDFError) -> Int {
        guard let word = bytes.lastRange(of: "startxref", from: max(0, end - 4_096), to: end) else {
            throw .damaged("no startxref")
        }
        var lexer = Lexer(bytes, at: word + 9, end: end)
        lexer.skipSpace()
        guard let offset = lexer.unsignedInteger() else { throw .damaged("startxref without offset") }
        return offset
    }

    private func section(at offset: Int) throws(PDFError) -> CrossReferenceSection {
        let (place, overflow) = offset.addingReportingOverflow(shift)
        guard !overflow, offset >= 0, place < end else { throw .damaged("cross-reference beyond the file") }
        var lexer = Lexer(bytes, at: place, end: end)
        lexer.skipSpace()
        guard lexer.take("xref") else {
            return try CrossReferenceStream(reader: self).section(at: place, offset: offset)
        }
        var section = try table(lexer, offset: offset)
        if let hybrid = section.trailer["XRefStm"]?.integer {
            section.kind = .hybrid
            guard hybrid >= 0, hybrid < end - shift else { throw .damaged("XRefStm beyond the file") }
            let hidden = try CrossReferenceStream(reader: self).section(at: hybrid + shift, offset: hybrid)
            for (number, entry) in hidden.entries where section.entries[number] ?? .free == .free {
                section.entries[number] = entry
            }
            section.container = hidden.container
        }
        return section
    }

    private func table(_ start: Lexer, offset: Int) throws(PDFError) -> CrossReferenceSection {
        var lexer = start
        var entries: [Int: CrossReferenceEntry] = [:]
        lexer.skipSpace()
        while !lexer.take("trailer") {
            guard let first = lexer.unsignedInteger() else { throw .damaged("cross-reference table") }
            lexer.skipSpace()
            guard let count = lexer.unsignedInteger() else { throw .damaged("cross-reference table") }
            lexer.skipSpace()
            guard first <= limits.objects, count <= limits.objects, count <= (end - lexer.position) / 16 + 1
            else {
                throw .overLimit("objects")
            }
            for number in first..<(first + count) { entries[number] = try row(&lexer) }
        }
        var parser = ObjectParser(bytes, at: lexer.position, end: end, nesting: limits.nesting)
        guard case .dictionary(let trailer) = try parser.object() else { throw .damaged("trailer") }
        return CrossReferenceSection(offset: offset, kind: .table, entries: entries, trailer: trailer)
    }

    private func row(_ lexer: inout Lexer) throws(PDFError) -> CrossReferenceEntry {
        guard let place = lexer.unsignedInteger() else { throw .damaged("cross-reference row") }
        lexer.skipSpace()
        guard let generation = lexer.unsignedInteger() else { throw .damaged("cross-reference row") }
        lexer.skipSpace()
        let inUse = lexer.take("n")
        guard inUse || lexer.take("f") else { throw .damaged("cross-reference row") }
        lexer.skipSpace()
        return inUse && place > 0 ? .offset(place, generation: generation) : .free
    }
}
