import Foundation

@testable import PDFSignatures

/// A volume of scanned pages as an archive delivers it: one large picture a page, written page by page so that
/// it never lies in memory as a whole.
enum ScannedVolume {
    static func write(pages: Int, pageBytes: Int, to url: URL) throws {
        try Data().write(to: url)
        let file = try FileHandle(forWritingTo: url)
        defer { try? file.close() }
        var count = 0
        var rows = "0000000000 65535 f \n"
        func put(_ bytes: [UInt8]) throws {
            try file.write(contentsOf: bytes)
            count += bytes.count
        }
        func object(_ number: Int, _ parts: [[UInt8]]) throws {
            let place = String(count)
            rows += String(repeating: "0", count: 10 - place.count) + place + " 00000 n \n"
            for part in [Array("\(number) 0 obj\n".utf8)] + parts + [Array("\nendobj\n".utf8)] {
                try put(part)
            }
        }
        try put(Array("%PDF-1.7\n".utf8))
        try object(1, [Array("<</Type /Catalog /Pages 2 0 R>>".utf8)])
        let kids = (0..<pages).map { "\(3 + 3 * $0) 0 R" }.joined(separator: " ")
        try object(2, [Array("<</Type /Pages /Count \(pages) /Kids [\(kids)]>>".utf8)])
        for page in 0..<pages {
            let first = 3 + 3 * page
            let entries =
                "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(first + 1) 0 R "
                + "/Resources <</XObject <</Im0 \(first + 2) 0 R>>>>>>"
            try object(first, [Array(entries.utf8)])
            try object(first + 1, stream("", Array("q 595 0 0 842 0 0 cm /Im0 Do Q".utf8)))
            let picture =
                "/Subtype /Image /Width \(pageBytes) /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
            try object(first + 2, stream(picture, [UInt8](repeating: UInt8(page & 0xFF), count: pageBytes)))
        }
        let start = count
        let size = 3 + 3 * pages
        try put(Array("xref\n0 \(size)\n\(rows)trailer\n<</Size \(size) /Root 1 0 R>>\n".utf8))
        try put(Array("startxref\n\(start)\n%%EOF\n".utf8))
    }

    private static func stream(_ entries: String, _ body: [UInt8]) -> [[UInt8]] {
        [Array("<</Length \(body.count) \(entries)>>\nstream\n".utf8), body, Array("\nendstream".utf8)]
    }
}
