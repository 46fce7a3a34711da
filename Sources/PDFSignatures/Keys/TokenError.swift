/// Why a token (a USB device, a smart card, a hardware module) cannot be used or did not sign. The text inside a
/// case is for the log unless it is a name that the caller gave.
public enum TokenError: Error, Sendable, Equatable {
    /// No such file, no PKCS #11 module, or a module that does not start: its driver is not installed or is broken.
    case moduleNotLoadable(String)
    /// No token of that label is plugged in.
    case tokenAbsent(String)
    /// Several tokens have that label.
    case tokenAmbiguous(String)
    case wrongPIN(PINTries)
    /// Too many wrong PINs. Only the token's administrator can open it again.
    case pinLocked
    /// The token wants its PIN changed first.
    case pinExpired
    case keyNotFound(String)
    /// Several keys have that name.
    case keyAmbiguous(String)
    /// A key that no certificate on the token belongs to cannot sign documents.
    case keyWithoutCertificate(String)
    case unsupportedKey(String)
    /// The token was pulled out or is broken, and opening it once more did not help.
    case tokenLost
    /// Anything else that the module answered: the function and its CKR number.
    case refused(function: String, code: UInt)
}

/// What a token tells about the PINs that may still be tried. Tokens count, but do not tell the number.
public enum PINTries: Sendable, Equatable {
    case notTold
    /// At least one wrong PIN was entered since the last right one.
    case few
    /// The next wrong PIN locks the token.
    case one
}

/// A token as it presents itself before anybody enters a PIN.
public struct TokenDescription: Sendable, Equatable {
    public let label: String
    public let manufacturer: String
    public let model: String
    public let serialNumber: String
    public let triesLeft: PINTries
    public let isLocked: Bool
    /// The PIN is entered on the device itself.
    public let hasKeypad: Bool
}

/// Which key of a token.
public enum TokenKeyName: Sendable, Equatable {
    /// The label of the key, or of the certificate that belongs to it.
    case label(String)
    /// The identifier (CKA_ID) that a key and its certificate share.
    case identifier([UInt8])

    var text: String {
        switch self {
        case .label(let label): label
        case .identifier(let bytes): String(decoding: Hex.encode(bytes), as: UTF8.self)
        }
    }
}
