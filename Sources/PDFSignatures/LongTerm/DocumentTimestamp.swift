/// A timestamp over the whole document so far, as a signature of its own without a person (ISO 32000-2, 12.8.5;
/// ETSI EN 319 142-1, 5.4.3).
enum DocumentTimestamp {
    static let fieldName = "DauThoiGian"

    static func appendix(
        to file: PDFFile, _ services: LongTermServices
    ) throws(SigningError) -> Appendix {
        let used = Set(try file.formFields().map(\.name))
        let name =
            (1...(used.count + 1)).map { "\(fieldName)\($0)" }.first { !used.contains($0) } ?? fieldName
        let revision = try SigningRevision(timestamping: file, field: name, room: services.timestampRoom)
        let pool: [[UInt8]]
        do throws(PDFError) { pool = try SecurityStore(file).evidence.certificates } catch {
            throw .unreadable(error)
        }
        let token = try services.token(over: revision.signedPieces, pool: pool)
        return Appendix(bytes: try revision.tail(holding: token.der), signedField: name)
    }
}

extension SigningRevision {
    /// Without time, name or appearance: the timestamp says it all.
    init(timestamping file: PDFFile, field: String, room: Int) throws(SigningError) {
        var update = try IncrementalUpdate(file)
        let reference = try SignatureFieldWriter.add(field, at: nil, to: &update)
        try update.addFields([reference], signatures: true)
        try update.addAnnotations([reference], toPage: 0)
        let value = update.reserve()
        guard var dictionary = try update.object(reference).dictionary,
            var catalog = try update.object(file.catalogReference).dictionary
        else { throw .noSuchField(field) }
        dictionary["V"] = .reference(value)
        update.set(reference, .dictionary(dictionary))
        let former = catalog
        try ExtensionsWriter.declare(in: &catalog, of: &update)
        if catalog != former { update.set(file.catalogReference, .dictionary(catalog)) }
        let entries: PDFDictionary = [
            "Type": .name("DocTimeStamp"), "Filter": .name("Adobe.PPKLite"),
            "SubFilter": .name("ETSI.RFC3161"),
        ]
        try self.init(&update, value: value, entries, room: room, field: field)
    }
}
