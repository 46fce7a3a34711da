// Cấp chứng thư số: an administrator gives a person or an agency a key that was locked away under its PIN
// before. The one used so far is replaced; what it signed stays valid.
import Domain
import Foundation
import Store

package struct IssueKey: OfficeOperation {
    package static let verb = Verb.keyIssued

    let key: SigningKeyRecord
    package init(key: SigningKeyRecord) { self.key = key }

    package func perform(_ act: Act) throws -> ID<SigningCertificate> {
        try refuseUnlessInAgency(act)
        if key.expiresAt <= act.now { throw Refused(.keyExpired) }
        try act.tables.signingKeys.replace(with: key, at: act.now)
        act.record(
            .keyIssued, key.id,
            [
                "owner": key.owner.label, "name": key.subjectName,
                "certificate": CertificateHash.hex(key.certificate),
                "expires": key.expiresAt.officeDate.iso,
            ])
        return key.id
    }

    /// An agency's administrator looks after its own people and seal; the installation's after all (decision
    /// 35).
    private func refuseUnlessInAgency(_ act: Act) throws {
        switch key.owner {
        case .person(let account):
            guard try act.tables.accounts.find(account) != nil else { throw Refused(.notFound) }
            guard let agency = act.actor.agency else { return }
            let positions = try act.tables.positions.ofAccount(account)
            guard positions.contains(where: { $0.agency == agency }) else { throw Refused(.notFound) }
        case .agency(let owner):
            guard try act.tables.agencies.find(owner) != nil else { throw Refused(.notFound) }
            guard act.actor.agency == nil || act.actor.agency == owner else { throw Refused(.notFound) }
        }
    }
}
