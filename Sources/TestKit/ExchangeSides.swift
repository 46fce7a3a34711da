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
                    channel: $0.route.channel.rawValue, partner: $0.route.partner, error: $0.error,
                    failures: $0.failures)
            }
            for hash in blobs.all() where try !tables.blobUses.isUsed(hash.hex) { sides.unusedFiles += 1 }
            return sides
        }
    }
}

extension Tables {
    fileprivate func outgoingEntries() throws -> [ExchangeSides.Entry] {
        try connection.rows(
            """
            SELECT a.slug, i.number, i.state, coalesce((SELECT max(v.message_key) FROM delivery v
                WHERE v.issuance_id = i.id), '')
            FROM issuance i JOIN agency a ON a.id = i.agency_id ORDER BY a.slug, i.number
            """
        ) { .init(agency: try $0[0], number: try $0[1], key: try $0[3], state: try $0[2]) }
    }

    fileprivate func incomingEntries() throws -> [ExchangeSides.Entry] {
        try connection.rows(
            """
            SELECT a.slug, n.number, n.state, coalesce(r.message_key, '') FROM arrival n
            JOIN agency a ON a.id = n.agency_id LEFT JOIN receipt r ON r.id = n.receipt_id ORDER BY a.slug, n.number
            """
        ) { .init(agency: try $0[0], number: try $0[1], key: try $0[3], state: try $0[2]) }
    }

    fileprivate func delivered() throws -> [ExchangeSides.Delivered] {
        try connection.rows(
            """
            SELECT v.id, v.carried_at, d.number, d.notation, c.name, c.code FROM delivery v
            JOIN issuance i ON i.id = v.issuance_id JOIN document d ON d.id = i.document_id JOIN correspondent c ON c.id = v.recipient_id ORDER BY v.id
            """
        ) { row in
            let id: ID<Delivery> = try row[0], carried: Instant? = try row.optional(1)
            guard let delivery = try deliveries.find(id) else { throw Refused(.notFound) }
            let events = try deliveryLists.history(of: id, in: delivery.agency)
            let code: String = try row[5]
            return .init(
                key: delivery.messageKey, document: "\(try row[2] as String)/\(try row[3] as String)",
                recipient: code.isEmpty ? try row[4] : code, channel: delivery.channel.rawValue,
                status: delivery.status.code, note: delivery.note, carried: carried != nil,
                recalled: delivery.recalledAt != nil,
                taken: events.filter(\.taken).map(\.status.code),
                setAside: events.filter { !$0.taken }.map(\.status.code),
                requests: try deliveryRequests.all(of: id).map(ExchangeSides.Request.init))
        }
    }

    fileprivate func received(_ blobs: LocalBlobs) throws -> [ExchangeSides.Received] {
        try connection.rows(
            """
            SELECT r.id, a.slug, s.name, s.code, r.reason FROM receipt r JOIN agency a ON a.id = r.agency_id
            JOIN correspondent s ON s.id = r.sender_id ORDER BY r.arrived_at, r.id
            """
        ) { row in
            guard let receipt = try receipts.find(try row[0]),
                let facts = try documents.particulars(of: receipt.document)
            else { throw Refused(.notFound) }
            let code: String = try row[3]
            return .init(
                agency: try row[1], sender: code.isEmpty ? try row[2] : code, key: receipt.origin.key,
                document: facts.numberAndNotation, abstract: facts.abstract,
                business: receipt.origin.business.rawValue, replaces: receipt.origin.replaces,
                state: receipt.state.rawValue, reason: try row[4], frozen: receipt.frozenAt != nil,
                findings: try receipts.findings(of: receipt.id).map { "\($0)" },
                files: try documents.files(of: receipt.document).map { stored in
                    .init(
                        name: stored.file.name, hash: stored.file.hash, size: stored.file.size,
                        sound: BlobHash(hex: stored.file.hash).map {
                            blobs.verify($0) == .sound(size: stored.file.size)
                        } ?? false)
                }, requests: try receiptRequests.all(of: receipt.id).map(ExchangeSides.Request.init))
        }
    }

    fileprivate func waitingMessages() throws -> [ExchangeSides.Waiting] {
        try connection.rows(
            """
            SELECT o.kind, c.name, o.status, o.attempts, o.error, o.dead_at FROM outbox o
            JOIN correspondent c ON c.id = o.to_agency ORDER BY o.at, o.id
            """
        ) { row in
            let status: DeliveryStatus = try row[2], dead: Instant? = try row.optional(5)
            return .init(
                kind: try row[0], to: try row[1], status: status.code, attempts: try row[3],
                error: try row[4], dead: dead != nil)
        }
    }

    fileprivate func cameMessages(_ blobs: LocalBlobs) throws -> [ExchangeSides.Came] {
        let ids: [ID<InboundMessage>] = try connection.rows(
            "SELECT id FROM inbound_message ORDER BY received_at, id"
        ) { try $0[0] }
        return try ids.compactMap { try inbound.find($0) }.map { message in
            .init(
                external: message.externalID, partner: message.route.partner,
                state: message.state.rawValue, attempts: message.attempts, error: message.error,
                sender: message.sender, subject: message.subject,
                kept: BlobHash(hex: message.hash).map(blobs.contains) ?? false)
        }
    }
}

extension ExchangeSides.Request {
    fileprivate init(_ request: ExchangeRequest) {
        self.init(
            kind: request.kind.rawValue, note: request.note, state: request.state.rawValue,
            answer: request.answer)
    }
}

/// How much is still under way; cheap enough to ask for many times a second.
package struct ExchangeTotals: Sendable, Encodable, Equatable {
    package var outbox = 0
    package var dead = 0
    package var waiting = 0
    package var failed = 0
    package var receipts = 0
    package var entries = 0
    /// Deliveries by status, the place in the list being the code.
    package var deliveries: [Int] = []

    package static func read(_ office: Office) async throws -> ExchangeTotals {
        try await office.read { tables in
            func count(_ statement: SQL) throws -> Int {
                try tables.connection.first("SELECT count(*) FROM " + statement) { try $0[0] } ?? 0
            }
            return ExchangeTotals(
                outbox: try count("outbox"), dead: try count("outbox WHERE dead_at IS NOT NULL"),
                waiting: try count("inbound_message WHERE state = 'waiting'"),
                failed: try count("inbound_message WHERE state = 'failed'"), receipts: try count("receipt"),
                entries: try count("arrival"),
                deliveries: try DeliveryStatus.states.map { try count("delivery WHERE status = \($0)") })
        }
    }
}
