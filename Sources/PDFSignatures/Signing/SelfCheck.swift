/// Our own validation of what we just made, without asking whom the certificates belong to: the whole file is
/// read once more, the new signature must be right and cover all of it, and no signature that was right
/// before may have become worse.
struct SelfCheck {
    /// As it was read to make the new saving.
    let before: PDFFile
    let after: FileBytes
    /// The field that the new saving signs; `nil` for a saving without a signature.
    let newField: String?

    func run() throws(SigningError) {
        let results = try inspect(open(after))
        if let newField {
            guard let own = results.first(where: { $0.field == newField }) else {
                throw .resultNotValid(field: newField, reason: "signature not found")
            }
            guard own.isIntact, own.coversWholeFile else { throw refusal(own) }
        }
        let earlier = results.filter { $0.field != newField }
        guard !earlier.isEmpty else { return }
        for old in try inspect(before) where old.isIntact && old.modifications <= .annotations {
            guard let now = earlier.first(where: { $0.field == old.field }), now.isIntact,
                now.modifications <= max(old.modifications, .formFilling)
            else { throw refusal(earlier.first { $0.field == old.field } ?? old) }
        }
    }

    private func open(_ bytes: FileBytes) throws(SigningError) -> PDFFile {
        try PDFFile.forChange(bytes)
    }

    private func inspect(_ file: PDFFile) throws(SigningError) -> [InspectedSignature] {
        do throws(PDFError) { return try SignatureInspector(file: file).inspectAll() } catch {
            throw .unreadable(error)
        }
    }

    private func refusal(_ result: InspectedSignature) -> SigningError {
        .resultNotValid(
            field: result.field, reason: result.findings.map(\.code.rawValue).joined(separator: ", "))
    }
}
