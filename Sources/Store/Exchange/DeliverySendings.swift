// Each further time that a letter went to a recipient who had refused it; written with the sending and never changed.
import Domain
import DualSQL

package struct DeliverySendings {
    let connection: Connection

    package func insert(
        _ delivery: ID<Delivery>, sending: Int, by clerk: ID<Position>, at: Instant, note: String
    ) throws {
        try connection.execute(
            """
            INSERT INTO delivery_sending (delivery_id, sending, sent_by, sent_at, note)
            VALUES (\(delivery), \(sending), \(clerk), \(at), \(note))
            """)
    }

    /// The first of them first.
    package func all(of delivery: ID<Delivery>) throws -> [Resending] {
        try connection.rows(
            """
            SELECT s.sending, c.person_name, p.title, s.sent_at, s.note FROM delivery_sending s
            JOIN position p ON p.id = s.sent_by JOIN account c ON c.id = p.account_id
            WHERE s.delivery_id = \(delivery) ORDER BY s.sending
            """
        ) { row in
            let name: String = try row[1], title: String = try row[2]
            return Resending(sending: try row[0], by: "\(name), \(title)", at: try row[3], note: try row[4])
        }
    }

    /// What was said with the last of them; empty where it went but once.
    package func note(of delivery: Delivery) throws -> String {
        if delivery.sending == 1 { return "" }
        return try connection.first(
            """
            SELECT note FROM delivery_sending WHERE delivery_id = \(delivery.id) AND sending = \(delivery.sending)
            """
        ) { try $0[0] } ?? ""
    }
}

extension Tables {
    package var deliverySendings: DeliverySendings { DeliverySendings(connection: connection) }
}
