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
        let values = try SettingsFile.strict(decoder, CodingKeys.self)
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

    /// Where there is no file, everything is signed at B-B with keys of the database.
    package static func load(_ path: String) throws(SettingsProblem) -> SigningSettings {
        try SettingsFile.load(SigningSettings.self, from: path) ?? .none
    }
}
