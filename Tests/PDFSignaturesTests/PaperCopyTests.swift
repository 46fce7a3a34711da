import Foundation
import Testing

@testable import PDFSignatures

/// The form of a certified copy under the last page, or on one of its own.
@Suite struct PaperCopyTests {
    static let form = CopyForm(
        kind: "SAO Y", superior: "ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ", agency: "PHÒNG TƯ PHÁP",
        number: "02/SY-PTP", placeAndDate: "Rạch Giá, ngày 12 tháng 5 năm 2026",
        authority: ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"], signer: "Nguyễn Thị Ngọc Ẩn",
        recipients: ["Hội Người cao tuổi", "Lưu: VT"], origin: ["In từ bản gốc văn bản điện tử số 54/PTP."])

    private func added(
        _ bytes: [UInt8], inkBottom: Double?, form: CopyForm = form
    ) throws(SigningError) -> [UInt8] {
        try PaperCopy.add(
            form, to: bytes, inkBottom: inkBottom, upright: SmallLetter.font, italic: SmallLetter.font)
    }

    @Test("D6: where the last page has room, the form stands on it as a mark that is printed")
    func onTheLastPage() throws {
        let copied = try added(SmallLetter.pdf(), inkBottom: 300)
        let file = try PDFFile(copied)
        #expect(file.pages.count == 1)
        let annotations = try #require(try file.reader.array(file.pageNodes[0].dictionary["Annots"]))
        let mark = try #require(try file.reader.dictionary(annotations.first))
        #expect(mark["Subtype"]?.name == "Stamp" && mark["F"]?.integer == 196)
        let edges = try #require(try file.reader.array(mark["Rect"])).compactMap(\.number)
        #expect(edges.count == 4 && edges[1] >= PaperCopy.margin && edges[3] <= 842 - 300)
    }

    @Test("D6: where it has none, or nobody knows, the form gets a page of its own", arguments: [780.0, nil])
    func onItsOwnPage(_ inkBottom: Double?) throws {
        let file = try PDFFile(try added(SmallLetter.pdf(), inkBottom: inkBottom))
        #expect(file.pages.count == 2)
        #expect(file.pages[1].displayedWidth == 595 && file.pages[1].displayedHeight == 842)
    }

    @Test("D6: a page that lies on its side is printed upright", arguments: [90, 180, 270])
    func turned(_ rotation: Int) throws {
        let letter = SmallLetter.pdf(pageEntries: "/Rotate \(rotation)")
        let high = rotation == 180 ? 842.0 : 595
        let onIt = try PDFFile(try added(letter, inkBottom: 100))
        #expect(onIt.pages.count == 1)
        let after = try PDFFile(try added(letter, inkBottom: high))
        #expect(after.pages.count == 2)
        #expect(after.pages[1].rotation == 0 && after.pages[1].displayedHeight == high)
    }

    @Test("D6: the original lies unchanged in the copy, and its signatures can still be told")
    func original() throws {
        let sealed = try SmallLetter.sealed(SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared())))
        let copied = try added(sealed, inkBottom: 300)
        #expect(copied.starts(with: sealed))
        let verdicts = try SmallLetter.verify(copied)
        #expect(verdicts.map(\.field) == [FieldName.signer, FieldName.seal])
        #expect(verdicts.allSatisfy { !$0.coversWholeFile })
    }

    @Test("a letter that the typeface does not have is printed as a question mark, not refused")
    func strangeLetters() throws {
        var strange = Self.form
        strange.recipients = ["Công ty 🙂 漢字", ""]
        strange.signer = String(repeating: "Ộ", count: 200)
        #expect(try PDFFile(try added(SmallLetter.pdf(), inkBottom: 100, form: strange)).pages.count == 1)
    }

    @Test("what is no PDF, or has a page without a parent, is refused")
    func refused() {
        #expect(throws: SigningError.self) { try added([1, 2, 3], inkBottom: 100) }
        let orphan = SmallLetter.build([
            "<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
            "<</Type /Page /MediaBox [0 0 595 842]>>",
        ])
        #expect(throws: SigningError.self) { try added(orphan, inkBottom: nil) }
        let circle = SmallLetter.build([
            "<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1>>",
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>",
        ])
        #expect(throws: SigningError.self) { try added(circle, inkBottom: nil) }
    }
}
