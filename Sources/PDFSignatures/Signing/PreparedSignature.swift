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
    let document: [UInt8]
    let hole: Range<Int>
    let certificate: [UInt8]
    let chain: [[UInt8]]
    /// How many bytes of `document` were there before.
    let originalCount: Int

    init(
        field: String, algorithm: SignatureAlgorithm, toBeSigned: [UInt8], documentDigest: [UInt8],
        document: [UInt8], hole: Range<Int>, certificate: [UInt8], chain: [[UInt8]], originalCount: Int
    ) {
        self.field = field
        self.algorithm = algorithm
        self.toBeSigned = toBeSigned
        self.documentDigest = documentDigest
        self.document = document
        self.hole = hole
        self.certificate = certificate
        self.chain = chain
        self.originalCount = originalCount
    }

    /// The digest of `toBeSigned`, for services that take digests.
    public var digest: [UInt8] { algorithm.digest.hash(toBeSigned) }

    /// The signed PDF. It is validated once more as a whole and not handed on if the new signature is not
    /// right or an earlier one no longer is.
    public func embed(signatureValue: [UInt8]) throws -> [UInt8] {
        let signer: CertificateRecord
        do { signer = try CertificateRecord(certificate) } catch { throw SigningError.badCertificate }
        let content = try CMSWriter(
            signer: signer, chain: chain, algorithm: algorithm, signedAttributes: toBeSigned,
            signature: signatureValue
        ).encode()
        guard content.count * 2 <= hole.count - 2 else { throw SigningError.signatureTooLarge(content.count) }
        var signed = document
        signed.replaceSubrange(
            (hole.lowerBound + 1)..<(hole.lowerBound + 1 + 2 * content.count), with: Hex.encode(content))
        try SelfCheck(beforeCount: originalCount, after: signed, newField: field).run()
        return signed
    }
}

/// Kept as `Data`, which every coder writes far shorter than a list of numbers.
extension PreparedSignature {
    private enum CodingKeys: String, CodingKey {
        case field, algorithm, toBeSigned, documentDigest, document, hole, certificate, chain, originalCount
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(algorithm, forKey: .algorithm)
        try container.encode(Data(toBeSigned), forKey: .toBeSigned)
        try container.encode(Data(documentDigest), forKey: .documentDigest)
        try container.encode(Data(document), forKey: .document)
        try container.encode([hole.lowerBound, hole.upperBound], forKey: .hole)
        try container.encode(Data(certificate), forKey: .certificate)
        try container.encode(chain.map { Data($0) }, forKey: .chain)
        try container.encode(originalCount, forKey: .originalCount)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func bytes(_ key: CodingKeys) throws -> [UInt8] {
            [UInt8](try container.decode(Data.self, forKey: key))
        }
        let document = try bytes(.document)
        let edges = try container.decode([Int].self, forKey: .hole)
        let originalCount = try container.decode(Int.self, forKey: .originalCount)
        guard edges.count == 2, edges[0] >= 0, (2...max(2, document.count)).contains(edges[1]),
            edges[0] <= edges[1] - 2, edges[1] <= document.count, (0...document.count).contains(originalCount)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .hole, in: container, debugDescription: "not a hole")
        }
        self.init(
            field: try container.decode(String.self, forKey: .field),
            algorithm: try container.decode(SignatureAlgorithm.self, forKey: .algorithm),
            toBeSigned: try bytes(.toBeSigned), documentDigest: try bytes(.documentDigest),
            document: document,
            hole: edges[0]..<edges[1], certificate: try bytes(.certificate),
            chain: try container.decode([Data].self, forKey: .chain).map { [UInt8]($0) },
            originalCount: originalCount)
    }
}
