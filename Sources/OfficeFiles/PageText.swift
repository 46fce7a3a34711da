// The text of a PDF, and where each word stands on its page, in the page's own measure (points, from the lower left
// corner), so that number, date and signature can be put in their places (Nghị định 30/2020/NĐ-CP, Phụ lục I).

import Foundation

public struct PageWord: Sendable, Equatable, Codable {
    /// From 1.
    public let page: Int
    public let x: Double
    public let y: Double
    public let width: Double
    public let height: Double
    public let text: String
}

public struct PageSize: Sendable, Equatable, Codable {
    public let page: Int
    /// The lower left corner of the sheet (MediaBox), which need not be zero.
    public let originX: Double
    public let originY: Double
    public let width: Double
    public let height: Double
    /// How far the page is turned clockwise for reading: 0, 90, 180 or 270.
    public let rotation: Int
}

public struct PageText: Sendable, Equatable {
    public let words: [PageWord]
    public let pages: [PageSize]

    /// The running text in reading order, pages parted by form feeds.
    public static func text(pdf path: String, isolation: Isolation = .detected) async throws -> String {
        try text(of: try await PDFTool(pdf: path, isolation: isolation).run(step.program, step.arguments))
    }

    static let step = PDFTool.Step(
        program: "pdftotext", arguments: ["-enc", "UTF-8", PDFTool.document, "-"])

    static func text(of result: ProcessResult) throws -> String {
        String(decoding: try result.output(of: step.program), as: UTF8.self)
            .precomposedStringWithCanonicalMapping
    }

    /// Every word with its place, and the sizes of the pages.
    public static func words(pdf path: String, isolation: Isolation = .detected) async throws -> PageText {
        let tool = try PDFTool(pdf: path, isolation: isolation)
        let facts = try await tool.output(of: "pdfinfo", ["-box", "-f", "1", "-l", "-1", PDFTool.document])
        let boxes = try await tool.output(of: "pdftotext", ["-enc", "UTF-8", "-bbox", PDFTool.document, "-"])
        let sizes = sizes(in: String(decoding: facts, as: UTF8.self))
        return PageText(words: WordBoxes(boxes).words.compactMap { place($0, on: sizes) }, pages: sizes)
    }

    /// Lines such as `Page    2 MediaBox:      0.00     0.00   595.30   841.89` and `Page    2 rot:   90`.
    static func sizes(in facts: String) -> [PageSize] {
        var boxes: [Int: [Double]] = [:]
        var turns: [Int: Int] = [:]
        for line in facts.split(separator: "\n") where line.hasPrefix("Page ") {
            let parts = line.split(separator: " ")
            guard parts.count >= 4, let page = Int(parts[1]) else { continue }
            if parts[2] == "rot:" { turns[page] = Int(parts[3]) }
            if parts[2] == "MediaBox:" { boxes[page] = parts.dropFirst(3).compactMap { Double($0) } }
        }
        return boxes.keys.sorted().compactMap { page in
            guard let box = boxes[page], box.count == 4 else { return nil }
            return PageSize(
                page: page, originX: min(box[0], box[2]), originY: min(box[1], box[3]),
                width: abs(box[2] - box[0]), height: abs(box[3] - box[1]), rotation: turns[page] ?? 0)
        }
    }

    /// From the reader's view (from the upper left of the page as it is turned) to the sheet's own measure.
    static func place(_ word: WordBoxes.Word, on sizes: [PageSize]) -> PageWord? {
        guard word.page >= 1, word.page <= sizes.count else { return nil }
        let size = sizes[word.page - 1]
        let (across, down) = (word.right - word.left, word.bottom - word.top)
        let (x, y, width, height): (Double, Double, Double, Double) =
            switch size.rotation {
            case 90: (word.top, word.left, down, across)
            case 180: (size.width - word.right, word.top, across, down)
            case 270: (size.width - word.bottom, size.height - word.right, down, across)
            default: (word.left, size.height - word.bottom, across, down)
            }
        return PageWord(
            page: word.page, x: x + size.originX, y: y + size.originY, width: width, height: height,
            text: word.text)
    }
}
