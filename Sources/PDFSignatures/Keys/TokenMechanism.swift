import CPKCS11

/// How a token is asked for a signature (PKCS #11, 2.1 and 2.3): the mechanism, and what of our work it leaves to us.
struct TokenMechanism: Equatable {
    enum Input: Equatable {
        /// The token digests.
        case message
        case digest
        /// The digest in its DER coat (RFC 8017, 9.2).
        case digestInfo
    }

    let type: UInt
    let input: Input
    /// The digest, where the mechanism is RSA-PSS.
    let padding: DigestAlgorithm?

    private init(_ type: UInt, _ input: Input, padding: DigestAlgorithm? = nil) {
        self.type = type
        self.input = input
        self.padding = padding
    }

    /// The first of those fit for the algorithm that the token offers.
    static func choose(for algorithm: SignatureAlgorithm, among offered: Set<UInt>) -> TokenMechanism? {
        fit(for: algorithm).first { offered.contains($0.type) }
    }

    private static func fit(for algorithm: SignatureAlgorithm) -> [TokenMechanism] {
        switch algorithm {
        case .rsaPKCS1(.sha256): [.init(CKM_SHA256_RSA_PKCS, .message), .init(CKM_RSA_PKCS, .digestInfo)]
        case .rsaPKCS1(.sha384): [.init(CKM_SHA384_RSA_PKCS, .message), .init(CKM_RSA_PKCS, .digestInfo)]
        case .rsaPKCS1(.sha512): [.init(CKM_SHA512_RSA_PKCS, .message), .init(CKM_RSA_PKCS, .digestInfo)]
        case .rsaPSS(let digest):
            switch digest {
            case .sha256: pss(CKM_SHA256_RSA_PKCS_PSS, digest)
            case .sha384: pss(CKM_SHA384_RSA_PKCS_PSS, digest)
            case .sha512: pss(CKM_SHA512_RSA_PKCS_PSS, digest)
            }
        case .ecdsa(.sha256): [.init(CKM_ECDSA, .digest), .init(CKM_ECDSA_SHA256, .message)]
        case .ecdsa(.sha384): [.init(CKM_ECDSA, .digest), .init(CKM_ECDSA_SHA384, .message)]
        case .ecdsa(.sha512): [.init(CKM_ECDSA, .digest), .init(CKM_ECDSA_SHA512, .message)]
        }
    }

    private static func pss(_ type: UInt, _ digest: DigestAlgorithm) -> [TokenMechanism] {
        [.init(type, .message, padding: digest), .init(CKM_RSA_PKCS_PSS, .digest, padding: digest)]
    }

    func input(for message: [UInt8], digest: DigestAlgorithm) -> [UInt8] {
        switch input {
        case .message: message
        case .digest: digest.hash(message)
        case .digestInfo: digest.information + digest.hash(message)
        }
    }

    func lend<R>(_ body: (UnsafeMutablePointer<ck_mechanism>?) -> R) -> R {
        guard let padding else {
            var mechanism = ck_mechanism(mechanism: type, parameter: nil, parameter_len: 0)
            return body(&mechanism)
        }
        var parameters = padding.paddingParameters
        return withUnsafeMutableBytes(of: &parameters) { room in
            var mechanism = ck_mechanism(
                mechanism: type, parameter: room.baseAddress, parameter_len: UInt(room.count))
            return body(&mechanism)
        }
    }
}

extension DigestAlgorithm {
    /// What stands before the digest in a DigestInfo (RFC 8017, 9.2, note 1).
    fileprivate var information: [UInt8] {
        let last: (UInt8, UInt8) =
            switch self {
            case .sha256: (1, 32)
            case .sha384: (2, 48)
            case .sha512: (3, 64)
            }
        let identifier: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last.0]
        return [0x30, 0x11 + last.1, 0x30, 0x0D, 0x06, 0x09] + identifier + [0x05, 0x00, 0x04, last.1]
    }

    fileprivate var paddingParameters: ck_rsa_pkcs_pss_params {
        switch self {
        case .sha256:
            ck_rsa_pkcs_pss_params(hash_alg: UInt(CKM_SHA256), mgf: UInt(CKG_MGF1_SHA256), s_len: 32)
        case .sha384:
            ck_rsa_pkcs_pss_params(hash_alg: UInt(CKM_SHA384), mgf: UInt(CKG_MGF1_SHA384), s_len: 48)
        case .sha512:
            ck_rsa_pkcs_pss_params(hash_alg: UInt(CKM_SHA512), mgf: UInt(CKG_MGF1_SHA512), s_len: 64)
        }
    }
}

/// An ECDSA signature as tokens and many services give it, two numbers of equal room one after the other, and as
/// CMS wants it (RFC 3279, 2.2.3).
enum ECDSAValue {
    /// `nil` when the room is none of a known curve's.
    static func der(fromRaw raw: [UInt8]) -> [UInt8]? {
        guard [64, 96, 132].contains(raw.count) else { return nil }
        let body = integer(raw[..<(raw.count / 2)]) + integer(raw[(raw.count / 2)...])
        return (body.count < 128 ? [0x30, UInt8(body.count)] : [0x30, 0x81, UInt8(body.count)]) + body
    }

    private static func integer(_ number: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(number.drop { $0 == 0 })
        if digits.first.map({ $0 >= 0x80 }) ?? true { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
