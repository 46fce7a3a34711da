// The tokens of the server's settings, through their PKCS #11 modules. A token stays open for as long as the key that
// was taken out of it is used; the PIN goes to it and is forgotten.
import Domain
import Logging
import PDFSignatures

package struct PKCS11Tokens: SigningTokens {
    private let settings: [String: TokenSettings]
    private let log: Logger

    package init(_ settings: [String: TokenSettings], log: Logger) {
        self.settings = settings
        self.log = log
    }

    package func open(_ place: TokenPlace, certificate: [UInt8], pin: String) throws -> any SigningKey {
        guard let token = settings[place.token] else { throw Refused(.tokenUnreachable) }
        do throws(TokenError) {
            let open = try PKCS11Token(module: token.module, label: token.label, pin: pin)
            return try open.key(.label(place.keyLabel))
        } catch {
            log.warning("token", metadata: ["name": "\(place.token)", "error": "\(error)"])
            throw Refused(Self.refusal(error))
        }
    }

    static func refusal(_ error: TokenError) -> Refusal {
        switch error {
        case .wrongPIN: .tokenWrongPIN
        case .pinLocked, .pinExpired: .tokenLocked
        case .keyNotFound, .keyAmbiguous, .keyWithoutCertificate, .unsupportedKey: .keyOfSomeoneElse
        case .moduleNotLoadable, .tokenAbsent, .tokenAmbiguous, .tokenLost, .refused: .tokenUnreachable
        }
    }
}
