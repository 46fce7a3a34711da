/// The signed statement of which certificate signs (ESS signing-certificate, RFC 2634, and its second
/// version, RFC 5035), without which another certificate with the same key could be put in its place.
struct SigningCertificateAttribute {
    enum Outcome { case absent, matches, matchesOldForm, differs }

    static func check(_ signer: CMSSigner, against certificate: CertificateRecord) -> Outcome {
        if let values = signer.attributes["1.2.840.113549.1.9.16.2.47"] {
            return (try? matches(values, certificate, fallback: DigestAlgorithm.sha256.identifier)) == true
                ? .matches : .differs
        }
        if let values = signer.attributes["1.2.840.113549.1.9.16.2.12"] {
            return (try? matches(values, certificate, fallback: "1.3.14.3.2.26")) == true
                ? .matchesOldForm : .differs
        }
        return .absent
    }

    /// The first of the identifiers names the signer's certificate.
    private static func matches(
        _ values: [BERNode], _ certificate: CertificateRecord, fallback: String
    ) throws(CMSError) -> Bool {
        guard values.count == 1, let list = try values[0].children().first,
            let identifier = try list.children().first
        else { return false }
        var parts = try identifier.children()[...]
        var algorithm = fallback
        if let first = parts.first, first.tag == 0x30, let name = try first.children().first, name.tag == 0x06
        {
            algorithm = try name.objectIdentifier()
            parts.removeFirst()
        }
        guard let digest = parts.popFirst(), digest.tag == 0x04,
            DigestFunction.hash(algorithm, certificate.der) == Array(digest.content)
        else { return false }
        guard let issuerSerial = parts.first else { return true }
        let pair = try issuerSerial.children()
        guard pair.count >= 2, let name = try pair[0].children().first, name.tag == 0xA4 else { return false }
        return Array(name.content) == certificate.issuer && Array(pair[1].encoded) == certificate.serialNumber
    }
}
