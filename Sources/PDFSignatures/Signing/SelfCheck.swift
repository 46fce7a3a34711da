/// Our own validation of what we just made, without asking whom the certificates belong to.
struct SelfCheck {
    let beforeCount: Int
    let after: [UInt8]
    let newField: String

    func run() throws(SigningError) {
        let results = try inspect(end: after.count)
        guard let own = results.first(where: { $0.field == newField }) else {
            throw .resultNotValid(field: newField, reason: "signature not found")
        }
        guard own.isIntact, own.coversWholeFile else { throw refusal(own) }
        let earlier = results.filter { $0.field != newField }
        guard !earlier.isEmpty else { return }
        for old in try inspect(end: beforeCount) where old.isIntact && old.modifications <= .annotations {
            guard let now = earlier.first(where: { $0.field == old.field }), now.isIntact,
                now.modifications <= max(old.modifications, .formFilling)
            else { throw refusal(earlier.first { $0.field == old.field } ?? old) }
        }
    }

    private func inspect(end: Int) throws(SigningError) -> [InspectedSignature] {
        do throws(PDFError) {
            return try SignatureInspector(file: PDFFile(Array(after[..<end]), limits: .default)).inspectAll()
        } catch { throw .unreadable(error) }
    }

    private func refusal(_ result: InspectedSignature) -> SigningError {
        .resultNotValid(
            field: result.field, reason: result.findings.map(\.code.rawValue).joined(separator: ", "))
    }
}
