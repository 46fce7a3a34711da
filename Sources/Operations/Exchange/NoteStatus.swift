// Ghi tình trạng do nơi nhận báo (E2, E6): the recipient of paper or of a mail has told that it has the letter, or the letter came
// back. What the clerk wrote down by mistake is put right by writing again; both stay in the history.
import Domain
import DualSQL
import Foundation
import Store

package struct NoteStatus: OfficeOperation {
    package static let verb = Verb.statusNoted

    package let issuance: ID<Issuance>
    /// Of that issuance.
    package let delivery: ID<Delivery>
    package let status: DeliveryStatus
    package let day: OfficeDate
    /// How it was told, or why it came back.
    package let note: String

    package init(
        _ status: DeliveryStatus, of delivery: ID<Delivery>, in issuance: ID<Issuance>, on day: OfficeDate,
        note: String
    ) {
        self.issuance = issuance
        self.delivery = delivery
        self.status = status
        self.day = day
        self.note = note.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws -> Delivery {
        let clerk = try act.position, tables = act.tables
        guard let delivery = try tables.deliveries.lock(delivery), delivery.issuance == issuance,
            delivery.agency == clerk.agency
        else { throw Refused(.notFound) }
        let sentOn = try sentOn(delivery, tables)
        try Refused.unless(ToldRules.mayNote(clerk, delivery, hasLeft: sentOn != nil))
        guard let sentOn else { throw Refused(.notGoneYet) }
        try Refused.unless(
            ToldRules.refusals(status, told: day, note: note, sentOn: sentOn, today: act.today))
        try tables.deliveries.appendNoted(
            act.newID(), of: delivery.id, status, note: note, by: clerk.id, at: act.now)
        try tables.deliveries.setTold(status, of: delivery.id, on: day, note: note, at: act.now)
        var said = ["status": status.code, "day": day.iso]
        if let recipient = try tables.correspondents.find(delivery.recipient) {
            said["agency"] = recipient.name
        }
        if !note.isEmpty { said["note"] = note }
        act.record(.statusNoted, delivery.issuance, said)
        return try tables.deliveries.find(delivery.id) ?? delivery
    }

    /// Nil while it is still here.
    private func sentOn(_ delivery: Delivery, _ tables: Tables) throws -> OfficeDate? {
        if delivery.channel == .paper {
            return try tables.papers.of(delivery.issuance, to: [delivery.recipient]).first?.posting?.day
        }
        return try tables.deliveries.carriedAt(of: delivery.id)?.officeDate
    }
}
