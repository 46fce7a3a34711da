// Tài khoản ở trục liên thông quốc gia và ở nền tảng của tỉnh: what this installation is known by there, and what each of the two
// wants beside that.
import DocumentAxis
import Foundation

/// An account of this installation at an axis.
package struct AxisAccount: Sendable, Equatable {
    package var address: String
    /// `systemid`, `X-SystemId`.
    package var system: String
    package var secret: String
    /// PEM file of the roots it is trusted by; `nil`: those of the machine.
    package var roots: String?
    /// Seconds between two looks at what waits there.
    package var every: Int
    /// Of the national axis: messages are fetched as they are (`downloadEdoc`), not in base 64 (`getEdoc`).
    package var isPlain: Bool
    /// Of the national axis: messages are sent as a form, not as they are.
    package var sendsForm: Bool
    /// Of a province that wants a sign-in beside the key.
    package var login: AxisLogin?

    package init(
        address: String, system: String, secret: String, roots: String? = nil, every: Int = 60,
        isPlain: Bool = false, sendsForm: Bool = false, login: AxisLogin? = nil
    ) {
        self.address = address
        self.system = system
        self.secret = secret
        self.roots = roots
        self.every = max(1, every)
        self.isPlain = isPlain
        self.sendsForm = sendsForm
        self.login = login
    }

    var axisSettings: AxisSettings {
        var settings = AxisSettings()
        settings.fetching = isPlain ? .plain : .wrapped
        settings.sending = sendsForm ? .form : .raw
        return settings
    }
}

package struct AxisLogin: Sendable, Equatable {
    package var user: String
    package var password: String
    /// `applicationCode`
    package var application: String

    package init(user: String, password: String, application: String) {
        self.user = user
        self.password = password
        self.application = application
    }

    var ofProvince: ProvincialLogin {
        ProvincialLogin(user: user, password: AxisSecret(password), application: application)
    }
}

// MARK: The file

extension AxisAccount: Decodable {
    private enum Keys: String, CodingKey, CaseIterable {
        case address, system, secret, roots, every, plain, sendsAs
    }

    package init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        let sendsAs = try values.value(.sendsAs, or: "raw")
        guard let sending = AxisSettings.Sending(rawValue: sendsAs) else {
            throw SettingsProblem.unknownName("sendsAs: \(sendsAs)")
        }
        self.init(
            address: try SecureAddress.checked(values.value(.address)),
            system: try values.value(.system),
            secret: try values.value(.secret),
            roots: try values.optional(.roots),
            every: try values.value(.every, or: 60),
            isPlain: try values.value(.plain, or: false),
            sendsForm: sending == .form)
    }
}

/// A province's part of the file.
struct ProvinceAccount: Decodable {
    let account: AxisAccount

    private enum Keys: String, CodingKey, CaseIterable {
        case address, system, secret, roots, every, user, password, application
    }

    init(from decoder: any Decoder) throws {
        let values = try SettingsFile.strict(decoder, Keys.self)
        var login: AxisLogin?
        if let user: String = try values.optional(.user) {
            login = AxisLogin(
                user: user, password: try values.value(.password),
                application: try values.value(.application))
        } else if values.contains(.password) || values.contains(.application) {
            throw SettingsProblem.unknownName("lgsp: password, application mà không có user")
        }
        account = AxisAccount(
            address: try SecureAddress.checked(values.value(.address)),
            system: try values.value(.system),
            secret: try values.value(.secret),
            roots: try values.optional(.roots),
            // What provinces ask for; their lists are long.
            every: try values.value(.every, or: 300),
            login: login)
    }
}
