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
        let standing = try await visit.standing()
        let (items, hasMore) = try await visit.office.look(
            "desk/\(position)/\(kind?.rawValue ?? "")/\(after?.text ?? "")"
        ) { tables in
            let found = try tables.desk.queue(of: position, kind: kind, after: after, limit: pageSize + 1)
            return (Array(found.prefix(pageSize)), found.count > pageSize)
        }
        let expiring = try await visit.office.look("expiring/\(position)") { tables in
            try ExpiringCertificate.of(visit.position, tables, now: visit.now)
        }
        return .page(
            DeskPage(
                frame: visit.frame(standing), items: items, counts: standing.counts, filter: kind,
                next: hasMore ? items.last.map { DeskKey($0).text } : nil,
                warnings: expiring.map(ExpiryWarning.init)
            ).html())
    }
}
