// Việc của tôi: on every desk lies what waits for it, and nothing else (decision 19).
import Domain
import Foundation
import Store

struct DeskCheck {
    let tables: Tables

    private struct Key: Hashable {
        let position: ID<Position>
        let kind: DeskKind
        let subject: UUID

        init(_ item: DeskItem) { (position, kind, subject) = (item.position, item.kind, item.subject) }
    }

    func check(into findings: inout VerificationFindings) throws {
        for agency in try tables.agencies.all() {
            let truth = try DeskTruth(tables: tables, agency: agency.id).items()
            var expected = Dictionary(truth.map { (Key($0), $0) }, uniquingKeysWith: { $1 })
            for item in try tables.desk.all(in: agency.id) {
                findings.extent.deskItems += 1
                guard let must = expected.removeValue(forKey: Key(item)) else {
                    findings.add(.deskItemStray, agency: agency.name, Self.name(item))
                    continue
                }
                if !Self.agree(item, must) {
                    findings.add(.deskItemDiffers, agency: agency.name, Self.name(item))
                }
            }
            for item in expected.values {
                findings.add(.deskItemMissing, agency: agency.name, Self.name(item))
            }
        }
    }

    /// The hour by which a clerk or a head should act follows from when the item was put there and from the calendar of
    /// that day, so it is not compared; every deadline somebody set is.
    private static func agree(_ item: DeskItem, _ must: DeskItem) -> Bool {
        let isDueByRule = [.direct, .issue, .resume].contains(item.kind)
        return item.agency == must.agency && item.urgency == must.urgency && item.title == must.title
            && item.detail == must.detail && item.path == must.path
            && (isDueByRule || item.dueAt == must.dueAt)
    }

    private static func name(_ item: DeskItem) -> String { "\(item.kind.rawValue) \(item.path)" }
}
