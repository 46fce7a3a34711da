// Liên thông (E5, H6): what people do about a message that did not go, or one that came and could not be entered; and
// stopping a channel for a while. Nothing is ever dropped without somebody saying so.
import Domain
import DualSQL
import Foundation
import Store

/// Gửi lại: the sender's clerk has a message tried once more, at once.
package struct ReviveMessage: OfficeOperation {
    package static let verb = Verb.messageRevived

    package let message: ID<Envelope>
    package init(message: ID<Envelope>) { self.message = message }

    package func perform(_ act: Act) throws {
        let envelope = try StuckMessage.find(message, act)
        _ = try act.tables.outbox.revive(message, at: act.now)
        act.record(.messageRevived, message, ["delivery": envelope.delivery.description])
    }
}

/// Thôi gửi: the sender's clerk gives up on a message, with a reason. Only the electronic way ends: paper that goes to the same
/// recipient goes on, and where there is none it can be sent instead (D6, D15). A document without either is as good as taken back.
package struct GiveUpMessage: OfficeOperation {
    package static let verb = Verb.messageGivenUp

    package let message: ID<Envelope>
    package let reason: String
    /// Where the recipient gets no paper yet, it gets it now.
    package let sendsPaper: Bool

    package init(message: ID<Envelope>, reason: String, sendsPaper: Bool = false) {
        self.message = message
        self.sendsPaper = sendsPaper
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws {
        try Refused.unless(RequestRules.noteRefusals(reason))
        let envelope = try StuckMessage.find(message, act)
        var goesOnPaper = false
        if envelope.kind == .document {
            // What was to follow it has nothing to follow any more.
            let following = try act.tables.outbox.waiting(for: envelope.delivery)
            try act.tables.outbox.delete(following.map(\.id))
            goesOnPaper = try leaveToPaper(envelope.delivery, act)
            if !goesOnPaper { try act.tables.deliveries.setRecalled(envelope.delivery, at: act.now) }
        } else {
            try act.tables.outbox.delete([envelope.id])
        }
        act.record(
            .messageGivenUp, message,
            [
                "delivery": envelope.delivery.description, "reason": reason, "kind": envelope.kind.rawValue,
                "paper": goesOnPaper ? "1" : "0",
            ])
    }

    /// False where the recipient gets none.
    private func leaveToPaper(_ id: ID<Delivery>, _ act: Act) throws -> Bool {
        guard let delivery = try act.tables.deliveries.lock(id) else { throw Refused(.messageGone) }
        var papers = try act.tables.papers.of(delivery.issuance, to: [delivery.recipient])
        if papers.isEmpty, sendsPaper {
            papers = [
                PaperDispatch(
                    id: act.newID(), agency: delivery.agency, issuance: delivery.issuance, delivery: id,
                    recipient: delivery.recipient)
            ]
            try act.tables.papers.insert(papers)
        }
        if papers.isEmpty { return false }
        let isPosted = papers.contains { $0.state == .posted }
        try act.tables.deliveries.leaveToPaper(id, carriedAt: isPosted ? act.now : nil)
        try act.tables.issuanceMedia.leaveToPaper(delivery.issuance, delivery.recipient, reason: reason)
        return true
    }
}

/// A message of the clerk's own agency that no channel has in hand.
private enum StuckMessage {
    static func find(_ id: ID<Envelope>, _ act: Act) throws -> Envelope {
        guard let envelope = try act.tables.outbox.claim(id) else { throw Refused(.messageGone) }
        guard envelope.from == (try act.agency) else { throw Refused(.notFound) }
        try Refused.unless(try act.tables.outbox.isLeased(id, at: act.now) ? [.messageGone] : [])
        return envelope
    }
}

/// A message that came and could not be read, of those the act's person looks after.
private enum UnreadMessage {
    static func find(_ id: ID<InboundMessage>, _ act: Act) throws -> InboundMessage {
        guard let found = try act.tables.inbound.find(id) else { throw Refused(.messageGone) }
        try ExchangeDuty.check(found, act)
        guard found.state == .failed else { throw Refused(.messageGone) }
        return found
    }
}

/// An administrator has a message that came read once more.
package struct ReopenInbound: OfficeOperation {
    package static let verb = Verb.inboundReopened

    package let message: ID<InboundMessage>
    package init(message: ID<InboundMessage>) { self.message = message }

    package func perform(_ act: Act) throws {
        let found = try UnreadMessage.find(message, act)
        try act.tables.inbound.reopen(message, at: act.now)
        act.record(.inboundReopened, message, ["from": found.sender, "external": found.externalID])
    }
}

/// An administrator puts a message that came aside for good, with a reason.
package struct DismissInbound: OfficeOperation {
    package static let verb = Verb.inboundDismissed

    package let message: ID<InboundMessage>
    package let reason: String

    package init(message: ID<InboundMessage>, reason: String) {
        self.message = message
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws {
        try Refused.unless(RequestRules.noteRefusals(reason))
        let found = try UnreadMessage.find(message, act)
        try act.tables.inbound.close(
            message, .dismissed, error: found.error, sender: found.sender, subject: found.subject)
        act.record(
            .inboundDismissed, message,
            ["from": found.sender, "external": found.externalID, "reason": reason])
    }
}

/// Tạm dừng một kênh, hoặc một nơi của kênh: messages wait until it is released, and the pages say so.
package struct HoldChannel: OfficeOperation {
    package static let verb = Verb.channelHeld

    package let route: Route
    package let reason: String

    package init(route: Route, reason: String) {
        self.route = route
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func perform(_ act: Act) throws {
        let administrator = try act.position
        try ExchangeDuty.checkSwitches(act)
        try Refused.unless(RequestRules.noteRefusals(reason))
        try act.tables.exchangeConditions.hold(
            ExchangeHold(route: route, reason: reason, heldBy: administrator.id, heldAt: act.now))
        act.record(.channelHeld, administrator.agency, route.particulars.merging(["reason": reason]) { $1 })
    }
}

package struct ReleaseChannel: OfficeOperation {
    package static let verb = Verb.channelReleased

    package let route: Route
    package init(route: Route) { self.route = route }

    package func perform(_ act: Act) throws {
        try ExchangeDuty.checkSwitches(act)
        guard try act.tables.exchangeConditions.release(route) else { throw Refused(.stale) }
        act.record(.channelReleased, try act.agency, route.particulars)
    }
}

extension Route {
    fileprivate var particulars: [String: String] { ["channel": channel.rawValue, "partner": partner] }
}
