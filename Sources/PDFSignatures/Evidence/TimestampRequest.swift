import SwiftASN1

/// A question to a timestamp authority (RFC 3161, 2.4.1): the digest to be dated, and a number that must come
/// back. The authority's certificate is always asked for.
struct TimestampRequest: Sendable {
    let algorithm: DigestAlgorithm
    let digest: [UInt8]
    var policy: String?
    /// Unsigned, most significant byte first.
    var nonce: [UInt8]?

    func encode() throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.sequence { request in
            try request.serialize(1)
            try request.sequence { imprint in
                try imprint.sequence {
                    try $0.serialize(ASN1ObjectIdentifier(dotRepresentation: self.algorithm.identifier))
                }
                imprint.octets(self.digest)
            }
            if let policy = self.policy {
                try request.serialize(ASN1ObjectIdentifier(dotRepresentation: policy))
            }
            if let nonce = self.nonce {
                request.appendPrimitiveNode(identifier: .integer) { $0 += TimestampRequest.integer(nonce) }
            }
            try request.serialize(true)
        }
        return serializer.serializedBytes
    }

    /// The shortest content of a non-negative INTEGER.
    static func integer(_ unsigned: [UInt8]) -> [UInt8] {
        let digits = Array(unsigned.drop { $0 == 0 })
        guard let first = digits.first else { return [0] }
        return first & 0x80 == 0 ? digits : [0] + digits
    }
}
