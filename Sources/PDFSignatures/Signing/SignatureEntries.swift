/// The entries of the signature dictionary besides range and contents, with the rules about later changes
/// that this signature sets (ISO 32000-2, 12.8.2).
extension SigningRevision {
    static func entries(
        _ request: SigningRequest, fields: [FormField], field: PDFReference, value: PDFReference,
        in update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFDictionary {
        var entries: PDFDictionary = [
            "Type": .name("Sig"), "Filter": .name("Adobe.PPKLite"), "SubFilter": .name("ETSI.CAdES.detached"),
            "M": .string(Array(CivilTime.pdfDate(request.signingTime).utf8)),
        ]
        for (key, text) in [
            ("Name", request.name), ("Reason", request.reason), ("Location", request.location),
        ] {
            if let text { entries[key] = .string(TextString.encode(text)) }
        }
        var rules: [PDFObject] = []
        if let certification = request.certification {
            rules.append(try certify(certification, fields: fields, value: value, in: &update))
        }
        if let lock = try update.resolve(try update.object(field).dictionary?["Lock"]).dictionary {
            var parameters = lock.filter { ["Action", "Fields"].contains($0.key) }
            parameters["Type"] = .name("TransformParams")
            parameters["V"] = .name("1.2")
            rules.append(rule("FieldMDP", parameters, catalog: update.file.catalogReference))
        }
        if !rules.isEmpty { entries["Reference"] = .array(rules) }
        return entries
    }

    private static func certify(
        _ certification: SigningRequest.Certification, fields: [FormField], value: PDFReference,
        in update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFObject {
        guard !fields.contains(where: { $0.type == "Sig" && $0.value != nil }) else { throw .alreadySigned }
        guard var catalog = try update.object(update.file.catalogReference).dictionary else {
            throw .unreadable(.damaged("no catalogue"))
        }
        var permissions = try update.resolve(catalog["Perms"]).dictionary ?? [:]
        permissions["DocMDP"] = .reference(value)
        catalog["Perms"] = .dictionary(permissions)
        update.set(update.file.catalogReference, .dictionary(catalog))
        let parameters: PDFDictionary = [
            "Type": .name("TransformParams"), "V": .name("1.2"), "P": .integer(certification.rawValue),
        ]
        return rule("DocMDP", parameters, catalog: update.file.catalogReference)
    }

    private static func rule(_ method: String, _ parameters: PDFDictionary, catalog: PDFReference)
        -> PDFObject
    {
        .dictionary([
            "Type": .name("SigRef"), "TransformMethod": .name(method),
            "TransformParams": .dictionary(parameters),
            "Data": .reference(catalog),
        ])
    }
}
