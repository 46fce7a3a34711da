// Đề nghị về chứng thư số (D12): a person asks for oneself, the clerk for the agency; the focal unit, whichever
// agency it is, collects and answers. Where no focal unit is named, an agency's administrator answers its own.
import Domain
import Foundation
import Store

package struct RequestCertificate: OfficeOperation {
    package static let verb = Verb.certificateRequested

    let kind: CertificateRequestKind?
    let subject: CertificateSubject
    let details: String

    package init(_ kind: CertificateRequestKind?, for subject: CertificateSubject, details: String) {
        self.kind = kind
        self.subject = subject
        self.details = details.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> ID<CertificateRequest> {
        let person = try act.position
        let hasOpen = try act.tables.certificateRequests.hasOpen(subject, in: person.agency)
        try Refused.unless(
            CertificateRequestRules.requestRefusals(
                kind, details: details, for: subject, by: person, hasOpenOne: hasOpen))
        guard let kind else { throw Refused(.missing(.requestKind)) }
        let request = CertificateRequest(
            id: act.newID(), agency: person.agency, kind: kind, subject: subject, requestedBy: person.id,
            requestedAt: act.now, details: details, state: .open)
        try act.tables.certificateRequests.insert(request)
        act.record(
            .certificateRequested, request.id,
            ["kind": kind.rawValue, "subject": subject.label, "details": details])
        return request.id
    }
}

/// By whoever made it, while it is open.
package struct WithdrawCertificateRequest: OfficeOperation {
    package static let verb = Verb.certificateRequestWithdrawn

    let id: ID<CertificateRequest>
    package init(_ id: ID<CertificateRequest>) { self.id = id }

    package func perform(_ act: Act) throws -> ID<CertificateRequest> {
        let person = try act.position
        guard let request = try act.tables.certificateRequests.lock(id), request.agency == person.agency,
            request.requestedBy == person.id || request.subject == .person(person.account)
        else { throw Refused(.notFound) }
        if !request.state.isOpen { throw Refused(.stale) }
        try act.tables.certificateRequests.withdraw(id, at: act.now)
        act.record(.certificateRequestWithdrawn, id, ["kind": request.kind.rawValue])
        return id
    }
}

package struct AnswerCertificateRequest: OfficeOperation {
    package static let verb = Verb.certificateRequestAnswered

    let id: ID<CertificateRequest>
    let kind: CertificateAnswerKind
    let comment: String

    package init(_ id: ID<CertificateRequest>, _ kind: CertificateAnswerKind, comment: String) {
        self.id = id
        self.kind = kind
        self.comment = comment.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> ID<CertificateRequest> {
        let person = try act.position
        let duty = try FocalDuty(person, act.tables)
        guard let request = try act.tables.certificateRequests.lock(id), duty.reads(request) else {
            throw Refused(.notFound)
        }
        guard duty.answers(request) else { throw Refused(.notForYourRole) }
        try Refused.unless(
            CertificateRequestRules.answerRefusals(kind, comment: comment, to: request.state))
        try act.tables.certificateRequests.answer(
            id, kind, comment: comment, by: person, id: act.newID(), at: act.now)
        act.record(
            .certificateRequestAnswered, id,
            ["kind": request.kind.rawValue, "answer": kind.rawValue, "comment": comment])
        return id
    }
}

/// What one position has to do with the requests.
package struct FocalDuty: Sendable {
    package let person: Position
    /// Collects the requests of all agencies.
    package let isFocal: Bool

    package init(_ person: Position, _ tables: Tables) throws {
        self.person = person
        self.isFocal = try tables.certificateFocals.holds(person.id)
    }

    package func answers(_ request: CertificateRequest) -> Bool {
        isFocal || (person.role == .administrator && request.agency == person.agency)
    }

    package func reads(_ request: CertificateRequest) -> Bool {
        if answers(request) { return true }
        guard request.agency == person.agency else { return false }
        return CertificateAccess.readsAll(person.role) || request.requestedBy == person.id
            || request.subject == .person(person.account)
    }

    package var scope: CertificateRequestScope {
        if isFocal { return .installation }
        return CertificateAccess.readsAll(person.role)
            ? .agency(person.agency) : .own(person.account, person.agency)
    }
}

/// Cử đầu mối: a post in some agency gets, or gives back, the duty of collecting.
package struct AppointFocal: OfficeOperation {
    package static let verb = Verb.focalAppointed

    let position: ID<Position>
    package init(_ position: ID<Position>) { self.position = position }

    package func perform(_ act: Act) throws {
        let holder = try OwnPeople.position(position, act)
        try act.tables.certificateFocals.appoint(holder, at: act.now)
        act.record(.focalAppointed, position, ["person": holder.personName, "title": holder.title])
    }
}

package struct EndFocal: OfficeOperation {
    package static let verb = Verb.focalEnded

    let position: ID<Position>
    package init(_ position: ID<Position>) { self.position = position }

    package func perform(_ act: Act) throws {
        let holder = try OwnPeople.position(position, act)
        guard try act.tables.certificateFocals.holds(position) else { throw Refused(.notFound) }
        try act.tables.certificateFocals.end(position)
        act.record(.focalEnded, position, ["person": holder.personName, "title": holder.title])
    }
}
