import Foundation

@testable import PDFSignatures

/// The certificates of these tests: one root, a head and an agency under it, and a stranger's root.
enum TestKeys {
    static let moment = Date(timeIntervalSince1970: 1_778_546_400)

    static let root = made { try CertificateFactory.makeRoot(name: "Gốc thử nghiệm") }
    static let otherRoot = made { try CertificateFactory.makeRoot(name: "Gốc khác") }
    static let head = made { try key("Lâm Khánh Toàn", "001") }
    static let agency = made { try key("UBND xã Bình Hà", "H01.02") }
    static let trust = TrustStore(roots: [root.certificate])

    static func key(
        _ name: String, _ identifier: String, type: CertificateFactory.KeyType = .rsa(bits: 2_048),
        pss: Bool = false
    ) throws -> PKCS12Key {
        let subject = CertificateFactory.Subject(
            commonName: name, organisation: "UBND xã Bình Hà", identifier: identifier)
        let file = try CertificateFactory.issue(subject, from: root, type: type, passphrase: "mã số bí mật")
        return try PKCS12Key(file, passphrase: "mã số bí mật", pss: pss)
    }

    /// Without keys no test here means anything.
    private static func made<T>(_ make: () throws -> T) -> T {
        do { return try make() } catch { preconditionFailure("test keys: \(error)") }
    }
}
