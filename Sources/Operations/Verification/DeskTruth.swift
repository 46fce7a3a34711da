// What must lie on the desks of an agency, made from the tables that are the truth of it: nothing here reads desk_item.
// The same value makes the desks again, is compared with them, and gives a new clerk what already waits (decision 19).
import Domain
import Store

struct DeskTruth {
    let tables: Tables
    let agency: ID<Agency>
    private let calendar: WorkingCalendar
    private let clerks: [ID<Position>]

    init(tables: Tables, agency: ID<Agency>) throws {
        self.tables = tables
        self.agency = agency
        self.calendar = try tables.calendar.load()
        self.clerks = try tables.positions.holders(of: .clerk, in: agency).map(\.id)
    }

    func items() throws -> [DeskItem] {
        try toDirect() + assigned() + onTheirWay() + ofClerks()
    }

    /// What every clerk of the agency has: letters to receive, drafts to issue.
    func ofClerks() throws -> [DeskItem] {
        try toReceive() + toAnswer() + toIssue() + toResume()
    }

    // MARK: Arrivals

    private func toDirect() throws -> [DeskItem] {
        try tables.waitingWork.arrivalsToDirect(in: agency).compactMap { arrival in
            try tables.documents.particulars(of: arrival.document).map {
                ArrivalDesk.toDirect(arrival, $0, calendar)
            }
        }
    }

    private func assigned() throws -> [DeskItem] {
        try tables.waitingWork.openAssignments(in: agency).compactMap { part in
            guard let arrival = try tables.arrivals.find(part.arrival),
                let facts = try tables.documents.particulars(of: arrival.document)
            else { return nil }
            return ArrivalDesk.item(part.kind.deskKind, arrival, facts, for: part.position, dueAt: part.dueAt)
        }
    }

    private func toReceive() throws -> [DeskItem] {
        try tables.waitingWork.receipts(of: agency).flatMap { waiting -> [DeskItem] in
            guard let receipt = try tables.receipts.find(waiting.receipt),
                let facts = try tables.documents.particulars(of: receipt.document),
                let sender = try tables.correspondents.find(receipt.sender)
            else { return [] }
            return clerks.map { ReceiptDesk.item(receipt, facts, sender, for: $0, dueAt: waiting.dueAt) }
        }
    }

    private func toAnswer() throws -> [DeskItem] {
        try tables.receiptRequests.open(in: agency).flatMap { request, id -> [DeskItem] in
            guard let receipt = try tables.receipts.find(id),
                let facts = try tables.documents.particulars(of: receipt.document),
                let sender = try tables.correspondents.find(receipt.sender)
            else { return [] }
            return clerks.map { RequestDesk.item(request, receipt, facts, sender, for: $0) }
        }
    }

    // MARK: Drafts

    private func onTheirWay() throws -> [DeskItem] {
        try drafts([.drafting, .climbing]).compactMap { try tables.drafts.bundle(of: $0).deskItem }
    }

    private func toIssue() throws -> [DeskItem] {
        try drafts([.signed]).flatMap { draft -> [DeskItem] in
            guard let since = try tables.waitingWork.signedAt(draft.id) else { return [] }
            return clerks.map {
                ClerksDesk(draft: draft).item(.issue, for: $0, since: since, calendar, detail: "")
            }
        }
    }

    private func toResume() throws -> [DeskItem] {
        try drafts([.numbered]).flatMap { draft -> [DeskItem] in
            guard let issuance = try tables.issuances.inUse(of: draft.id),
                let since = try tables.waitingWork.numberedAt(issuance.id)
            else { return [] }
            let detail = ClerksDesk.resumeDetail(issuance.numberAndNotation)
            return clerks.map {
                ClerksDesk(draft: draft).item(.resume, for: $0, since: since, calendar, detail: detail)
            }
        }
    }

    private func drafts(_ states: [DraftState]) throws -> [Draft] {
        try tables.waitingWork.drafts(in: agency, states).compactMap { try tables.drafts.find($0) }
    }
}
