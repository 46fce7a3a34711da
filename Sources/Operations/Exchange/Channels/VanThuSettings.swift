// VanThu ↔ VanThu trong tệp cấu hình: who the partners are, by which certificates and keys each is known on either side, where
// revoked ones are looked up, and what may be asked of the door.
import Foundation

/// VanThu ↔ VanThu: both sides show a certificate, and know each other by it.
package struct VanThuSettings: Sendable, Equatable {
    /// Where partners reach this installation; without it nothing is taken from them.
    package var listen: VanThuListener?
    /// A PKCS #12 file with the certificate that is shown to partners, and its passphrase.
    package var identity: String
    package var passphrase: String
    /// By the name that stands in the catalogue.
    package var partners: [String: VanThuPartner]

    package init(
        listen: VanThuListener? = nil, identity: String, passphrase: String, partners: [String: VanThuPartner]
    ) {
        self.listen = listen
        self.identity = identity
        self.passphrase = passphrase
        self.partners = partners
    }
}

package struct VanThuListener: Sendable, Equatable {
    package var host: String
    package var port: Int
    /// PEM files: the server's certificate with its chain, and its key.
    package var certificate: String
    package var key: String
    package var limits: DoorLimits

    package init(
        host: String, port: Int, certificate: String, key: String, limits: DoorLimits = DoorLimits()
    ) {
        self.host = host
        self.port = port
        self.certificate = certificate
        self.key = key
        self.limits = limits
    }
}

/// What partners may ask of the door (E5).
package struct DoorLimits: Sendable, Equatable {
    /// Of one message with its attachments in base 64, in bytes.
    package var message: Int
    /// Of one partner at the same time.
    package var connections: Int
    /// In seconds: how long one request may take from its first line to its last byte, however much it brings.
    package var patience: Double

    package init(message: Int = 300 << 20, connections: Int = 128, patience: Double = 1800) {
        self.message = message
        self.connections = connections
        self.patience = patience
    }
}

package struct VanThuPartner: Sendable, Equatable {
    /// `https://lienthong.tinh.example.gov.vn:8443`
    package var address: String
    /// PEM file: whom its certificates, the server's and the client's, are trusted by.
    package var roots: String
    /// SHA-256 of the certificates it shows when it calls us, in hexadecimal: of the one it has and, while that is being
    /// renewed, of the next.
    package var certificates: [String]
    /// SHA-256 of the public keys that its server may have, likewise; none: whatever its roots vouch for.
    package var serverKeys: [String]
    /// A file or a folder of revocation lists in which both its certificates are looked up; `nil`: they are not.
    package var revocations: String?
    /// Lists that are out of date are believed all the same.
    package var toleratesStaleLists: Bool
    /// In seconds: how long one message may be on its way until it is answered.
    package var patience: Double

    /// The one in use and the next.
    package static let mostPins = 2

    package init(
        address: String, roots: String, certificates: [String], serverKeys: [String] = [],
        revocations: String? = nil, toleratesStaleLists: Bool = false, patience: Double = 600
    ) {
        self.address = address
        self.roots = roots
        self.patience = patience
        self.revocations = revocations
        self.toleratesStaleLists = toleratesStaleLists
        self.certificates = certificates.map(Self.digest)
        self.serverKeys = serverKeys.map(Self.digest)
    }

    /// Programs write colons between the bytes.
    private static func digest(_ text: String) -> String {
        text.lowercased().filter { $0 != ":" && $0 != " " }
    }
}

// MARK: The file

extension VanThuSettings: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case listen, identity, passphrase, partners }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            listen: try values.optional(.listen),
            identity: try values.value(.identity),
            passphrase: try values.value(.passphrase, or: ""),
            partners: try values.value(.partners))
    }
}

extension VanThuListener: Decodable {
    private enum Keys: String, CodingKey, CaseIterable {
        case host, port, certificate, key, messageLimit, connections, patience
    }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            host: try values.value(.host, or: "0.0.0.0"),
            port: try values.value(.port),
            certificate: try values.value(.certificate),
            key: try values.value(.key))
        let usual = DoorLimits(), megabytes = try values.value(.messageLimit, or: usual.message >> 20)
        limits = DoorLimits(
            message: min(max(1, megabytes), 2000) << 20,
            connections: max(1, try values.value(.connections, or: usual.connections)),
            patience: min(max(1, try values.value(.patience, or: usual.patience)), 86_400))
    }
}

extension VanThuPartner: Decodable {
    private enum Keys: String, CodingKey, CaseIterable {
        case address, roots, certificate, serverKeys, revocations, staleRevocations, patience
    }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        let stale = try values.value(.staleRevocations, or: "refuse")
        guard ["refuse", "warn"].contains(stale) else {
            throw SettingsProblem.unknownName("staleRevocations: \(stale)")
        }
        self.init(
            address: try SecureAddress.checked(values.value(.address)), roots: try values.value(.roots),
            certificates: try Self.oneOrMore(values),
            serverKeys: try values.value(.serverKeys, or: []),
            revocations: try values.optional(.revocations), toleratesStaleLists: stale == "warn",
            patience: try values.value(.patience, or: 600))
        try check(certificates, "certificate", least: 1)
        try check(serverKeys, "serverKeys", least: 0)
    }

    /// One, or a list.
    private static func oneOrMore(_ values: KeyedDecodingContainer<Keys>) throws -> [String] {
        if let one = try? values.decode(String.self, forKey: .certificate) { return [one] }
        return try values.value(.certificate)
    }

    private func check(_ digests: [String], _ name: String, least: Int) throws {
        let areWhole = digests.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) }
        guard areWhole, (least...Self.mostPins).contains(digests.count) else {
            throw SettingsProblem.unknownName("\(name): \(digests.joined(separator: ", "))")
        }
    }
}
