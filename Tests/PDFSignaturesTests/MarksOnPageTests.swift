import Foundation
import Testing

@testable import PDFSignatures

/// Where the ink of a signature falls on pages of every kind, as a reader's screen shows it.
@Suite struct MarksOnPageTests {
    private func letter(turn: Int) -> [UInt8] {
        SmallLetter.pdf(pageEntries: "/Rotate \(turn) /CropBox [40 60 555 800]")
    }

    private func signed(_ pdf: [UInt8], _ appearance: Appearance, _ place: Place) throws -> [UInt8] {
        let request = SmallLetter.request("ChuKy", TestKeys.agency, appearance, place: place)
        let signed = try PAdES.sign(pdf, request, with: TestKeys.agency)
        #expect(try SmallLetter.verify(signed).map(\.indication) == [.totalPassed])
        return signed
    }

    private func expect(_ ink: (x: Int, y: Int, width: Int, height: Int)?, in place: Rect, slack: Double = 2)
        throws
    {
        let ink = try #require(ink)
        #expect(
            abs(Double(ink.x) - place.x) <= slack && abs(Double(ink.y) - place.y) <= slack, "\(ink) \(place)")
        #expect(
            abs(Double(ink.width) - place.width) <= 2 * slack
                && abs(Double(ink.height) - place.height) <= 2 * slack,
            "\(ink) \(place)")
    }

    @Test(
        "D3: a picture stands upright at its place on turned and cropped pages", arguments: [0, 90, 180, 270])
    func pictures(turn: Int) throws {
        let pdf = letter(turn: turn)
        let box = try PDFFile(pdf).pages[0]
        let shown = Rect(x: 120, y: 90, width: 120, height: 60)
        let place = Place(page: 0, rect: box.userSpace(shown))
        let pdfSigned = try signed(pdf, .image(png: TinyPicture.redBesideBlue), place)
        guard let page = try PaintedPage(pdfSigned) else { return }
        #expect(page.width == Int(box.displayedWidth) && page.height == Int(box.displayedHeight))
        try expect(page.box(where: PaintedPage.isRed), in: Rect(x: 120, y: 90, width: 60, height: 60))
        try expect(page.box(where: PaintedPage.isBlue), in: Rect(x: 180, y: 90, width: 60, height: 60))
    }

    @Test("D3: the seal in its actual size covers the left third of the head's signature")
    func sealOverSignature() throws {
        let box = PageBox(media: Rect(x: 0, y: 0, width: 595, height: 842))
        let head = Place(page: 0, rect: Rect(x: 360, y: 130, width: 134, height: 67))
        let seal = SignatureLayout.seal(over: head, in: box)
        let covered = try #require(seal.rect.intersection(head.rect))
        #expect(abs(covered.width - head.rect.width / 3) < 0.5 && seal.rect.x < head.rect.x)
        #expect(seal.rect.width == 102 && seal.rect.height == 102)
    }

    @Test(
        "D3: an electronic copy shows form, agency and time in words of 10 points at the top right, long names broken"
    )
    func copy() throws {
        for turn in [0, 90] {
            let pdf = letter(turn: turn)
            let box = try PDFFile(pdf).pages[0]
            let agency = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân thành phố Rạch Giá, tỉnh Kiên Giang"
            let lines = EnclosureMark.copyLines(form: "SAO Y", agency: agency, signingTime: TestKeys.moment)
            let mark = try TextMark(lines, font: SmallLetter.font, on: box)
            #expect(mark.lines.count > 3 && mark.lines.joined(separator: " ").contains(agency))
            let place = mark.place(on: box)
            let result = try signed(pdf, mark.appearance, place)
            guard let page = try PaintedPage(result) else { return }
            let ink = try #require(
                page.box { red, green, blue in PaintedPage.isDark(red, green, blue) })
            #expect(Double(ink.x + ink.width) <= box.displayedWidth - 26)
            #expect(Double(ink.y + ink.height) <= box.displayedHeight - 20)
            #expect(Double(ink.y + ink.height) >= box.displayedHeight - 36)
            let text = try Outside.text(of: result)
            #expect(text.contains("SAO Y") && text.contains("12/05/2026 07:40:00 +07:00"), "\(text)")
        }
    }

    @Test(
        "the arrival stamp: a red frame with agency, number and date, signed like any other",
        arguments: [0, 270])
    func arrival(turn: Int) throws {
        let pdf = letter(turn: turn)
        let box = try PDFFile(pdf).pages[0]
        let decomposed = "UBND xã Bình Hà".decomposedStringWithCanonicalMapping
        let stamp = ArrivalMark(agency: decomposed, number: "1234", arrived: TestKeys.moment)
        let place = SignatureLayout.arrival(on: box, words: [])
        let result = try signed(pdf, .arrival(stamp, font: SmallLetter.font), place)
        let text = try Outside.text(of: result)
        for word in ["UBND xã Bình Hà", "ĐẾN", "1234", "12/05/2026", "Chuyển:"] {
            #expect(text.isEmpty || text.contains(word), "\(word) in \(text)")
        }
        guard let page = try PaintedPage(result) else { return }
        try expect(page.box(where: PaintedPage.isRed), in: box.displayed(place.rect))
        #expect(throws: SigningError.missingGlyph("U+732B")) {
            let wrong = ArrivalMark(agency: "猫", number: "1", arrived: TestKeys.moment)
            _ = try signed(pdf, .arrival(wrong, font: SmallLetter.font), place)
        }
    }

    @Test("the arrival stamp keeps off the printed words, and initials stand beside the end of the text")
    func freePaper() throws {
        let box = PageBox(media: Rect(x: 0, y: 0, width: 595, height: 842))
        let heading = (0..<6).map {
            TextBox(page: 0, x: 40, y: 700 + Double($0) * 20, width: 500, height: 14, text: "chữ")
        }
        let end = TextBox(page: 0, x: 300, y: 300, width: 30, height: 14, text: "hiện./.")
        let stamp = SignatureLayout.arrival(on: box, words: heading + [end])
        #expect((heading + [end]).allSatisfy { $0.rect.intersection(stamp.rect) == nil })
        #expect(stamp.rect.width == ArrivalMark.width && stamp.rect.maxY < 700)
        let initials = try #require(SignatureLayout.initials(words: heading + [end], pages: [box]))
        #expect(initials.rect.x == 333 && abs(initials.rect.midY - 307) < 0.1)
        #expect(SignatureLayout.initials(words: heading, pages: [box]) == nil)
        let full = (0..<80).map {
            TextBox(page: 0, x: 0, y: Double($0) * 10, width: 595, height: 11, text: "chữ")
        }
        let small = SignatureLayout.arrival(on: box, words: full)
        #expect(small.rect.x >= 0 && small.rect.maxX <= 595 && small.rect.y >= 0 && small.rect.maxY <= 842)
    }

    @Test("a picture made ready once is the same on the page as one read each time")
    func readyPicture() throws {
        let place = Place(page: 0, rect: Rect(x: 100, y: 100, width: 120, height: 60))
        let once = try signed(SmallLetter.pdf(), .picture(SignaturePicture(png: TinyPicture.blue)), place)
        #expect(try once == signed(SmallLetter.pdf(), .image(png: TinyPicture.blue), place))
    }
}
