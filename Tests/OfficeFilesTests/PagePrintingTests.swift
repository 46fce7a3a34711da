import Foundation
import Testing

@testable import OfficeFiles

/// How far down a page is printed, and files joined for the printer.
@Suite struct PagePrintingTests {
    @Test func `the last dark row of a gray picture is found, counted from the top`() throws {
        let head = Array("P5\n4 3\n255\n".utf8)
        let white = try #require(GrayPicture(head + [UInt8](repeating: 255, count: 12)))
        #expect(white.lastRow(darkerThan: 235) == 0)
        var dots = [UInt8](repeating: 255, count: 12)
        dots[6] = 100
        #expect(try #require(GrayPicture(head + dots)).lastRow(darkerThan: 235) == 2)
        dots[11] = 236
        #expect(try #require(GrayPicture(head + dots)).lastRow(darkerThan: 235) == 2)
    }

    @Test(arguments: [
        "", "P5", "P6\n4 3\n255\n", "P5\n4 3\n65535\n............", "P5\n4 3\n255\n...", "P5\n-4 3\n255\n",
        "P5\n99999999 99999999\n255\n.", "P5\n4 3\n255",
    ])
    func `what is no gray picture is none`(_ text: String) {
        #expect(GrayPicture(Array(text.utf8)) == nil)
    }

    @Test(.enabled(if: SharedDocuments.present))
    func `a letter is printed down to its last line, and two letters become one`() async throws {
        let path = SharedDocuments.path("01-cong-van-van-ban-dien-tu-da-ban-hanh.pdf")
        let pages = try #require(try await PDFInspection.inspect(path).pages)
        let bottom = try await PagePrinting.inkBottom(pdf: path, page: pages)
        #expect(bottom > 100 && bottom < 842)
        let joined = try await PagePrinting.joined([path, path])
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pdf")
        try Data(joined).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try await PDFInspection.inspect(file.path()).pages == 2 * pages)
    }
}
