/// Signing a PDF at level B-B (ETSI EN 319 142-1): one more saving with the signature, its field and its
/// appearance.
public enum PAdES {
    /// Everything but the signature value.
    public static func prepare(_ pdf: [UInt8], _ request: SigningRequest) throws -> PreparedSignature {
        try prepare(FileBytes(pdf), request)
    }

    public static func prepare(_ pdf: FileBytes, _ request: SigningRequest) throws -> PreparedSignature {
        try prepare(PDFFile.forChange(pdf), request)
    }

    static func prepare(_ file: PDFFile, _ request: SigningRequest) throws -> PreparedSignature {
        let signer: CertificateRecord
        do { signer = try CertificateRecord(request.certificate) } catch { throw SigningError.badCertificate }
        let revision = try SigningRevision(file, request)
        let (tail, split) = (FileBytes(revision.saving.tail), revision.saving.base.count)
        let digest = request.algorithm.digest.hash([
            revision.saving.base, tail[..<(revision.hole.lowerBound - split)],
            tail[(revision.hole.upperBound - split)...],
        ])
        return PreparedSignature(
            field: request.field, algorithm: request.algorithm,
            toBeSigned: try SignedAttributes.encode(messageDigest: digest, signer: signer),
            documentDigest: digest, certificate: request.certificate, chain: request.chain,
            base: revision.saving.base, tail: revision.saving.tail, hole: revision.hole)
    }

    /// Prepare, sign, embed and validate in one go, for a key at hand.
    public static func sign(_ pdf: [UInt8], _ request: SigningRequest, with key: any SigningKey) throws
        -> [UInt8]
    {
        [UInt8](try sign(FileBytes(pdf), request, with: key))
    }

    public static func sign(_ pdf: FileBytes, _ request: SigningRequest, with key: any SigningKey) throws
        -> FileBytes
    {
        let before = try PDFFile.forChange(pdf)
        let after = FileBytes(pdf, then: try signedTail(before, request, with: key))
        try SelfCheck(before: before, after: after, newField: request.field).run()
        return after
    }

    /// The same from a file to a file, of any size: the PDF passes through memory in parts. The output, which
    /// may be the input, takes its place only when it was validated and lies on disk.
    ///
    /// - Throws: `SigningError`; `FileProblem` when a file cannot be read or written.
    public static func sign(
        file input: String, to output: String, _ request: SigningRequest, with key: any SigningKey
    ) throws {
        try FileToFile.extend(input, to: output, signing: request.field) {
            try signedTail($0, request, with: key)
        }
    }

    private static func signedTail(
        _ before: PDFFile, _ request: SigningRequest, with key: any SigningKey
    ) throws -> [UInt8] {
        var request = request
        request.certificate = key.certificate
        request.chain = key.chain
        request.algorithm = key.algorithm
        let prepared = try prepare(before, request)
        return try prepared.signedTail(key.sign(prepared.toBeSigned))
    }
}

/// The saving that carries a signature, written out with its hole.
struct SigningRevision {
    let saving: Saving
    /// In the whole file, from `<` to `>`.
    let hole: Range<Int>

    init(_ file: PDFFile, _ request: SigningRequest) throws(SigningError) {
        var update = try IncrementalUpdate(file)
        let fields = try file.formFields()
        let field = try SigningRevision.field(request, fields: fields, in: &update)
        let value = update.reserve()
        let entries = try SigningRevision.entries(
            request, fields: fields, field: field, value: value, in: &update)
        let dictionary = SignatureDictionary(entries, reservedBytes: request.reservedBytes)
        update.set(value, written: dictionary.written)
        try SigningRevision.fill(field, value: value, request, in: &update)

        var saving = update.finished()
        guard let start = saving.places[value] else { throw .noSuchField(request.field) }
        hole = (start + dictionary.hole.lowerBound)..<(start + dictionary.hole.upperBound)
        saving.write(
            SignatureDictionary.byteRange(hole: hole, total: saving.count),
            at: start + dictionary.byteRangeRoom.lowerBound)
        self.saving = saving
    }

    /// The named field where it stands, unsigned; else a new one.
    private static func field(
        _ request: SigningRequest, fields: [FormField], in update: inout IncrementalUpdate
    ) throws(SigningError) -> PDFReference {
        guard let known = fields.first(where: { $0.name == request.field }) else {
            guard !request.field.contains(".") else { throw .noSuchField(request.field) }
            let reference = try SignatureFieldWriter.add(request.field, at: request.place, to: &update)
            try update.addFields([reference], signatures: true)
            try update.addAnnotations([reference], toPage: request.place?.page ?? 0)
            return reference
        }
        guard known.type == "Sig" else { throw .fieldExists(request.field) }
        guard try update.resolve(known.value).isNull else { throw .fieldAlreadySigned(request.field) }
        guard known.widgets == [known.reference] else { throw .noSuchField(request.field) }
        if let flags = try update.resolve(try update.form().dictionary["SigFlags"]).integer, flags & 3 == 3 {
            return known.reference
        }
        try update.addFields([], signatures: true)
        return known.reference
    }

    private static func fill(
        _ reference: PDFReference, value: PDFReference, _ request: SigningRequest,
        in update: inout IncrementalUpdate
    ) throws(SigningError) {
        guard var field = try update.object(reference).dictionary else { throw .noSuchField(request.field) }
        field["V"] = .reference(value)
        let edges = (try update.resolve(field["Rect"]).array ?? []).compactMap(\.number)
        if edges.count == 4, edges[2] != edges[0], edges[3] != edges[1] {
            let rect = Rect(
                x: min(edges[0], edges[2]), y: min(edges[1], edges[3]), width: abs(edges[2] - edges[0]),
                height: abs(edges[3] - edges[1]))
            let page = update.file.pageNodes.first { $0.reference == field["P"]?.reference }
            let stream = AppearanceStream(rect: rect, rotation: page?.box.rotation ?? 0)
            let shown = try stream.add(request.appearance, to: &update)
            let form = shown ?? update.add(stream.form("", resources: [:]))
            field["AP"] = .dictionary(["N": .reference(form)])
        }
        update.set(reference, .dictionary(field))
    }
}
