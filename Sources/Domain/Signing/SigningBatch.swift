// Ký nhiều văn bản một lần: a head chooses several drafts that wait for the same signature and enters the PIN
// once. Each draft is signed and entered for itself; what fails does not hold up the rest.
import Foundation

package enum SigningBatchItemState: String, Sendable, CaseIterable, Codable {
    case waiting, signing, signed, notSigned

    package var isOver: Bool { self == .signed || self == .notSigned }
}

package enum SigningBatchRules {
    /// How many drafts one entry of the PIN may sign.
    package static let most = 200

    package static func refusals(_ count: Int) -> [Refusal] {
        if count == 0 { return [.noDraftChosen] }
        return count > most ? [.tooManyDrafts(limit: most)] : []
    }
}
