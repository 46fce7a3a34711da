/// A subset as PDF font objects: Type 0 over CIDFontType2, with widths, and a map back to Unicode so that the
/// text can be searched and copied (ISO 32000-2, 9.7 and 9.10.3).
struct FontEmbedding {
    let subset: FontSubset

    func add(to update: inout IncrementalUpdate) throws(SigningError) -> PDFReference {
        let name = PDFObject.name(tag() + "+VanThuSerif")
        let descriptor = update.add(.dictionary(try descriptor(name: name, file: addFile(to: &update))))
        let descendant = update.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("CIDFontType2"), "BaseFont": name,
                "CIDSystemInfo": .dictionary([
                    "Registry": .string(Array("Adobe".utf8)), "Ordering": .string(Array("Identity".utf8)),
                    "Supplement": .integer(0),
                ]),
                "FontDescriptor": .reference(descriptor), "CIDToGIDMap": .name("Identity"),
                "W": .array([
                    .integer(0), .array(subset.glyphs.map { .integer(scaled(subset.font.advance($0))) }),
                ]),
            ]))
        let unicode = Flate.compress(toUnicode())
        let map = update.add(
            .stream(PDFStream(dictionary: ["Filter": .name("FlateDecode")], raw: unicode[...])))
        return update.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("Type0"), "BaseFont": name,
                "Encoding": .name("Identity-H"), "DescendantFonts": .array([.reference(descendant)]),
                "ToUnicode": .reference(map),
            ]))
    }

    private func addFile(to update: inout IncrementalUpdate) throws(SigningError) -> PDFReference {
        let file = try subset.file()
        let packed = Flate.compress(file)
        return update.add(
            .stream(
                PDFStream(
                    dictionary: ["Filter": .name("FlateDecode"), "Length1": .integer(file.count)],
                    raw: packed[...])))
    }

    private func scaled(_ units: Int) -> Int { units * 1_000 / subset.font.unitsPerEm }

    private func descriptor(name: PDFObject, file: PDFReference) throws(SigningError) -> PDFDictionary {
        guard let head = subset.font.table("head"), let hhea = subset.font.table("hhea") else {
            throw .badFont("head")
        }
        let headReader = FontReader(Array(head))
        let hheaReader = FontReader(Array(hhea))
        let box = (0..<4).map { PDFObject.integer(scaled(headReader.signedWord(36 + 2 * $0) ?? 0)) }
        return [
            "Type": .name("FontDescriptor"), "FontName": name, "FontFile2": .reference(file),
            // Serif and symbolic (ISO 32000-2, table 121): letters outside Latin-1 are in it.
            "Flags": .integer(6), "FontBBox": .array(box), "ItalicAngle": .integer(0),
            "Ascent": .integer(scaled(hheaReader.signedWord(4) ?? 0)),
            "Descent": .integer(scaled(hheaReader.signedWord(6) ?? 0)), "CapHeight": .integer(660),
            "StemV": .integer(80),
        ]
    }

    /// Six letters that name the subset (ISO 32000-2, 9.9.2), the same for the same glyphs.
    private func tag() -> String {
        let bytes = subset.glyphs.flatMap { FontWriter.word($0) }
        let digest = DigestAlgorithm.sha256.hash(bytes)
        return String(decoding: digest.prefix(6).map { 0x41 + $0 % 26 }, as: UTF8.self)
    }

    private func toUnicode() -> [UInt8] {
        var text = """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """
        let pairs = subset.letters.sorted { $0.value < $1.value }
        for start in stride(from: 0, to: pairs.count, by: 100) {
            let part = pairs[start..<min(start + 100, pairs.count)]
            text += "\(part.count) beginbfchar\n"
            for (scalar, glyph) in part { text += "<\(hex(glyph))> <\(hex(Int(scalar.value)))>\n" }
            text += "endbfchar\n"
        }
        return Array((text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").utf8)
    }

    private func hex(_ value: Int) -> String {
        String(decoding: Hex.encode(FontWriter.word(value)), as: UTF8.self)
    }
}
