import Foundation

/// Fills prepared fields with number and date in one saving. Only empty fields are filled: what stands there
/// has perhaps been signed, and what was signed is not written over.
public enum FormFilling {
    /// The new PDF, in which no signature has become worse.
    public static func fill(
        _ pdf: [UInt8], values: [String: String], font: [UInt8], italicFont: [UInt8]? = nil
    ) throws -> [UInt8] {
        let before = try PDFFile.forChange(FileBytes(pdf))
        let after = try filled(before, values: values, font: font, italicFont: italicFont).file
        try SelfCheck(before: before, after: after, newField: nil).run()
        return [UInt8](after)
    }

    /// The same from a file to a file, which may be the same one.
    ///
    /// - Throws: `SigningError`; `FileProblem` when a file cannot be read or written.
    public static func fill(
        file input: String, to output: String, values: [String: String], font: [UInt8],
        italicFont: [UInt8]? = nil
    ) throws {
        try FileToFile.extend(input, to: output) {
            try filled($0, values: values, font: font, italicFont: italicFont).tail
        }
    }

    private static func filled(
        _ file: PDFFile, values: [String: String], font: [UInt8], italicFont: [UInt8]?
    ) throws(SigningError) -> Saving {
        let fields = try file.formFields()
        let locked = try FieldLocks(file: file, fields: fields)
        var update = try IncrementalUpdate(file)
        var typefaces = Typefaces(upright: font, italic: italicFont, text: values.values.joined())
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let field = fields.first(where: { $0.name == name }) else { throw .noSuchField(name) }
            guard field.type == "Tx" else { throw .fieldIsNotText(name) }
            guard !locked.forbid(name) else { throw .fieldLocked(name) }
            let present = try update.resolve(field.value).string ?? []
            guard TextString.decode(present).isEmpty else { throw .fieldAlreadyFilled(name) }
            try fill(field, value, &typefaces, in: &update)
        }
        return update.finished()
    }

    private static func fill(
        _ field: FormField, _ value: String, _ typefaces: inout Typefaces, in update: inout IncrementalUpdate
    ) throws(SigningError) {
        guard field.widgets == [field.reference],
            var dictionary = try update.object(field.reference).dictionary,
            let rect = try rectangle(dictionary["Rect"], in: update)
        else { throw .noSuchField(field.name) }
        let page = update.file.pageNodes.first { $0.reference == dictionary["P"]?.reference }
        let setting = TextSetting(dictionary["DA"]?.string ?? [])
        let stream = AppearanceStream(rect: rect, rotation: page?.box.rotation ?? 0)
        let face = try typefaces.face(italic: setting.italic, in: &update)
        let appearance = try FilledText(
            value: value, setting: setting, face: face, width: stream.width, height: stream.height)
        let form = stream.form(
            appearance.content, resources: ["Font": .dictionary(["F0": .reference(face.reference)])])
        dictionary["V"] = .string(TextString.encode(value))
        dictionary["AP"] = .dictionary(["N": .reference(update.add(form))])
        update.set(field.reference, .dictionary(dictionary))
    }

    private static func rectangle(
        _ object: PDFObject?, in update: IncrementalUpdate
    ) throws(SigningError) -> Rect? {
        let edges = (try update.resolve(object).array ?? []).compactMap(\.number)
        guard edges.count == 4, edges.allSatisfy({ abs($0) < 1e6 }) else { return nil }
        return Rect(
            x: min(edges[0], edges[2]), y: min(edges[1], edges[3]), width: abs(edges[2] - edges[0]),
            height: abs(edges[3] - edges[1]))
    }
}

/// The field's default appearance (ISO 32000-2, 12.7.4.3): which of our typefaces, and how large.
struct TextSetting {
    var size = 13.0
    var italic = false

    init(_ operators: [UInt8]) {
        let words = String(decoding: operators, as: UTF8.self).split(separator: " ")
        guard let end = words.firstIndex(of: "Tf"), end >= 2 else { return }
        if let size = Double(words[end - 1]), size > 1, size < 200 { self.size = size }
        italic = words[end - 2] == "/" + FormFont.italic
    }
}

/// The fonts of one filling, each embedded when first needed, with just the letters of this filling.
struct Typefaces {
    struct Face {
        let subset: FontSubset
        let reference: PDFReference
        /// Slanted by drawing where no italic font was given.
        let slant: Double
    }

    let upright: [UInt8]
    let italic: [UInt8]?
    let text: String
    private var faces: [Bool: Face] = [:]

    init(upright: [UInt8], italic: [UInt8]?, text: String) {
        self.upright = upright
        self.italic = italic
        self.text = text
    }

    mutating func face(italic wanted: Bool, in update: inout IncrementalUpdate) throws(SigningError) -> Face {
        if let known = faces[wanted] { return known }
        let bytes = wanted ? italic ?? upright : upright
        let subset = try FontSubset(TrueTypeFont(bytes), text: text)
        let face = Face(
            subset: subset, reference: try FontEmbedding(subset: subset).add(to: &update),
            slant: wanted && italic == nil ? 0.277 : 0)
        faces[wanted] = face
        return face
    }
}

/// One line in the middle of its blank, on the baseline of the print beside it, smaller only where it must.
struct FilledText {
    let content: String

    init(
        value: String, setting: TextSetting, face: Typefaces.Face, width: Double, height: Double
    ) throws(SigningError) {
        let natural = face.subset.font.width(of: value.precomposedStringWithCanonicalMapping) / 1_000
        let size = natural > 0 ? min(setting.size, width / natural) : setting.size
        let x = (width - natural * size) / 2
        let y = BlankPlace.depth * setting.size
        let codes = String(decoding: Hex.encode(try face.subset.encode(value)), as: UTF8.self)
        content =
            "/Tx BMC q BT 0 g /F0 \(Content.number(size)) Tf 1 0 \(Content.number(face.slant)) 1 "
            + "\(Content.number(x)) \(Content.number(y)) Tm <\(codes)> Tj ET Q EMC"
    }
}
