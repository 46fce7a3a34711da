import Foundation

/// A signature of words only (Nghị định 30/2020/NĐ-CP, Phụ lục I): 10 points, black, upright, at the top right
/// of the first page. Long lines are broken, never made smaller.
public struct TextMark: Sendable {
    /// As they are printed.
    public let lines: [String]
    /// As large as the lines need, on the page as the reader sees it.
    public let width: Double
    public let height: Double
    private let font: [UInt8]

    public static let size = 10.0
    private static let leading = 11.5

    /// - Parameter font: A TrueType file with the letters of a Times-compatible typeface.
    /// - Throws: `SigningError.missingGlyph` for a letter that the font does not have.
    public init(_ lines: [String], font: [UInt8], on box: PageBox) throws(SigningError) {
        let typeface = try TrueTypeFont(font)
        let room = max(60, box.displayedWidth / 2 - 28)
        var broken: [String] = []
        for line in lines {
            broken += LineBreaker(font: typeface, size: TextMark.size).lines(line, room: room)
        }
        _ = try FontSubset(typeface, text: broken.joined(separator: " "))
        self.font = font
        self.lines = broken
        let widest = broken.map { typeface.width(of: $0) * TextMark.size / 1_000 }.max() ?? 0
        width = widest.rounded(.up) + 1
        height = TextMark.leading * Double(max(broken.count, 1)) + 1
    }

    public var appearance: Appearance { .text(lines: lines, font: font, fontSize: TextMark.size) }

    /// Top right of a page.
    public func place(on box: PageBox, page: Int = 0) -> Place {
        let shown = Rect(
            x: max(0, box.displayedWidth - 28 - width), y: max(0, box.displayedHeight - 22 - height),
            width: min(width, box.displayedWidth), height: min(height, box.displayedHeight))
        return Place(page: page, rect: box.userSpace(shown))
    }
}

/// Breaks a line between words so that each part fits.
struct LineBreaker {
    let font: TrueTypeFont
    let size: Double

    func width(_ text: String) -> Double { font.width(of: text) * size / 1_000 }

    func lines(_ text: String, room: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.precomposedStringWithCanonicalMapping.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if line.isEmpty || width(longer) <= room {
                line = longer
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }
}
