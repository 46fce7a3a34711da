/// What is seen of a signature (Nghị định 30/2020/NĐ-CP, Phụ lục I): the picture of a handwritten signature
/// or of a seal, or lines of text only, or nothing.
public enum Appearance: Sendable {
    /// PNG, transparent where the paper shall show through.
    case image(png: [UInt8])
    /// The same, made ready once for many signatures.
    case picture(SignaturePicture)
    /// Upright, black, in the font given as a TrueType file.
    case text(lines: [String], font: [UInt8], fontSize: Double = 10)
    /// The stamp of the agency that received the document, red, in the font given as a TrueType file.
    case arrival(ArrivalMark, font: [UInt8])
    case none
}

/// Draws an appearance as a form XObject of the size of its field (ISO 32000-2, 12.5.5), upright for the
/// reader however the page is turned.
struct AppearanceStream {
    let rect: Rect
    let rotation: Int

    private var turned: Bool { rotation % 180 != 0 }
    var width: Double { turned ? rect.height : rect.width }
    var height: Double { turned ? rect.width : rect.height }

    func form(_ content: String, resources: PDFDictionary) -> PDFObject {
        var dictionary: PDFDictionary = [
            "Type": .name("XObject"), "Subtype": .name("Form"), "FormType": .integer(1),
            "BBox": .array([.integer(0), .integer(0), .decimal(width), .decimal(height)]),
            "Resources": .dictionary(resources),
        ]
        if let matrix { dictionary["Matrix"] = .array(matrix.map { .integer($0) }) }
        return .stream(PDFStream(dictionary: dictionary, raw: Array(content.utf8)[...]))
    }

    /// A page turned clockwise needs its appearances turned back; the shift into place is the reader's doing.
    private var matrix: [Int]? {
        switch rotation {
        case 90: [0, 1, -1, 0, 0, 0]
        case 180: [-1, 0, 0, -1, 0, 0]
        case 270: [0, -1, 1, 0, 0, 0]
        default: nil
        }
    }

    /// `nil` for an appearance that shows nothing.
    func add(_ appearance: Appearance, to update: inout IncrementalUpdate) throws(SigningError)
        -> PDFReference?
    {
        switch appearance {
        case .none:
            return nil
        case .image(let png):
            return add(try SignaturePicture(png: png), to: &update)
        case .picture(let picture):
            return add(picture, to: &update)
        case .text(let lines, let font, let size):
            return try add(lines, font: font, size: size, to: &update)
        case .arrival(let stamp, let font):
            return try add(stamp, font: font, to: &update)
        }
    }

    private func add(
        _ stamp: ArrivalMark, font: [UInt8], to update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFReference {
        let drawing = try ArrivalMarkDrawing(stamp, font: TrueTypeFont(font))
        let reference = try FontEmbedding(subset: drawing.subset).add(to: &update)
        let scale = min(width / ArrivalMark.width, height / ArrivalMark.height)
        let (x, y) = ((width - ArrivalMark.width * scale) / 2, (height - ArrivalMark.height * scale) / 2)
        let placing = [scale, 0, 0, scale, x, y].map(Content.number).joined(separator: " ")
        return update.add(
            form(
                "q \(placing) cm\n\(drawing.content)Q",
                resources: ["Font": .dictionary(["F0": .reference(reference)])]))
    }

    /// The picture as large as fits, in its own proportions, in the middle.
    private func add(_ picture: SignaturePicture, to update: inout IncrementalUpdate) -> PDFReference {
        let scale = min(width / Double(picture.width), height / Double(picture.height))
        let (w, h) = (Double(picture.width) * scale, Double(picture.height) * scale)
        let content =
            "q \(Content.number(w)) 0 0 \(Content.number(h)) "
            + "\(Content.number((width - w) / 2)) \(Content.number((height - h) / 2)) cm /Im0 Do Q"
        return update.add(
            form(content, resources: ["XObject": .dictionary(["Im0": .reference(picture.add(to: &update))])]))
    }

    private func add(
        _ lines: [String], font bytes: [UInt8], size: Double, to update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFReference {
        let font = try TrueTypeFont(bytes)
        let subset = try FontSubset(font, text: lines.joined(separator: " "))
        let reference = try FontEmbedding(subset: subset).add(to: &update)
        let widest = lines.map { font.width(of: $0) / 1_000 }.max() ?? 1
        let fitted = min(size, width / max(widest, 0.1), height / (1.15 * Double(max(lines.count, 1))))
        var content = "q BT 0 g /F0 \(Content.number(fitted)) Tf \(Content.number(fitted * 1.15)) TL "
        content += "0 \(Content.number(height - fitted * 0.9)) Td\n"
        for (index, line) in lines.enumerated() {
            let codes = String(decoding: Hex.encode(try subset.encode(line)), as: UTF8.self)
            content += "<\(codes)> " + (index == 0 ? "Tj\n" : "'\n")
        }
        return update.add(
            form(content + "ET Q", resources: ["Font": .dictionary(["F0": .reference(reference)])]))
    }
}

enum Content {
    static func number(_ value: Double) -> String {
        String(decoding: Serializer.bytes(of: .decimal(value)), as: UTF8.self)
    }
}
