// Cập nhật danh bạ cơ quan từ một danh sách (A9, E1): a file, or what the axis answered. All of it or nothing; one entry of
// the journal says how much was added, changed and ended.
import Domain
import DualSQL
import Foundation
import Store

package struct RefreshCatalogue: OfficeOperation {
    package static let verb = Verb.catalogueRefreshed

    let entries: [CatalogueEntry]
    /// Lines that could not even be read; they go into the report.
    let unread: [CatalogueReport.Refusal]
    let list: String
    let isComplete: Bool
    let route: Route
    let allowsShrinking: Bool
    let ownOnly: Bool

    /// - Parameters:
    ///   - list: the list's own name; what is gone from it is judged by entries of the same list only.
    ///   - isComplete: what the list lacks has ended.
    ///   - route: how agencies that are new are reached.
    ///   - allowsShrinking: take the list even when more than a fifth of its agencies are gone from it.
    ///   - ownOnly: the list speaks only for agencies that are new, were in it, or are reached by `route`; what it says
    ///     of others is refused.
    package init(
        _ entries: [CatalogueEntry], unread: [CatalogueReport.Refusal] = [], list: String,
        isComplete: Bool = true,
        route: Route, allowsShrinking: Bool = false, ownOnly: Bool = false
    ) {
        self.ownOnly = ownOnly
        self.entries = entries
        self.unread = unread
        self.list = list
        self.isComplete = isComplete
        self.route = route
        self.allowsShrinking = allowsShrinking
    }

    /// Fewer than these may always go.
    static let mayAlwaysGo = 20

    package func perform(_ act: Act) throws -> CatalogueReport {
        try act.tables.catalogue.lock()
        let plan = try plan(act.tables, at: act.now)
        try act.tables.catalogue.put(plan.changes, at: act.now)
        try RenamedSenders.rewrite(plan.renamed, act)
        let refresh: ID<CatalogueEntry> = act.newID()
        act.record(
            .catalogueRefreshed, refresh,
            [
                "list": list, "added": "\(plan.report.added)", "changed": "\(plan.report.changed)",
                "ended": "\(plan.report.ended)", "refused": "\(plan.report.refused.count)",
            ])
        return plan.report
    }

    /// What it would do, nothing written.
    package func preview(in office: Office) async throws -> CatalogueReport {
        let now = office.clock.now
        return try await office.read { try plan($0, at: now).report }
    }

    /// - Throws: `Refused`: the list is empty, or lacks so much that it is more likely cut off.
    private func plan(_ tables: Tables, at now: Instant) throws -> CataloguePlan {
        guard !entries.isEmpty else { throw Refused(.listEmpty) }
        guard route.channel != .loopback else { throw Refused(.malformed(.channel)) }
        if route.channel == .vanthu, route.partner.isEmpty { throw Refused(.missing(.partner)) }
        let terms = CatalogueTerms(
            list: list, isComplete: isComplete, route: route, today: now.officeDate)
        let known = try tables.catalogue.all()
        let (entries, others) = ownOnly ? apart(known) : (entries, [])
        var plan = CataloguePlan(known: known, entries: entries, terms: terms) {
            ID(UUIDv7.make(at: now))
        }
        if !allowsShrinking, plan.gone > Self.mayAlwaysGo, plan.gone * 5 > plan.inUse {
            throw Refused(.listShrinks(gone: plan.gone, of: plan.inUse))
        }
        plan.addRefused(unread + others)
        return plan
    }

    /// What a list may speak of, and what is refused, since the agency is known here by another way.
    private func apart(_ known: [ListedAgency]) -> ([CatalogueEntry], [CatalogueReport.Refusal]) {
        var owners: [String: Correspondent] = [:]
        for row in known
        where row.list != list && Route(row.agency.channel, row.agency.partner) != route {
            for code in [row.agency.code, row.agency.codeQCVN102] + row.formerCodes where !code.isEmpty {
                owners[code] = row.agency
            }
        }
        var own: [CatalogueEntry] = [], refused: [CatalogueReport.Refusal] = []
        for entry in entries {
            let codes = [entry.code, entry.codeQCVN102, entry.oldCode].filter { !$0.isEmpty }
            if let owner = codes.lazy.compactMap({ owners[$0] }).first {
                refused.append(.init(line: entry.line, name: entry.name, fault: .knownOtherwise(owner.name)))
            } else {
                own.append(entry)
            }
        }
        return (own, refused)
    }
}
