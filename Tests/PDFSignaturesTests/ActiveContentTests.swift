import Foundation
import Testing

@testable import PDFSignatures

/// Letters that do something by themselves, each in the way that a program would write it.
struct ActiveContentTests {
    static let cases: [(entries: String, extra: [String], expected: [ActiveContent])] = [
        ("/OpenAction [3 0 R /Fit]", [], []),
        ("/OpenAction <</S /GoTo /D [3 0 R /Fit]>>", [], []),
        (
            "/OpenAction 6 0 R", ["<</S /JavaScript /JS (app.alert\\(1\\))>>"],
            [.javaScript, .automaticAction]
        ),
        (
            "/OpenAction <</S /GoTo /D [3 0 R /Fit] /Next 6 0 R>>", ["<</S /Launch /F (calc.exe)>>"],
            [.automaticAction, .launch]
        ),
        (
            "/Names <</JavaScript <</Names [(a) 6 0 R]>>>>",
            ["<</S /JavaScript /JS 7 0 R>>", "<</Length 1>>\nstream\nx\nendstream"], [.javaScript]
        ),
        ("/AA <</WC <</S /Named /N /Print>>>>", [], [.automaticAction]),
        (
            "/Names <</EmbeddedFiles <</Names [(a) 6 0 R]>>>>",
            [
                "<</Type /Filespec /F (a.exe) /EF <</F 7 0 R>>>>",
                "<</Type /EmbeddedFile /Length 1>>\nstream\nx\nendstream",
            ], [.embeddedFile]
        ),
        ("/AcroForm <</Fields [] /XFA [(a) 6 0 R]>>", ["<</Length 1>>\nstream\nx\nendstream"], [.xmlForm]),
        (
            "/AcroForm <</Fields [6 0 R]>>", ["<</FT /Btn /T (b) /A <</S /SubmitForm /F (http://a.vn)>>>>"],
            [.formTransfer]
        ),
        // Written so that a search for the word would not find it.
        ("/OpenAction <</S /J#61vaScript /J#53 (x)>>", [], [.javaScript, .automaticAction]),
        ("/OpenAction null /AA <<>>", [], []),
    ]

    private func letter(page: String = "", _ entries: String, _ extra: [String]) -> [UInt8] {
        let text = "BT ET"
        return SmallLetter.build(
            [
                "<</Type /Catalog /Pages 2 0 R \(entries)>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
                "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \(page)>>",
                "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream", "<</Type /Font>>",
            ] + extra)
    }

    @Test(
        "D9: everything a PDF can do by itself is found, and what only shows a place is not",
        arguments: ActiveContentTests.cases.indices)
    func found(_ index: Int) throws {
        let (entries, extra, expected) = Self.cases[index]
        #expect(try ActiveContent.find(in: FileBytes(letter(entries, extra))) == expected, "\(entries)")
    }

    @Test("D9: media and attached files on a page are found; a link to a web page is not")
    func annotations() throws {
        func found(_ annotation: String) throws -> [ActiveContent] {
            let object = "<</Type /Annot /Rect [0 0 9 9] \(annotation)>>"
            return try ActiveContent.find(in: FileBytes(letter(page: "/Annots [6 0 R]", "", [object])))
        }
        #expect(try found("/Subtype /RichMedia") == [.media])
        #expect(try found("/Subtype /Screen /A <</S /Rendition /JS (x)>>") == [.javaScript, .media])
        #expect(try found("/Subtype /FileAttachment") == [.embeddedFile])
        #expect(try found("/Subtype /Link /A <</S /URI /URI (https://kiengiang.gov.vn)>>") == [])
        #expect(try found("/Subtype /Link /A <</S /GoToR /F (//may-khac/tep.pdf)>>") == [.launch])
    }

    @Test("D9: a script added by a later saving is found; a letter of ours, signed and sealed, is quiet")
    func saved() throws {
        let quiet = try SmallLetter.sealed(
            try SmallLetter.filled(try SmallLetter.signed(try SmallLetter.prepared())))
        #expect(try ActiveContent.find(in: FileBytes(quiet)) == [])
        let plain = SmallLetter.pdf()
        let place = plain.count
        let start =
            String(decoding: plain.suffix(40), as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
            .last ?? 0
        let object =
            "1 0 obj\n<</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (x)>>>>\nendobj\n"
        let offset = String(repeating: "0", count: 10 - String(place).count) + String(place)
        let table = "xref\n1 1\n\(offset) 00000 n \ntrailer\n<</Size 6 /Root 1 0 R /Prev \(start)>>\n"
        let later = plain + Array((object + table + "startxref\n\(place + object.utf8.count)\n%%EOF\n").utf8)
        #expect(try ActiveContent.find(in: FileBytes(plain)) == [])
        #expect(try ActiveContent.find(in: FileBytes(later)) == [.javaScript, .automaticAction])
    }

    @Test("D9: what cannot be read is not called harmless")
    func unreadable() {
        #expect(throws: PDFError.self) { try ActiveContent.find(in: FileBytes(Array("không phải PDF".utf8))) }
        #expect(throws: PDFError.self) {
            try ActiveContent.find(in: FileBytes(Array(SmallLetter.pdf().dropLast(60))))
        }
    }
}
