import Foundation

/// Finds the places of number, date, signature and seal from the words of the page, as a clerk would: "Số:
/// /…", "ngày    tháng    năm", and the signer's title and name at the lower right. What cannot be found is
/// named, and the place is then chosen by hand.

public enum LayoutReason: String, Codable, Sendable, CaseIterable {
    case noText
    case numberLineNotFound
    case numberSpaceTooSmall
    case dateLineNotFound
    case dateSpaceTooSmall
    case titleBlockNotFound
    case signerNameNotFound
    case noRoomForSignature
}

public struct LayoutFinding: Codable, Sendable, Equatable {
    public var number: BlankPlace?
    public var day: BlankPlace?
    public var month: BlankPlace?
    public var year: BlankPlace?
    public var signer: Place?
    public var seal: Place?
    public var printedNumber: String?
    public var printedDay: String?
    public var printedMonth: String?
    public var printedYear: String?
    /// Lines above the name, as printed: capacity and title.
    public var titleLines: [String] = []
    public var signerName: String?
    /// Why something is missing; empty when everything was found.
    public var reasons: [LayoutReason] = []

    /// The layout, as soon as the places of signature and seal are known.
    public var layout: SignatureLayout? {
        guard let signer, let seal else { return nil }
        return SignatureLayout(
            number: number, day: day, month: month, year: year, signer: signer, seal: seal,
            printedNumber: printedNumber, printedDay: printedDay, printedMonth: printedMonth,
            printedYear: printedYear)
    }
}

public enum LayoutFinder {
    public static func find(words: [TextBox], pages: [PageBox], signerName: String?) -> LayoutFinding {
        var finding = LayoutFinding()
        let lines = pages.indices.map { PrintedLines(words: words, page: $0, box: pages[$0]) }
        guard let first = lines.first, lines.contains(where: { !$0.words.isEmpty }) else {
            finding.reasons = [.noText]
            return finding
        }
        NumberLine(page: first).find(into: &finding)
        DateLine(page: first).find(into: &finding)
        TitleBlock(pages: lines, signerName: signerName).find(into: &finding)
        return finding
    }
}

/// A word as shown on the upright page, origin bottom left, its text composed (NFC).
struct PrintedWord: Equatable {
    var rect: Rect
    var text: String

    var lowered: String { text.lowercased() }
    var isNumber: Bool { !text.isEmpty && text.allSatisfy { $0.isNumber && $0.isASCII } }
    /// Dots or dashes that stand for a blank.
    var isFiller: Bool { text.allSatisfy { ".…_-".contains($0) } }
}

/// The words of one page in lines from top to bottom, each from left to right.
struct PrintedLines {
    let page: Int
    let box: PageBox
    let words: [PrintedWord]
    let lines: [[PrintedWord]]

    init(words all: [TextBox], page: Int, box: PageBox) {
        self.page = page
        self.box = box
        words = all.filter { $0.page == page }.prefix(PDFLimits.default.words)
            .map {
                PrintedWord(rect: box.displayed($0.rect), text: $0.text.precomposedStringWithCanonicalMapping)
            }
            .filter { $0.rect.isFinite && !$0.text.isEmpty }
        var lines: [[PrintedWord]] = []
        for word in words.sorted(by: { $0.rect.midY > $1.rect.midY }) {
            if let last = lines.last?.first, abs(last.rect.midY - word.rect.midY) < last.rect.height * 0.35 {
                lines[lines.count - 1].append(word)
            } else {
                lines.append([word])
            }
        }
        self.lines = lines.map { $0.sorted { $0.rect.x < $1.rect.x } }
    }

    func place(_ shown: Rect) -> Place { Place(page: page, rect: box.userSpace(shown)) }

    /// A blank beside a printed label, on the label's baseline.
    func blank(from left: Double, to right: Double, beside label: PrintedWord, italic: Bool) -> BlankPlace {
        let size = TypeSize.of(label)
        let shown = Rect(
            x: left, y: TypeSize.baseline(of: label) - BlankPlace.depth * size, width: right - left,
            height: 1.3 * size)
        return BlankPlace(page: page, rect: box.userSpace(shown), fontSize: size, italic: italic)
    }
}

/// The size of type, from how wide a known word was printed in the prescribed Times letters: the height that
/// programs report depends on the font file, the width does not.
enum TypeSize {
    /// In type sizes.
    private static let widths: [String: Double] = [
        "số:": 1.334, "số": 1.056, "ngày": 1.944, "tháng": 2.278, "năm": 1.722,
    ]

    static func of(_ word: PrintedWord) -> Double {
        guard let width = widths[word.lowered] else { return fallback(word) }
        let size = word.rect.width / width
        // Another typeface than the prescribed one: then the height is the better guide.
        guard size > word.rect.height * 0.6, size < word.rect.height * 1.05 else { return fallback(word) }
        return (size * 2).rounded() / 2
    }

    private static func fallback(_ word: PrintedWord) -> Double { (word.rect.height / 1.2 * 2).rounded() / 2 }

    /// Boxes reach from the descenders up: where they are taller than the type, they reach lower.
    static func baseline(of word: PrintedWord) -> Double {
        let size = of(word)
        let excess = max(0, min(0.3, word.rect.height / size - 1.107))
        return word.rect.y + size * (0.216 + excess * 0.69)
    }
}
