import COpenSSL

/// A key kept in a PKCS #12 file (RFC 7292). The private key stays inside libcrypto for as long as this value
/// lives.
public final class PKCS12Key: SigningKey {
    public let certificate: [UInt8]
    public let chain: [[UInt8]]
    public let algorithm: SignatureAlgorithm
    // libcrypto keys may be used from several threads as long as nobody changes them.
    private nonisolated(unsafe) let handle: OpaquePointer

    public init(
        _ file: [UInt8], passphrase: String, digest: DigestAlgorithm = .sha256, pss: Bool = false
    ) throws(SigningError) {
        var opened: OpaquePointer?
        var own = copenssl_buffer()
        var others = copenssl_buffer()
        let outcome = copenssl_pkcs12_open(file, file.count, passphrase, &opened, &own, &others)
        let certificate = Bytes.take(&own)
        let chain = Bytes.take(&others)
        guard outcome != 0 else { throw .wrongPassphrase }
        guard outcome == 1, let opened else { throw .badKeyFile("no key and certificate inside") }
        do throws(SigningError) {
            algorithm = try SignatureAlgorithm(
                kind: copenssl_key_kind_of(opened), bits: Int(copenssl_key_bits(opened)), digest: digest,
                pss: pss)
        } catch {
            copenssl_key_free(opened)
            throw error
        }
        handle = opened
        self.certificate = certificate
        self.chain = CertificateRecord.split(chain)
    }

    deinit { copenssl_key_free(handle) }

    public func sign(_ toBeSigned: [UInt8]) throws -> [UInt8] {
        var signature = copenssl_buffer()
        let scheme = algorithm.scheme
        guard
            copenssl_key_sign(
                handle, scheme, algorithm.digest.identifier, toBeSigned, toBeSigned.count, &signature) == 1
        else { throw SigningError.keyRefused("libcrypto could not sign") }
        return Bytes.take(&signature)
    }
}

extension SignatureAlgorithm {
    /// What a key of that kind signs with, where it is one that we sign with: RSA of 2048 to 4096 bits, P-256, P-384.
    init(kind: Int32, bits: Int, digest: DigestAlgorithm, pss: Bool) throws(SigningError) {
        switch UInt32(bitPattern: kind) {
        case copenssl_key_rsa.rawValue, copenssl_key_rsa_pss.rawValue:
            guard (2_048...4_096).contains(bits) else { throw .unsupportedKey("RSA of \(bits) bits") }
            let mustPSS = UInt32(bitPattern: kind) == copenssl_key_rsa_pss.rawValue
            self = pss || mustPSS ? .rsaPSS(digest) : .rsaPKCS1(digest)
        case copenssl_key_ec.rawValue:
            guard bits == 256 || bits == 384 else { throw .unsupportedKey("elliptic curve of \(bits) bits") }
            self = .ecdsa(bits == 384 && digest == .sha256 ? .sha384 : digest)
        default:
            throw .unsupportedKey("neither RSA nor elliptic curve")
        }
    }

    /// What the key of a certificate signs with.
    init(certificate: [UInt8], digest: DigestAlgorithm, pss: Bool) throws(SigningError) {
        var (kind, bits): (Int32, Int32) = (0, 0)
        guard copenssl_certificate_key(certificate, certificate.count, &kind, &bits) == 1 else {
            throw .badCertificate
        }
        try self.init(kind: kind, bits: Int(bits), digest: digest, pss: pss)
    }

    var scheme: Int32 {
        switch self {
        case .rsaPKCS1: Int32(copenssl_rsa_pkcs1.rawValue)
        case .rsaPSS: Int32(copenssl_rsa_pss.rawValue)
        case .ecdsa: Int32(copenssl_ecdsa.rawValue)
        }
    }
}
