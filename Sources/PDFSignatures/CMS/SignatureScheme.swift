import COpenSSL

/// How a signature value was made, from the names in the signer's record (RFC 5754, RFC 4055, RFC 8419).
struct SignatureScheme {
    let kind: UInt32
    let digest: String
    var maskDigest: String?
    var salt: Int32 = -1

    private static let rsa: [String: String] = [
        "1.2.840.113549.1.1.4": "1.2.840.113549.2.5", "1.2.840.113549.1.1.5": "1.3.14.3.2.26",
        "1.2.840.113549.1.1.14": "2.16.840.1.101.3.4.2.4", "1.2.840.113549.1.1.11": "2.16.840.1.101.3.4.2.1",
        "1.2.840.113549.1.1.12": "2.16.840.1.101.3.4.2.2", "1.2.840.113549.1.1.13": "2.16.840.1.101.3.4.2.3",
    ]
    private static let ecdsa: [String: String] = [
        "1.2.840.10045.4.1": "1.3.14.3.2.26", "1.2.840.10045.4.3.1": "2.16.840.1.101.3.4.2.4",
        "1.2.840.10045.4.3.2": "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.3": "2.16.840.1.101.3.4.2.2",
        "1.2.840.10045.4.3.4": "2.16.840.1.101.3.4.2.3",
    ]

    init(_ signer: CMSSigner) throws(CMSError) {
        try self.init(
            signer.signatureAlgorithm, signer.parameters, contentDigest: signer.digestAlgorithm)
        // The document and the attributes must be digested alike, or the weaker of two digests would count.
        guard digest == signer.digestAlgorithm else { throw .unsupported("digest and signature differ") }
    }

    /// - Parameter contentDigest: For names that leave the digest to the place where they stand; without it such
    ///   names are not supported.
    init(_ name: String, _ parameters: BERNode?, contentDigest: String? = nil) throws(CMSError) {
        if let contentDigest, name == "1.2.840.113549.1.1.1" {
            self.init(kind: copenssl_rsa_pkcs1.rawValue, digest: contentDigest)
        } else if name == "1.2.840.113549.1.1.10" {
            try self.init(pss: parameters)
        } else if let digest = SignatureScheme.rsa[name] {
            self.init(kind: copenssl_rsa_pkcs1.rawValue, digest: digest)
        } else if let contentDigest, name == "1.2.840.10045.2.1" {
            self.init(kind: copenssl_ecdsa.rawValue, digest: contentDigest)
        } else if let digest = SignatureScheme.ecdsa[name] {
            self.init(kind: copenssl_ecdsa.rawValue, digest: digest)
        } else if name == "1.3.101.112" || name == "1.3.101.113" {
            self.init(
                kind: copenssl_eddsa.rawValue, digest: contentDigest ?? DigestAlgorithm.sha512.identifier)
        } else {
            throw .unsupported(name)
        }
    }

    private init(kind: UInt32, digest: String) {
        self.kind = kind
        self.digest = digest
    }

    /// RFC 4055, 3.1: what is absent is SHA-1 and twenty bytes of salt.
    private init(pss parameters: BERNode?) throws(CMSError) {
        var digest = "1.3.14.3.2.26"
        var mask = digest
        var salt = 20
        for part in try parameters?.children() ?? [] {
            guard let value = try part.children().first else { throw .malformed("parameters") }
            switch part.tag {
            case 0xA0: digest = try value.children().first?.objectIdentifier() ?? digest
            case 0xA1:
                guard let inner = try value.children().dropFirst().first else {
                    throw .malformed("parameters")
                }
                mask = try inner.children().first?.objectIdentifier() ?? mask
            case 0xA2:
                guard value.tag == 0x02, value.content.count <= 2 else { throw .malformed("parameters") }
                salt = value.content.reduce(0) { $0 << 8 | Int($1) }
            default: break
            }
        }
        kind = copenssl_rsa_pss.rawValue
        self.digest = digest
        maskDigest = mask
        self.salt = Int32(salt)
    }

    enum Outcome { case right, wrong, unusable }

    func check(
        certificate: [UInt8], first: some Collection<UInt8>,
        second: some Collection<UInt8> = EmptyCollection(), signature: [UInt8]
    ) -> Outcome {
        // These schemes take the text in one piece.
        if kind == copenssl_eddsa.rawValue, !second.isEmpty {
            return check(certificate: certificate, first: Array(first) + second, signature: signature)
        }
        let answer = Bytes.with(first) { firstBytes, firstCount in
            Bytes.with(second) { secondBytes, secondCount in
                copenssl_verify(
                    certificate, certificate.count, Int32(kind), digest, maskDigest, salt, firstBytes,
                    firstCount,
                    secondBytes, secondCount, signature, signature.count)
            }
        }
        return answer == 1 ? .right : answer == 0 ? .wrong : .unusable
    }
}
