// Cấu hình liên thông của máy chủ: with whom this installation exchanges and who it is to them. Read once when the server starts,
// from a file that only its owner can read; which agency is reached by which channel stands in the catalogue.
import Domain
import Foundation

package struct ExchangeSettings: Sendable, Equatable {
    package var vanthu: VanThuSettings?
    package var axis: AxisAccount?
    package var lgsp: AxisAccount?
    /// The official mailboxes, by the slug of the agency.
    package var mail: [String: MailAccount]

    package init(
        vanthu: VanThuSettings? = nil, axis: AxisAccount? = nil, lgsp: AxisAccount? = nil,
        mail: [String: MailAccount] = [:]
    ) {
        self.vanthu = vanthu
        self.axis = axis
        self.lgsp = lgsp
        self.mail = mail
    }

    package static let none = ExchangeSettings()

    package static func load(_ path: String) throws(SettingsProblem) -> ExchangeSettings {
        try SettingsFile.load(ExchangeSettings.self, from: path) ?? .none
    }

    /// The far ends of the channels that are set up.
    func links(_ office: Office) -> [any WireLink] {
        var links: [any WireLink] = []
        if let vanthu { links.append(VanThuLink(vanthu)) }
        if let axis { links.append(AxisChannel(.axis, axis)) }
        if let lgsp { links.append(AxisChannel(.lgsp, lgsp)) }
        if !mail.isEmpty { links.append(MailChannel(mail, office)) }
        return links
    }
}

extension Office {
    /// The ways out that are set up, by partner where they have several.
    package var exchangeRoutes: [Route] {
        var routes = exchange.links(self).flatMap { link in
            link.partners.isEmpty ? [Route(link.channel)] : link.partners.map { Route(link.channel, $0) }
        }
        if let vanthu = exchange.vanthu {
            routes =
                routes.filter { $0.channel != .vanthu }
                + vanthu.partners.keys.map { Route(.vanthu, $0) }
        }
        return routes
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

/// The official mailbox of an agency (thư điện tử công vụ): where it sends from, and where letters come to.
package struct MailAccount: Sendable, Equatable {
    package var address: String
    package var submission: MailPlace
    /// Without it nothing is read.
    package var mailbox: MailPlace?
    package var folder: String
    /// Where what was taken is put.
    package var takenFolder: String
    package var every: Int

    package init(
        address: String, submission: MailPlace, mailbox: MailPlace? = nil, folder: String = "INBOX",
        takenFolder: String = "VanThu", every: Int = 60
    ) {
        self.address = address
        self.submission = submission
        self.mailbox = mailbox
        self.folder = folder
        self.takenFolder = takenFolder
        self.every = max(1, every)
    }
}

package struct MailPlace: Sendable, Equatable {
    package var host: String
    package var port: Int
    /// `tls`, `startTLS` or, for a relay inside the house, `none`.
    package var protection: String
    package var user: String?
    package var password: String?
    package var roots: String?

    package init(
        host: String, port: Int, protection: String = "tls", user: String? = nil, password: String? = nil,
        roots: String? = nil
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.user = user
        self.password = password
        self.roots = roots
    }
}

// MARK: The file

extension ExchangeSettings: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case vanthu, axis, lgsp, mail }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            vanthu: try values.decodeIfPresent(VanThuSettings.self, forKey: .vanthu),
            axis: try values.decodeIfPresent(AxisAccount.self, forKey: .axis),
            lgsp: try values.decodeIfPresent(ProvinceAccount.self, forKey: .lgsp)?.account,
            mail: try values.decodeIfPresent([String: MailAccount].self, forKey: .mail) ?? [:])
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

extension MailAccount: Decodable {
    private enum Keys: String, CodingKey, CaseIterable {
        case address, submission, mailbox, folder, takenFolder, every
    }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            address: try values.decode(String.self, forKey: .address),
            submission: try values.decode(MailPlace.self, forKey: .submission),
            mailbox: try values.decodeIfPresent(MailPlace.self, forKey: .mailbox),
            folder: try values.decodeIfPresent(String.self, forKey: .folder) ?? "INBOX",
            takenFolder: try values.decodeIfPresent(String.self, forKey: .takenFolder) ?? "VanThu",
            every: try values.decodeIfPresent(Int.self, forKey: .every) ?? 60)
    }
}

extension MailPlace: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case host, port, protection, user, password, roots }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            host: try values.decode(String.self, forKey: .host),
            port: try values.decode(Int.self, forKey: .port),
            protection: try values.decodeIfPresent(String.self, forKey: .protection) ?? "tls",
            user: try values.decodeIfPresent(String.self, forKey: .user),
            password: try values.decodeIfPresent(String.self, forKey: .password),
            roots: try values.decodeIfPresent(String.self, forKey: .roots))
        guard ["tls", "startTLS", "none"].contains(protection) else {
            throw SettingsProblem.unknownName("protection: \(protection)")
        }
    }
}
