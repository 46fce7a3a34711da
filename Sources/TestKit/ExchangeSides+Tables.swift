// Reading what an installation holds of the exchange.
import BlobStorage
import Domain
import DualSQL
import Store

extension Tables {
    func outgoingEntries() throws -> [ExchangeSides.Entry] {
        try connection.rows(
            """
            SELECT a.slug, i.number, i.state, coalesce((SELECT max(v.message_key) FROM delivery v
                WHERE v.issuance_id = i.id), '')
            FROM issuance i JOIN agency a ON a.id = i.agency_id ORDER BY a.slug, i.number
            """
        ) { .init(agency: try $0[0], number: try $0[1], key: try $0[3], state: try $0[2]) }
    }

    func incomingEntries() throws -> [ExchangeSides.Entry] {
        try connection.rows(
            """
            SELECT a.slug, n.number, n.state, coalesce(r.message_key, '') FROM arrival n
            JOIN agency a ON a.id = n.agency_id LEFT JOIN receipt r ON r.id = n.receipt_id ORDER BY a.slug, n.number
            """
        ) { .init(agency: try $0[0], number: try $0[1], key: try $0[3], state: try $0[2]) }
    }

    func delivered() throws -> [ExchangeSides.Delivered] {
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
                recalled: delivery.recalledAt != nil, answered: delivery.answeredAt != nil,
                taken: events.filter(\.taken).map(\.status.code),
                setAside: events.filter { !$0.taken }.map(\.status.code),
                requests: try deliveryRequests.all(of: id).map(ExchangeSides.Request.init))
        }
    }

    func received(_ blobs: LocalBlobs) throws -> [ExchangeSides.Received] {
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

    func waitingMessages() throws -> [ExchangeSides.Waiting] {
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

    func cameMessages(_ blobs: LocalBlobs) throws -> [ExchangeSides.Came] {
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
    init(_ request: ExchangeRequest) {
        self.init(
            kind: request.kind.rawValue, note: request.note, state: request.state.rawValue,
            answer: request.answer)
    }
}
