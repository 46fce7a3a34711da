// Kết thúc văn bản đến (B11, decision 8): by the lead without an answer, or by issuing the answer. Either way
// it happens once, nobody has it on the desk any more, and a sender inside the exchange learns it once.
import Domain
import DualSQL
import Store

package enum ArrivalClosing {
    /// The answer `notation` was issued by the same agency: called inside the issuing transaction. A letter that
    /// is closed already stays as it is; one answer may answer several letters, and several answers one.
    package static func closeByAnswer(_ act: Act, _ arrival: ID<Arrival>, answeredBy notation: String) throws
    {
        guard let found = try act.tables.arrivals.lock(arrival), found.agency == (try act.agency) else {
            throw Refused(.notFound)
        }
        guard found.state != .closed else { return }
        if let lead = try act.tables.assignments.of(arrival).first(where: { $0.kind == .lead }), lead.isOpen {
            try act.tables.assignments.setState(.done, of: lead.id, note: notation, at: act.now)
        }
        act.record(.arrivalClosed, arrival, ["answer": notation])
        try close(act, found, others: .endedByAnswer, note: notation)
    }

    static func close(_ act: Act, _ arrival: Arrival, others: AssignmentState, note: String) throws {
        try act.tables.assignments.endOpen(in: arrival.id, as: others, note: note, at: act.now)
        try act.tables.arrivals.setState(.closed, of: arrival.id, at: act.now)
        try act.tables.desk.clear(subject: arrival.id.uuid)
        try StatusReport.send(act, arrival, .finished, note: others == .endedByAnswer ? note : "")
    }
}
