// The person's side of a file that is out: opening it, asking the program to sign, seeing how it stands. The tokens are
// made when the program is there to take them, never before, and stand on no page.
import Domain
import DualSQL
import Foundation
import Store

/// How a file that is out stands, for the page.
package struct HandoverView: Sendable {
    package let handover: Handover
    /// Where the person goes from here: the draft, the issuing, the next file, or what was issued.
    package let next: HandoverNext
    package let draft: Draft?
    package let issuance: Issuance?
    package let holder: String
    package let enclosureName: String
}

package enum HandoverNext: Sendable, Equatable {
    case draft(Int)
    case issuing(Int)
    case handover(ID<Handover>)
    case issued(IssuedDocument)
    case arrival(year: Int, number: Int)
}

package struct HandoverDesk: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// Only for the person it was opened for; to everyone else it does not exist. One whose time is over is closed.
    package func look(_ id: ID<Handover>, as person: Position) async throws -> HandoverView {
        let now = office.clock.now
        guard let found = try await office.read({ try $0.handovers.find(id) }), found.position == person.id
        else { throw Refused(.notFound) }
        if found.state.isOpen, found.expiresAt <= now {
            try await OperationRunner(office: office).run(
                TimeOutHandover(id: id), as: .system(name: Self.machine, agency: found.agency))
        }
        return try await office.read { tables in
            guard let handover = try tables.handovers.find(id) else { throw Refused(.notFound) }
            return try Self.view(handover, tables)
        }
    }

    private static func view(_ handover: Handover, _ tables: Tables) throws -> HandoverView {
        let draft = try handover.subject.draft.flatMap { try tables.drafts.find($0) }
        let issuance = try handover.subject.issuance.flatMap { try tables.issuances.find($0) }
        let enclosure = try handover.subject.enclosure.flatMap { id in
            try draft.flatMap { try tables.draftFiles.all(of: $0.id).first { $0.id == id } }
        }
        return HandoverView(
            handover: handover, next: try next(handover, draft, issuance, tables), draft: draft,
            issuance: issuance,
            holder: try tables.signingKeys.find(owner(of: handover, tables))?.subjectName ?? "",
            enclosureName: enclosure?.source.name ?? "")
    }

    private static func next(
        _ handover: Handover, _ draft: Draft?, _ issuance: Issuance?, _ tables: Tables
    ) throws -> HandoverNext {
        switch handover.subject {
        case .draft: return .draft(draft?.code ?? 0)
        case .arrival(let id):
            guard let arrival = try tables.arrivals.find(id) else { throw Refused(.notFound) }
            return .arrival(year: arrival.year, number: arrival.number)
        case .letter(let id, _), .enclosure(let id, _, _):
            if let issuance, issuance.state == .issued, let document = issuance.document,
                let register = try tables.registers.find(issuance.register)
            {
                return .issued(
                    IssuedDocument(issuance: issuance, register: register.slug, document: document))
            }
            if handover.state == .returned, let other = try tables.handovers.open(draft: id),
                other.position == handover.position
            {
                return .handover(other.id)
            }
            return .issuing(draft?.code ?? 0)
        }
    }

    static func owner(of handover: Handover, _ tables: Tables) throws -> KeyOwner {
        switch handover.subject.purpose {
        case .signDraft:
            guard let position = try tables.positions.find(handover.position) else {
                throw Refused(.notFound)
            }
            return .person(position.account)
        case .sealLetter, .sealEnclosure, .stampArrival: return .agency(handover.agency)
        }
    }

    /// The program is there and waits: here are the tokens for this one time. A file that it has already is not given
    /// twice.
    package func giveTokens(_ id: ID<Handover>, as person: Position) async throws -> HandoverTokens {
        let tokens = HandoverTokens(
            download: SessionToken.make(), upload: SessionToken.make(),
            expiresAt: office.clock.now.adding(seconds: HandoverRules.secondsToSign))
        let now = office.clock.now
        try await office.database.write { connection in
            let tables = Tables(connection)
            guard let handover = try tables.handovers.lock(id), handover.position == person.id else {
                throw Refused(.notFound)
            }
            guard HandoverRules.mayBeFetched(handover, at: now) else { throw Refused(.handoverClosed) }
            try tables.handovers.setTokens(
                download: SessionToken.hash(tokens.download), upload: SessionToken.hash(tokens.upload),
                expiresAt: tokens.expiresAt, of: id)
        }
        return tokens
    }

    /// Closes all whose time is over; the sweeper's part.
    package func closeExpired() async throws {
        let now = office.clock.now
        let expired = try await office.read { try $0.handovers.expired(at: now, limit: 200) }
        for handover in expired {
            try await OperationRunner(office: office).run(
                TimeOutHandover(id: handover.id), as: .system(name: Self.machine, agency: handover.agency))
        }
    }

    static let machine = "Máy chủ VanThu"
}
