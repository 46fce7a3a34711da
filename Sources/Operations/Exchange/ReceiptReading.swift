// Opening what came through the exchange: the card with the letter's particulars, what was found in it, what it is about,
// what its sender asks, what happened to it here, and what this person may decide. For whom it is not meant there is no
// such receipt (decision 14).
import Domain
import Foundation
import Store

package struct ReceiptView: Sendable {
    /// An earlier document that this one speaks of, where it is here.
    package struct Named: Sendable {
        package enum Place: Sendable {
            case arrival(ArrivalNumber)
            case receipt(ID<Receipt>)
            case issued(IssuanceRow)
        }

        /// `54/PTP`, or as the sender calls it.
        package let words: String
        package let date: OfficeDate?
        package let place: Place?
    }

    package let card: ReceiptCard
    package let sender: Correspondent?
    package let findings: [ArrivalFinding]
    package let requests: [(request: ExchangeRequest, decidedBy: String)]
    /// The same number, notation and agency in this year's register.
    package let twin: ArrivalNumber?
    package let answers: [Named]
    package let replaces: [Named]
    package let replacedBy: [Named]
    /// The other times its sender sent it, and how often the very same came again.
    package let sendings: [Receipt]
    package let repetitions: Int
    /// What a request corrects it to, or what stood before one was agreed to.
    package let versions: [ID<ExchangeRequest>: OtherVersion]
    package let removals: Set<ID<ExchangeRequest>>
    /// Paper that is to come with it, while it waits.
    package let paper: ExpectedPaper?
    package let history: [JournalEntry]
    /// Empty where the button may be pressed, otherwise why not.
    package let accept: [Refusal]
    package let refuse: [Refusal]
    package let scan: [Refusal]

    /// What its sender asks and nobody has answered yet.
    package var openRequest: ExchangeRequest? { requests.map(\.request).first { $0.state == .asked } }
}

package struct ReceiptReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func open(_ id: ID<Receipt>, as position: Position) async throws -> ReceiptView {
        let requiresScan = office.outgoingScan.isScannerRequired, year = office.clock.now.officeDate.year
        return try await office.read { tables in
            guard let card = try tables.receiptLists.card(id, of: position.agency),
                ReceiptAccess.mayRead(position, card.receipt)
            else { throw Refused(.notFound) }
            let receipt = card.receipt, sender = try tables.correspondents.find(receipt.sender)
            let findings = receipt.frozenAt == nil ? try tables.receipts.findings(of: id) : []
            let isOpen = receipt.state == .waiting && receipt.frozenAt == nil
            let twin =
                isOpen ? try tables.arrivals.twin(of: card.facts, in: position.agency, year: year) : nil
            let named = NamedDocuments(tables: tables, receipt: receipt)
            let versions = OtherVersions(tables: tables, receipt: receipt)
            return ReceiptView(
                card: card, sender: sender, findings: findings,
                requests: try tables.receiptRequests.lines(of: id),
                twin: twin.map { ArrivalNumber(year: $0.year, number: $0.number) },
                answers: try named.answered(findings, year: year), replaces: try named.replaced(),
                replacedBy: try named.replacing(), sendings: try named.sendings(),
                repetitions: try tables.receipts.repetitions(of: id),
                versions: try versions.all(), removals: try versions.removals(),
                paper: isOpen
                    ? try ReceivingMedium.expected(
                        tables, agency: position.agency, type: card.facts.type, sender: sender,
                        findings: findings, on: office.clock.now.officeDate) : nil,
                history: try tables.journal.history(of: [id.uuid], in: position.agency).map(\.entry),
                accept: ReceiptRules.mayAccept(
                    position, receipt, findings: findings, requiresScan: requiresScan),
                refuse: ReceiptRules.mayRefuse(position, receipt),
                scan: ReceiptRules.mayScan(position, receipt))
        }
    }
}
