// Văn bản trả lời: which letter that came answers which of ours (D11). Written when it arrives, whatever becomes of it then.
import Domain
import DualSQL

/// A letter that came in answer.
package struct AnsweringLetter: Sendable, Equatable {
    package let receipt: ID<Receipt>
    package let numberAndNotation: String
    package let date: OfficeDate
    /// Its place in the register of arrivals, once it was taken.
    package let arrival: ArrivalPlace?
    package let at: Instant

    package struct ArrivalPlace: Sendable, Equatable {
        package let year: Int
        package let number: Int
    }
}

package struct DeliveryAnswers {
    let connection: Connection

    /// Of the delivery `v`: asked for, not come, and somebody there could still write it.
    static let isAwaited: SQL = """
        v.answer_by <> '' AND v.answered_at IS NULL AND v.recalled_at IS NULL AND v.status <> 2
        """

    package func note(_ receipt: ID<Receipt>, answering delivery: ID<Delivery>, at now: Instant) throws {
        try connection.execute(
            """
            INSERT INTO delivery_answer (delivery_id, receipt_id, answered_at)
            VALUES (\(delivery), \(receipt), \(now)) ON CONFLICT (delivery_id, receipt_id) DO NOTHING
            """)
        try connection.execute(
            "UPDATE delivery SET answered_at = \(now) WHERE id = \(delivery) AND answered_at IS NULL")
    }

    /// The answers to each of these deliveries, oldest first.
    package func of(_ deliveries: [ID<Delivery>]) throws -> [ID<Delivery>: [AnsweringLetter]] {
        if deliveries.isEmpty { return [:] }
        var answers: [ID<Delivery>: [AnsweringLetter]] = [:]
        for row in try connection.rows(
            """
            SELECT w.delivery_id, w.receipt_id, d.number, d.notation, d.date, a.year, a.number, w.answered_at
            FROM delivery_answer w JOIN receipt r ON r.id = w.receipt_id JOIN document d ON d.id = r.document_id
            LEFT JOIN arrival a ON a.receipt_id = w.receipt_id
            WHERE w.delivery_id IN (\(list: deliveries)) ORDER BY w.answered_at, w.receipt_id
            """)
        {
            let number: String = try row[2], notation: String = try row[3]
            let year: Int? = try row.optional(5), place: Int? = try row.optional(6)
            answers[try row[0], default: []].append(
                AnsweringLetter(
                    receipt: try row[1],
                    numberAndNotation: number.isEmpty ? notation : "\(number)/\(notation)",
                    date: try row[4],
                    arrival: year.flatMap { year in
                        place.map { AnsweringLetter.ArrivalPlace(year: year, number: $0) }
                    }, at: try row[7]))
        }
        return answers
    }

    /// What a letter that came answers, of this agency's own.
    package func answered(by receipt: ID<Receipt>, in agency: ID<Agency>) throws -> [ID<Issuance>] {
        try connection.rows(
            """
            SELECT DISTINCT v.issuance_id FROM delivery_answer w JOIN delivery v ON v.id = w.delivery_id
            WHERE w.receipt_id = \(receipt) AND v.agency_id = \(agency) ORDER BY v.issuance_id
            """
        ) { try $0[0] }
    }

    /// How many issued documents of this agency wait for an answer, and of how many the day has passed; at most one
    /// more than `limit` each.
    package func waiting(of agency: ID<Agency>, on today: OfficeDate, limit: Int) throws
        -> (all: Int, late: Int)
    {
        func count(_ more: SQL) throws -> Int {
            try connection.first(
                "SELECT count(*) FROM (SELECT DISTINCT v.issuance_id FROM delivery v WHERE v.agency_id = \(agency) AND "
                    + Self.isAwaited + more + " LIMIT \(limit + 1)) AS counted"
            ) { try $0[0] } ?? 0
        }
        return (try count(""), try count(" AND v.answer_by < \(today)"))
    }
}

extension Tables {
    package var deliveryAnswers: DeliveryAnswers { DeliveryAnswers(connection: connection) }
}
