// Chờ xác nhận ký từ xa: a signature that was asked of a remote service and waits for the person's phone. It is kept
// with everything that completes it, survives a restart, and is for one version and its very bytes: a new version
// drops it.
import Foundation

package enum WaitingSignatureState: String, Sendable, CaseIterable, Codable {
    /// The service is being asked.
    case asking
    /// The person has not confirmed yet.
    case waiting
    case signed
    /// Refused, expired or failed, for reasons that are kept.
    case notSigned
    case cancelled
    /// The draft went on without it.
    case dropped

    package var isOpen: Bool { self == .asking || self == .waiting }
}

package enum WaitingSignatureRules {
    /// Seconds that a person has to confirm; services end it sooner.
    package static let patience = 600
    /// Seconds after which a service that is being asked has not answered for good.
    package static let asking = 60
}
