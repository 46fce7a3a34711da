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
    package let replaces: Named?
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
            return ReceiptView(
                card: card, sender: sender, findings: findings,
                requests: try tables.receiptRequests.lines(of: id),
                twin: twin.map { ArrivalNumber(year: $0.year, number: $0.number) },
                answers: try named.answered(findings, year: year), replaces: try named.replaced(),
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

/// Documents named in a message, as far as this agency has them.
private struct NamedDocuments {
    let tables: Tables
    let receipt: Receipt

    /// Of this agency's own.
    func answered(_ findings: [ArrivalFinding], year: Int) throws -> [ReceiptView.Named] {
        try findings.compactMap { finding in
            guard case .answers(let code) = finding else { return nil }
            let parts = code.split(separator: "/", maxSplits: 1).map(String.init)
            let row =
                try parts.count == 2
                ? Int(parts[0]).flatMap {
                    try tables.issuanceLists.find(
                        receipt.agency, years: [year, year - 1], number: $0, notation: parts[1])
                } : nil
            return ReceiptView.Named(
                words: code, date: row?.issuance.date, place: row.map(ReceiptView.Named.Place.issued))
        }
    }

    /// What came before from the same sender.
    func replaced() throws -> ReceiptView.Named? {
        let name = receipt.origin.replaces
        if name.isEmpty { return nil }
        let key = DocumentKey(name)
        var found = try tables.receipts.find(messageKey: name, from: receipt.sender, in: receipt.agency)
        if found.isEmpty, let key {
            found = try tables.receipts.find(
                numberAndNotation: key.numberAndNotation, date: key.date, from: receipt.sender,
                in: receipt.agency)
        }
        let earlier = found.last { $0.id != receipt.id }
        let arrival = try earlier.flatMap { try tables.arrivals.find(receipt: $0.id) }
        let place: ReceiptView.Named.Place? =
            arrival.map { .arrival(ArrivalNumber(year: $0.year, number: $0.number)) }
            ?? earlier.map { .receipt($0.id) }
        return ReceiptView.Named(words: key?.numberAndNotation ?? name, date: key?.date, place: place)
    }
}
