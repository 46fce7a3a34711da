// Liên thông: the sender owns a delivery per recipient, the recipient owns a receipt; each changes the other only by a
// message. Status codes are those of Quyết định 28/2018/QĐ-TTg.
import Foundation

package enum DeliveryStatus: Int, Sendable, Codable, CaseIterable {
    /// Handed to the channel, not yet there.
    case sent = 0
    case arrived = 1
    case refused = 2
    case accepted = 3
    case assigned = 4
    case working = 5
    case finished = 6

    /// Forward jumps are taken; what is late or doubled is ignored (and logged by the caller).
    package func accepts(_ next: DeliveryStatus) -> Bool {
        switch (self, next) {
        case (.refused, _), (.finished, _): false
        case (.sent, .refused), (.arrived, .refused): true
        case (_, .refused): false
        default: next.rawValue > rawValue
        }
    }

    /// `01` … `06`; empty for the state before arrival, which the code list does not have.
    package var code: String { self == .sent ? "" : "0\(rawValue)" }
}

package enum ReceiptState: String, Sendable, Codable {
    case waiting, accepted, refused
}

package struct Receipt: Sendable, Equatable {
    package let id: ID<Receipt>
    package let agency: ID<Agency>
    package let sender: ID<Agency>
    package let delivery: ID<Delivery>
    package let document: ID<Document>
    package let state: ReceiptState
    package let arrivedAt: Instant

    package init(
        id: ID<Receipt>, agency: ID<Agency>, sender: ID<Agency>, delivery: ID<Delivery>,
        document: ID<Document>,
        state: ReceiptState, arrivedAt: Instant
    ) {
        self.id = id
        self.agency = agency
        self.sender = sender
        self.delivery = delivery
        self.document = document
        self.state = state
        self.arrivedAt = arrivedAt
    }
}

package struct Delivery: Sendable, Equatable {
    package let id: ID<Delivery>
    package let agency: ID<Agency>
    package let issuance: ID<Issuance>
    package let recipient: ID<Agency>
    package let status: DeliveryStatus
    package let statusAt: Instant
    package let note: String

    package init(
        id: ID<Delivery>, agency: ID<Agency>, issuance: ID<Issuance>, recipient: ID<Agency>,
        status: DeliveryStatus,
        statusAt: Instant, note: String
    ) {
        self.id = id
        self.agency = agency
        self.issuance = issuance
        self.recipient = recipient
        self.status = status
        self.statusAt = statusAt
        self.note = note
    }
}
