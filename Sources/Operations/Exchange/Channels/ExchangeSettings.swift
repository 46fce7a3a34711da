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

    /// The other installations, by the names that stand in the catalogue.
    package var partnerNames: Set<String> { Set(vanthu.map { Array($0.partners.keys) } ?? []) }

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
            let partners = Set(link.partners + link.lanes).sorted()
            return partners.isEmpty ? [Route(link.channel)] : partners.map { Route(link.channel, $0) }
        }
        if let vanthu = exchange.vanthu {
            routes =
                routes.filter { $0.channel != .vanthu }
                + vanthu.partners.keys.map { Route(.vanthu, $0) }
        }
        return routes
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
    /// By what name its server says who really sent a mail (RFC 8601); `nil`: nobody is believed about it.
    package var verifiedBy: String?

    package init(
        address: String, submission: MailPlace, mailbox: MailPlace? = nil, folder: String = "INBOX",
        takenFolder: String = "VanThu", every: Int = 60, verifiedBy: String? = nil
    ) {
        self.verifiedBy = verifiedBy
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
            vanthu: try values.optional(.vanthu),
            axis: try values.optional(.axis),
            lgsp: try (values.optional(.lgsp) as ProvinceAccount?)?.account,
            mail: try values.value(.mail, or: [:]))
    }
}

extension MailAccount: Decodable {
    private enum Keys: String, CodingKey, CaseIterable {
        case address, submission, mailbox, folder, takenFolder, every, verifiedBy
    }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            address: try values.value(.address),
            submission: try values.value(.submission),
            mailbox: try values.optional(.mailbox),
            folder: try values.value(.folder, or: "INBOX"),
            takenFolder: try values.value(.takenFolder, or: "VanThu"),
            every: try values.value(.every, or: 60),
            verifiedBy: try values.optional(.verifiedBy))
    }
}

extension MailPlace: Decodable {
    private enum Keys: String, CodingKey, CaseIterable { case host, port, protection, user, password, roots }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        self.init(
            host: try values.value(.host),
            port: try values.value(.port),
            protection: try values.value(.protection, or: "tls"),
            user: try values.optional(.user),
            password: try values.optional(.password),
            roots: try values.optional(.roots))
        guard ["tls", "startTLS", "none"].contains(protection) else {
            throw SettingsProblem.unknownName("protection: \(protection)")
        }
    }
}
