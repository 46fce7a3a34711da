// Recipients that a message named and that are nobody here (E3, E5): each is told of once, however often the document comes
// and in whatever company.
import Domain
import DualSQL

package struct UnknownRecipient: Sendable, Equatable {
    /// What the delivery would be if there were such an agency; the same whenever the document comes.
    package let delivery: ID<Delivery>
    /// In whose name its sender is told.
    package let agency: ID<Agency>
    package let sender: ID<Agency>
    /// As the message names it.
    package let code: String
    package let name: String
    /// The sender's `DocumentId`.
    package let key: String
    /// Number with notation, and date, of the document.
    package let document: String
    package let date: OfficeDate

    package init(
        delivery: ID<Delivery>, agency: ID<Agency>, sender: ID<Agency>, code: String, name: String,
        key: String, document: String, date: OfficeDate
    ) {
        self.delivery = delivery
        self.agency = agency
        self.sender = sender
        self.code = code
        self.name = name
        self.key = key
        self.document = document
        self.date = date
    }
}

package struct UnknownRecipientTable {
    let connection: Connection

    /// False when its sender was told before.
    package func insert(_ unknown: UnknownRecipient, at now: Instant) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO unknown_recipient (delivery_id, agency_id, sender_id, code, name, message_key, document_code,
                document_date, told_at)
            VALUES (\(unknown.delivery), \(unknown.agency), \(unknown.sender), \(unknown.code), \(unknown.name),
                \(unknown.key), \(unknown.document), \(unknown.date), \(now))
            ON CONFLICT (delivery_id) DO NOTHING
            """) == 1
    }

    package func find(_ delivery: ID<Delivery>) throws -> UnknownRecipient? {
        try connection.first(
            """
            SELECT delivery_id, agency_id, sender_id, code, name, message_key, document_code, document_date
            FROM unknown_recipient WHERE delivery_id = \(delivery)
            """
        ) {
            UnknownRecipient(
                delivery: try $0[0], agency: try $0[1], sender: try $0[2], code: try $0[3], name: try $0[4],
                key: try $0[5], document: try $0[6], date: try $0[7])
        }
    }
}

extension Tables {
    package var unknownRecipients: UnknownRecipientTable { UnknownRecipientTable(connection: connection) }
}
