// Bắt đầu xử lý: the person named begins. When the lead does, the whole letter is in work and its sender
// learns it.
import Domain
import DualSQL
import Store

package struct StartAssignment: OfficeOperation {
    package static let verb = Verb.assignmentStarted

    package let arrival: ID<Arrival>
    package init(arrival: ID<Arrival>) { self.arrival = arrival }

    package func perform(_ act: Act) throws -> Arrival {
        let (found, part) = try OwnPart.lock(act, arrival)
        try Refused.unless(AssignmentRules.mayStart(part, of: found))
        guard let part else { throw Refused(.notYours) }
        try Self.begin(part, of: found, act)
        return try act.tables.arrivals.find(arrival) ?? found
    }

    /// The part is in work; with the lead's, the arrival is, and its sender hears of it. Also what opening an answer does.
    static func begin(_ part: Assignment, of arrival: Arrival, _ act: Act) throws {
        try act.tables.assignments.setState(.working, of: part.id, note: "", at: act.now)
        act.record(.assignmentStarted, arrival.id, ["kind": part.kind.rawValue])
        guard part.kind == .lead else { return }
        try act.tables.arrivals.setState(.working, of: arrival.id, at: act.now)
        try StatusReport.send(act, arrival, .working)
    }
}

/// The arrival, locked, and what of it the acting person has to do. Who may not read it finds none.
enum OwnPart {
    static func lock(_ act: Act, _ arrival: ID<Arrival>) throws -> (arrival: Arrival, part: Assignment?) {
        let position = try act.position
        guard let found = try act.tables.arrivals.lock(arrival) else { throw Refused(.notFound) }
        let assignments = try act.tables.assignments.of(arrival)
        guard ArrivalAccess.mayRead(position, found, assigned: assignments.map(\.position)) else {
            throw Refused(.notFound)
        }
        return (found, assignments.first { $0.position == position.id })
    }
}
