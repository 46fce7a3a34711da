// Hoàn thành phần việc: a cooperator ends the own part, a person informed has seen it; the lead ends the
// letter itself, for everybody who still held a part, where no answer is to be written.
import Domain
import DualSQL
import Foundation
import Store

package struct CompleteAssignment: OfficeOperation {
    package static let verb = Verb.assignmentCompleted

    package let arrival: ID<Arrival>
    package let note: String

    package init(arrival: ID<Arrival>, note: String = "") {
        self.arrival = arrival
        self.note = note.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> Arrival {
        let (found, part) = try OwnPart.lock(act, arrival)
        try Refused.unless(AssignmentRules.refusals(completing: part, of: found, note: note))
        guard let part else { throw Refused(.notYours) }
        try act.tables.assignments.setState(.done, of: part.id, note: note, at: act.now)
        var said = ["kind": part.kind.rawValue]
        if !note.isEmpty { said["note"] = note }
        act.record(.assignmentCompleted, arrival, said)
        if part.kind == .lead {
            try ArrivalClosing.close(act, found, others: .done, note: "Kết thúc cùng phần chủ trì")
        } else {
            try act.tables.desk.clear(subject: arrival.uuid, position: part.position)
        }
        return try act.tables.arrivals.find(arrival) ?? found
    }
}
