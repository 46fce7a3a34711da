import SwiftASN1

/// Puts the signature value, the signed attributes and the certificates together as CMS SignedData (RFC 5652,
/// 5.1), detached, with one signer.
struct CMSWriter {
    let signer: CertificateRecord
    let chain: [[UInt8]]
    let algorithm: SignatureAlgorithm
    /// As signed: with the tag of a set.
    let signedAttributes: [UInt8]
    let signature: [UInt8]
    /// A timestamp over the signature value, DER (ETSI EN 319 122-1, 5.3).
    var timestamp: [UInt8]?

    func encode() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.sequence { contentInfo in
            try contentInfo.serialize(ASN1ObjectIdentifier.signedData)
            try contentInfo.tagged(0) { wrapper in
                try wrapper.sequence { try self.signedData(&$0) }
            }
        }
        return serializer.serializedBytes
    }

    private func signedData(_ serializer: inout DER.Serializer) throws {
        try serializer.serialize(1)
        try serializer.appendConstructedNode(identifier: .set) { try self.digestAlgorithm(&$0) }
        try serializer.sequence { try $0.serialize(ASN1ObjectIdentifier.data) }
        try serializer.tagged(0) { certificates in
            var list = [self.signer.der]
            for certificate in self.chain where !list.contains(certificate) { list.append(certificate) }
            for certificate in list.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                certificates.serializeRawBytes(certificate)
            }
        }
        try serializer.appendConstructedNode(identifier: .set) { signers in
            try signers.sequence { try self.signerInfo(&$0) }
        }
    }

    private func signerInfo(_ serializer: inout DER.Serializer) throws {
        try serializer.serialize(1)
        try serializer.sequence { issuerAndSerial in
            issuerAndSerial.serializeRawBytes(self.signer.issuer)
            issuerAndSerial.serializeRawBytes(self.signer.serialNumber)
        }
        try digestAlgorithm(&serializer)
        serializer.serializeRawBytes([0xA0] + signedAttributes.dropFirst())
        try signatureAlgorithm(&serializer)
        serializer.octets(signature)
        if let timestamp {
            try serializer.tagged(1) { unsigned in
                try unsigned.sequence { attribute in
                    try attribute.serialize(ASN1ObjectIdentifier.signatureTimestamp)
                    attribute.appendConstructedNode(identifier: .set) { $0.serializeRawBytes(timestamp) }
                }
            }
        }
    }

    private func digestAlgorithm(_ serializer: inout DER.Serializer) throws {
        try serializer.sequence {
            try $0.serialize(ASN1ObjectIdentifier(dotRepresentation: self.algorithm.digest.identifier))
        }
    }

    private func signatureAlgorithm(_ serializer: inout DER.Serializer) throws {
        try serializer.sequence { sequence in
            try sequence.serialize(ASN1ObjectIdentifier(dotRepresentation: self.algorithm.identifier))
            switch self.algorithm {
            case .rsaPKCS1: sequence.null()
            case .ecdsa: break
            case .rsaPSS(let digest): try self.pssParameters(digest, into: &sequence)
            }
        }
    }

    /// RFC 4055, 3.1.
    private func pssParameters(_ digest: DigestAlgorithm, into serializer: inout DER.Serializer) throws {
        try serializer.sequence { parameters in
            try parameters.tagged(0) { try self.digestAlgorithm(&$0) }
            try parameters.tagged(1) { mask in
                try mask.sequence { sequence in
                    try sequence.serialize(ASN1ObjectIdentifier.maskGeneration)
                    try self.digestAlgorithm(&sequence)
                }
            }
            try parameters.tagged(2) { try $0.serialize(digest.size) }
        }
    }
}

extension DER.Serializer {
    mutating func tagged(_ number: UInt, _ content: (inout DER.Serializer) throws -> Void) throws {
        try appendConstructedNode(
            identifier: ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific), content)
    }
}

extension DigestAlgorithm {
    var size: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }
}

extension SignatureAlgorithm {
    var identifier: String {
        switch self {
        case .rsaPKCS1(.sha256): "1.2.840.113549.1.1.11"
        case .rsaPKCS1(.sha384): "1.2.840.113549.1.1.12"
        case .rsaPKCS1(.sha512): "1.2.840.113549.1.1.13"
        case .rsaPSS: "1.2.840.113549.1.1.10"
        case .ecdsa(.sha256): "1.2.840.10045.4.3.2"
        case .ecdsa(.sha384): "1.2.840.10045.4.3.3"
        case .ecdsa(.sha512): "1.2.840.10045.4.3.4"
        }
    }
}
