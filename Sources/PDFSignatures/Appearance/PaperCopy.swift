/// The form of a certified copy on paper (Nghị định 30/2020/NĐ-CP, Điều 25–27; Phụ lục I, phần II; mẫu 3.1): below a solid
/// line under the last part of the document, on the same page where there is room. What comes out is for the printer: the
/// original with its signatures lies in it unchanged, one saving below.
public struct CopyForm: Sendable, Equatable {
    /// Hình thức sao: `SAO Y`.
    public var kind: String
    /// Tên cơ quan sao văn bản, the superior's line first; each may be broken.
    public var superior: String
    public var agency: String
    /// `02/SY-PTP`.
    public var number: String
    /// `Rạch Giá, ngày 12 tháng 5 năm 2026`.
    public var placeAndDate: String
    /// Quyền hạn, chức vụ của người ký, a line each.
    public var authority: [String]
    public var signer: String
    /// Nơi nhận, without the dash.
    public var recipients: [String]
    /// Who signed the electronic original and when, a line each: on paper nobody can ask the signature.
    public var origin: [String]

    public init(
        kind: String, superior: String, agency: String, number: String, placeAndDate: String,
        authority: [String],
        signer: String, recipients: [String], origin: [String]
    ) {
        self.kind = kind
        self.superior = superior
        self.agency = agency
        self.number = number
        self.placeAndDate = placeAndDate
        self.authority = authority
        self.signer = signer
        self.recipients = recipients
        self.origin = origin
    }
}

public enum PaperCopy {
    /// Below the last ink, and above the page's lower edge, in points.
    static let gap = 14.0
    static let margin = 34.0

    /// - Parameters:
    ///   - inkBottom: How far down the last page is printed, in points from its upper edge as shown; nil when
    ///     nobody knows, and the form gets a page of its own.
    ///   - upright, italic: TrueType files with the letters of a Times-compatible typeface.
    /// - Returns: The file with one more saving.
    public static func add(
        _ form: CopyForm, to bytes: [UInt8], inkBottom: Double?, upright: [UInt8], italic: [UInt8]
    ) throws(SigningError) -> [UInt8] {
        let file: PDFFile
        do throws(PDFError) { file = try PDFFile(bytes) } catch { throw .unreadable(error) }
        guard let last = file.pageNodes.last else { throw .noSuchPage(0) }
        var update = try IncrementalUpdate(file)
        try update.avoidDanglingNumbers()
        let box = last.box
        let drawing = try CopyFormDrawing(form, width: box.displayedWidth, upright: upright, italic: italic)
        let room = box.displayedHeight - (inkBottom ?? box.displayedHeight) - gap - margin
        if room >= drawing.height {
            let top = box.displayedHeight - (inkBottom ?? 0) - gap
            let shown = Rect(
                x: 0, y: top - drawing.height, width: box.displayedWidth, height: drawing.height)
            let annotation = try update.addMark(drawing, at: box.userSpace(shown), box, page: last.reference)
            try update.addAnnotations([annotation], toPage: file.pageNodes.count - 1)
        } else {
            try update.addPage(drawing, after: last)
        }
        return update.finished().bytes
    }
}

extension IncrementalUpdate {
    /// A mark that is printed and cannot be moved (ISO 32000-2, 12.5.3: Print, ReadOnly, Locked).
    fileprivate mutating func addMark(
        _ drawing: CopyFormDrawing, at rect: Rect, _ box: PageBox, page: PDFReference
    ) throws(SigningError) -> PDFReference {
        let stream = AppearanceStream(rect: rect, rotation: box.rotation)
        let appearance = add(stream.form(drawing.content, resources: try fonts(drawing)))
        return add(
            .dictionary([
                "Type": .name("Annot"), "Subtype": .name("Stamp"), "Rect": rect.pdf,
                "F": .integer(4 | 64 | 128),
                "P": .reference(page), "AP": .dictionary(["N": .reference(appearance)]),
            ]))
    }

    /// One more page, as large as the last one is shown, with the form at its top.
    fileprivate mutating func addPage(_ drawing: CopyFormDrawing, after last: PageNode) throws(SigningError) {
        guard case .reference(let parent)? = last.dictionary["Parent"],
            var node = try object(parent).dictionary
        else { throw .unreadable(.damaged("page without a parent")) }
        let box = last.box
        let lift = box.displayedHeight - 56 - drawing.height
        let content = "q 1 0 0 1 0 \(Content.number(lift)) cm\n\(drawing.content)Q\n"
        let stream = add(.stream(PDFStream(dictionary: [:], raw: Array(content.utf8)[...])))
        let page = add(
            .dictionary([
                "Type": .name("Page"), "Parent": .reference(parent), "Rotate": .integer(0),
                "MediaBox": Rect(x: 0, y: 0, width: box.displayedWidth, height: box.displayedHeight).pdf,
                "CropBox": Rect(x: 0, y: 0, width: box.displayedWidth, height: box.displayedHeight).pdf,
                "Resources": .dictionary(try fonts(drawing)), "Contents": .reference(stream),
            ]))
        node["Kids"] = .array((try resolve(node["Kids"]).array ?? []) + [.reference(page)])
        set(parent, .dictionary(node))
        try countOneMore(from: parent)
    }

    /// Every node above counts the pages below it.
    private mutating func countOneMore(from first: PDFReference) throws(SigningError) {
        var next: PDFReference? = first
        for _ in 0..<64 {
            guard let reference = next else { return }
            guard var node = try object(reference).dictionary else { break }
            node["Count"] = .integer((try resolve(node["Count"]).integer ?? 0) + 1)
            set(reference, .dictionary(node))
            next = node["Parent"]?.reference
        }
        throw .unreadable(.damaged("page tree without end"))
    }

    private mutating func fonts(_ drawing: CopyFormDrawing) throws(SigningError) -> PDFDictionary {
        let upright = try FontEmbedding(subset: drawing.upright.subset).add(to: &self)
        let italic = try FontEmbedding(subset: drawing.italic.subset).add(to: &self)
        return ["Font": .dictionary(["F0": .reference(upright), "F1": .reference(italic)])]
    }
}
