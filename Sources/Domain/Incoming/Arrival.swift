// Văn bản đến: a document's entry in one agency's register of arrivals, from registration to closing.
// 002 Điều 6; Nghị định 30/2020, Điều 21–24.
import Foundation

package enum ArrivalState: String, Sendable, CaseIterable, Codable {
    /// In the register, waiting for the head's directive.
    case registered
    /// Directed; nobody has begun.
    case assigned
    /// The lead has begun.
    case working
    /// Answered, or finished without an answer.
    case closed
}

package struct Arrival: Sendable, Equatable {
    package let id: ID<Arrival>
    package let agency: ID<Agency>
    package let document: ID<Document>
    package let register: ID<Register>
    package let year: Int
    package let number: Int
    package let arrivedAt: Instant
    package let dueAt: Instant?
    package let state: ArrivalState
    package let urgency: Urgency
    package let abstract: String
    /// Counts every change; a form that shows an older one is stale.
    package let version: Int
    /// Who was asked to direct it.
    package let director: ID<Position>
    /// The delivery it came by, when it came from inside the exchange.
    package let receipt: ID<Receipt>?

    package init(
        id: ID<Arrival>, agency: ID<Agency>, document: ID<Document>, register: ID<Register>, year: Int,
        number: Int,
        arrivedAt: Instant, dueAt: Instant?, state: ArrivalState, urgency: Urgency, abstract: String,
        version: Int,
        director: ID<Position>, receipt: ID<Receipt>?
    ) {
        self.id = id
        self.agency = agency
        self.document = document
        self.register = register
        self.year = year
        self.number = number
        self.arrivedAt = arrivedAt
        self.dueAt = dueAt
        self.state = state
        self.urgency = urgency
        self.abstract = abstract
        self.version = version
        self.director = director
        self.receipt = receipt
    }
}

package enum AssignmentKind: String, Sendable, CaseIterable, Codable {
    /// Chủ trì.
    case lead
    /// Phối hợp.
    case cooperate
    /// Để biết.
    case inform
}

package enum AssignmentState: String, Sendable, Codable {
    case assigned, working, done
    /// Kết thúc theo văn bản trả lời (decision 8).
    case endedByAnswer
}

package enum Directive {}

package struct Assignment: Sendable, Equatable {
    package let id: ID<Assignment>
    package let agency: ID<Agency>
    package let arrival: ID<Arrival>
    package let position: ID<Position>
    package let kind: AssignmentKind
    package let dueAt: Instant?
    package let state: AssignmentState

    package init(
        id: ID<Assignment>, agency: ID<Agency>, arrival: ID<Arrival>, position: ID<Position>,
        kind: AssignmentKind,
        dueAt: Instant?, state: AssignmentState
    ) {
        self.id = id
        self.agency = agency
        self.arrival = arrival
        self.position = position
        self.kind = kind
        self.dueAt = dueAt
        self.state = state
    }
}
