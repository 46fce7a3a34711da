/// Adding fields to the document's form and their widgets to a page (ISO 32000-2, 12.7). Each list is
/// rewritten in the smallest object that owns it, and the form becomes an object of its own at first use, so
/// that a second signature need not touch the catalogue.
extension IncrementalUpdate {
    /// The form's reference, after making it an object of its own where it was not.
    mutating func form() throws(SigningError) -> (reference: PDFReference, dictionary: PDFDictionary) {
        let catalogReference = file.catalogReference
        guard var catalog = try object(catalogReference).dictionary else {
            throw .unreadable(.damaged("no catalogue"))
        }
        if case .reference(let reference)? = catalog["AcroForm"], let form = try object(reference).dictionary
        {
            return (reference, form)
        }
        let form = try resolve(catalog["AcroForm"]).dictionary ?? ["Fields": .array([])]
        let reference = add(.dictionary(form))
        catalog["AcroForm"] = .reference(reference)
        set(catalogReference, .dictionary(catalog))
        return (reference, form)
    }

    mutating func addFields(_ fields: [PDFReference], signatures: Bool) throws(SigningError) {
        var (reference, form) = try form()
        let added = fields.map { PDFObject.reference($0) }
        if case .reference(let list)? = form["Fields"], let items = try object(list).array {
            set(list, .array(items + added))
        } else {
            form["Fields"] = .array((try resolve(form["Fields"]).array ?? []) + added)
        }
        if signatures {
            // SignaturesExist and AppendOnly (ISO 32000-2, table 225).
            form["SigFlags"] = .integer((try resolve(form["SigFlags"]).integer ?? 0) | 3)
        }
        if form["DA"] == nil, form["DR"] != nil { form["DA"] = .string(Array("0 g".utf8)) }
        set(reference, .dictionary(form))
    }

    /// Makes fonts known to the form under their names, beside those that are there.
    mutating func addFormFonts(_ fonts: [String: PDFReference]) throws(SigningError) {
        var (reference, form) = try form()
        var resources = try resolve(form["DR"]).dictionary ?? [:]
        var known = try resolve(resources["Font"]).dictionary ?? [:]
        for (name, font) in fonts { known[name] = .reference(font) }
        resources["Font"] = .dictionary(known)
        form["DR"] = .dictionary(resources)
        set(reference, .dictionary(form))
    }

    mutating func addAnnotations(_ annotations: [PDFReference], toPage index: Int) throws(SigningError) {
        guard file.pageNodes.indices.contains(index) else { throw .noSuchPage(index) }
        let pageReference = file.pageNodes[index].reference
        guard var page = try object(pageReference).dictionary else { throw .noSuchPage(index) }
        let added = annotations.map { PDFObject.reference($0) }
        if case .reference(let list)? = page["Annots"], let items = try object(list).array {
            set(list, .array(items + added))
            return
        }
        page["Annots"] = .array((try resolve(page["Annots"]).array ?? []) + added)
        set(pageReference, .dictionary(page))
    }
}
