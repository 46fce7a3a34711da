/// A signature field and its place on the page (ISO 32000-2, 12.7.5.5).
enum SignatureFieldWriter {
    /// `locking` names the fields that may no longer change once this one is signed.
    static func add(
        _ name: String, at place: Place?, locking: [String] = [], to update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFReference {
        let page = try update.file.page(place?.page ?? 0, holding: place?.rect)
        var field: PDFDictionary = [
            "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"),
            "T": .string(TextString.encode(name)), "P": .reference(page.reference),
            // Printed, and locked in place.
            "F": .integer(132),
            "Rect": (place?.rect ?? Rect(x: 0, y: 0, width: 0, height: 0)).pdf,
        ]
        if !locking.isEmpty {
            field["Lock"] = .dictionary([
                "Type": .name("SigFieldLock"), "Action": .name("Include"),
                "Fields": .array(locking.map { .string(TextString.encode($0)) }),
            ])
        }
        return update.add(.dictionary(field))
    }
}

extension PDFFile {
    static func forChange(_ pdf: FileBytes) throws(SigningError) -> PDFFile {
        do throws(PDFError) { return try PDFFile(pdf) } catch { throw .unreadable(error) }
    }

    func formFields() throws(SigningError) -> [FormField] {
        do throws(PDFError) { return try fields() } catch { throw .unreadable(error) }
    }

    /// The page, when the rectangle lies on it.
    func page(_ index: Int, holding rect: Rect?) throws(SigningError) -> PageNode {
        guard pageNodes.indices.contains(index) else { throw .noSuchPage(index) }
        let page = pageNodes[index]
        if let rect {
            let crop = page.box.crop
            guard rect.isFinite, rect.width > 0, rect.height > 0, rect.x >= crop.x - 1, rect.y >= crop.y - 1,
                rect.maxX <= crop.maxX + 1, rect.maxY <= crop.maxY + 1
            else { throw .rectangleOutsidePage }
        }
        return page
    }
}
