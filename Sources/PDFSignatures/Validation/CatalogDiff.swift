/// Rules for the catalogue: the form, validation material, extensions and metadata may change; nothing else
/// may.
extension RevisionDiff {
    mutating func compareCatalogs() throws(PDFError) {
        let allowed: Set = ["AcroForm", "DSS", "Extensions", "Metadata", "Version"]
        for key in Set(old.catalog.keys).union(new.catalog.keys).subtracting(allowed).sorted() {
            if old.catalog[key] != new.catalog[key] { changes.note(.forbidden, .catalogChanged, key) }
        }
        if isTouched(new.catalogReference) { explain(new.catalogReference.number) }
        try compareValidationMaterial()
        try explainBelow(new.catalog["Extensions"], formerly: old.catalog["Extensions"])
        try compareMetadata()
    }

    private mutating func compareValidationMaterial() throws(PDFError) {
        guard let material = new.catalog["DSS"] else {
            if old.catalog["DSS"] != nil { changes.note(.forbidden, .catalogChanged, "DSS removed") }
            return
        }
        let grew = try explainBelow(material, formerly: old.catalog["DSS"])
        if grew || old.catalog["DSS"] != material { changes.note(.none, .validationMaterialAdded) }
    }

    private mutating func compareMetadata() throws(PDFError) {
        let (before, after) = (old.catalog["Metadata"], new.catalog["Metadata"])
        guard let reference = after?.reference else {
            if before != nil { changes.note(.none, .metadataChanged, "removed") }
            return
        }
        guard before != after || isTouched(reference) else { return }
        changes.note(.none, .metadataChanged)
        guard try new.reader.object(reference).stream != nil else { return }
        try explainBelow(after, formerly: before)
    }
}
