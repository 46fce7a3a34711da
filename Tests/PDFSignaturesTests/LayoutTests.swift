import Foundation
import Testing

@testable import PDFSignatures

/// Finding the places of number, date, signature and seal from the words of the page.
@Suite struct LayoutTests {
    private static let page = PageBox(media: Rect(x: 0, y: 0, width: 595, height: 842))

    private func line(_ y: Double, _ words: (Double, Double, String)...) -> [TextBox] {
        words.map { TextBox(page: 0, x: $0.0, y: y, width: $0.1, height: 17, text: $0.2) }
    }

    /// As printed on a letter: widths are those of 13 point Times.
    private func letter(number: String = "/UBND-VP", day: String? = nil, year: String? = "2026") -> [TextBox]
    {
        var words = line(
            726, (132, 17.3, "Số:"), (172, 61, number), (369, 25.3, "ngày"), (414, 29.6, "tháng"),
            (463, 22.4, "năm"))
        if let day { words += line(726, (397, 13, day)) }
        if let year { words += line(726, (489, 26, year)) }
        words += line(235, (381, 30, "KT."), (414, 40, "CHỦ"), (456, 40, "TỊCH"))
        words += line(218, (385, 40, "PHÓ"), (427, 35, "CHỦ"), (464, 35, "TỊCH"))
        return words + line(110, (375, 35, "Lâm"), (413, 45, "Khánh"), (461, 35, "Toàn"))
    }

    private func find(_ words: [TextBox], signer: String? = nil) -> LayoutFinding {
        LayoutFinder.find(words: words, pages: [Self.page], signerName: signer)
    }

    @Test("D2: blanks for number, day and month, the year as printed")
    func blanks() throws {
        let finding = find(letter())
        #expect(finding.reasons.isEmpty)
        let number = try #require(finding.number)
        #expect(number.fontSize == 13 && !number.italic)
        #expect(number.rect.x > 149.3 && number.rect.maxX < 172)
        #expect(finding.day?.italic == true)
        #expect(finding.day.map { $0.rect.x > 394 && $0.rect.maxX < 414 } == true)
        #expect(finding.month.map { $0.rect.x > 443 && $0.rect.maxX < 463 } == true)
        #expect(finding.year == nil && finding.printedYear == "2026")
        #expect(find(letter(year: nil)).year.map { $0.rect.x > 485 } == true)
    }

    @Test("D2: what is printed is reported, not filled")
    func printed() {
        let finding = find(letter(number: "86/UBND-VP", day: "12"))
        #expect(finding.number == nil && finding.printedNumber == "86")
        #expect(finding.day == nil && finding.printedDay == "12")
        #expect(finding.month != nil)
        #expect(find(letter(number: "……/UBND-VP")).number != nil)
    }

    @Test("D1: the signature between title and name, the seal over its left third")
    func signature() throws {
        let finding = find(letter(), signer: "lâm khánh toàn")
        #expect(finding.titleLines == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
        #expect(finding.signerName == "Lâm Khánh Toàn")
        let layout = try #require(finding.layout)
        let (signer, seal) = (layout.signer.rect, layout.seal.rect)
        #expect(signer.y >= 127 && signer.maxY <= 218)
        #expect(abs(signer.midX - 439) < 8)
        #expect(abs(seal.maxX - (signer.x + signer.width / 3)) < 0.01)
        #expect(abs(seal.width - 36 / 25.4 * 72) < 0.1)
    }

    @Test("what cannot be found is named")
    func reasons() {
        #expect(find([]).reasons == [.noText])
        #expect(
            find(line(400, (100, 50, "Xin"))).reasons == [
                .numberLineNotFound, .dateLineNotFound, .titleBlockNotFound,
            ])
        #expect(find(letter(), signer: "Người Khác").reasons == [.signerNameNotFound])
        #expect(find(letter(), signer: "Người Khác").layout == nil)
        let tight = letter().map { word in
            var word = word
            if word.text == "/UBND-VP" { word.x = 151 }
            return word
        }
        #expect(find(tight).reasons == [.numberSpaceTooSmall])
    }

    @Test("what the truth table of the shared letters says is what is found", arguments: Outside.letters)
    func truth(letter: URL) throws {
        let folder = try #require(Outside.shared).appendingPathComponent("documents/truth.json")
        let table = try JSONSerialization.jsonObject(with: Data(contentsOf: folder)) as? [String: Any]
        let entry = (table?["files"] as? [String: [String: Any]])?[letter.lastPathComponent]
        let fields = try #require(entry?["fields"] as? [String: Any])
        let printed = try #require(fields["printed"] as? [String: Any])
        let file = try PDFFile(Outside.read(letter))
        let words = try Outside.words(of: letter, pages: file.pages)
        for name in [nil, fields["signerName"] as? String] {
            let finding = LayoutFinder.find(words: words, pages: file.pages, signerName: name)
            #expect(finding.reasons.isEmpty)
            #expect(finding.signerName == fields["signerName"] as? String)
            #expect(finding.titleLines == printed["signatureBlock"] as? [String])
            #expect(finding.printedNumber == fields["number"] as? String)
            #expect((finding.number == nil) == (finding.printedNumber != nil))
        }
    }

    @Test(
        "places are the same on the page as shown and in user space, however it is turned and cropped",
        arguments: [0, 90, 180, 270])
    func rotation(turn: Int) {
        let box = PageBox(
            media: Rect(x: 0, y: 0, width: 600, height: 900),
            crop: Rect(x: 20, y: 50, width: 500, height: 800),
            rotation: turn)
        let shown = Rect(x: 30, y: 60, width: 100, height: 40)
        #expect(box.displayed(box.userSpace(shown)) == shown)
        let corner = box.userSpace(Rect(x: 0, y: 0, width: box.displayedWidth, height: box.displayedHeight))
        #expect(corner == box.crop)
        let word = TextBox(page: 0, in: box, xMin: 0, yMin: 0, xMax: 10, yMax: 5, text: "góc")
        #expect(box.crop.intersection(word.rect) == word.rect)
    }
}
