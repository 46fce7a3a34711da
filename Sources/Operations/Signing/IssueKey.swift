// Cấp chứng thư số: an administrator gives a person or an agency a key that was locked away under its PIN
// before, or enters where it is. The one used so far is replaced; what it signed stays valid.
import Domain
import Foundation
import Store

package struct IssueKey: OfficeOperation {
    package static let verb = Verb.keyIssued

    let key: SigningKeyRecord
    package init(key: SigningKeyRecord) { self.key = key }

    package func perform(_ act: Act) throws -> ID<SigningCertificate> {
        try KeyOwners.refuseUnlessInAgency(key.owner, act)
        if key.expiresAt <= act.now { throw Refused(.keyExpired) }
        try act.tables.signingKeys.replace(with: key, at: act.now)
        act.record(
            .keyIssued, key.id,
            [
                "owner": key.owner.label, "name": key.subjectName,
                "certificate": CertificateHash.hex(key.certificate),
                "expires": key.expiresAt.officeDate.iso, "kind": key.place.kind.rawValue,
            ])
        return key.id
    }
}

/// Ngừng dùng: the owner's certificate was revoked or handed back; nothing more is signed with it here.
package struct EndKey: OfficeOperation {
    package static let verb = Verb.keyEnded

    let owner: KeyOwner
    package init(of owner: KeyOwner) { self.owner = owner }

    package func perform(_ act: Act) throws {
        try KeyOwners.refuseUnlessInAgency(owner, act)
        guard let key = try act.tables.signingKeys.find(owner) else { throw Refused(.notFound) }
        try act.tables.signingKeys.end(owner, at: act.now)
        act.record(
            .keyEnded, key.id,
            [
                "owner": owner.label, "name": key.subjectName,
                "certificate": CertificateHash.hex(key.certificate),
            ])
    }
}

enum KeyOwners {
    /// An agency's administrator looks after its own people and seal; the installation's after all (decision
    /// 35).
    static func refuseUnlessInAgency(_ owner: KeyOwner, _ act: Act) throws {
        switch owner {
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
