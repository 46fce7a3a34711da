import Foundation

/// A document that is complete but for the signature value. It can be kept, and the value can come from
/// anywhere: a key file, a token, a service that signs attributes or their digest.
public struct PreparedSignature: Codable, Sendable {
    public let field: String
    public let algorithm: SignatureAlgorithm
    /// The signed attributes in DER: what the key signs.
    public let toBeSigned: [UInt8]
    /// The digest of the document outside the hole.
    public let documentDigest: [UInt8]
    let certificate: [UInt8]
    let chain: [[UInt8]]
    public let level: SignatureLevel
    /// The document as it was. It is not kept along: whoever signs later brings it again.
    let base: FileBytes?
    let baseCount: Int
    /// Known once it was kept.
    private let baseDigest: [UInt8]?
    /// What signing appends, with the hole still empty.
    let tail: [UInt8]
    /// In the whole file, from `<` to `>`.
    let hole: Range<Int>

    init(
        field: String, algorithm: SignatureAlgorithm, toBeSigned: [UInt8], documentDigest: [UInt8],
        certificate: [UInt8], chain: [[UInt8]], level: SignatureLevel, base: FileBytes, tail: [UInt8],
        hole: Range<Int>
    ) {
        self.field = field
        self.algorithm = algorithm
        self.toBeSigned = toBeSigned
        self.documentDigest = documentDigest
        self.certificate = certificate
        self.chain = chain
        self.level = level
        self.base = base
        baseCount = base.count
        baseDigest = nil
        self.tail = tail
        self.hole = hole
    }

    /// The digest of `toBeSigned`, for services that take digests.
    public var digest: [UInt8] { algorithm.digest.hash(toBeSigned) }

    /// The signed PDF. It is validated once more as a whole and not handed on if the new signature is not
    /// right or an earlier one no longer is.
    ///
    /// - Parameter services: Needed when the level is B-T or higher.
    /// - Throws: `SigningError.notThePreparedDocument` when this value was kept and read back, which leaves
    ///   the document out.
    public func embed(signatureValue: [UInt8], services: LongTermServices? = nil) throws -> [UInt8] {
        guard let base else { throw SigningError.notThePreparedDocument }
        return [UInt8](try FileToFile.extend(base, steps: steps(signatureValue, services)))
    }

    /// The signed PDF, out of the document that was prepared and the signature value.
    ///
    /// - Throws: `SigningError.notThePreparedDocument` when these are other bytes.
    public func embed(
        signatureValue: [UInt8], into document: FileBytes, services: LongTermServices? = nil
    ) throws -> FileBytes {
        try FileToFile.extend(document, steps: steps(signatureValue, services))
    }

    /// The same from a file to a file, which may be the same one.
    ///
    /// - Throws: `SigningError`; `FileProblem` when a file cannot be read or written.
    public func embed(
        signatureValue: [UInt8], file input: String, to output: String, services: LongTermServices? = nil
    ) throws {
        try FileToFile.extend(input, to: output, steps: steps(signatureValue, services))
    }

    private func steps(_ signatureValue: [UInt8], _ services: LongTermServices?) -> [RevisionStep] {
        let embedding: RevisionStep = { file in
            try expect(file.reader.bytes)
            try expectServices(services)
            return Appendix(bytes: try signedTail(signatureValue, services), signedField: field)
        }
        return [embedding]
            + (services.map { LongTermSteps(services: $0).steps(to: level, field: field) } ?? [])
    }

    /// Before anybody is asked to sign.
    func expectServices(_ services: LongTermServices?) throws(SigningError) {
        guard level == .basic || services?.timestampAuthority != nil else { throw .noTimestampAuthority }
    }

    private func expect(_ document: FileBytes) throws(SigningError) {
        guard document.count == baseCount, base == document || digest(of: document) == currentBaseDigest
        else { throw .notThePreparedDocument }
    }

    private func digest(of document: FileBytes) -> [UInt8] { DigestAlgorithm.sha256.hash([document]) }

    private var currentBaseDigest: [UInt8] { baseDigest ?? base.map(digest) ?? [] }

    /// What is appended, with the signature in its hole and, from level B-T on, a timestamp in the signature.
    func signedTail(_ signatureValue: [UInt8], _ services: LongTermServices?) throws -> [UInt8] {
        let signer: CertificateRecord
        do { signer = try CertificateRecord(certificate) } catch { throw SigningError.badCertificate }
        var writer = CMSWriter(
            signer: signer, chain: chain, algorithm: algorithm, signedAttributes: toBeSigned,
            signature: signatureValue)
        if level >= .timestamped {
            writer.timestamp = try services?.token(over: [FileBytes(signatureValue)]).der
        }
        return try SigningRevision.fill(
            (hole.lowerBound - baseCount)..<(hole.upperBound - baseCount), of: tail, writer.encode())
    }
}

/// Kept without the document, only with its length and digest, and as `Data`, which every coder writes far
/// shorter than a list of numbers.
extension PreparedSignature {
    private enum CodingKeys: String, CodingKey {
        case field, algorithm, toBeSigned, documentDigest, certificate, chain, level, baseCount, baseDigest,
            tail,
            hole
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(algorithm, forKey: .algorithm)
        try container.encode(Data(toBeSigned), forKey: .toBeSigned)
        try container.encode(Data(documentDigest), forKey: .documentDigest)
        try container.encode(Data(certificate), forKey: .certificate)
        try container.encode(chain.map { Data($0) }, forKey: .chain)
        try container.encode(level, forKey: .level)
        try container.encode(baseCount, forKey: .baseCount)
        try container.encode(Data(currentBaseDigest), forKey: .baseDigest)
        try container.encode(Data(tail), forKey: .tail)
        try container.encode([hole.lowerBound, hole.upperBound], forKey: .hole)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func bytes(_ key: CodingKeys) throws -> [UInt8] {
            [UInt8](try container.decode(Data.self, forKey: key))
        }
        field = try container.decode(String.self, forKey: .field)
        algorithm = try container.decode(SignatureAlgorithm.self, forKey: .algorithm)
        toBeSigned = try bytes(.toBeSigned)
        documentDigest = try bytes(.documentDigest)
        certificate = try bytes(.certificate)
        chain = try container.decode([Data].self, forKey: .chain).map { [UInt8]($0) }
        level = try container.decode(SignatureLevel.self, forKey: .level)
        base = nil
        baseCount = try container.decode(Int.self, forKey: .baseCount)
        baseDigest = try bytes(.baseDigest)
        tail = try bytes(.tail)
        let edges = try container.decode([Int].self, forKey: .hole)
        guard edges.count == 2, (0...Int.max - tail.count).contains(baseCount), edges[0] >= baseCount,
            edges[1] <= baseCount + tail.count, edges[0] <= edges[1] - 2
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .hole, in: container, debugDescription: "not a hole")
        }
        hole = edges[0]..<edges[1]
    }
}
