// Đề nghị về chứng thư số (D12; Nghị định 68/2024/NĐ-CP): a person, or the clerk for the agency, asks for a new
// certificate, a change, a device to be recovered, an extension or a revocation; the focal unit collects the
// requests of all agencies, passes them on and writes down what became of each. The request is its agency's;
// what the focal unit answers are rows of its own, so that no row is written by two agencies (decision 2).
import Foundation

package enum CertificateRequestKind: String, Sendable, CaseIterable, Codable {
    case issue, change, recover, renew, revoke

    /// What must be said besides: which particulars change, what is wrong with the device, why it is revoked.
    package var needsDetails: Bool { self == .change || self == .recover || self == .revoke }
}

/// What the focal unit did with a request.
package enum CertificateAnswerKind: String, Sendable, CaseIterable, Codable {
    /// Collected and passed on to the provider.
    case collected
    case done
    case refused
}

package enum CertificateRequestState: String, Sendable, CaseIterable, Codable {
    case open, collected, done, refused, withdrawn

    package var isOpen: Bool { self == .open || self == .collected }
}

/// Whose certificate a request is about.
package typealias CertificateSubject = KeyOwner

package struct CertificateRequest: Sendable, Equatable {
    package let id: ID<CertificateRequest>
    package let agency: ID<Agency>
    package let kind: CertificateRequestKind
    package let subject: CertificateSubject
    package let requestedBy: ID<Position>
    package let requestedAt: Instant
    package let details: String
    package let state: CertificateRequestState

    package init(
        id: ID<CertificateRequest>, agency: ID<Agency>, kind: CertificateRequestKind,
        subject: CertificateSubject, requestedBy: ID<Position>, requestedAt: Instant, details: String,
        state: CertificateRequestState
    ) {
        self.id = id
        self.agency = agency
        self.kind = kind
        self.subject = subject
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.details = details
        self.state = state
    }
}

package enum CertificateRequestRules {
    package static let textLimit = 500

    package static func requestRefusals(
        _ kind: CertificateRequestKind?, details: String, for subject: CertificateSubject,
        by person: Position,
        hasOpenOne: Bool
    ) -> [Refusal] {
        var reasons: [Refusal] = []
        switch subject {
        case .person(let account) where account != person.account: reasons.append(.notYours)
        case .agency(let agency) where agency != person.agency || person.role != .clerk:
            reasons.append(.notForYourRole)
        default: break
        }
        guard let kind else { return reasons + [.missing(.requestKind)] }
        if kind.needsDetails, DraftRules.isBlank(details) { reasons.append(.missing(.requestDetails)) }
        if details.count > textLimit { reasons.append(.tooLong(.requestDetails, limit: textLimit)) }
        if hasOpenOne { reasons.append(.requestOpenAlready) }
        return reasons
    }

    package static func answerRefusals(
        _ kind: CertificateAnswerKind, comment: String, to state: CertificateRequestState
    ) -> [Refusal] {
        if !state.isOpen || (kind == .collected && state == .collected) { return [.stale] }
        var reasons: [Refusal] = []
        if kind == .refused, DraftRules.isBlank(comment) { reasons.append(.missing(.comment)) }
        if comment.count > textLimit { reasons.append(.tooLong(.comment, limit: textLimit)) }
        return reasons
    }
}

package enum CertificateAccess {
    /// Who sees the certificates of the whole agency; others see their own and the agency's.
    package static func readsAll(_ role: Role) -> Bool {
        switch role {
        case .head, .deputyHead, .officeHead, .deputyOfficeHead, .clerk, .administrator: true
        case .officer, .unitHead, .deputyUnitHead: false
        }
    }
}
