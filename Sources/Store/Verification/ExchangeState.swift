// Both sides of every delivery beside each other: what the sender knows, what the recipient did, and what is still on the
// way between them (E2, E5). Only `vanthu verify` looks at both; no page does (decision 9).
import Domain
import DualSQL

/// One delivery that arrived, from both sides.
package struct DeliveryPair: Sendable {
    package let recipientName: String
    package let document: String
    /// On the sender's board.
    package let known: DeliveryStatus
    /// The newest status still in the outbox.
    package let onTheWay: DeliveryStatus?
    package let receipt: ReceiptState
    /// The recipient's entry, once accepted.
    package let arrival: ArrivalState?
}

package struct ExchangeState {
    let connection: Connection

    /// Deliveries whose document neither arrived nor waits to be carried.
    package func lost() throws -> [(recipientName: String, document: String)] {
        try connection.rows(
            """
            SELECT a.name, i.number, i.notation FROM delivery v JOIN correspondent a ON a.id = v.recipient_id
            JOIN issuance i ON i.id = v.issuance_id LEFT JOIN receipt r ON r.delivery_id = v.id
                AND r.sending = v.sending
            WHERE r.id IS NULL AND v.channel = 'loopback' AND v.recalled_at IS NULL AND NOT EXISTS
                (SELECT 1 FROM outbox o WHERE o.delivery_id = v.id AND o.kind = 'document')
            """
        ) { (try $0[0], "\(try $0[1] as Int)/\(try $0[2] as String)") }
    }

    /// Receipts nobody sent.
    package func unsent() throws -> [(agencyName: String, receipt: ID<Receipt>)] {
        try connection.rows(
            """
            SELECT a.name, r.id FROM receipt r JOIN agency a ON a.id = r.agency_id
            LEFT JOIN delivery v ON v.id = coalesce(r.earlier_of, r.delivery_id) AND v.recipient_id = r.agency_id
            WHERE v.id IS NULL AND r.channel = 'loopback'
            """
        ) { (try $0[0], try $0[1]) }
    }

    package func pairs(_ each: (DeliveryPair) throws -> Void) throws {
        _ = try connection.rows(
            """
            SELECT a.name, d.number, d.notation, v.status, r.state, n.state,
                (SELECT o.status FROM outbox o WHERE o.delivery_id = v.id AND o.kind = 'status' AND o.status <= 6
                    ORDER BY o.at DESC, o.id DESC LIMIT 1)
            FROM receipt r JOIN delivery v ON v.id = r.delivery_id AND v.sending = r.sending JOIN agency a ON a.id = r.agency_id
            JOIN document d ON d.id = r.document_id LEFT JOIN arrival n ON n.receipt_id = r.id
            WHERE r.frozen_at IS NULL
            """
        ) { row in
            try each(
                DeliveryPair(
                    recipientName: try row[0], document: "\(try row[1] as String)/\(try row[2] as String)",
                    known: try row[3], onTheWay: try row.optional(6), receipt: try row[4],
                    arrival: try row.optional(5)))
        }
    }

    package func deliveries() throws -> Int {
        try connection.first("SELECT count(*) FROM delivery") { try $0[0] } ?? 0
    }
}

extension Tables {
    package var exchangeState: ExchangeState { ExchangeState(connection: connection) }
}
