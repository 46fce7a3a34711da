import Foundation
import Testing

@testable import PDFSignatures

/// Pictures and letters on the page.
@Suite struct AppearanceTests {
    @Test("PNG in gray, colour, palette, with and without transparency")
    func pictures() throws {
        let kinds: [(UInt8, [UInt8], [UInt8], Int, Bool)] = [
            (0, [9], [], 1, false), (2, [1, 2, 3], [], 3, false), (3, [1], [0, 0, 0, 7, 8, 9], 3, false),
            (4, [9, 128], [], 1, true), (6, [1, 2, 3, 128], [], 3, true),
        ]
        for (kind, pixel, palette, channels, transparent) in kinds {
            let image = try PNGImage(TinyPicture.png(kind: kind, pixel: pixel, palette: palette))
            #expect(image.width == 8 && image.height == 4 && image.channels == channels)
            #expect(image.colors.count == 32 * channels)
            #expect((image.alpha != nil) == transparent)
        }
        let palette = try PNGImage(TinyPicture.png(kind: 3, pixel: [1], palette: [0, 0, 0, 7, 8, 9]))
        #expect(Array(palette.colors.prefix(3)) == [7, 8, 9])
    }

    @Test("pictures that we do not read are refused by name")
    func badPictures() {
        for bad in [
            [1, 2, 3], Array(TinyPicture.blue.prefix(30)),
            TinyPicture.png(kind: 6, pixel: [0, 0, 0, 0], bits: 16),
            TinyPicture.png(kind: 6, pixel: [0, 0, 0, 0], interlaced: true),
            TinyPicture.png(kind: 3, pixel: [9]),
        ] as [[UInt8]] {
            #expect(throws: SigningError.self) { try PNGImage(bad) }
        }
        var huge = TinyPicture.blue
        huge.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        #expect(throws: SigningError.badImage("size")) { try PNGImage(huge) }
    }

    @Test("every letter of Vietnamese is in the font, composed or not")
    func vietnamese() throws {
        let font = try TrueTypeFont(SmallLetter.font)
        let subset = try FontSubset(font, text: VietnameseAlphabet.text)
        #expect(try subset.encode("Ủy ban nhân dân").count == 30)
        #expect(try subset.encode("U\u{309}y") == subset.encode("Ủy"))
        let again = try TrueTypeFont(withUnicodeMap(subset))
        #expect(again.glyphCount == subset.glyphs.count)
        #expect(try subset.file().count < SmallLetter.font.count / 4)
    }

    /// A subset has no map of its own; the reader wants one.
    private func withUnicodeMap(_ subset: FontSubset) throws -> [UInt8] {
        let file = try subset.file()
        let reader = FontReader(file)
        let count = try #require(reader.word(4))
        var tables: [(name: String, bytes: [UInt8])] = []
        for index in 0..<count {
            let entry = 12 + 16 * index
            let (start, length) = (
                try #require(reader.long(entry + 8)), try #require(reader.long(entry + 12))
            )
            tables.append(
                (
                    String(decoding: file[entry..<(entry + 4)], as: UTF8.self),
                    Array(file[start..<(start + length)])
                ))
        }
        let segment: [UInt8] = [
            0, 4, 0, 24, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 1, 0, 0,
        ]
        tables.append(("cmap", [0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12] + segment))
        return FontWriter.file(tables.sorted { $0.name < $1.name })
    }

    @Test("a missing letter is an error, a damaged font too")
    func badFonts() throws {
        let font = try TrueTypeFont(SmallLetter.font)
        #expect(throws: SigningError.missingGlyph("U+732B")) { try FontSubset(font, text: "con 猫") }
        #expect(throws: SigningError.self) { try TrueTypeFont([0, 1, 0, 0]) }
        var state: UInt32 = 99
        for _ in 0..<200 {
            var damaged = SmallLetter.font
            for _ in 0..<20 {
                state = state &* 1_664_525 &+ 1_013_904_223
                damaged[Int(state >> 8) % 2_000] = UInt8(truncatingIfNeeded: state >> 3)
            }
            guard let font = try? TrueTypeFont(damaged), let subset = try? FontSubset(font, text: "Số 54")
            else { continue }
            _ = try? subset.file()
        }
    }

    @Test("a turned page gets its number upright", arguments: [90, 180, 270])
    func turnedPage(turn: Int) throws {
        let pdf = SmallLetter.pdf(pageEntries: "/Rotate \(turn)")
        let box = try PDFFile(pdf).pages[0]
        var layout = SmallLetter.layout
        for path in [\SignatureLayout.number, \.day, \.month] {
            if var blank = layout[keyPath: path] {
                blank.rect = box.userSpace(Rect(x: blank.rect.x, y: 300, width: blank.rect.width, height: 17))
                layout[keyPath: path] = blank
            }
        }
        let prepared = try Preparation.prepare(pdf, layout: layout, font: SmallLetter.font)
        let sealed = try SmallLetter.sealed(SmallLetter.filled(SmallLetter.signed(prepared)))
        #expect(try SmallLetter.verify(sealed).map(\.indication) == [.totalPassed, .totalPassed])
        let field = try #require(try PDFFile(sealed).fields().first { $0.name == "So" })
        let form = try #require(field.dictionary["AP"]?.dictionary?["N"])
        #expect(try PDFFile(sealed).reader.dictionary(form)?["Matrix"] != nil)
    }
}
