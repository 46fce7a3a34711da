// Gói tin không tải về: what a channel will not or cannot bring here is put among the messages that could not be read, with the
// reason, so that a person knows of it.
import BlobStorage
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
    ///
    /// - Parameter until: When it may be asked for again, where it can be.
    func refuse(
        _ externalID: String, size: Int, sender: String, subject: String, because words: String,
        until: Instant? = nil
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
            if let until { try act.tables.inbound.leave(message.id, until: until, error: words) }
            let said = [
                "channel": route.channel.rawValue, "partner": route.partner, "external": externalID,
                "reason": words,
            ]
            act.record(.inboundFailed, message.id, said)
            try act.writeJournal()
            return true
        }
    }
    // MARK: What a partner lists and could not hand over

    /// What is known of these names.
    func listed(_ names: [String]) async throws -> [String: ListedMessage] {
        let route = route
        var found: [String: ListedMessage] = [:]
        for first in stride(from: 0, to: names.count, by: Self.namesAtOnce) {
            let some = Array(names[first..<min(first + Self.namesAtOnce, names.count)])
            found.merge(try await office.read { try $0.inbound.listed(some, by: route) }) { $1 }
        }
        return found
    }

    private static let namesAtOnce = 400

    /// In vain once more.
    func leave(_ message: ID<InboundMessage>, until: Instant, because words: String) async throws {
        try await office.database.write {
            try Tables($0).inbound.leave(message, until: until, error: words)
        }
    }

    /// It could be had after all. False when somebody has decided about it meanwhile.
    func bring(_ message: ID<InboundMessage>, file path: String, for codes: [String]) async throws -> Bool {
        let hold = office.blobs.hold(), blob = try office.blobs.put(contentsOf: path, under: hold)
        let now = office.clock.now, route = route
        let isBrought = try await office.database.write { connection in
            let tables = Tables(connection)
            let isBrought = try tables.inbound.bring(
                message, hash: blob.hash.hex, size: blob.size, addressedTo: codes, at: now)
            try office.partnerHealth.noteGood(.receive, route, tables, at: now)
            return isBrought
        }
        try await Uploads(office: office).discard(blob.hash, under: hold)
        return isBrought
    }
}
