import Foundation

/// The part of a font that a text needs, with its glyphs numbered anew, so that a line of ten words does not
/// carry the whole alphabet. A letter that the font does not have is an error: nobody shall sign empty boxes.
struct FontSubset {
    let font: TrueTypeFont
    /// Old numbers by new number; 0 is the mark for a missing glyph and always first.
    private(set) var glyphs: [Int] = [0]
    private var newNumbers: [Int: Int] = [0: 0]
    private(set) var letters: [Unicode.Scalar: Int] = [:]

    init(_ font: TrueTypeFont, text: String) throws(SigningError) {
        self.font = font
        let composed = text.precomposedStringWithCanonicalMapping
        for scalar in Set(composed.unicodeScalars).sorted(by: { $0.value < $1.value }) {
            let glyph = font.glyph(for: scalar)
            guard glyph != 0 else {
                throw .missingGlyph("U+" + String(scalar.value, radix: 16, uppercase: true))
            }
            letters[scalar] = number(of: glyph)
        }
        try closeOverParts()
    }

    private mutating func number(of glyph: Int) -> Int {
        if let known = newNumbers[glyph] { return known }
        newNumbers[glyph] = glyphs.count
        glyphs.append(glyph)
        return glyphs.count - 1
    }

    /// Accented letters are put together from other glyphs, which must come along.
    private mutating func closeOverParts() throws(SigningError) {
        var index = 0
        while index < glyphs.count {
            for part in try CompositeGlyph.parts(font.outline(glyphs[index])) { _ = number(of: part.glyph) }
            index += 1
            guard glyphs.count <= 5_000 else { throw .badFont("too many glyphs") }
        }
    }

    /// The text as glyph numbers, two bytes each (Identity-H).
    func encode(_ text: String) throws(SigningError) -> [UInt8] {
        var codes: [UInt8] = []
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            guard let glyph = letters[scalar] else {
                throw .missingGlyph("U+" + String(scalar.value, radix: 16, uppercase: true))
            }
            codes += [UInt8(glyph >> 8), UInt8(glyph & 0xFF)]
        }
        return codes
    }

    /// The smaller font as a file of its own.
    func file() throws(SigningError) -> [UInt8] {
        var outlines: [UInt8] = []
        var offsets: [UInt8] = []
        var metrics: [UInt8] = []
        for glyph in glyphs {
            offsets += FontWriter.long(outlines.count)
            outlines += try CompositeGlyph.renumbered(font.outline(glyph), newNumbers)
            while outlines.count % 4 != 0 { outlines.append(0) }
            metrics += FontWriter.word(font.advance(glyph)) + FontWriter.word(font.leftBearing(glyph))
        }
        offsets += FontWriter.long(outlines.count)
        var tables: [(String, [UInt8])] = [("glyf", outlines), ("hmtx", metrics), ("loca", offsets)]
        for name in ["cvt ", "fpgm", "prep"] {
            if let table = font.table(name) { tables.append((name, Array(table))) }
        }
        tables.append(("head", try changed("head", [50: FontWriter.word(1), 8: FontWriter.long(0)])))
        tables.append(("hhea", try changed("hhea", [34: FontWriter.word(glyphs.count)])))
        tables.append(("maxp", try changed("maxp", [4: FontWriter.word(glyphs.count)])))
        return FontWriter.file(tables.sorted { $0.0 < $1.0 })
    }

    private func changed(_ name: String, _ changes: [Int: [UInt8]]) throws(SigningError) -> [UInt8] {
        var table = Array(font.table(name) ?? [])
        for (place, bytes) in changes {
            guard place + bytes.count <= table.count else { throw .badFont(name) }
            table.replaceSubrange(place..<(place + bytes.count), with: bytes)
        }
        return table
    }
}

/// Glyphs made of other glyphs (ISO/IEC 14496-22, glyf).
enum CompositeGlyph {
    static func parts(_ outline: ArraySlice<UInt8>) throws(SigningError) -> [(place: Int, glyph: Int)] {
        let bytes = Array(outline)
        let reader = FontReader(bytes)
        guard let contours = reader.signedWord(0), contours < 0 else { return [] }
        var parts: [(place: Int, glyph: Int)] = []
        var position = 10
        while true {
            guard let flags = reader.word(position), let glyph = reader.word(position + 2), parts.count < 64
            else {
                throw .badFont("composite glyph")
            }
            parts.append((position + 2, glyph))
            position += 4 + (flags & 0x0001 != 0 ? 4 : 2)
            if flags & 0x0008 != 0 { position += 2 } else if flags & 0x0040 != 0 { position += 4 }
            if flags & 0x0080 != 0 { position += 8 }
            if flags & 0x0020 == 0 { return parts }
        }
    }

    static func renumbered(_ outline: ArraySlice<UInt8>, _ numbers: [Int: Int]) throws(SigningError)
        -> [UInt8]
    {
        var bytes = Array(outline)
        for (place, glyph) in try parts(outline) {
            bytes.replaceSubrange(place..<(place + 2), with: FontWriter.word(numbers[glyph] ?? 0))
        }
        return bytes
    }
}

/// Lays out a font file: directory, tables, check sums.
enum FontWriter {
    static func word(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    static func long(_ value: Int) -> [UInt8] { word(value >> 16) + word(value) }

    static func file(_ tables: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var power = 1
        var log = 0
        while power * 2 <= tables.count {
            power *= 2
            log += 1
        }
        var directory = long(0x0001_0000) + word(tables.count) + word(power * 16) + word(log)
        directory += word((tables.count - power) * 16)
        var body: [UInt8] = []
        let start = 12 + 16 * tables.count
        var head = 0
        for (name, bytes) in tables {
            if name == "head" { head = start + body.count }
            directory += Array(name.utf8) + long(sum(bytes)) + long(start + body.count) + long(bytes.count)
            body += bytes
            while body.count % 4 != 0 { body.append(0) }
        }
        var file = directory + body
        let adjustment = (0xB1B0_AFBA - sum(file)) & 0xFFFF_FFFF
        file.replaceSubrange((head + 8)..<(head + 12), with: long(adjustment))
        return file
    }

    private static func sum(_ bytes: [UInt8]) -> Int {
        var total: UInt32 = 0
        for (index, byte) in bytes.enumerated() { total &+= UInt32(byte) << (24 - 8 * UInt32(index % 4)) }
        return Int(total)
    }
}
