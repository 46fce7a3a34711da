// Việc của tôi.
import Domain
import Operations
import Pages
import Store

enum DeskRoutes {
    static let all: [PageRoute] = [.get("viec", desk)]

    static let pageSize = 50

    private static func desk(_ visit: Visit) async throws -> Reply {
        let kind = DeskKind(slug: visit.query("loai"))
        let after = DeskKey(visit.query("sau"))
        let position = visit.position.id
        return .page(
            try await visit.office.read { tables in
                var items = try tables.desk.queue(of: position, kind: kind, after: after, limit: pageSize + 1)
                let hasMore = items.count > pageSize
                if hasMore { items.removeLast() }
                return DeskPage(
                    frame: try visit.frame(tables), items: items, counts: try tables.desk.counts(of: position),
                    filter: kind, next: hasMore ? items.last.map { DeskKey($0).text } : nil)
            }.html())
    }
}
