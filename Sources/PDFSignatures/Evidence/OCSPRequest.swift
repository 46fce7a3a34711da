import SwiftASN1

/// Which certificate is asked about (RFC 6960, 4.1.1): its issuer by digests of name and key, and its number.
struct OCSPCertificateID: Sendable, Equatable {
    /// Object identifier of the digest.
    let algorithm: String
    let issuerName: [UInt8]
    let issuerKey: [UInt8]
    /// INTEGER as written in the certificate.
    let serialNumber: [UInt8]

    static let sha1 = "1.3.14.3.2.26"

    /// `nil` when this machine does not know the digest.
    init?(_ certificate: CertificateRecord, issuer: CertificateRecord, algorithm: String = sha1) {
        guard let name = DigestFunction.hash(algorithm, issuer.subject),
            let key = DigestFunction.hash(algorithm, issuer.publicKey)
        else { return nil }
        self.algorithm = algorithm
        issuerName = name
        issuerKey = key
        serialNumber = certificate.serialNumber
    }

    init(_ node: BERNode) throws(CMSError) {
        let parts = try node.expect(0x30, "certificate id").children()
        guard parts.count >= 4, let name = try parts[0].children().first else {
            throw .malformed("certificate id")
        }
        algorithm = try name.objectIdentifier()
        issuerName = try parts[1].octets()
        issuerKey = try parts[2].octets()
        serialNumber = Array(try parts[3].expect(0x02, "certificate id").encoded)
    }

    /// Whether this names the certificate, in whatever digest it was asked for.
    func names(_ certificate: CertificateRecord, issuer: CertificateRecord) -> Bool {
        guard serialNumber == certificate.serialNumber,
            DigestFunction.hash(algorithm, issuer.publicKey) == issuerKey
        else { return false }
        return [issuer.subject, certificate.issuer].contains {
            DigestFunction.hash(algorithm, $0) == issuerName
        }
    }

    func encode(into serializer: inout DER.Serializer) throws {
        try serializer.sequence { id in
            try id.sequence { digest in
                try digest.serialize(ASN1ObjectIdentifier(dotRepresentation: self.algorithm))
                digest.null()
            }
            id.octets(self.issuerName)
            id.octets(self.issuerKey)
            id.serializeRawBytes(self.serialNumber)
        }
    }
}

/// A question to an OCSP responder (RFC 6960, 4.1), unsigned, about one certificate. It carries no nonce unless
/// one is given: most responders answer from what they made before.
struct OCSPRequest: Sendable {
    let id: OCSPCertificateID
    var nonce: [UInt8]?

    func encode() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.sequence { request in
            try request.sequence { body in
                try body.sequence { list in
                    try list.sequence { try self.id.encode(into: &$0) }
                }
                if let nonce = self.nonce {
                    try body.tagged(2) { wrapper in
                        try wrapper.sequence { try self.encode(nonce: nonce, into: &$0) }
                    }
                }
            }
        }
        return serializer.serializedBytes
    }

    private func encode(nonce: [UInt8], into serializer: inout DER.Serializer) throws {
        var inner = DER.Serializer()
        inner.octets(nonce)
        try serializer.sequence { item in
            try item.serialize(ASN1ObjectIdentifier.ocspNonce)
            item.octets(inner.serializedBytes)
        }
    }
}

extension ASN1ObjectIdentifier {
    static let ocspNonce: Self = [1, 3, 6, 1, 5, 5, 7, 48, 1, 2]
}
