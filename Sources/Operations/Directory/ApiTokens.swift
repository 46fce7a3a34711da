// Mã truy cập cho máy (decision 28): a random word that a program shows instead of a password. It acts as one position, is
// shown once and stored only as its hash.
import Domain
import Foundation
import Store

package struct IssueToken: OfficeOperation {
    package static let verb = Verb.tokenIssued
    static let labelLimit = 100

    package let position: ID<Position>
    /// What it is for, e.g. the name of the program.
    package let label: String
    package let tokenHash: [UInt8]

    /// `token` comes from `SessionToken.make()` and is not kept.
    package init(position: ID<Position>, label: String, token: String) {
        self.position = position
        self.label = label.trimmingCharacters(in: .whitespacesAndNewlines)
        self.tokenHash = SessionToken.hash(token)
    }

    package func perform(_ act: Act) throws -> ID<ApiToken> {
        let holder = try OwnPeople.position(position, act)
        if label.isEmpty { throw Refused(.missing(.comment)) }
        if label.count > Self.labelLimit { throw Refused(.tooLong(.comment, limit: Self.labelLimit)) }
        let id: ID<ApiToken> = act.newID()
        try act.tables.apiTokens.insert(id, hash: tokenHash, position: position, label: label, at: act.now)
        act.record(.tokenIssued, id, ["label": label, "person": holder.personName, "title": holder.title])
        return id
    }
}

package struct RevokeToken: OfficeOperation {
    package static let verb = Verb.tokenRevoked

    package let token: ID<ApiToken>
    package init(token: ID<ApiToken>) { self.token = token }

    package func perform(_ act: Act) throws {
        guard let found = try act.tables.apiTokens.find(token),
            act.actor.agency == nil || act.actor.agency == found.agency
        else { throw Refused(.notFound) }
        guard found.revokedAt == nil else { return }
        try act.tables.apiTokens.revoke(token, at: act.now)
        act.record(.tokenRevoked, token, ["label": found.label, "person": found.personName])
    }
}
