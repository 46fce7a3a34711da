// Bản giấy kèm theo (D7, D14; Kiên Giang, Điều 5.2): paper that comes with what came electronically, because a rule of the
// receiver says so of its kind, or because its sender said so.

package struct ExpectedPaper: Sendable, Equatable {
    /// "Electronic and paper", or "paper" where the rule wants no electronic document at all.
    package let medium: Medium
    /// The line of the catalogue; empty where the sender said so.
    package let ruleName: String
    /// The regulation as it is quoted; empty where the sender said so.
    package let basis: String

    package init(medium: Medium, ruleName: String, basis: String) {
        self.medium = medium
        self.ruleName = ruleName
        self.basis = basis
    }

    package static let saidBySender = ExpectedPaper(medium: .electronicAndPaper, ruleName: "", basis: "")

    package var isSaidBySender: Bool { basis.isEmpty }

    /// - Parameter rule: The one in force for receiving such a document from such a sender.
    package init?(_ rule: MediumRule?, saidBySender: Bool) {
        if let rule, rule.medium.isPaper {
            self.init(medium: rule.medium, ruleName: rule.name, basis: rule.basis)
        } else if saidBySender {
            self = .saidBySender
        } else {
            return nil
        }
    }
}
