// Giao tệp cho phần mềm ký: the file that is to be signed elsewhere is put down with whom it is for, what for, and the
// certificate it must come back with. A file of the same paper that was out before is called back.
import Domain
import Foundation
import Store

package struct OpenHandover: OfficeOperation {
    package static let verb = Verb.handoverOpened

    let subject: HandoverSubject
    /// The draft's code, to lock it as the form saw it; nil for an arrival.
    let code: Int?
    /// The draft's row as the form saw it; nil where nothing is signed for a draft.
    var revision: Int?
    let served: FileReference
    let overrideReason: String
    /// SHA-256 of the expected certificate.
    let certificate: String

    package func perform(_ act: Act) throws -> Handover {
        let person = try act.position
        guard subject.purpose.verb.roles.contains(person.role) else { throw Refused(.notForYourRole) }
        try refuseUnlessItWaits(act)
        try callBackFormer(act, person)
        let handover = Handover(
            id: act.newID(), agency: person.agency, position: person.id, subject: subject, revision: revision,
            served: served,
            overrideReason: overrideReason, certificate: certificate,
            expiresAt: act.now.adding(seconds: HandoverRules.secondsToSign))
        try act.tables.handovers.insert(handover, at: act.now)
        act.record(.handoverOpened, ID<Handover>(subject.paper), handover.particulars)
        return handover
    }

    /// The paper still stands where this signature is wanted, with these very bytes.
    private func refuseUnlessItWaits(_ act: Act) throws {
        switch subject {
        case .draft(let draft, let version, let pdfHash):
            guard let code, let revision else { throw Refused(.stale) }
            let bundle = try AwaitedSignature(
                code: code, version: version, revision: revision, pdfHash: pdfHash
            ).lock(act)
            guard bundle.draft.id == draft,
                try act.tables.signedFiles.prepared(of: draft)?.hash == served.hash
            else { throw Refused(.stale) }
            try Refused.unless(
                DraftRules.signingRefusals(bundle, by: try act.position, overrideReason: overrideReason))
        case .letter(let draft, let issuance), .enclosure(let draft, let issuance, _):
            guard let locked = try act.tables.drafts.lock(draft), locked.agency == (try act.agency) else {
                throw Refused(.notFound)
            }
            guard locked.state == .numbered, try act.tables.issuances.inUse(of: draft)?.id == issuance else {
                throw Refused(.stale)
            }
        case .arrival(let id):
            guard let arrival = try act.tables.arrivals.lock(id), arrival.agency == (try act.agency) else {
                throw Refused(.notFound)
            }
        }
    }

    /// One file of a paper is out at a time. One's own is called back; another's is waited for while its time runs.
    private func callBackFormer(_ act: Act, _ person: Position) throws {
        let handovers = act.tables.handovers
        let former: Handover? =
            switch subject {
            case .draft(let draft, _, _), .letter(let draft, _), .enclosure(let draft, _, _):
                try handovers.open(draft: draft)
            case .arrival(let arrival): try handovers.open(arrival: arrival)
            }
        guard let former else { return }
        if former.expiresAt <= act.now {
            try handovers.close(former.id, .timedOut, at: act.now)
            act.record(.handoverTimedOut, ID<Handover>(subject.paper), former.particulars)
            return
        }
        guard former.position == person.id else {
            let holder = try act.tables.positions.find(former.position)?.personName
            throw Refused(.handoverHeld(holder ?? ""))
        }
        try handovers.close(former.id, .cancelled, at: act.now)
        act.record(.handoverCancelled, ID<Handover>(subject.paper), former.particulars)
    }
}

extension Handover {
    /// What the journal says of every step of it.
    var particulars: [String: String] {
        [
            "handover": id.description, "purpose": subject.purpose.rawValue, "served": served.hash,
            "name": served.name, "certificate": certificate,
        ]
    }
}

/// Both tokens of a file that is out. They are made anew each time the program is asked, and only their hashes stay.
package struct HandoverTokens: Sendable {
    package let download: String
    package let upload: String
    package let expiresAt: Instant
}

/// Only for the person it was opened for, from the same position.
struct OwnHandover {
    let id: ID<Handover>

    func lock(_ act: Act) throws -> Handover {
        let person = try act.position
        guard let handover = try act.tables.handovers.lock(id), handover.agency == person.agency,
            handover.position == person.id
        else { throw Refused(.notFound) }
        return handover
    }
}

/// Hủy: the person will not sign now. The paper waits as before.
package struct CancelHandover: OfficeOperation {
    package static let verb = Verb.handoverCancelled

    let id: ID<Handover>
    package init(id: ID<Handover>) { self.id = id }

    package func perform(_ act: Act) throws -> Handover {
        var handover = try OwnHandover(id: id).lock(act)
        // Closed already: the page that said so was older than what happened.
        guard handover.state.isOpen else { return handover }
        try act.tables.handovers.close(id, .cancelled, at: act.now)
        act.record(.handoverCancelled, ID<Handover>(handover.subject.paper), handover.particulars)
        handover.state = .cancelled
        return handover
    }
}

/// The time is over: nobody brought the file back.
struct TimeOutHandover: OfficeOperation {
    static let verb = Verb.handoverTimedOut

    let id: ID<Handover>

    func perform(_ act: Act) throws {
        guard let handover = try act.tables.handovers.lock(id), handover.state.isOpen,
            handover.expiresAt <= act.now
        else { return }
        try act.tables.handovers.close(id, .timedOut, at: act.now)
        act.record(.handoverTimedOut, ID<Handover>(handover.subject.paper), handover.particulars)
    }
}
