import Foundation
import Testing

@testable import PDFSignatures

/// Reading PDF: the syntax, the chain of savings, and everything that hostile bytes may try.
@Suite struct ReaderTests {
    private func parse(_ text: String) throws(PDFError) -> PDFObject {
        var parser = ObjectParser(FileBytes(text.utf8), at: 0, end: text.utf8.count, nesting: 60)
        return try parser.object()
    }

    @Test("objects are read and written back the same")
    func objects() throws {
        #expect(
            try parse("<</A 1/B[1.50 -.5 (a\\(b\\)\\101)]/C<48 65 6>/D/N#41 /E 12 0 R/F null/G true>>")
                .dictionary?.count == 7)
        for text in [
            "1.50", "-.5", "4.", "(a\\(b)", "/Name#20x", "[1 0 R 2]", "<</K 0.000001>>", "595.303937007874",
        ] {
            let object = try parse(text)
            #expect(Serializer.bytes(of: object) == Array(text.utf8))
        }
        #expect(try parse("(a\\053\\\nb)") == .string([0x61, 0x2B, 0x62]))
        #expect(try parse("<414>") == .string([0x41, 0x40]))
        #expect(TextString.decode(TextString.encode("Số 54/UBND")) == "Số 54/UBND")
    }

    @Test("bottomless nesting, endless strings and absurd numbers are refused")
    func hostileSyntax() {
        for text in [
            String(repeating: "[", count: 10_000), String(repeating: "<<", count: 10_000),
            "(" + String(repeating: "(", count: 5_000), "<41", "99999999999999999999 0 R ]", "/", "",
            "<</A>>",
        ] {
            _ = try? parse(text)
        }
        #expect(throws: PDFError.overLimit("nesting")) { try parse(String(repeating: "[", count: 10_000)) }
    }

    @Test("a chain of savings that bites its own tail is refused")
    func circularChain() throws {
        var pdf = SmallLetter.pdf()
        let start = try #require(pdf.lastRange(of: "xref", from: 0, to: pdf.count - 20))
        let table = try #require(pdf.firstRange(of: "xref\n0", from: 0, to: pdf.count))
        #expect(start >= table)
        let trailer = try #require(pdf.firstRange(of: "<</Size", from: table, to: pdf.count))
        pdf.insert(contentsOf: Array("<</Prev \(table) ".utf8), at: trailer)
        pdf.removeSubrange(
            (trailer + "<</Prev \(table) ".utf8.count)..<(trailer + "<</Prev \(table) <<".utf8.count))
        #expect(throws: PDFError.damaged("circular cross-reference")) { try PDFFile(pdf) }
    }

    @Test("a stream that unpacks without end is cut at the limit")
    func inflateBomb() throws {
        let packed = Flate.compress([UInt8](repeating: 0, count: 3_000_000))
        #expect(packed.count < 4_000)
        #expect(throws: PDFError.overLimit("inflated stream")) {
            try Flate.decompress(packed[...], limit: 100_000)
        }
        #expect(try Flate.decompress(packed[...], limit: 3_000_000).count == 3_000_000)
    }

    @Test("an update is an extension of the very bytes before it")
    func extends() throws {
        let pdf = SmallLetter.pdf()
        let prepared = try SmallLetter.prepared(pdf)
        let signed = try SmallLetter.signed(prepared)
        #expect(prepared.starts(with: pdf) && signed.starts(with: prepared))
        #expect(try PDFFile(signed).revisionCount == 3)
        #expect(try PDFFile(signed).pages == PDFFile(pdf).pages)
    }

    @Test("what is not a PDF, is encrypted, or is empty is told apart")
    func refusals() {
        #expect(throws: PDFError.notPDF) { try PDFFile([]) }
        #expect(throws: PDFError.notPDF) { try PDFFile(TinyPicture.blue) }
        #expect(throws: PDFError.damaged("no startxref")) { try PDFFile(Array("%PDF-1.7\n".utf8)) }
        #expect(PDFFile.isEncrypted(SmallLetter.pdf()) == false)
        #expect(PDFFile.isEncrypted([1]) == nil)
    }

    @Test("dates are read and written in office time")
    func dates() {
        let date = TestKeys.moment
        #expect(CivilTime.pdfDate(date) == "D:20260512074000+07'00'")
        #expect(CivilTime.readPDFDate(CivilTime.pdfDate(date)) == date)
        #expect(CivilTime.readPDFDate("D:20260512004000Z") == date)
        #expect(CivilTime.readPDFDate("20260512") != nil && CivilTime.readPDFDate("D:20") == nil)
        for day in stride(from: -300_000, to: 300_000, by: 977) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 - 7 * 3_600)
            let at = CivilTime.office(date)
            let back = CivilTime.date(
                year: at.year, month: at.month, day: at.day, hour: 0, minute: 0, second: 0)
            #expect(back == date.addingTimeInterval(7 * 3_600))
        }
    }
}
