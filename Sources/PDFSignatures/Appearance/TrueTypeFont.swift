/// A TrueType font file (ISO/IEC 14496-22): which glyph stands for which letter, how wide it is, and its
/// outline bytes. Every offset in the file is checked before it is used.
struct TrueTypeFont {
    let bytes: [UInt8]
    private let tables: [String: Range<Int>]
    let unitsPerEm: Int
    let glyphCount: Int
    private let longOffsets: Bool
    private let widthCount: Int
    private let characters: CharacterMap

    init(_ bytes: [UInt8]) throws(SigningError) {
        self.bytes = bytes
        let reader = FontReader(bytes)
        guard let count = reader.word(4), let version = reader.long(0),
            version == 0x0001_0000 || version == 0x7472_7565
        else { throw .badFont("not TrueType") }
        var tables: [String: Range<Int>] = [:]
        for index in 0..<min(count, 100) {
            let entry = 12 + 16 * index
            guard let offset = reader.long(entry + 8), let length = reader.long(entry + 12),
                entry + 4 <= bytes.count, offset <= bytes.count, length <= bytes.count - offset
            else { throw .badFont("table list") }
            tables[String(decoding: bytes[entry..<(entry + 4)], as: UTF8.self)] = offset..<(offset + length)
        }
        self.tables = tables
        guard let head = tables["head"], let hhea = tables["hhea"], let maxp = tables["maxp"],
            let cmap = tables["cmap"], tables["hmtx"] != nil, tables["loca"] != nil, tables["glyf"] != nil,
            let units = reader.word(head.lowerBound + 18), let format = reader.word(head.lowerBound + 50),
            let widths = reader.word(hhea.lowerBound + 34), let glyphs = reader.word(maxp.lowerBound + 4),
            units > 0, widths > 0
        else { throw .badFont("missing table") }
        unitsPerEm = units
        longOffsets = format != 0
        widthCount = widths
        glyphCount = glyphs
        guard let characters = CharacterMap(reader, table: cmap) else { throw .badFont("no Unicode map") }
        self.characters = characters
    }

    func table(_ name: String) -> ArraySlice<UInt8>? { tables[name].map { bytes[$0] } }

    /// 0 for a letter that the font does not have.
    func glyph(for scalar: Unicode.Scalar) -> Int {
        let glyph = characters.glyph(for: Int(scalar.value))
        return glyph < glyphCount ? glyph : 0
    }

    /// In font units.
    func advance(_ glyph: Int) -> Int {
        guard let hmtx = tables["hmtx"] else { return 0 }
        return FontReader(bytes).word(hmtx.lowerBound + 4 * min(glyph, widthCount - 1)) ?? 0
    }

    func leftBearing(_ glyph: Int) -> Int {
        guard let hmtx = tables["hmtx"] else { return 0 }
        let place = glyph < widthCount ? 4 * glyph + 2 : 4 * widthCount + 2 * (glyph - widthCount)
        return FontReader(bytes).word(hmtx.lowerBound + place) ?? 0
    }

    /// The outline of a glyph; empty for a space.
    func outline(_ glyph: Int) throws(SigningError) -> ArraySlice<UInt8> {
        guard let loca = tables["loca"], let glyf = tables["glyf"], glyph < glyphCount else {
            throw .badFont("glyph")
        }
        let reader = FontReader(bytes)
        let size = longOffsets ? 4 : 2
        guard let from = reader.unsigned(loca.lowerBound + glyph * size, size),
            let to = reader.unsigned(loca.lowerBound + (glyph + 1) * size, size)
        else { throw .badFont("glyph") }
        let scale = longOffsets ? 1 : 2
        guard from <= to, to * scale <= glyf.count else { throw .badFont("glyph") }
        return bytes[(glyf.lowerBound + from * scale)..<(glyf.lowerBound + to * scale)]
    }

    /// In thousandths of the type size.
    func width(of text: String) -> Double {
        Double(text.unicodeScalars.reduce(0) { $0 + advance(glyph(for: $1)) }) * 1_000 / Double(unitsPerEm)
    }
}

/// Big-endian numbers, or `nil` beyond the end.
struct FontReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func unsigned(_ position: Int, _ size: Int) -> Int? {
        guard position >= 0, position + size <= bytes.count else { return nil }
        return (0..<size).reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
    }

    func word(_ position: Int) -> Int? { unsigned(position, 2) }
    func long(_ position: Int) -> Int? { unsigned(position, 4) }

    func signedWord(_ position: Int) -> Int? {
        word(position).map { $0 >= 0x8000 ? $0 - 0x10000 : $0 }
    }
}

/// The letters of the basic plane (cmap format 4), which holds all Vietnamese.
struct CharacterMap {
    private struct Segment {
        let start, end, delta: Int
        let rangePlace: Int?
    }

    private let reader: FontReader
    private let segments: [Segment]

    init?(_ reader: FontReader, table: Range<Int>) {
        self.reader = reader
        guard let count = reader.word(table.lowerBound + 2) else { return nil }
        var place: Int?
        for index in 0..<min(count, 100) {
            let entry = table.lowerBound + 4 + 8 * index
            guard let platform = reader.word(entry), let encoding = reader.word(entry + 2),
                let offset = reader.long(entry + 4), reader.word(table.lowerBound + offset) == 4
            else { continue }
            if platform == 0 || (platform == 3 && encoding == 1) { place = table.lowerBound + offset }
        }
        guard let place, let doubled = reader.word(place + 6) else { return nil }
        var segments: [Segment] = []
        for index in 0..<(doubled / 2) {
            let end = place + 14 + 2 * index
            let ranges = end + 2 + 3 * doubled
            guard let last = reader.word(end), let first = reader.word(end + 2 + doubled),
                let delta = reader.word(end + 2 + 2 * doubled), let range = reader.word(ranges)
            else { return nil }
            segments.append(
                Segment(start: first, end: last, delta: delta, rangePlace: range == 0 ? nil : ranges + range))
        }
        self.segments = segments
    }

    func glyph(for code: Int) -> Int {
        guard let segment = segments.first(where: { $0.end >= code }), segment.start <= code else { return 0 }
        guard let place = segment.rangePlace else { return (code + segment.delta) & 0xFFFF }
        guard let glyph = reader.word(place + 2 * (code - segment.start)), glyph != 0 else { return 0 }
        return (glyph + segment.delta) & 0xFFFF
    }
}
