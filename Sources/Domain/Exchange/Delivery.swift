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
    // Of the talk about a document that has gone; a delivery is never in these.
    case recallAsked = 13
    case changeAgreed = 15
    case changeRefused = 16

    /// Those a delivery can be in.
    package static let states = allCases.filter(\.isState)

    package var isState: Bool { rawValue <= 6 }

    /// Forward jumps are taken; what is late or doubled is ignored (and logged by the caller).
    ///
    /// - Parameter isSentAgain: It has gone there more than once. A refusal of the earlier time that is told late ends
    ///   nothing then: whoever has it in the register has taken it.
    package func accepts(_ next: DeliveryStatus, isSentAgain: Bool = false) -> Bool {
        guard next.isState else { return false }
        return switch (self, next) {
        case (.refused, _): isSentAgain && next.rawValue >= DeliveryStatus.accepted.rawValue
        case (.finished, _): false
        case (.sent, .refused), (.arrived, .refused): true
        case (_, .refused): false
        default: next.rawValue > rawValue
        }
    }

    /// `01` … `16`; empty for the state before arrival, which the code list does not have.
    package var code: String {
        switch rawValue {
        case 0: ""
        case ..<10: "0\(rawValue)"
        default: "\(rawValue)"
        }
    }

    /// The status a message names.
    package init?(code: String) {
        guard let number = Int(code), let status = DeliveryStatus(rawValue: number), status != .sent else {
            return nil
        }
        self = status
    }
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
    package let origin: MessageOrigin
    /// When its sender took it back with the clerk's consent; the copy is gone since then.
    package let frozenAt: Instant?

    package init(
        id: ID<Receipt>, agency: ID<Agency>, sender: ID<Agency>, delivery: ID<Delivery>,
        document: ID<Document>,
        state: ReceiptState, arrivedAt: Instant, origin: MessageOrigin = .loopback, frozenAt: Instant? = nil
    ) {
        self.origin = origin
        self.frozenAt = frozenAt
        self.id = id
        self.agency = agency
        self.sender = sender
        self.delivery = delivery
        self.document = document
        self.state = state
        self.arrivedAt = arrivedAt
    }
}

/// How a document came and what its sender calls it.
package struct MessageOrigin: Sendable, Equatable {
    package let channel: Channel
    /// Whom the answers go through.
    package let partner: String
    /// The sender's `DocumentId`; empty inside the installation.
    package let key: String
    package let business: BusinessKind
    /// The sender's `DocumentId` of each document that it replaces.
    package let replaces: [String]
    /// 1 for the first time; more where it was sent again after it was refused or given back.
    package let sending: Int

    package init(
        channel: Channel, partner: String = "", key: String = "", business: BusinessKind = .new,
        replaces: [String] = [], sending: Int = 1
    ) {
        self.channel = channel
        self.partner = partner
        self.key = key
        self.business = business
        self.replaces = replaces
        self.sending = sending
    }

    package func sent(_ sending: Int) -> MessageOrigin {
        MessageOrigin(
            channel: channel, partner: partner, key: key, business: business, replaces: replaces,
            sending: sending)
    }

    /// The way it came.
    package var route: Route { Route(channel, partner) }

    package static let loopback = MessageOrigin(channel: .loopback)
}

/// Nghiệp vụ of a document message.
package enum BusinessKind: String, Sendable, Codable, CaseIterable {
    case new, replace
}

package struct Delivery: Sendable, Equatable {
    package let id: ID<Delivery>
    package let agency: ID<Agency>
    package let issuance: ID<Issuance>
    package let recipient: ID<Agency>
    package let status: DeliveryStatus
    package let statusAt: Instant
    package let note: String
    package let channel: Channel
    /// Whom the channel was to hand it to, by the name that the settings had then.
    package let partner: String
    /// `DocumentId` in messages to other systems.
    package let messageKey: String
    /// By when the recipient's clerk has to take it or refuse it.
    package let acceptDueAt: Instant?
    /// When it was taken back, before it had left or with the recipient's consent.
    package let recalledAt: Instant?
    /// An answer is asked for by this day.
    package let answerBy: OfficeDate?
    /// When the first answer came.
    package let answeredAt: Instant?
    /// 1 for the first time; more where it was sent again after it was refused.
    package let sending: Int
    /// The day on which the recipient told the clerk of its status; nil where its system did.
    package let toldOn: OfficeDate?

    /// The way it went.
    package var route: Route { Route(channel, partner) }

    package init(
        id: ID<Delivery>, agency: ID<Agency>, issuance: ID<Issuance>, recipient: ID<Agency>,
        status: DeliveryStatus,
        statusAt: Instant, note: String, channel: Channel = .loopback, partner: String = "",
        messageKey: String = "", acceptDueAt: Instant? = nil, recalledAt: Instant? = nil,
        answerBy: OfficeDate? = nil, answeredAt: Instant? = nil, sending: Int = 1, toldOn: OfficeDate? = nil
    ) {
        self.toldOn = toldOn
        self.sending = sending
        self.partner = partner
        self.answerBy = answerBy
        self.answeredAt = answeredAt
        self.channel = channel
        self.messageKey = messageKey
        self.acceptDueAt = acceptDueAt
        self.recalledAt = recalledAt
        self.id = id
        self.agency = agency
        self.issuance = issuance
        self.recipient = recipient
        self.status = status
        self.statusAt = statusAt
        self.note = note
    }
}
