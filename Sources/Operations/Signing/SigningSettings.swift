// Cấu hình ký số của máy chủ: who dates signatures and how lasting they must be, which tokens are in its slots, which
// remote services it has an account with. Read once when the server starts, from a file beside the server's key that
// only its owner can read: it holds the services' passwords, and the database never does.
import Domain
import Foundation
import PDFSignatures

package struct SigningSettings: Sendable, Equatable {
    /// When the timestamp authority does not answer.
    package enum WithoutTimestamp: String, Sendable, Codable {
        /// Nothing is signed; the person tries again.
        case refuse
        /// Signed without one. A leader's signature gets it later, as long as the letter has no number yet.
        case signLower
    }

    package var timestamp: TimestampSettings?
    /// Of the competent person's signature.
    package var signatureLevel: SignatureLevel
    /// Of the agency's.
    package var sealLevel: SignatureLevel
    package var withoutTimestamp: WithoutTimestamp
    package var tokens: [String: TokenSettings]
    package var services: [String: RemoteServiceSettings]
    /// Responders and publishers of certificates that stand inside the house; those outside are reached anyway.
    package var insideAddresses: [String]

    package init(
        timestamp: TimestampSettings? = nil, signatureLevel: SignatureLevel? = nil,
        sealLevel: SignatureLevel? = nil, withoutTimestamp: WithoutTimestamp = .refuse,
        tokens: [String: TokenSettings] = [:], services: [String: RemoteServiceSettings] = [:],
        insideAddresses: [String] = []
    ) {
        let usual: SignatureLevel = timestamp == nil ? .basic : .longTerm
        self.timestamp = timestamp
        self.signatureLevel = signatureLevel ?? usual
        self.sealLevel = sealLevel ?? usual
        self.withoutTimestamp = withoutTimestamp
        self.tokens = tokens
        self.services = services
        self.insideAddresses = insideAddresses
    }

    package static let none = SigningSettings()

    /// Every address that the administrator set up.
    var addresses: [String] {
        [timestamp?.url].compactMap { $0 } + services.values.map(\.address) + insideAddresses
    }
}

package struct TimestampSettings: Sendable, Equatable, Codable {
    package var url: String
    package var user: String?
    package var password: String?
    /// Object identifier of the policy to be asked for.
    package var policy: String?

    package init(url: String, user: String? = nil, password: String? = nil, policy: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
        self.policy = policy
    }
}

package struct TokenSettings: Sendable, Equatable, Codable {
    /// The path of the library that came with the token.
    package var module: String
    /// The token's own label.
    package var label: String

    package init(module: String, label: String) {
        self.module = module
        self.label = label
    }
}

package struct RemoteServiceSettings: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable {
        /// Cloud Signature Consortium API v2.
        case csc
        /// VNPT SmartCA.
        case smartCA
        /// Viettel MySign.
        case mySign
    }

    package var kind: Kind
    package var address: String
    /// Our account at the service.
    package var client: String
    package var secret: String
    /// `adss:ras:profile:001` and the like, for MySign.
    package var profile: String?

    package init(kind: Kind, address: String, client: String, secret: String, profile: String? = nil) {
        self.kind = kind
        self.address = address
        self.client = client
        self.secret = secret
        self.profile = profile
    }
}

// MARK: The file

extension SigningSettings: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case timestamp, signatureLevel, sealLevel, withoutTimestamp, tokens, services, insideAddresses
    }

    package init(from decoder: any Decoder) throws {
        let given = try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue)
        let known = Set(CodingKeys.allCases.map(\.stringValue))
        if let odd = given.first(where: { !known.contains($0) }) { throw SettingsProblem.unknownName(odd) }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            timestamp: try values.decodeIfPresent(TimestampSettings.self, forKey: .timestamp),
            signatureLevel: try values.decodeIfPresent(SignatureLevel.self, forKey: .signatureLevel),
            sealLevel: try values.decodeIfPresent(SignatureLevel.self, forKey: .sealLevel),
            withoutTimestamp: try values.decodeIfPresent(WithoutTimestamp.self, forKey: .withoutTimestamp)
                ?? .refuse,
            tokens: try values.decodeIfPresent([String: TokenSettings].self, forKey: .tokens) ?? [:],
            services: try values.decodeIfPresent([String: RemoteServiceSettings].self, forKey: .services)
                ?? [:],
            insideAddresses: try values.decodeIfPresent([String].self, forKey: .insideAddresses) ?? [])
        if timestamp == nil, max(signatureLevel, sealLevel) > .basic {
            throw SettingsProblem.levelWithoutTimestamp
        }
    }

    private struct AnyName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Where there is no file, everything is signed at B-B with keys of the database.
    package static func load(_ path: String) throws(SettingsProblem) -> SigningSettings {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return .none }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else { throw .readableByOthers }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .unreadable("") }
        do { return try JSONDecoder().decode(SigningSettings.self, from: bytes) } catch {
            throw error as? SettingsProblem ?? .unreadable("\(error)")
        }
    }
}

package enum SettingsProblem: Error, Equatable {
    /// Passwords stand in it: mode 0600 or less.
    case readableByOthers
    case unreadable(String)
    case unknownName(String)
    /// A level above B-B needs a timestamp authority.
    case levelWithoutTimestamp
}
