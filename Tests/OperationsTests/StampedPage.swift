import Foundation

/// A page that was printed on: one more saving in which the page's content is another one, as programs make it that put
/// number and date onto the page by themselves. For files with classic cross-references, as LibreOffice writes them.
struct StampedPage {
    struct Unexpected: Error {}

    private let pdf: [UInt8]
    private let text: String

    init(_ pdf: [UInt8]) throws {
        self.pdf = pdf
        text = String(decoding: pdf.map { $0 < 128 ? $0 : 0x2E }, as: UTF8.self)
    }

    func bytes() throws -> [UInt8] {
        let content = try number(after: "/Contents ")
        let size = try number(after: "/Size ", last: true), root = try number(after: "/Root ", last: true)
        let previous = try number(after: "startxref\n", last: true)
        var update = "\n", offset = pdf.count + 1
        let stream = "BT /F1 13 Tf 142 720 Td (54) Tj ET"
        let object =
            "\(content) 0 obj\n<</Length \(stream.utf8.count)>>\nstream\n\(stream)\nendstream\nendobj\n"
        update += object
        let digits = String(offset)
        offset += object.utf8.count
        update +=
            "xref\n\(content) 1\n\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n"
        update +=
            "trailer\n<</Size \(size) /Root \(root) 0 R /Prev \(previous)>>\nstartxref\n\(offset)\n%%EOF\n"
        return pdf + Array(update.utf8)
    }

    private func number(after words: String, last: Bool = false) throws -> Int {
        guard let found = text.range(of: words, options: last ? .backwards : []),
            let number = Int(text[found.upperBound...].prefix { $0.isNumber })
        else { throw Unexpected() }
        return number
    }
}
