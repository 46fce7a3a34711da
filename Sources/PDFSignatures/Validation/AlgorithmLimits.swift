import Foundation

/// Until when algorithms may be relied on. A signature made with one that has since been broken is still worth
/// what it was, if a trusted clock shows that it was made before (ETSI EN 319 102-1, 5.2.8; the years are those
/// of ETSI TS 119 312 and its forerunners).
struct Weakness: Equatable {
    let code: Finding.Code
    let name: String
    /// What is proven to be older stays good.
    let until: Date

    var finding: Finding { Finding(code, name) }
}

enum AlgorithmLimits {
    private static let digests: [String: (year: Int, month: Int)] = [
        "1.2.840.113549.2.2": (2005, 8),  // MD2
        "1.2.840.113549.2.5": (2004, 8),  // MD5
        "1.3.36.3.2.1": (2014, 8),  // RIPEMD-160
        "1.3.14.3.2.26": (2012, 8),  // SHA-1
        "2.16.840.1.101.3.4.2.4": (2029, 1),  // SHA-224
    ]

    static func weakness(ofDigest identifier: String) -> Weakness? {
        digests[identifier].flatMap { end in
            day(end.year, end.month).map {
                Weakness(code: .weakDigest, name: DigestFunction.name(identifier), until: $0)
            }
        }
    }

    /// Of the key in a certificate, by its size in bits.
    static func weakness(ofKeyIn certificate: CertificateRecord) -> Weakness? {
        let name = try? BERNode.first(in: certificate.publicKeyRecord[...]).children().first?.children()
            .first?
            .objectIdentifier()
        switch name {
        case "1.2.840.113549.1.1.1"?, "1.2.840.113549.1.1.10"?:
            guard let bits = modulusBits(certificate.publicKey), bits < 2_048 else { return nil }
            let end = bits < 1_024 ? day(2010, 8) : day(2019, 10)
            return end.map { Weakness(code: .weakKey, name: "RSA \(bits)", until: $0) }
        case "1.2.840.10045.2.1"?:
            // An uncompressed point: one byte of form, then both coordinates.
            guard certificate.publicKey.first == 4, certificate.publicKey.count < 1 + 2 * 28 else {
                return nil
            }
            let bits = (certificate.publicKey.count - 1) / 2 * 8
            return day(2012, 8).map { Weakness(code: .weakKey, name: "EC \(bits)", until: $0) }
        default: return nil
        }
    }

    private static func modulusBits(_ key: [UInt8]) -> Int? {
        guard let modulus = try? BERNode.first(in: key[...]).children().first, modulus.tag == 0x02 else {
            return nil
        }
        let digits = modulus.content.drop { $0 == 0 }
        return digits.first.map { digits.count * 8 - $0.leadingZeroBitCount }
    }

    /// Of the digest under an issuer's signature.
    static func weakness(ofSignatureOn structure: SignedStructure) -> Weakness? {
        structure.digest.flatMap(weakness(ofDigest:))
    }

    private static func day(_ year: Int, _ month: Int) -> Date? {
        CivilTime.date(year: year, month: month, day: 1, hour: 0, minute: 0, second: 0)
    }
}
