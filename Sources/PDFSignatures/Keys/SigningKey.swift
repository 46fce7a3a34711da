/// Who signs: a certificate, the certificates above it, and something that turns bytes into a signature
/// value. A key file does it here; a token or a remote service does it elsewhere, through the same three
/// facts.
public protocol SigningKey: Sendable {
    /// DER.
    var certificate: [UInt8] { get }
    /// DER, without the signer's own.
    var chain: [[UInt8]] { get }
    var algorithm: SignatureAlgorithm { get }
    /// Signs the bytes themselves; digesting is part of the algorithm.
    func sign(_ toBeSigned: [UInt8]) throws -> [UInt8]
}

public enum SignatureAlgorithm: Codable, Sendable, Equatable {
    case rsaPKCS1(DigestAlgorithm)
    /// Mask generation with the same digest, salt as long as the digest.
    case rsaPSS(DigestAlgorithm)
    case ecdsa(DigestAlgorithm)

    public var digest: DigestAlgorithm {
        switch self {
        case .rsaPKCS1(let digest), .rsaPSS(let digest), .ecdsa(let digest): digest
        }
    }
}
