// Opening a văn bản đến: its page, its history in the own agency's journal (decision 9), and what this person
// may do with it. For whom it is not meant there is no such letter (decision 14).
import Domain
import Store

package struct ArrivalView: Sendable {
    package let detail: ArrivalDetail
    package let history: [JournalEntry]
    /// The person's own part, if there is one.
    package let ownPart: Assignment?
    /// Nil where nothing on paper belongs to it.
    package let paper: ArrivalPaper?
    /// Empty where the button may be pressed, otherwise why not.
    package let direct: [Refusal]
    package let start: [Refusal]
    package let complete: [Refusal]
    package let replacedBy: [ReceiptView.Named]
    /// What stood before its sender corrected it, the oldest first.
    package let formers: [(request: ExchangeRequest, version: OtherVersion)]
}

package struct ArrivalReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func open(year: Int, number: Int, as position: Position) async throws -> ArrivalView {
        try await office.read { tables in
            guard let arrival = try tables.arrivals.find(position.agency, year: year, number: number) else {
                throw Refused(.notFound)
            }
            return try Self.view(arrival, as: position, tables)
        }
    }

    package func open(_ id: ID<Arrival>, as position: Position) async throws -> ArrivalView {
        try await office.read { tables in
            guard let arrival = try tables.arrivals.find(id) else { throw Refused(.notFound) }
            return try Self.view(arrival, as: position, tables)
        }
    }

    private static func view(_ arrival: Arrival, as position: Position, _ tables: Tables) throws
        -> ArrivalView
    {
        let assignments = try tables.assignments.of(arrival.id)
        guard ArrivalAccess.mayRead(position, arrival, assigned: assignments.map(\.position)),
            let detail = try tables.arrivalDetails.detail(of: arrival)
        else { throw Refused(.notFound) }
        let subjects = [arrival.id.uuid] + [arrival.receipt?.uuid].compactMap { $0 }
        let own = assignments.first { $0.position == position.id }
        let receipt = try arrival.receipt.flatMap { try tables.receipts.find($0) }
        let versions = try receipt.map { try OtherVersions(tables: tables, receipt: $0).all() } ?? [:]
        let requests = try receipt.map { try tables.receiptRequests.all(of: $0.id) } ?? []
        return ArrivalView(
            detail: detail,
            history: try tables.journal.history(of: subjects, in: arrival.agency).map(\.entry),
            ownPart: own, paper: try tables.arrivalPapers.find(arrival.id),
            direct: DirectiveRules.mayDirect(position, arrival),
            start: AssignmentRules.mayStart(own, of: arrival),
            complete: AssignmentRules.mayComplete(own, of: arrival),
            replacedBy: try receipt.map { try NamedDocuments(tables: tables, receipt: $0).replacing() } ?? [],
            formers: requests.filter { $0.state == .agreed }.compactMap { request in
                versions[request.id].map { (request: request, version: $0) }
            })
    }
}
