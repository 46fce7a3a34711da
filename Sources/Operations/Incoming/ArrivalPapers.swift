// Nhận bản giấy sau bản điện tử (D7, D14): what the receiving agency's rules say of paper, and the clerk's note of the day on
// which it came. The letter keeps its one number; paper that comes later is not registered again.
import Domain
import Foundation
import Store

package enum ReceivingMedium {
    /// Nil where nothing on paper is to come.
    package static func expected(
        _ tables: Tables, agency: ID<Agency>, type: String, sender: Correspondent?,
        findings: [ArrivalFinding], on day: OfficeDate
    ) throws -> ExpectedPaper? {
        var rule: MediumRule?
        if let sender {
            let rules = MediumRules(try tables.mediumRules.inForce(for: agency, on: day))
            rule = rules.strongest(
                MediumQuestion(agency: agency, type: type, direction: .receive, day: day),
                MediumParty(
                    id: sender.id, kind: sender.kind, duties: try tables.duties.all()[sender.id] ?? []))
        }
        return ExpectedPaper(rule, saidBySender: findings.contains(.paperFollows))
    }
}

/// Đã nhận bản giấy.
package struct RecordPaper: OfficeOperation {
    package static let verb = Verb.paperReceived

    let arrival: ID<Arrival>
    let day: OfficeDate
    /// From the electronic letter; empty where the clerk found none.
    let difference: String

    package init(_ arrival: ID<Arrival>, on day: OfficeDate, difference: String = "") {
        self.arrival = arrival
        self.day = day
        self.difference = difference.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package static let differenceLimit = 500

    package func perform(_ act: Act) throws -> Arrival {
        let clerk = try act.position
        guard let locked = try act.tables.arrivals.lock(arrival), locked.agency == clerk.agency,
            let facts = try act.tables.documents.particulars(of: locked.document)
        else { throw Refused(.notFound) }
        if day > act.today { throw Refused(.dateInFuture(.paperCameOn)) }
        if day < facts.date { throw Refused(.malformed(.paperCameOn)) }
        if difference.count > Self.differenceLimit {
            throw Refused(.tooLong(.difference, limit: Self.differenceLimit))
        }
        guard
            try act.tables.arrivalPapers.setCame(
                arrival, on: day, difference: difference, by: clerk.id, at: act.now)
        else { throw Refused(.stale) }
        var said = ["number": "\(locked.number)", "year": "\(locked.year)", "day": day.iso]
        if !difference.isEmpty { said["reason"] = difference }
        act.record(.paperReceived, arrival, said)
        return locked
    }
}
