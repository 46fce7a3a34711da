// What poppler finds printed on the pages, as the signature engine takes it (decision 27 of the first ones: neither knows the
// other).
import OfficeFiles
import PDFSignatures

/// The words of a PDF as the layout finder takes them: pages from 0.
package enum PrintedWords {
    package static func read(_ path: String) async throws -> [TextBox] {
        try await PageText.words(pdf: path).words.map { word in
            TextBox(
                page: word.page - 1, x: word.x, y: word.y, width: word.width, height: word.height,
                text: word.text)
        }
    }
}
