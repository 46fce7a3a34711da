import Foundation

/// A typeface with the letters a form needs; what it does not have is printed as a question mark.
struct CopyFont {
    let font: TrueTypeFont
    let subset: FontSubset

    init(_ bytes: [UInt8], text: String) throws(SigningError) {
        font = try TrueTypeFont(bytes)
        subset = try FontSubset(font, text: CopyFont.printable(text + " ?", in: font))
    }

    func printable(_ text: String) -> String { CopyFont.printable(text, in: font) }

    private static func printable(_ text: String, in font: TrueTypeFont) -> String {
        var printable = ""
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            printable.unicodeScalars.append(font.glyph(for: scalar) == 0 ? "?" : scalar)
        }
        return printable
    }

    func width(_ text: String, _ size: Double) -> Double { font.width(of: text) * size / 1_000 }
}

/// Draws the form of a copy over the whole width of a page; the origin is the form's lower left corner. Margins are those of a
/// letter: 30 mm left, 15 mm right (Phụ lục I, mục I).
struct CopyFormDrawing {
    let upright: CopyFont
    let italic: CopyFont
    private(set) var height = 0.0
    private(set) var content = ""

    private let form: CopyForm
    private let left: Double
    private let right: Double
    /// Where the left column ends and the right one begins.
    private let middle: Double
    /// Downwards from the top of the form.
    private var pieces: [Piece] = []

    private struct Piece {
        enum Style { case plain, bold, italic }
        let text: String
        let size: Double
        let x: Double
        let y: Double
        let style: Style
    }

    init(_ form: CopyForm, width: Double, upright: [UInt8], italic: [UInt8]) throws(SigningError) {
        self.form = form
        left = min(85, width * 0.15)
        right = width - min(43, width * 0.08)
        middle = left + (right - left) * 0.46
        let words =
            [
                form.kind, form.superior, form.agency, form.number, form.placeAndDate, form.signer,
                "Nơi nhận: Số: -;.",
            ]
            + form.authority + form.recipients + form.origin
        let text = words.joined(separator: " ")
        self.upright = try CopyFont(upright, text: text)
        self.italic = try CopyFont(italic, text: text)
        let heads = max(drawLeftHead(), drawRightHead())
        let below = max(drawRecipients(from: heads), drawSigner(from: heads))
        height = (drawOrigin(from: below) + 4).rounded(.up)
        content = try written()
    }

    // MARK: The two columns

    private mutating func drawLeftHead() -> Double {
        var y = 20.0
        let centre = (left + middle) / 2
        let room = middle - left - 10
        for line in lines(form.superior, 12, room) where !line.isEmpty {
            y = put(line, 12, centre, y, .plain)
        }
        for line in lines(form.agency, 12, room) { y = put(line, 12, centre, y, .bold) }
        return put("Số: \(form.number)", 13, centre, y + 4, .plain)
    }

    private mutating func drawRightHead() -> Double {
        let centre = (middle + right) / 2
        var y = put(form.kind, 14, centre, 20, .bold)
        for line in lines(form.placeAndDate, 13, right - middle, .italic) {
            y = put(line, 13, centre, y + 4, .italic)
        }
        return y
    }

    private mutating func drawSigner(from top: Double) -> Double {
        let centre = (middle + right) / 2
        var y = top + 10
        for title in form.authority {
            for line in lines(title, 13, right - middle) { y = put(line, 13, centre, y, .bold) }
        }
        // Room for the signature by hand and the seal, 36 mm across.
        return put(form.signer, 13, centre, y + 72, .bold)
    }

    private mutating func drawRecipients(from top: Double) -> Double {
        var y = put("Nơi nhận:", 12, at: left, top + 10, .italic)
        for (index, name) in form.recipients.enumerated() {
            let end = index + 1 == form.recipients.count ? "." : ";"
            for (row, line) in lines("- \(name)\(end)", 11, middle - left - 10).enumerated() {
                y = put(line, 11, at: left + (row == 0 ? 0 : 6), y, .plain)
            }
        }
        return y
    }

    private mutating func drawOrigin(from top: Double) -> Double {
        var y = top + 8
        for text in form.origin {
            for line in lines(text, 9, right - left, .italic) { y = put(line, 9, at: left, y, .italic) }
        }
        return y
    }

    // MARK: Words

    private func font(_ style: Piece.Style) -> CopyFont { style == .italic ? italic : upright }

    private func lines(_ text: String, _ size: Double, _ room: Double, _ style: Piece.Style = .plain)
        -> [String]
    {
        LineBreaker(font: font(style).font, size: size).lines(font(style).printable(text), room: room)
    }

    /// Centred; the place below the line.
    private mutating func put(
        _ text: String, _ size: Double, _ centre: Double, _ y: Double, _ style: Piece.Style
    ) -> Double {
        let printable = font(style).printable(text)
        return put(printable, size, at: centre - font(style).width(printable, size) / 2, y, style)
    }

    private mutating func put(
        _ text: String, _ size: Double, at x: Double, _ y: Double, _ style: Piece.Style
    ) -> Double {
        pieces.append(Piece(text: text, size: size, x: max(2, x), y: y + size, style: style))
        return y + size * 1.22
    }

    private func written() throws(SigningError) -> String {
        var text = "q 0 G 0 g 1 w \(Content.number(left)) \(Content.number(height - 4)) m "
        text += "\(Content.number(right)) \(Content.number(height - 4)) l S Q\n"
        for piece in pieces {
            let font = font(piece.style)
            let codes = String(
                decoding: Hex.encode(try font.subset.encode(font.printable(piece.text))), as: UTF8.self)
            text += "q BT 0 g 0 G /\(piece.style == .italic ? "F1" : "F0") \(Content.number(piece.size)) Tf "
            text += "\(Content.number(piece.x)) \(Content.number(height - piece.y)) Td "
            if piece.style == .bold { text += "2 Tr \(Content.number(piece.size * 0.03)) w " }
            text += "<\(codes)> Tj ET Q\n"
        }
        return text
    }
}
