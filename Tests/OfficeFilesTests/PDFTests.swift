// Real letters through poppler and qpdf: every shared document gets the outcome its truth says, pages become
// pictures, and words stand where the eye sees them.

import Foundation
import Testing

@testable import OfficeFiles

@Suite(.enabled(if: SharedDocuments.present)) struct PDFTests {
    @Test func `every shared PDF gets the outcome its truth says`() async throws {
        for name in SharedDocuments.names(".pdf") {
            let found = try await PDFInspection.inspect(SharedDocuments.path(name))
            let entry = try #require(SharedDocuments.truth[name])
            let expected = entry["expected"] as? [String: Any]
            let reason = expected?["reason"] as? String ?? ""
            if ["encrypted", "damaged", "notPdf"].contains(reason) {
                #expect(found.refusal?.rawValue == reason, "\(name)")
                continue
            }
            let fields = entry["fields"] as? [String: Any]
            if let pages = (fields?["pages"] ?? entry["pages"]) as? Int {
                #expect(found.pages == pages, "\(name)")
            }
            #expect(found.refusal == nil, "\(name)")
            #expect(found.hasTextLayer == (entry["form"] as? String == "pdf-text"), "\(name)")
        }
    }

    @Test(arguments: isolations) func `without namespaces the outcome is the same`(_ isolation: Isolation)
        async throws
    {
        let names = ["15-pdf-co-mat-khau.pdf", "16-pdf-bi-cat.pdf", "17-pdf-khong-co-lop-chu.pdf"]
        var outcomes: [PDFInspection.Outcome] = []
        for name in names {
            outcomes.append(
                try await PDFInspection.inspect(SharedDocuments.path(name), isolation: isolation).outcome)
        }
        #expect(
            outcomes == [
                .refused(.encrypted), .refused(.damaged), .readable(pages: 1, findings: [.noTextLayer]),
            ])
    }

    @Test func `a file cut anywhere is damaged or no PDF`() async throws {
        let path = SharedDocuments.path("01-cong-van-van-ban-dien-tu.pdf")
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        for part in [0.05, 0.3, 0.6, 0.9, 0.99] {
            let file = try ScratchFile(Array(whole.prefix(Int(Double(whole.count) * part))))
            #expect(try await PDFInspection.inspect(file.path).refusal == .damaged, "\(part)")
        }
        var rotten = whole
        for place in 20_000..<20_200 { rotten[place] ^= 0x55 }
        let file = try ScratchFile(rotten)
        #expect(try await PDFInspection.inspect(file.path).refusal == .damaged)
        let empty = try ScratchFile([])
        #expect(try await PDFInspection.inspect(empty.path).refusal == .notPdf)
        await #expect(throws: OfficeFileError.self) { try await PDFInspection.inspect("/no/such/file.pdf") }
    }

    @Test func `a signed file whose last part was lost is damaged though readers open it`() async throws {
        let tool = try PDFTool(pdf: SharedDocuments.path("01-cong-van-van-ban-dien-tu.pdf"))
        let plain = ["--object-streams=disable", PDFTool.document, "out.pdf"]
        #expect(try await tool.run("qpdf", plain).succeeded)
        let first = try #require(tool.work.read("out.pdf", limit: 1 << 24))
        let second = "\n99 0 obj\n<< /Length 90000 >>\nstream\n" + String(repeating: "0", count: 5000)
        let whole = try ScratchFile(first)
        #expect(try await PDFInspection.inspect(whole.path).refusal == nil)
        let file = try ScratchFile(first + Array(second.utf8))
        #expect(try await PDFTool(pdf: file.path).run("pdfinfo", [PDFTool.document]).succeeded)
        #expect(try await PDFInspection.inspect(file.path).refusal == .damaged)
    }

    @Test(arguments: [600, 1240]) func `a page becomes a picture as wide as asked`(_ width: Int) async throws
    {
        for (name, page) in [("03-to-trinh-mua-sam-so-hoa.pdf", 2), ("06-quet-cong-van-hoa-toc.pdf", 1)] {
            let png = try await PageImages.render(pdf: SharedDocuments.path(name), page: page, width: width)
            #expect(FileKind.detect(bytes: png).kind == .png)
            let stated = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
            #expect(stated == width, "\(name)")
        }
    }

    @Test func `a page that is not there is an error`() async throws {
        let path = SharedDocuments.path("01-cong-van-van-ban-dien-tu.pdf")
        await #expect(throws: OfficeFileError.self) {
            try await PageImages.render(pdf: path, page: 9, width: 600)
        }
        let locked = SharedDocuments.path("15-pdf-co-mat-khau.pdf")
        await #expect(throws: OfficeFileError.self) {
            try await PageImages.render(pdf: locked, page: 1, width: 600)
        }
    }

    @Test func `the number stands at the upper left and the signer below it at the right`() async throws {
        let path = SharedDocuments.path("01-cong-van-van-ban-dien-tu-da-ban-hanh.pdf")
        let found = try await PageText.words(pdf: path)
        #expect(found.pages.count == 1)
        #expect(abs(found.pages[0].width - 595) < 2 && abs(found.pages[0].height - 842) < 2)
        let number = try #require(found.words.first { $0.text == "Số:" })
        #expect(number.page == 1 && (60...220).contains(number.x) && (680...780).contains(number.y))
        #expect((5...30).contains(number.height) && (10...40).contains(number.width))
        let signer = try #require(found.words.last { $0.text == "Khánh" })
        #expect(signer.y < number.y - 200 && signer.x > 300)
        #expect(found.words.contains { $0.text == "86/UBND-VP" })
    }

    @Test(arguments: [90, 180, 270]) func `turning the page does not move its words on the sheet`(_ turn: Int)
        async throws
    {
        let path = SharedDocuments.path("01-cong-van-van-ban-dien-tu-da-ban-hanh.pdf")
        let straight = try await PageText.words(pdf: path).words.first { $0.text == "86/UBND-VP" }
        let tool = try PDFTool(pdf: path)
        #expect(try await tool.run("qpdf", ["--rotate=+\(turn)", PDFTool.document, "out.pdf"]).succeeded)
        let file = try ScratchFile(try #require(tool.work.read("out.pdf", limit: 1 << 24)))
        let found = try await PageText.words(pdf: file.path)
        #expect(found.pages.first?.rotation == turn)
        let turned = found.words.first { $0.text == "86/UBND-VP" }
        let (first, second) = (try #require(straight), try #require(turned))
        #expect(abs(first.x - second.x) < 2 && abs(first.y - second.y) < 2, "\(first) \(second)")
    }

    @Test func `pages of another shape keep their own size`() async throws {
        let found = try await PageText.words(pdf: SharedDocuments.path("03-to-trinh-mua-sam-so-hoa.pdf"))
        #expect(found.pages.map { $0.width > $0.height } == [false, true])
        #expect(
            found.words.allSatisfy { word in
                let page = found.pages[word.page - 1]
                return word.x >= 0 && word.y >= 0 && word.x + word.width <= page.width
                    && word.y + word.height <= page.height
            })
    }
}

@Suite struct WordBoxesTests {
    let head = "<html><body>\n<doc>\n  <page width=\"600\" height=\"800\">\n"

    @Test func `signs of XML and odd lines are read safely`() {
        let lines = """
            <word xMin="10" yMin="20" xMax="30" yMax="40">A&amp;B &#x1EBE;&lt;</word>
            <word xMin="nan" yMin="20" xMax="30" yMax="40">x</word>
            <word xMin="1" yMin="20">x</word>
            <word xMin="1" yMin="2" xMax="3" yMax="4">không đóng
            <word xMin="1" yMin="2" xMax="3" yMax="4">&unknown; &#xFFFFFFFFF; &</word>
            </word><word
            """
        let words = WordBoxes(Array((head + lines).utf8)).words
        #expect(words.map(\.text) == ["A&B Ế<", "&unknown; &#xFFFFFFFFF; &"])
        #expect(
            words.first == WordBoxes.Word(page: 1, left: 10, top: 20, right: 30, bottom: 40, text: "A&B Ế<"))
        #expect(WordBoxes(Array("<word xMin=\"1\"".utf8)).words.isEmpty)
        #expect(WordBoxes([0xFF, 0xFE, 0x00]).words.isEmpty)
    }

    @Test(arguments: [(0, 110.0, 955.0), (90, 130.0, 215.0), (180, 670.0, 235.0), (270, 650.0, 975.0)])
    func `a turned page gives the sheet's own measure`(_ turn: Int, _ x: Double, _ y: Double) {
        let size = PageSize(page: 1, originX: 100, originY: 205, width: 600, height: 800, rotation: turn)
        let word = WordBoxes.Word(page: 1, left: 10, top: 30, right: 30, bottom: 50, text: "a")
        let placed = PageText.place(word, on: [size])
        #expect(placed?.x == x && placed?.y == y)
        #expect(
            PageText.place(
                WordBoxes.Word(page: 2, left: 0, top: 0, right: 1, bottom: 1, text: "a"), on: [size]) == nil)
    }
}
