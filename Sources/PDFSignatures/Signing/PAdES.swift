/// Signing a PDF (ETSI EN 319 142-1): one more saving with the signature, its field and its appearance, and
/// for the levels that last further savings with evidence and a timestamp over all.
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
        let digest = request.algorithm.digest.hash(revision.signedPieces)
        return PreparedSignature(
            field: request.field, algorithm: request.algorithm,
            toBeSigned: try SignedAttributes.encode(messageDigest: digest, signer: signer),
            documentDigest: digest, certificate: request.certificate, chain: request.chain,
            level: request.level, base: revision.saving.base, tail: revision.saving.tail, hole: revision.hole)
    }

    /// Prepare, sign, embed and validate in one go, for a key at hand. Nothing is handed on when a step fails.
    ///
    /// - Parameter services: Needed when the request's level is B-T or higher.
    public static func sign(
        _ pdf: [UInt8], _ request: SigningRequest, with key: any SigningKey,
        services: LongTermServices? = nil
    ) throws -> [UInt8] {
        [UInt8](try sign(FileBytes(pdf), request, with: key, services: services))
    }

    public static func sign(
        _ pdf: FileBytes, _ request: SigningRequest, with key: any SigningKey,
        services: LongTermServices? = nil
    ) throws -> FileBytes {
        try FileToFile.extend(pdf, steps: steps(request, key, services))
    }

    /// The same from a file to a file, of any size: the PDF passes through memory in parts. The output, which
    /// may be the input, takes its place only when it was validated and lies on disk.
    ///
    /// - Throws: `SigningError`; `FileProblem` when a file cannot be read or written.
    public static func sign(
        file input: String, to output: String, _ request: SigningRequest, with key: any SigningKey,
        services: LongTermServices? = nil
    ) throws {
        try FileToFile.extend(input, to: output, steps: steps(request, key, services))
    }

    /// Raises the signatures of a file to a level, or renews their archive timestamp: evidence that is missing and
    /// can still be had, about every signature and timestamp, and at B-LTA a timestamp over it all. A signature
    /// without a date from a trusted clock first gets one by a timestamp over the document.
    public static func extend(
        _ pdf: [UInt8], to level: SignatureLevel, services: LongTermServices
    ) throws -> [UInt8] {
        [UInt8](try extend(FileBytes(pdf), to: level, services: services))
    }

    public static func extend(
        _ pdf: FileBytes, to level: SignatureLevel, services: LongTermServices
    ) throws -> FileBytes {
        try FileToFile.extend(pdf, steps: LongTermSteps(services: services).raising(to: level))
    }

    public static func extend(
        file input: String, to output: String, to level: SignatureLevel, services: LongTermServices
    ) throws {
        try FileToFile.extend(input, to: output, steps: LongTermSteps(services: services).raising(to: level))
    }

    private static func steps(
        _ request: SigningRequest, _ key: any SigningKey, _ services: LongTermServices?
    ) -> [RevisionStep] {
        var request = request
        request.certificate = key.certificate
        request.chain = key.chain
        request.algorithm = key.algorithm
        let complete = request
        let signing: RevisionStep = { file in
            let prepared = try prepare(file, complete)
            try prepared.expectServices(services)
            return Appendix(
                bytes: try prepared.signedTail(key.sign(prepared.toBeSigned), services),
                signedField: complete.field)
        }
        let further = services.map {
            LongTermSteps(services: $0).steps(to: complete.level, field: complete.field)
        }
        return [signing] + (further ?? [])
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
        try SigningRevision.fill(field, value: value, request, in: &update)
        try self.init(&update, value: value, entries, room: request.reservedBytes, field: request.field)
    }

    /// Everything else is in the update; this adds the signature dictionary itself.
    init(
        _ update: inout IncrementalUpdate, value: PDFReference, _ entries: PDFDictionary, room: Int,
        field: String
    ) throws(SigningError) {
        let dictionary = SignatureDictionary(entries, reservedBytes: room)
        update.set(value, written: dictionary.written)
        var saving = update.finished()
        guard let start = saving.places[value] else { throw .noSuchField(field) }
        hole = (start + dictionary.hole.lowerBound)..<(start + dictionary.hole.upperBound)
        saving.write(
            SignatureDictionary.byteRange(hole: hole, total: saving.count),
            at: start + dictionary.byteRangeRoom.lowerBound)
        self.saving = saving
    }

    /// All bytes but the hole.
    var signedPieces: [FileBytes] {
        let (tail, split) = (FileBytes(saving.tail), saving.base.count)
        return [
            saving.base, tail[..<(hole.lowerBound - split)], tail[(hole.upperBound - split)...],
        ]
    }

    /// What is appended, with the content in the hole.
    func tail(holding content: [UInt8]) throws(SigningError) -> [UInt8] {
        try SigningRevision.fill(
            (hole.lowerBound - saving.base.count)..<(hole.upperBound - saving.base.count), of: saving.tail,
            content)
    }

    /// - Parameter hole: Within the tail, from `<` to `>`.
    static func fill(_ hole: Range<Int>, of tail: [UInt8], _ content: [UInt8]) throws(SigningError) -> [UInt8]
    {
        guard content.count * 2 <= hole.count - 2 else { throw .signatureTooLarge(content.count) }
        var signed = tail
        let start = hole.lowerBound + 1
        signed.replaceSubrange(start..<(start + 2 * content.count), with: Hex.encode(content))
        return signed
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
