/// What certificates, revocation lists and OCSP answers have in common (RFC 5280, 4.1.1): a part that is
/// signed, the name of the algorithm, and the signature over the part's own bytes.
struct SignedStructure: Sendable {
    let part: BERNode
    let algorithm: String
    let parameters: BERNode?
    let signature: [UInt8]

    init(_ node: BERNode) throws(CMSError) {
        try self.init(node.expect(0x30, "signed structure").children()[...])
    }

    init(_ parts: ArraySlice<BERNode>) throws(CMSError) {
        guard parts.count >= 3 else { throw .malformed("signed structure") }
        let start = parts.startIndex
        part = parts[start]
        let name = try parts[start + 1].expect(0x30, "algorithm").children()
        guard let first = name.first else { throw .malformed("algorithm") }
        algorithm = try first.objectIdentifier()
        parameters = name.count > 1 ? name[1] : nil
        let bits = try parts[start + 2].expect(0x03, "signature")
        guard bits.content.first == 0 else { throw .malformed("signature") }
        signature = Array(bits.content.dropFirst())
    }

    func check(with signer: CertificateRecord) -> SignatureScheme.Outcome {
        guard let scheme = try? SignatureScheme(algorithm, parameters) else { return .unusable }
        return scheme.check(certificate: signer.der, first: part.encoded, signature: signature)
    }

    /// The digest's object identifier; `nil` for algorithms that we do not know.
    var digest: String? { (try? SignatureScheme(algorithm, parameters))?.digest }
}
