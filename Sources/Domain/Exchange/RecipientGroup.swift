// Nhóm nơi nhận: recipients an agency writes to together, kept under a name by its clerk and chosen with one press.

package struct RecipientGroup: Sendable, Equatable {
    package let id: ID<RecipientGroup>
    package let agency: ID<Agency>
    package let name: String

    package init(id: ID<RecipientGroup>, agency: ID<Agency>, name: String) {
        (self.id, self.agency, self.name) = (id, agency, name)
    }

    package static let nameLimit = 100
    /// A document goes to no more at once.
    package static let memberLimit = 10_000
    /// More are not offered.
    package static let groupLimit = 200

    package static func refusals(name: String, members: Int) -> [Refusal] {
        var reasons: [Refusal] = []
        if name.isEmpty { reasons.append(.missing(.groupName)) }
        if name.count > nameLimit { reasons.append(.tooLong(.groupName, limit: nameLimit)) }
        if members == 0 { reasons.append(.noRecipients) }
        if members > memberLimit { reasons.append(.tooLong(.recipients, limit: memberLimit)) }
        return reasons
    }
}
