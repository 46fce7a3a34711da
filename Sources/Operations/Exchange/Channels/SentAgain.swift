// Which time a letter goes to a recipient who refused it, as its message says it to the people there.
import Domain
import Store

struct SentAgain: Sendable, Equatable {
    /// 2 for the second time.
    let sending: Int
    let note: String

    /// Nil for the first time.
    init?(_ delivery: Delivery, _ tables: Tables) throws {
        if delivery.sending == 1 { return nil }
        (sending, note) = (delivery.sending, try tables.deliverySendings.note(of: delivery))
    }

    var words: String { "Gửi lại lần \(sending): \(note)" }
}
