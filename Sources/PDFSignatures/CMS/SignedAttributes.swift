import SwiftASN1

/// What the signer really signs: the kind of content, the digest of the document, and which certificate it is
/// (RFC 5652, 5.3; RFC 5035; ETSI EN 319 122-1, 5.2). There is no signing time among them: in a PDF it stands
/// in the signature dictionary's `/M` (ETSI EN 319 142-1, 6.3).
enum SignedAttributes {
    /// DER with the universal tag of a set, which is the form that is digested and signed.
    static func encode(messageDigest: [UInt8], signer: CertificateRecord) throws -> [UInt8] {
        let attributes = [
            try attribute(.contentType) { try $0.serialize(ASN1ObjectIdentifier.data) },
            try attribute(.messageDigest) { $0.octets(messageDigest) },
            try attribute(.signingCertificateV2) { try signingCertificate(signer, into: &$0) },
        ]
        var serializer = DER.Serializer()
        serializer.appendConstructedNode(identifier: .set) { set in
            // The parts of a set stand in the order of their encodings (X.690, 11.6).
            for attribute in attributes.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                set.serializeRawBytes(attribute)
            }
        }
        return serializer.serializedBytes
    }

    private static func attribute(
        _ type: ASN1ObjectIdentifier, value: (inout DER.Serializer) throws -> Void
    ) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { sequence in
            try sequence.serialize(type)
            try sequence.appendConstructedNode(identifier: .set) { try value(&$0) }
        }
        return serializer.serializedBytes
    }

    /// The digest algorithm is left out because SHA-256 is the default; issuer and number are the
    /// certificate's bytes.
    private static func signingCertificate(_ signer: CertificateRecord, into serializer: inout DER.Serializer)
        throws
    {
        try serializer.sequence { signingCertificate in
            try signingCertificate.sequence { certificates in
                try certificates.sequence { identifier in
                    identifier.octets(DigestAlgorithm.sha256.hash(signer.der))
                    try identifier.sequence { issuerSerial in
                        try issuerSerial.sequence { names in
                            names.appendConstructedNode(
                                identifier: ASN1Identifier(tagWithNumber: 4, tagClass: .contextSpecific)
                            ) { $0.serializeRawBytes(signer.issuer) }
                        }
                        issuerSerial.serializeRawBytes(signer.serialNumber)
                    }
                }
            }
        }
    }
}

extension DER.Serializer {
    mutating func sequence(_ content: (inout DER.Serializer) throws -> Void) throws {
        try appendConstructedNode(identifier: .sequence, content)
    }

    mutating func octets(_ bytes: [UInt8]) {
        appendPrimitiveNode(identifier: .octetString) { $0 += bytes }
    }

    mutating func null() {
        appendPrimitiveNode(identifier: .null) { _ in }
    }
}

extension ASN1ObjectIdentifier {
    static let data: Self = [1, 2, 840, 113549, 1, 7, 1]
    static let signedData: Self = [1, 2, 840, 113549, 1, 7, 2]
    static let maskGeneration: Self = [1, 2, 840, 113549, 1, 1, 8]
    static let contentType: Self = [1, 2, 840, 113549, 1, 9, 3]
    static let messageDigest: Self = [1, 2, 840, 113549, 1, 9, 4]
    static let signatureTimestamp: Self = [1, 2, 840, 113549, 1, 9, 16, 2, 14]
    static let signingCertificateV2: Self = [1, 2, 840, 113549, 1, 9, 16, 2, 47]
}
