/// Whether every byte of a later saving belongs to an object, a cross-reference or a trailer. Objects that
/// the cross-reference does not name are shown by readers that rebuild a damaged file, so they count as
/// forbidden.
struct RevisionBytes {
    let reader: ObjectReader
    let section: CrossReferenceSection
    /// The saving before this one.
    let previous: CrossReferenceSection
    /// Where the signed bytes end.
    let signedEnd: Int

    func check(into changes: inout Changes) {
        SavingStructure(reader: reader, section: section).check(into: &changes)
        let limit = section.offset + reader.shift
        let from = start
        var places: [Int] = []
        if let hidden = section.trailer["XRefStm"]?.integer, hidden >= 0, hidden < limit {
            places.append(hidden + reader.shift)
        }
        for entry in section.entries.values {
            if case .offset(let offset, _) = entry, offset + reader.shift >= from,
                offset + reader.shift < limit
            {
                places.append(offset + reader.shift)
            }
        }
        var position = from
        for place in places.sorted() {
            guard place >= position else { continue }
            guard isFiller(position..<place) else {
                return changes.note(.forbidden, .objectUnused, "at \(position)")
            }
            position = end(ofObjectAt: place)
        }
        guard isFiller(position..<max(position, limit)) else {
            return changes.note(.forbidden, .objectUnused, "at \(position)")
        }
    }

    /// After the signed bytes, or after the section of the saving before.
    private var start: Int {
        let place = previous.offset + reader.shift
        guard place > signedEnd else { return signedEnd }
        return previous.kind == .stream ? end(ofObjectAt: place) : place
    }

    private func end(ofObjectAt place: Int) -> Int {
        var parser = ObjectParser(reader.bytes, at: place, end: reader.end, nesting: reader.limits.nesting)
        guard (try? parser.numberedObject(length: { try? reader.resolve($0).integer })) != nil else {
            return place
        }
        parser.lexer.skipSpace()
        _ = parser.lexer.take("endobj")
        return parser.lexer.position
    }

    /// Between objects: white space, comments, and the end of the saving before (trailer and `startxref`).
    private func isFiller(_ gap: Range<Int>) -> Bool {
        var lexer = Lexer(reader.bytes, at: gap.lowerBound, end: gap.upperBound)
        lexer.skipSpace()
        guard lexer.current != nil else { return true }
        if lexer.take("xref") { return endsLikeTrailer(lexer) }
        if lexer.take("startxref") { return endsLikeTrailer(lexer) }
        return false
    }

    private func endsLikeTrailer(_ start: Lexer) -> Bool {
        guard let mark = reader.bytes.firstRange(of: "%%EOF", from: start.position, to: start.end),
            reader.bytes.firstRange(of: "obj", from: start.position, to: mark) == nil
        else { return false }
        return isFiller((mark + 5)..<start.end)
    }
}
