// Thư không tải về: what a channel will not bring here is put among the messages that could not be read, with the reason, so
// that a person knows of it.
import Domain
import DualSQL
import Foundation
import Store

extension Inbox {
    /// Those names that the channel has handed over before.
    func known(among names: [String]) async throws -> Set<String> {
        if names.isEmpty { return [] }
        let route = route
        return try await office.read { try $0.inbound.known(among: names, from: route) }
    }

    /// A message without its bytes. False when it was here before.
    func refuse(
        _ externalID: String, size: Int, sender: String, subject: String, because words: String
    ) async throws -> Bool {
        let now = office.clock.now, route = route
        let message = InboundMessage(
            id: ID(UUIDv7.make(at: now)), route: route, externalID: externalID, hash: "", size: size,
            receivedAt: now)
        return try await office.database.write { connection in
            let act = Act(
                tables: Tables(connection), actor: .system(name: "Liên thông", agency: nil), now: now)
            guard try act.tables.inbound.insert(message) else { return false }
            try act.tables.inbound.close(
                message.id, .failed, error: words, sender: String(sender, atMost: StrangersWords.name),
                subject: String(subject, atMost: 500))
            let said = [
                "channel": route.channel.rawValue, "partner": route.partner, "external": externalID,
                "reason": words,
            ]
            act.record(.inboundFailed, message.id, said)
            try act.writeJournal()
            return true
        }
    }
}
