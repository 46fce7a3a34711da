// Nơi giữ khóa bí mật (Nghị định 68/2024/NĐ-CP): in a key file locked away here, on a token in the server, at a
// remote signing service, or on a device at the person's own computer that the VGCA tool speaks to. How one
// signs follows from it; the certificate and the rules about whose it is are the same for all.
import Foundation

package enum KeyKind: String, Sendable, CaseIterable, Codable {
    /// PKCS#12, wrapped under the PIN and the server's key (decision 31).
    case file
    /// PKCS#11: the token asks for the PIN each time, and counts wrong ones itself.
    case token
    /// The service signs when the person confirms on the phone.
    case remote
    /// The person's computer signs; the server hands the file over and judges what comes back.
    case handOver

    /// The server can sign several papers after one entry of the PIN.
    package var signsAtHand: Bool { self == .file || self == .token }
}

package enum KeyPlace: Hashable, Sendable {
    case file
    case token(TokenPlace)
    case remote(RemotePlace)
    case handOver

    package var kind: KeyKind {
        switch self {
        case .file: .file
        case .token: .token
        case .remote: .remote
        case .handOver: .handOver
        }
    }
}

/// A key on a token that the server's settings know under a name; the module and the slot stand there.
package struct TokenPlace: Hashable, Sendable {
    package let token: String
    /// CKA_LABEL of the key (PKCS#11 v3.1, 4.4).
    package let keyLabel: String

    package init(token: String, keyLabel: String) {
        self.token = token
        self.keyLabel = keyLabel
    }
}

/// A credential at a service that the server's settings know under a name; its address and secrets stand there.
package struct RemotePlace: Hashable, Sendable {
    package let service: String
    /// Who the person is to the service: an account, a number of an identity card.
    package let account: String
    /// credentialID of CSC API v2, or what the service calls it.
    package let credential: String

    package init(service: String, account: String, credential: String) {
        self.service = service
        self.account = account
        self.credential = credential
    }
}

/// What the last self-test of a key found.
package enum KeyTestResult: String, Sendable, CaseIterable, Codable {
    /// A random page was signed and the signature judged right.
    case works
    /// Signed, but the certificate leads to no authority this office trusts, or is not valid.
    case notTrusted
    /// The token or the service could not be reached.
    case unreachable
    /// The signature that came back is not right, or not by this certificate.
    case wrongSignature
}

package struct KeyTest: Hashable, Sendable {
    package let at: Instant
    package let result: KeyTestResult

    package init(at: Instant, result: KeyTestResult) {
        self.at = at
        self.result = result
    }
}

package enum CertificateExpiry {
    /// Days before the end at which its owner is told to ask for a new one.
    package static let warningDays = 30

    /// Whole days left, when it is time to say so; 0 on the last day, negative afterwards; nil before.
    package static func daysToWarnOf(_ expiresAt: Instant, now: Instant) -> Int? {
        let days = expiresAt.officeDate.dayNumber - now.officeDate.dayNumber
        return expiresAt <= now ? min(days, -1) : days <= warningDays ? days : nil
    }
}
