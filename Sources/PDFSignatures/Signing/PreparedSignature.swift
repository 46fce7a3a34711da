/// A document that is complete but for the signature value. It can be kept, and the value can come from anywhere: a
/// key file, a token, a service that signs attributes or their digest.
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

    /// The digest of `toBeSigned`, for services that take digests.
    public var digest: [UInt8] { algorithm.digest.hash(toBeSigned) }

    /// The signed PDF. It is validated once more as a whole and not handed on if the new signature is not right or
    /// an earlier one no longer is.
    public func embed(signatureValue: [UInt8]) throws -> [UInt8] {
        let signer: CertificateRecord
        do { signer = try CertificateRecord(certificate) } catch { throw SigningError.badCertificate }
        let content = try SignedDataWriter(
            signer: signer, chain: chain, algorithm: algorithm, signedAttributes: toBeSigned,
            signature: signatureValue
        ).encode()
        guard content.count * 2 <= hole.count - 2 else { throw SigningError.signatureTooLarge(content.count) }
        var signed = document
        signed.replaceSubrange((hole.lowerBound + 1)..<(hole.lowerBound + 1 + 2 * content.count), with: Hex.encode(content))
        try SelfCheck(beforeCount: originalCount, after: signed, newField: field).run()
        return signed
    }
}

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
        .resultNotValid(field: result.field, reason: result.findings.map(\.code.rawValue).joined(separator: ", "))
    }
}
