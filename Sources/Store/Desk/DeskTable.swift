// Việc của tôi. The queue and every count read only this table; `vanthu verify` compares it with what it is made from.
import Domain
import DualSQL
import Foundation

/// A place in the queue, after which its next page begins.
package struct DeskKey: Sendable, Equatable {
    let urgency: Int
    let dueAt: Instant
    let subject: UUID

    package init(_ item: DeskItem) {
        (urgency, dueAt, subject) = (item.urgency.rawValue, item.dueAt ?? .never, item.subject)
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "_")
        guard parts.count == 3, let urgency = Int(parts[0]), let due = Int64(parts[1]),
            let subject = UUID(uuidString: String(parts[2]))
        else { return nil }
        (self.urgency, self.dueAt, self.subject) = (urgency, Instant(microseconds: due), subject)
    }

    package var text: String { "\(urgency)_\(dueAt.microseconds)_\(subject.uuidString.lowercased())" }
}

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
        try connection.execute(
            "DELETE FROM desk_item WHERE subject = \(subject) AND position_id = \(position)")
    }

    /// Urgent first, then by deadline; never more than `limit` rows.
    package func queue(
        of position: ID<Position>, kind: DeskKind?, after: DeskKey? = nil, limit: Int
    ) throws -> [DeskItem] {
        var filter: SQL = kind.map { " AND kind = \($0)" } ?? ""
        if let after {
            filter += """
                 AND (urgency < \(after.urgency) OR (urgency = \(after.urgency)
                    AND (due_at, subject) > (\(after.dueAt), \(after.subject))))
                """
        }
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
