// Opening what came through the exchange: the card with the letter's particulars, what happened to it here,
// and what this person may decide. For whom it is not meant there is no such receipt (decision 14).
import Domain
import Store

package struct ReceiptView: Sendable {
    package let card: ReceiptCard
    package let history: [JournalEntry]
    /// Empty where the button may be pressed, otherwise why not.
    package let accept: [Refusal]
    package let refuse: [Refusal]
}

package struct ReceiptReading: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    package func open(_ id: ID<Receipt>, as position: Position) async throws -> ReceiptView {
        try await office.read { tables in
            guard let card = try tables.receiptLists.card(id, of: position.agency),
                ReceiptAccess.mayRead(position, card.receipt)
            else { throw Refused(.notFound) }
            return ReceiptView(
                card: card,
                history: try tables.journal.history(of: [id.uuid], in: position.agency).map(\.entry),
                accept: ReceiptRules.mayAccept(position, card.receipt),
                refuse: ReceiptRules.mayRefuse(position, card.receipt))
        }
    }
}
