// Requests to take back or correct what was sent: the sender's row and the receiver's row of the same request, each written
// by its own side only.
import Domain
import DualSQL

package struct DeliveryRequestTable {
    let connection: Connection

    package func insert(
        _ requests: [(delivery: ID<Delivery>, request: ExchangeRequest)], by position: ID<Position>
    ) throws {
        try connection.insert(
            "delivery_request (id, delivery_id, kind, note, asked_by, asked_at, state)", requests
        ) { delivery, request in
            """
            (\(request.id), \(delivery), \(request.kind), \(request.note), \(position), \(request.askedAt),
                \(request.state))
            """
        }
    }

    /// False when it was answered before.
    package func answer(
        _ id: ID<ExchangeRequest>, _ state: ExchangeRequestState, _ words: String, at: Instant
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE delivery_request SET state = \(state), answer = \(words), answered_at = \(at)
            WHERE id = \(id) AND state = 'asked'
            """) == 1
    }

    /// Oldest first.
    package func all(of delivery: ID<Delivery>) throws -> [ExchangeRequest] {
        try connection.rows(
            Self.columns + " WHERE delivery_id = \(delivery) ORDER BY asked_at, id", Self.read)
    }

    /// The same of several, oldest first.
    package func all(of deliveries: [ID<Delivery>]) throws -> [ID<Delivery>: [ExchangeRequest]] {
        var found: [ID<Delivery>: [ExchangeRequest]] = [:]
        let rows = try connection.rows(
            of: deliveries,
            {
                """
                SELECT id, kind, note, asked_at, state, answered_at, answer, delivery_id FROM delivery_request
                WHERE delivery_id IN (\(list: $0)) ORDER BY asked_at, id
                """
            }
        ) { (try Self.read($0), try $0[7] as ID<Delivery>) }
        for (request, delivery) in rows { found[delivery, default: []].append(request) }
        return found
    }

    package func find(_ id: ID<ExchangeRequest>) throws -> ExchangeRequest? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    private static let columns: SQL =
        "SELECT id, kind, note, asked_at, state, answered_at, answer FROM delivery_request"

    static func read(_ row: Row) throws -> ExchangeRequest {
        ExchangeRequest(
            id: try row[0], kind: try row[1], note: try row[2], askedAt: try row[3], state: try row[4],
            answeredAt: try row.optional(5), answer: try row[6])
    }
}

package struct ReceiptRequestTable {
    let connection: Connection

    /// False when the same request was there before.
    package func insert(
        _ request: ExchangeRequest, of receipt: ID<Receipt>, _ correction: Correction = Correction()
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO receipt_request (id, receipt_id, kind, note, asked_at, state, corrected_id, removal,
                declared_files, declared_pages, findings)
            VALUES (\(request.id), \(receipt), \(request.kind), \(request.note), \(request.askedAt), \(request.state),
                \(correction.corrected), \(correction.isRemoval), \(correction.declaredFiles),
                \(correction.declaredPages), \(try ReceiptTable.text(of: correction.findings)))
            ON CONFLICT (id) DO NOTHING
            """) == 1
    }

    package func correction(of id: ID<ExchangeRequest>) throws -> Correction {
        try connection.first(
            """
            SELECT corrected_id, former_id, removal, declared_files, declared_pages, findings FROM receipt_request
            WHERE id = \(id)
            """
        ) { row in
            Correction(
                corrected: try row.optional(0), former: try row.optional(1), isRemoval: try row[2],
                declaredFiles: try row[3], declaredPages: try row[4],
                findings: try ReceiptTable.findings(in: try row[5]))
        } ?? Correction()
    }

    /// What its correction took the place of.
    package func setFormer(_ document: ID<Document>, of id: ID<ExchangeRequest>) throws {
        try connection.execute("UPDATE receipt_request SET former_id = \(document) WHERE id = \(id)")
    }

    package func decide(
        _ id: ID<ExchangeRequest>, _ state: ExchangeRequestState, by position: ID<Position>?, reason: String,
        at: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE receipt_request SET state = \(state), decided_by = \(position), decided_at = \(at),
                reason = \(reason) WHERE id = \(id)
            """)
    }

    /// Oldest first.
    package func all(of receipt: ID<Receipt>) throws -> [ExchangeRequest] {
        try connection.rows(
            Self.columns + " WHERE receipt_id = \(receipt) ORDER BY asked_at, id", DeliveryRequestTable.read)
    }

    /// The same, with who decided; oldest first.
    package func lines(of receipt: ID<Receipt>) throws -> [(request: ExchangeRequest, decidedBy: String)] {
        try connection.rows(
            """
            SELECT q.id, q.kind, q.note, q.asked_at, q.state, q.decided_at, q.reason, coalesce(c.person_name, ''),
                coalesce(p.title, '')
            FROM receipt_request q LEFT JOIN position p ON p.id = q.decided_by
            LEFT JOIN account c ON c.id = p.account_id WHERE q.receipt_id = \(receipt) ORDER BY q.asked_at, q.id
            """
        ) { row in
            let name: String = try row[7], title: String = try row[8]
            return (try DeliveryRequestTable.read(row), name.isEmpty ? "" : "\(name), \(title)")
        }
    }

    /// The row, locked until commit, and whose receipt it is about.
    package func lock(_ id: ID<ExchangeRequest>) throws -> (request: ExchangeRequest, receipt: ID<Receipt>)? {
        try connection.first(
            """
            SELECT id, kind, note, asked_at, state, decided_at, reason, receipt_id FROM receipt_request
            WHERE id = \(id)
            """ + connection.forUpdate
        ) { (try DeliveryRequestTable.read($0), try $0[7]) }
    }

    /// What waits for the clerks of an agency.
    package func open(in agency: ID<Agency>) throws -> [(request: ExchangeRequest, receipt: ID<Receipt>)] {
        try connection.rows(
            """
            SELECT q.id, q.kind, q.note, q.asked_at, q.state, q.decided_at, q.reason, q.receipt_id
            FROM receipt_request q JOIN receipt r ON r.id = q.receipt_id
            WHERE q.state = 'asked' AND r.agency_id = \(agency)
            """
        ) { (try DeliveryRequestTable.read($0), try $0[7]) }
    }

    private static let columns: SQL =
        "SELECT id, kind, note, asked_at, state, decided_at, reason FROM receipt_request"
}

extension ExchangeRequestKind: SQLConvertible {}
extension ExchangeRequestState: SQLConvertible {}

extension Tables {
    package var deliveryRequests: DeliveryRequestTable { DeliveryRequestTable(connection: connection) }
    package var receiptRequests: ReceiptRequestTable { ReceiptRequestTable(connection: connection) }
}
