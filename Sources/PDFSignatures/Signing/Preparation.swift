/// The saving before the first signature: empty fields for number and date, and the fields of both
/// signatures, at their final places. Whatever is put on the page after a signature without having been
/// prepared makes that signature invalid to a strict reader; filling a field and signing another do not.
public enum Preparation {
    public static func prepare(
        _ pdf: [UInt8], layout: SignatureLayout, font: [UInt8], italicFont: [UInt8]? = nil
    ) throws -> [UInt8] {
        let file = try PDFFile.forChange(FileBytes(pdf))
        return try prepared(file, layout: layout, font: font, italicFont: italicFont).bytes
    }

    /// The same from a file to a file, which may be the same one.
    ///
    /// - Throws: `SigningError`; `FileProblem` when a file cannot be read or written.
    public static func prepare(
        file input: String, to output: String, layout: SignatureLayout, font: [UInt8],
        italicFont: [UInt8]? = nil
    ) throws {
        try FileToFile.extend(input, to: output) {
            try prepared($0, layout: layout, font: font, italicFont: italicFont).tail
        }
    }

    private static func prepared(
        _ file: PDFFile, layout: SignatureLayout, font: [UInt8], italicFont: [UInt8]?
    ) throws(SigningError) -> Saving {
        let fields = try file.formFields()
        let names = [
            FieldName.number, FieldName.day, FieldName.month, FieldName.year, FieldName.signer,
            FieldName.seal,
        ]
        guard !fields.contains(where: { $0.type == "Sig" && $0.value != nil }) else { throw .alreadySigned }
        guard !fields.contains(where: { names.contains($0.name) }) else { throw .alreadyPrepared }
        var update = try IncrementalUpdate(file)
        try update.avoidDanglingNumbers()
        let blanks = [
            (FieldName.number, "Số", layout.number), (FieldName.day, "Ngày", layout.day),
            (FieldName.month, "Tháng", layout.month), (FieldName.year, "Năm", layout.year),
        ].compactMap { name, label, blank in blank.map { (name, label, $0) } }

        if !blanks.isEmpty {
            let fonts = try addFonts(font, italicFont, to: &update)
            try update.addFormFonts(fonts)
            for (name, label, blank) in blanks {
                let field = try textField(name, label: label, blank, fonts: fonts, in: &update)
                try update.addFields([field], signatures: false)
                try update.addAnnotations([field], toPage: blank.page)
            }
        }
        let signer = try SignatureFieldWriter.add(FieldName.signer, at: layout.signer, to: &update)
        let seal = try SignatureFieldWriter.add(
            FieldName.seal, at: layout.seal, locking: blanks.map { $0.0 }, to: &update)
        try update.addFields([signer, seal], signatures: true)
        try update.addAnnotations([signer], toPage: layout.signer.page)
        try update.addAnnotations([seal], toPage: layout.seal.page)
        return update.finished()
    }

    private static func addFonts(
        _ upright: [UInt8], _ italic: [UInt8]?, to update: inout IncrementalUpdate
    ) throws(SigningError) -> [String: PDFReference] {
        func add(_ bytes: [UInt8], to update: inout IncrementalUpdate) throws(SigningError) -> PDFReference {
            let subset = try FontSubset(TrueTypeFont(bytes), text: VietnameseAlphabet.text)
            return try FontEmbedding(subset: subset).add(to: &update)
        }
        let first = try add(upright, to: &update)
        let second = if let italic { try add(italic, to: &update) } else { first }
        return [FormFont.upright: first, FormFont.italic: second]
    }

    private static func textField(
        _ name: String, label: String, _ blank: BlankPlace, fonts: [String: PDFReference],
        in update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFReference {
        let page = try update.file.page(blank.page, holding: blank.rect)
        let font = blank.italic ? FormFont.italic : FormFont.upright
        guard let reference = fonts[font] else { throw .badFont(font) }
        let empty = AppearanceStream(rect: blank.rect, rotation: page.box.rotation).form(
            "/Tx BMC EMC", resources: ["Font": .dictionary([font: .reference(reference)])])
        var field: PDFDictionary = [
            "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Tx"),
            "T": .string(TextString.encode(name)), "TU": .string(TextString.encode(label)),
            "Rect": blank.rect.pdf, "P": .reference(page.reference), "F": .integer(4), "Q": .integer(1),
            "DA": .string(Array("/\(font) \(Content.number(blank.fontSize)) Tf 0 g".utf8)),
            "AP": .dictionary(["N": .reference(update.add(empty))]),
        ]
        if page.box.rotation != 0 { field["MK"] = .dictionary(["R": .integer(page.box.rotation)]) }
        return update.add(.dictionary(field))
    }
}

enum FormFont {
    static let upright = "VanThuSerif"
    static let italic = "VanThuSerifItalic"
}

/// What a field may have to show: the keyboard's letters and all letters of Vietnamese.
enum VietnameseAlphabet {
    static let text: String = {
        var letters = String(String.UnicodeScalarView((0x20...0x7E).compactMap { Unicode.Scalar($0) }))
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"]
        for vowel in ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"] {
            for tone in tones { letters += vowel + tone + vowel.uppercased() + tone }
        }
        return letters + "đĐ–…"
    }()
}
