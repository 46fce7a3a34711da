// Việc của tôi. The queue and every count read only this table; `vanthu verify` compares it with what it is made from.
import Domain
import DualSQL
import Foundation

package struct DeskTable {
    let connection: Connection

    package func put(_ item: DeskItem, at now: Instant) throws {
        try connection.execute(
            """
            INSERT INTO desk_item (position_id, agency_id, kind, urgency, due_at, subject, title, detail, path,
                created_at)
            VALUES (\(item.position), \(item.agency), \(item.kind), \(item.urgency), \(item.dueAt ?? .never),
                \(item.subject), \(item.title), \(item.detail), \(item.path), \(now))
            ON CONFLICT (position_id, kind, subject) DO UPDATE SET urgency = excluded.urgency,
                due_at = excluded.due_at, title = excluded.title, detail = excluded.detail, path = excluded.path
            """)
    }

    /// Nothing about this subject waits for anyone any more.
    package func clear(subject: UUID) throws {
        try connection.execute("DELETE FROM desk_item WHERE subject = \(subject)")
    }

    package func clear(subject: UUID, kind: DeskKind) throws {
        try connection.execute("DELETE FROM desk_item WHERE subject = \(subject) AND kind = \(kind)")
    }

    package func clear(subject: UUID, position: ID<Position>) throws {
        try connection.execute("DELETE FROM desk_item WHERE subject = \(subject) AND position_id = \(position)")
    }

    /// Urgent first, then by deadline; never more than `limit` rows.
    package func queue(of position: ID<Position>, kind: DeskKind?, limit: Int) throws -> [DeskItem] {
        let filter: SQL = kind.map { " AND kind = \($0)" } ?? ""
        return try connection.rows(
            """
            SELECT position_id, agency_id, kind, urgency, due_at, subject, title, detail, path FROM desk_item
            WHERE position_id = \(position)
            """ + filter + " ORDER BY urgency DESC, due_at, subject LIMIT \(limit)", Self.read)
    }

    package func counts(of position: ID<Position>) throws -> [DeskKind: Int] {
        var counts: [DeskKind: Int] = [:]
        for row in try connection.rows(
            "SELECT kind, count(*) FROM desk_item WHERE position_id = \(position) GROUP BY kind")
        {
            counts[try row[0]] = try row[1]
        }
        return counts
    }

    /// Whether the thing waits for this position.
    package func waits(_ subject: UUID, kind: DeskKind, for position: ID<Position>) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM desk_item WHERE position_id = \(position) AND kind = \(kind) AND subject = \(subject)
            """) != nil
    }

    static func read(_ row: Row) throws -> DeskItem {
        let due: Instant = try row[4]
        return DeskItem(
            position: try row[0], agency: try row[1], kind: try row[2], urgency: try row[3],
            dueAt: due == .never ? nil : due, subject: try row[5], title: try row[6], detail: try row[7],
            path: try row[8])
    }
}
