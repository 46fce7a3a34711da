import Foundation

/// A timestamp (RFC 3161, 2.4.2; RFC 5816): a statement, signed by an authority, that a digest existed at a
/// moment.
struct TimestampToken: Sendable {
    let der: [UInt8]
    let policy: String
    /// Object identifier of the digest, and the digest that was dated.
    let algorithm: String
    let imprint: [UInt8]
    /// INTEGER as written.
    let serialNumber: [UInt8]
    let time: Date
    /// In seconds, both ways; `nil` when the authority does not say.
    let accuracy: Double?
    /// Content of the INTEGER.
    let nonce: [UInt8]?
    let authority: GeneralName?
    let record: CMSSignature
    private let content: [UInt8]

    static let contentType = "1.2.840.113549.1.9.16.1.4"
    static let purpose = "1.3.6.1.5.5.7.3.8"

    init(_ bytes: [UInt8]) throws(CMSError) {
        let whole = try BERNode.first(in: bytes[...])
        try self.init(der: Array(whole.encoded), record: CMSSignature(bytes))
    }

    init(der: [UInt8], record: CMSSignature) throws(CMSError) {
        guard record.contentType == TimestampToken.contentType, let content = record.content else {
            throw .malformed("no timestamp inside")
        }
        self.der = der
        self.record = record
        self.content = content
        let parts = try BERNode.first(in: content[...]).expect(0x30, "timestamp").children()
        guard parts.count >= 5 else { throw .malformed("timestamp") }
        policy = try parts[1].objectIdentifier()
        let dated = try parts[2].expect(0x30, "imprint").children()
        guard dated.count == 2, let name = try dated[0].children().first else { throw .malformed("imprint") }
        algorithm = try name.objectIdentifier()
        imprint = try dated[1].octets()
        serialNumber = Array(try parts[3].expect(0x02, "serial number").encoded)
        guard parts[4].tag == 0x18, let time = ASN1Time.read(parts[4]) else { throw .malformed("time") }
        self.time = time
        let rest = parts.dropFirst(5)
        if let node = rest.first(where: { $0.tag == 0x30 }) {
            accuracy = try TimestampToken.seconds(node)
        } else {
            accuracy = nil
        }
        nonce = rest.first { $0.tag == 0x02 }.map { Array($0.content) }
        if let name = try rest.first(where: { $0.tag == 0xA0 })?.children().first {
            authority = try GeneralName(name)
        } else {
            authority = nil
        }
    }

    private static func seconds(_ node: BERNode) throws(CMSError) -> Double {
        var total = 0.0
        for part in try node.children() {
            guard let value = part.smallInteger else { throw .malformed("accuracy") }
            switch part.tag {
            case 0x02: total += Double(value)
            case 0x80: total += Double(value) / 1_000
            case 0x81: total += Double(value) / 1_000_000
            default: break
            }
        }
        return total
    }

    var certificates: [[UInt8]] { record.certificates }

    /// The authority's certificate, when it is inside or among the others.
    func signer(others: [[UInt8]] = []) -> CertificateRecord? {
        record.certificate(for: record.signer) ?? record.certificate(for: record.signer, among: others)
    }

    func dates(_ first: some Collection<UInt8>, _ second: some Collection<UInt8> = EmptyCollection<UInt8>())
        -> Bool
    {
        DigestFunction.hash(algorithm, first, second) == imprint
    }
}

/// Whether the token is what it says, without asking whom the authority's certificate leads to.
extension TimestampToken {
    typealias Flaw = TimestampProblem.Flaw

    /// Empty when there is nothing to find fault with.
    func flaws(others: [[UInt8]] = []) -> [Flaw] {
        guard record.signerCount == 1 else { return [.severalSigners] }
        guard let certificate = signer(others: others) else { return [.certificateMissing] }
        var flaws = purposeFlaws(certificate)
        if !certificate.isValid(at: time) { flaws.append(.certificateOutOfTime) }
        switch SigningCertificateAttribute.check(record.signer, against: certificate) {
        case .matches, .matchesOldForm: break
        case .absent, .differs: flaws.append(.certificateMismatch)
        }
        return flaws + cryptographicFlaws(certificate)
    }

    private func purposeFlaws(_ certificate: CertificateRecord) -> [Flaw] {
        guard let purposes = certificate.extendedKeyUsage, purposes.contains(TimestampToken.purpose) else {
            return [.purposeMissing]
        }
        if purposes.count > 1 { return [.purposeNotAlone] }
        return certificate.criticalExtensions.contains("2.5.29.37") ? [] : [.purposeNotCritical]
    }

    private func cryptographicFlaws(_ certificate: CertificateRecord) -> [Flaw] {
        let signer = record.signer
        guard let attributes = signer.signedAttributes else { return [.digestMismatch] }
        var flaws: [Flaw] = []
        let type = signer.attributes["1.2.840.113549.1.9.3"]?.first.flatMap { try? $0.objectIdentifier() }
        if type != TimestampToken.contentType { flaws.append(.contentTypeMismatch) }
        let claimed = signer.attributes["1.2.840.113549.1.9.4"]?.first.flatMap { try? $0.octets() }
        guard let actual = DigestFunction.hash(signer.digestAlgorithm, content),
            let scheme = try? SignatureScheme(signer)
        else { return flaws + [.unsupportedAlgorithm] }
        if claimed != actual { flaws.append(.digestMismatch) }
        switch scheme.check(
            certificate: certificate.der, first: attributes[...], signature: signer.signature)
        {
        case .right: return flaws
        case .wrong: return flaws + [.signatureWrong]
        case .unusable: return flaws + [.unsupportedAlgorithm]
        }
    }
}

extension CMSSigner {
    /// Signature timestamps (ETSI EN 319 122-1, 5.3) as found; what cannot be read is `nil`.
    var signatureTimestamps: [TimestampToken?] {
        (unsignedAttributes["1.2.840.113549.1.9.16.2.14"] ?? []).map {
            try? TimestampToken(Array($0.encoded))
        }
    }
}
