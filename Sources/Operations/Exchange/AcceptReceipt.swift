// Tiếp nhận (B1, B7, E1): the clerk takes what came through the exchange into the register of arrivals. It
// gets a number of the agency's own series and points to the same document; its deadlines run from when it
// came, not from now (B17).
import Domain
import DualSQL
import Foundation
import Store

package struct AcceptReceipt: OfficeOperation {
    package static let verb = Verb.receiptAccepted

    package let receipt: ID<Receipt>
    package let director: ID<Position>
    package let deadline: OfficeDate?
    /// The clerk has seen the twin and says this is another document.
    package let twinSeen: Bool
    /// The installation takes nothing that no virus scanner has seen.
    package let requiresScan: Bool

    package init(
        receipt: ID<Receipt>, director: ID<Position>, deadline: OfficeDate?, twinSeen: Bool,
        requiresScan: Bool
    ) {
        self.requiresScan = requiresScan
        self.receipt = receipt
        self.director = director
        self.deadline = deadline
        self.twinSeen = twinSeen
    }

    package func perform(_ act: Act) throws -> Arrival {
        let clerk = try act.position
        guard let found = try act.tables.receipts.lock(receipt), found.agency == clerk.agency,
            let facts = try act.tables.documents.particulars(of: found.document)
        else { throw Refused(.notFound) }
        let findings = try act.tables.receipts.findings(of: receipt)
        try Refused.unless(
            ReceiptRules.mayAccept(clerk, found, findings: findings, requiresScan: requiresScan))
        if let deadline, deadline < act.today { throw Refused(.deadlineInPast) }
        if !twinSeen,
            let twin = try act.tables.arrivals.twin(of: facts, in: clerk.agency, year: act.today.year)
        {
            throw Refused(.twin(year: twin.year, number: twin.number))
        }
        try act.tables.receipts.decide(.accepted, receipt, by: clerk.id, reason: "", at: act.now)
        let arrival = try ArrivalEntry(
            document: found.document, facts: facts, director: director, deadline: deadline,
            arrivedAt: found.arrivedAt, receipt: receipt
        ).enter(act)
        let paper = try ReceivingMedium.expected(
            act.tables, agency: clerk.agency, type: facts.type,
            sender: try act.tables.correspondents.find(found.sender), findings: findings, on: act.today)
        if let paper { try act.tables.arrivalPapers.insert(paper, with: arrival) }
        try act.tables.desk.clear(subject: receipt.uuid)
        act.record(
            .receiptAccepted, receipt, ["number": "\(arrival.number)", "year": "\(arrival.year)"])
        try StatusReport.send(act, found, .accepted)
        return arrival
    }
}
