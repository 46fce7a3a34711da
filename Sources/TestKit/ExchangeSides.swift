// What one installation holds of the exchange, as a value that a test outside can compare with the other side's: registers,
// deliveries with all that was reported, receipts with their files, messages on the way and messages that came.
import BlobStorage
import Domain
import DualSQL
import Foundation
import Operations
import Store

package struct ExchangeSides: Sendable, Encodable {
    package struct Entry: Sendable, Encodable {
        package let agency: String
        package let number: Int
        /// `DocumentId` in messages; empty for what never left the installation.
        package let key: String
        package let state: String
    }

    package struct Request: Sendable, Encodable {
        package let kind: String
        package let note: String
        package let state: String
        package let answer: String
    }

    package struct Delivered: Sendable, Encodable {
        package let key: String
        package let document: String
        package let recipient: String
        package let channel: String
        /// `01` … `06`; empty while nothing has been reported.
        package let status: String
        package let note: String
        package let carried: Bool
        package let recalled: Bool
        package let answered: Bool
        package let taken: [String]
        package let setAside: [String]
        package let requests: [Request]
    }

    package struct KeptFile: Sendable, Encodable {
        package let name: String
        package let hash: String
        package let size: Int
        package let sound: Bool
    }

    package struct Received: Sendable, Encodable {
        package let agency: String
        package let sender: String
        package let key: String
        package let document: String
        package let abstract: String
        package let business: String
        package let replaces: String
        package let state: String
        package let reason: String
        package let frozen: Bool
        package let findings: [String]
        package let files: [KeptFile]
        package let requests: [Request]
    }

    package struct Waiting: Sendable, Encodable {
        package let kind: String
        package let to: String
        package let status: String
        package let attempts: Int
        package let error: String
        package let dead: Bool
    }

    package struct Came: Sendable, Encodable {
        package let external: String
        package let partner: String
        package let state: String
        package let attempts: Int
        package let error: String
        package let sender: String
        package let subject: String
        /// The bytes are still in the store.
        package let kept: Bool
    }

    package struct Health: Sendable, Encodable {
        package let channel: String
        package let partner: String
        /// `gui` or `nhan`.
        package let direction: String
        package let error: String
        package let failures: Int
    }

    package var outgoing: [Entry] = []
    package var incoming: [Entry] = []
    package var deliveries: [Delivered] = []
    package var receipts: [Received] = []
    package var outbox: [Waiting] = []
    package var inbound: [Came] = []
    package var health: [Health] = []
    /// Files that no row speaks of.
    package var unusedFiles = 0

    package static func read(_ office: Office) async throws -> ExchangeSides {
        let blobs = office.blobs
        return try await office.read { tables in
            var sides = ExchangeSides()
            sides.outgoing = try tables.outgoingEntries()
            sides.incoming = try tables.incomingEntries()
            sides.deliveries = try tables.delivered()
            sides.receipts = try tables.received(blobs)
            sides.outbox = try tables.waitingMessages()
            sides.inbound = try tables.cameMessages(blobs)
            sides.health = try tables.exchangeConditions.health().map {
                Health(
                    channel: $0.route.channel.rawValue, partner: $0.route.partner,
                    direction: $0.direction.rawValue, error: $0.error, failures: $0.failures)
            }
            for hash in blobs.all() where try !tables.blobUses.isUsed(hash.hex) { sides.unusedFiles += 1 }
            return sides
        }
    }
}

/// How much is still under way; cheap enough to ask for many times a second.
package struct ExchangeTotals: Sendable, Encodable, Equatable {
    package var outbox = 0
    package var dead = 0
    /// Messages that came, read or not.
    package var taken = 0
    package var waiting = 0
    package var failed = 0
    package var receipts = 0
    package var entries = 0
    /// Receipts, and requests of senders, that a clerk has not decided about; requests of our own that nobody has answered.
    package var toAccept = 0
    package var toDecide = 0
    package var asked = 0
    /// Deliveries to those who report, of which neither the acceptance is known nor the refusal, and which are not taken back.
    package var untold = 0
    /// Receipts that came by mail.
    package var mailed = 0
    /// Deliveries by status, the place in the list being the code.
    package var deliveries: [Int] = []

    package static func read(_ office: Office) async throws -> ExchangeTotals {
        try await office.read { tables in
            func count(_ statement: SQL) throws -> Int {
                try tables.connection.first("SELECT count(*) FROM " + statement) { try $0[0] } ?? 0
            }
            return ExchangeTotals(
                outbox: try count("outbox"), dead: try count("outbox WHERE dead_at IS NOT NULL"),
                taken: try count("inbound_message"),
                waiting: try count("inbound_message WHERE state = 'waiting'"),
                failed: try count("inbound_message WHERE state = 'failed'"), receipts: try count("receipt"),
                entries: try count("arrival"),
                toAccept: try count("receipt WHERE state = 'waiting' AND frozen_at IS NULL"),
                toDecide: try count("receipt_request WHERE state = 'asked'"),
                asked: try count("delivery_request WHERE state = 'asked'"),
                untold: try count("delivery WHERE channel <> 'mail' AND recalled_at IS NULL AND status < 2"),
                mailed: try count("receipt WHERE channel = 'mail'"),
                deliveries: try DeliveryStatus.states.map { try count("delivery WHERE status = \($0)") })
        }
    }
}
