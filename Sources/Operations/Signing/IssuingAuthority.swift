// A certification authority of the installation's own, for the demo and for tests: it makes the key pair and
// the certificate. In earnest the Government's authority (Ban Cơ yếu Chính phủ) issues them, and the key file
// it hands over is locked away the same way.
import Domain
import Foundation
import PDFSignatures
import Store

package struct IssuingAuthority: Sendable {
    private let root: CertificateFactory.Issued

    package init(root: CertificateFactory.Issued) { self.root = root }

    /// A new authority; who keeps it can make anyone's certificate.
    package static func make(name: String) throws -> IssuingAuthority {
        IssuingAuthority(root: try CertificateFactory.makeRoot(name: name))
    }

    /// DER, for the trust folder.
    package var certificate: [UInt8] { root.certificate }

    package struct KeyFile: Sendable {
        package let bytes: [UInt8]
        package let passphrase: String
        package let expiresAt: Instant
    }

    /// A key file valid from the day before `now`, under a passphrase nobody sees.
    package func keyFile(name: String, organisation: String, identifier: String, at now: Instant) throws
        -> KeyFile
    {
        let start = now.adding(seconds: -86_400)
        let issued = try issue(name: name, organisation: organisation, identifier: identifier, at: now)
        let passphrase = Data(SigningKeys.random(24)).base64EncodedString()
        return KeyFile(
            bytes: try CertificateFactory.pkcs12(
                issued, root: root, name: identifier, passphrase: passphrase),
            passphrase: passphrase, expiresAt: start.adding(seconds: Int(Self.years * 31_557_600)))
    }

    /// A certificate with its private key in the open, for a service or a token that will keep it.
    package func issue(
        name: String, organisation: String, identifier: String, at now: Instant
    ) throws -> CertificateFactory.Issued {
        try CertificateFactory.issue(
            CertificateFactory.Subject(commonName: name, organisation: organisation, identifier: identifier),
            from: root, type: .rsa(bits: 2_048), validFrom: now.adding(seconds: -86_400).date,
            years: Self.years)
    }

    private static let years = 5.0
}
