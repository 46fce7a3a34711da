/// A cross-reference section written as a stream (ISO 32000-2, 7.5.8).
struct CrossReferenceStream {
    let reader: CrossReferenceReader

    func section(at place: Int, offset: Int) throws(PDFError) -> CrossReferenceSection {
        var parser = ObjectParser(reader.bytes, at: place, end: reader.end, nesting: reader.limits.nesting)
        let (reference, object) = try parser.numberedObject { $0.integer }
        guard case .stream(let stream) = object, stream.dictionary["Type"]?.name == "XRef" else {
            throw .damaged("no cross-reference at \(offset)")
        }
        let entries = try entries(of: stream)
        return CrossReferenceSection(
            offset: offset, kind: .stream, entries: entries, trailer: stream.dictionary,
            container: reference.number)
    }

    private func entries(of stream: PDFStream) throws(PDFError) -> [Int: CrossReferenceEntry] {
        let widths = (stream.dictionary["W"]?.array ?? []).map { $0.integer ?? -1 }
        guard widths.count >= 3, widths.allSatisfy({ (0...8).contains($0) }) else { throw .damaged("W") }
        let row = widths.reduce(0, +)
        guard row > 0 else { throw .damaged("W") }
        let bytes = try Filters.decode(stream, limit: reader.limits.inflatedStream)
        let size = stream.dictionary["Size"]?.integer ?? 0
        let index = stream.dictionary["Index"]?.array?.map { $0.integer ?? -1 } ?? [0, size]
        guard index.count % 2 == 0 else { throw .damaged("Index") }
        var entries: [Int: CrossReferenceEntry] = [:]
        var position = 0
        for pair in stride(from: 0, to: index.count, by: 2) {
            let (first, count) = (index[pair], index[pair + 1])
            guard first >= 0, count >= 0, first <= reader.limits.objects, count <= reader.limits.objects
            else {
                throw .overLimit("objects")
            }
            for number in first..<(first + count) {
                guard position + row <= bytes.count else { return entries }
                if let entry = entry(bytes, at: position, widths: widths) { entries[number] = entry }
                position += row
            }
        }
        return entries
    }

    private func entry(_ bytes: [UInt8], at position: Int, widths: [Int]) -> CrossReferenceEntry? {
        var fields: [Int] = []
        var place = position
        for width in widths.prefix(3) {
            var value = 0
            for _ in 0..<width {
                guard value <= Int.max >> 9 else { return nil }
                value = value << 8 | Int(bytes[place])
                place += 1
            }
            fields.append(value)
        }
        switch widths[0] == 0 ? 1 : fields[0] {
        case 0: return .free
        case 1: return .offset(fields[1], generation: fields[2])
        case 2: return .compressed(stream: fields[1], index: fields[2])
        default: return nil
        }
    }
}

extension Filters {
    /// For streams whose own dictionary is complete without references: cross-reference and most object
    /// streams.
    static func decode(_ stream: PDFStream, limit: Int) throws(PDFError) -> [UInt8] {
        let filters: [String] =
            switch stream.dictionary["Filter"] {
            case .name(let one)?: [one]
            case .array(let several)?: several.map { $0.name ?? "?" }
            case nil, .null?: []
            default: ["?"]
            }
        let parameters: [PDFDictionary] =
            switch stream.dictionary["DecodeParms"] {
            case .dictionary(let one)?: [one]
            case .array(let several)?: several.map { $0.dictionary ?? [:] }
            default: []
            }
        return try decode(stream.raw, filters: filters, parameters: parameters, limit: limit)
    }
}
