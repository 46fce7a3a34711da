// Nhận qua liên thông: the recipient's own record of one delivery, made once however often the message comes.
import Domain
import DualSQL
import Foundation

package struct ReceiptTable {
    let connection: Connection

    package func insert(_ receipt: Receipt, declaredFiles: Int, declaredPages: Int, dueAt: Instant) throws {
        try connection.execute(
            """
            INSERT INTO receipt (id, agency_id, sender_id, delivery_id, document_id, declared_files, declared_pages,
                state, arrived_at, due_at)
            VALUES (\(receipt.id), \(receipt.agency), \(receipt.sender), \(receipt.delivery), \(receipt.document),
                \(declaredFiles), \(declaredPages), \(receipt.state), \(receipt.arrivedAt), \(dueAt))
            """)
    }

    package func find(_ id: ID<Receipt>) throws -> Receipt? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func find(delivery: ID<Delivery>) throws -> Receipt? {
        try connection.first(Self.columns + " WHERE delivery_id = \(delivery)", Self.read)
    }

    /// The row, locked until commit.
    package func lock(_ id: ID<Receipt>) throws -> Receipt? {
        try connection.first(Self.columns + " WHERE id = \(id)" + connection.forUpdate, Self.read)
    }

    package func decide(
        _ state: ReceiptState, _ id: ID<Receipt>, by position: ID<Position>, reason: String, at: Instant
    ) throws {
        try connection.execute(
            """
            UPDATE receipt SET state = \(state), decided_at = \(at), decided_by = \(position), reason = \(reason)
            WHERE id = \(id)
            """)
    }

    private static let columns: SQL =
        "SELECT id, agency_id, sender_id, delivery_id, document_id, state, arrived_at FROM receipt"

    private static func read(_ row: Row) throws -> Receipt {
        Receipt(
            id: try row[0], agency: try row[1], sender: try row[2], delivery: try row[3],
            document: try row[4],
            state: try row[5], arrivedAt: try row[6])
    }
}

extension Tables {
    package var receipts: ReceiptTable { ReceiptTable(connection: connection) }
}
