import COpenSSL
import Foundation

/// Certificates for demonstrations and tests: a root of one's own and the people and agencies under it.
/// Nobody outside trusts them, and nothing here belongs in an installation that is in earnest.
public enum CertificateFactory {
    /// A certificate with its private key, in DER.
    public struct Issued: Sendable {
        public let certificate: [UInt8]
        public let key: [UInt8]

        public init(certificate: [UInt8], key: [UInt8]) {
            self.certificate = certificate
            self.key = key
        }
    }

    public struct Subject: Sendable {
        public var commonName: String
        public var organisation: String
        /// The person's or agency's code, as the `serialNumber` of the name.
        public var identifier: String

        public init(commonName: String, organisation: String = "", identifier: String = "") {
            self.commonName = commonName
            self.organisation = organisation
            self.identifier = identifier
        }
    }

    public enum KeyType: Sendable {
        case rsa(bits: Int)
        case p256, p384

        var curve: String {
            switch self {
            case .rsa: ""
            case .p256: "P-256"
            case .p384: "P-384"
            }
        }

        var bits: Int32 {
            if case .rsa(let bits) = self { Int32(clamping: bits) } else { 0 }
        }
    }

    public static func makeRoot(
        name: String, from start: Date = Date(timeIntervalSince1970: 1_577_836_800), years: Double = 30
    ) throws(SigningError) -> Issued {
        try make(
            Subject(commonName: name, organisation: name), root: nil, type: .rsa(bits: 2_048), from: start,
            years: years)
    }

    public static func issue(
        _ subject: Subject, from root: Issued, type: KeyType = .rsa(bits: 2_048),
        validFrom start: Date = Date(timeIntervalSince1970: 1_735_689_600), years: Double = 5
    ) throws(SigningError) -> Issued {
        try make(subject, root: root, type: type, from: start, years: years)
    }

    /// A key file with the certificate and the root above it.
    public static func pkcs12(
        _ issued: Issued, root: Issued, name: String, passphrase: String
    ) throws(SigningError) -> [UInt8] {
        var output = copenssl_buffer()
        let done = copenssl_pkcs12_make(
            issued.key, issued.key.count, issued.certificate, issued.certificate.count, root.certificate,
            root.certificate.count, name, passphrase, &output)
        let file = Bytes.take(&output)
        guard done == 1 else { throw .badKeyFile("the key file could not be made") }
        return file
    }

    /// Both steps at once: a new person or agency under the root, as a key file.
    public static func issue(
        _ subject: Subject, from root: Issued, type: KeyType = .rsa(bits: 2_048), passphrase: String
    ) throws(SigningError) -> [UInt8] {
        let issued = try issue(subject, from: root, type: type)
        return try pkcs12(issued, root: root, name: subject.commonName, passphrase: passphrase)
    }

    private static func make(
        _ subject: Subject, root: Issued?, type: KeyType, from start: Date, years: Double
    ) throws(SigningError) -> Issued {
        var key = copenssl_buffer()
        var certificate = copenssl_buffer()
        let rootKey = root?.key ?? []
        let rootCertificate = root?.certificate ?? []
        let done = copenssl_issue(
            subject.commonName, subject.organisation, subject.identifier, rootKey, rootKey.count,
            rootCertificate,
            rootCertificate.count, Int64(start.timeIntervalSince1970),
            Int64(start.timeIntervalSince1970 + years * 31_557_600), type.curve, type.bits, &key, &certificate
        )
        let issued = Issued(certificate: Bytes.take(&certificate), key: Bytes.take(&key))
        guard done == 1 else { throw .badCertificate }
        return issued
    }
}
