// Cấu hình liên thông của máy chủ: with whom this installation exchanges and who it is to them. Read once when the server starts,
// from a file that only its owner can read; which agency is reached by which channel stands in the catalogue.
import Domain
import Foundation

package struct ExchangeSettings: Sendable, Equatable {
    package var vanthu: VanThuSettings?

    package init(vanthu: VanThuSettings? = nil) { self.vanthu = vanthu }

    package static let none = ExchangeSettings()

    package static func load(_ path: String) throws(SettingsProblem) -> ExchangeSettings {
        try SettingsFile.load(ExchangeSettings.self, from: path) ?? .none
    }

    /// The far ends of the channels that are set up.
    func links(_ office: Office) -> [any WireLink] {
        var links: [any WireLink] = []
        if let vanthu { links.append(VanThuLink(vanthu)) }
        return links
    }
}

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

    package init(host: String, port: Int, certificate: String, key: String) {
        self.host = host
        self.port = port
        self.certificate = certificate
        self.key = key
    }
}

package struct VanThuPartner: Sendable, Equatable {
    /// `https://lienthong.tinh.example.gov.vn:8443`
    package var address: String
    /// PEM file: whom its certificates, the server's and the client's, are trusted by.
    package var roots: String
    /// SHA-256 of the certificate it shows when it calls us, in hexadecimal.
    package var certificate: String
    /// In seconds: how long one message may be on its way until it is answered.
    package var patience: Double

    package init(address: String, roots: String, certificate: String, patience: Double = 600) {
        self.address = address
        self.roots = roots
        self.patience = patience
        self.certificate = certificate.lowercased().filter { $0.isHexDigit }
    }
}

// MARK: The file

extension ExchangeSettings: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case vanthu }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(vanthu: try values.decodeIfPresent(VanThuSettings.self, forKey: .vanthu))
    }
}

extension VanThuSettings: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case listen, identity, passphrase, partners }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            listen: try values.decodeIfPresent(VanThuListener.self, forKey: .listen),
            identity: try values.decode(String.self, forKey: .identity),
            passphrase: try values.decodeIfPresent(String.self, forKey: .passphrase) ?? "",
            partners: try values.decode([String: VanThuPartner].self, forKey: .partners))
    }
}

extension VanThuListener: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case host, port, certificate, key }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            host: try values.decodeIfPresent(String.self, forKey: .host) ?? "0.0.0.0",
            port: try values.decode(Int.self, forKey: .port),
            certificate: try values.decode(String.self, forKey: .certificate),
            key: try values.decode(String.self, forKey: .key))
    }
}

extension VanThuPartner: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case address, roots, certificate, patience }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            address: try values.decode(String.self, forKey: .address),
            roots: try values.decode(String.self, forKey: .roots),
            certificate: try values.decode(String.self, forKey: .certificate),
            patience: try values.decodeIfPresent(Double.self, forKey: .patience) ?? 600)
    }
}
