// Entering a document in the register of arrivals: the one way in, for what the clerk types and for what
// comes through the exchange. Number, row, text for search, the head's desk and the journal stand or fall
// together (B1, B5).
import Domain
import DualSQL
import Foundation
import Store

struct ArrivalEntry {
    let document: ID<Document>
    let facts: DocumentParticulars
    let director: ID<Position>
    let deadline: OfficeDate?
    let arrivedAt: Instant
    let receipt: ID<Receipt>?

    func enter(_ act: Act) throws -> Arrival {
        let clerk = try act.position
        guard let director = try act.tables.positions.find(director), director.agency == clerk.agency,
            Verb.incomingDirected.roles.contains(director.role)
        else { throw Refused(.malformed(.director)) }
        guard let register = try act.tables.registers.forType(facts.type, in: clerk.agency, .incoming) else {
            throw Refused(.malformed(.type))
        }
        let calendar = try act.tables.calendar.load()
        let number = try act.tables.registers.takeNumber(in: register.id, year: act.today.year, date: act.today)
        let arrival = Arrival(
            id: act.newID(), agency: clerk.agency, document: document, register: register.id, year: act.today.year,
            number: number, arrivedAt: arrivedAt, dueAt: deadline.map { calendar.endOfWork(on: $0) },
            state: .registered, urgency: facts.urgency, abstract: facts.abstract, version: 1, director: director.id,
            receipt: receipt)
        let searchText = facts.searchText
        try act.tables.arrivals.insert(arrival, facts: facts, searchText: searchText, registeredBy: clerk.id)
        try act.tables.entryText.put(
            arrival.id.uuid, kind: .arrival, agency: clerk.agency, folded: searchText)
        try act.tables.desk.put(ArrivalDesk.toDirect(arrival, facts, calendar), at: act.now)
        act.record(
            .incomingRegistered, arrival.id,
            [
                "number": "\(arrival.number)", "year": "\(arrival.year)", "document": facts.numberAndNotation,
                "from": facts.issuingAgency, "to": director.personName,
            ])
        return arrival
    }
}

/// What a letter must have before it can stand in the register.
enum ArrivalRules {
    static let abstractLimit = 500
    static let agencyLimit = 200

    static func refusals(_ facts: DocumentParticulars, deadline: OfficeDate?, today: OfficeDate) -> [Refusal] {
        var reasons: [Refusal] = []
        if facts.issuingAgency.isEmpty { reasons.append(.missing(.issuingAgency)) }
        if facts.issuingAgency.count > agencyLimit { reasons.append(.tooLong(.issuingAgency, limit: agencyLimit)) }
        if facts.number.isEmpty && facts.notation.isEmpty { reasons.append(.missing(.number)) }
        if facts.number.count > 20 { reasons.append(.tooLong(.number, limit: 20)) }
        if facts.notation.count > 60 { reasons.append(.tooLong(.notation, limit: 60)) }
        if facts.abstract.isEmpty { reasons.append(.missing(.abstract)) }
        if facts.abstract.count > abstractLimit { reasons.append(.tooLong(.abstract, limit: abstractLimit)) }
        if facts.date > today { reasons.append(.dateInFuture(.date)) }
        if facts.pages < 1 || facts.pages > 10_000 { reasons.append(.malformed(.pages)) }
        if let deadline, deadline < today { reasons.append(.deadlineInPast) }
        return reasons
    }
}
