// Cho ý kiến chỉ đạo (B9): the director writes what is to be done and by whom; everybody named finds it on
// the desk with an own deadline. A later directive adds people; it never changes the lead.
import Domain
import DualSQL
import Foundation
import Store

package struct DirectArrival: OfficeOperation {
    package static let verb = Verb.incomingDirected

    package let arrival: ID<Arrival>
    /// The version of the arrival that the director saw.
    package let version: Int
    package let directive: DirectiveText

    package init(arrival: ID<Arrival>, version: Int, directive: DirectiveText) {
        self.arrival = arrival
        self.version = version
        var trimmed = directive
        trimmed.text = directive.text.trimmingCharacters(in: .whitespacesAndNewlines)
        self.directive = trimmed
    }

    package func perform(_ act: Act) throws -> Arrival {
        let director = try act.position
        guard let found = try act.tables.arrivals.lock(arrival), found.agency == director.agency,
            let facts = try act.tables.documents.particulars(of: found.document)
        else { throw Refused(.notFound) }
        let people = try act.tables.positions.inAgency(found.agency).filter(\.role.handles)
        try Refused.unless(
            DirectiveRules.refusals(
                directive, by: director, on: found, seen: version,
                present: try act.tables.assignments.of(arrival),
                staff: Set(people.map(\.id)), today: act.today))
        let id: ID<Directive> = act.newID()
        try act.tables.directives.insert(id, on: found, by: director.id, text: directive.text, at: act.now)
        try assign(act, found, facts, under: id)
        try act.tables.desk.clear(subject: arrival.uuid, kind: .direct)
        try act.tables.arrivals.setState(
            found.state == .registered ? .assigned : found.state, of: arrival, at: act.now)
        act.record(.incomingDirected, arrival, particulars(people))
        if found.state == .registered { try StatusReport.send(act, found, .assigned) }
        return try act.tables.arrivals.find(arrival) ?? found
    }

    private func assign(
        _ act: Act, _ found: Arrival, _ facts: DocumentParticulars, under directive: ID<Directive>
    ) throws {
        let calendar = try act.tables.calendar.load()
        for (kind, assignee) in self.directive.parts {
            let ownDeadline = assignee.deadline.map { calendar.endOfWork(on: $0) }
            let assignment = Assignment(
                id: act.newID(), agency: found.agency, arrival: found.id, position: assignee.position,
                kind: kind,
                dueAt: ownDeadline ?? (kind == .inform ? nil : found.dueAt), state: .assigned)
            try act.tables.assignments.insert(assignment, directive: directive, at: act.now)
            try act.tables.desk.put(
                ArrivalDesk.item(
                    kind.deskKind, found, facts, for: assignee.position, dueAt: assignment.dueAt),
                at: act.now)
        }
    }

    private func particulars(_ people: [Position]) -> [String: String] {
        var said = ["text": directive.text]
        for kind in AssignmentKind.allCases {
            let named = directive.parts.filter { $0.kind == kind }.map(\.assignee.position)
            let names = named.compactMap { id in people.first { $0.id == id }?.personName }
            if !names.isEmpty { said[kind.rawValue] = names.joined(separator: ", ") }
        }
        return said
    }
}
