// Nơi nhận ngoài hệ thống on the issuing page: what is ticked, what a search found, to whom letters went lately.
import Domain
import Operations
import Pages
import Store

struct OutsideRecipientsView {
    let visit: Visit
    /// As they stand on the page.
    let entries: Entries
    let search: String?
    let saved: String?

    private static let found = 30, recent = 12

    /// The page again, with what was found or with a group's members ticked; the form has not acted.
    static func find(_ visit: Visit) async throws -> Reply {
        let (entries, search) = try await looked(for: try await visit.form(), visit)
        return try await IssuingView(visit: visit, entries: entries, recipientSearch: search).reply()
    }

    /// What the form says with a group's members ticked, and what is looked for; empty after a group.
    static func looked(for form: Form, _ visit: Visit) async throws -> (Entries, search: String) {
        var entries = form.entries
        if let group = ID<RecipientGroup>(form.text(FormFields.addGroup)) {
            let members = try await visit.office.read { tables in
                try tables.recipientGroups.find(group, of: visit.agency.id).map {
                    try tables.recipientGroups.members(of: $0.id)
                } ?? []
            }
            let ticked = entries.all(FormFields.recipients)
            entries.set(
                FormFields.recipients, ticked + members.map(\.description).filter { !ticked.contains($0) })
        }
        return (entries, form.isSet(FormFields.addGroup) ? "" : form.text(FormFields.recipientSearch))
    }

    static func saveGroup(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let name = form.text(FormFields.groupName)
        do {
            let agency = visit.agency.id
            let agencies = try await visit.office.read { try $0.agencies.all().filter { $0.id != agency } }
            let page = visit.path(.issuing(try visit.parameter("code", as: Int.self)))
            _ = try await visit.act(
                SaveRecipientGroup(name: name, members: IssuingForm.recipients(form, agencies)), form
            ) { _ in page }
            return try await IssuingView(visit: visit, entries: form.entries, savedGroup: name).reply()
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await IssuingView(
                visit: visit, entries: form.entries, refusals: refused.reasons,
                refusedVerb: .recipientGroupSaved
            ).reply()
        }
    }

    func read(_ tables: Tables) throws -> OutsideRecipients {
        let today = visit.now.officeDate
        let ticked = entries.all(FormFields.recipients).compactMap { ID<Agency>($0) }
        let chosen = try tables.catalogueLists.lines(ticked).filter { !$0.agency.isHosted }
        let lines = try found(tables, today)
        return OutsideRecipients(
            words: search, found: lines.prefix(Self.found).map { CatalogueRow($0, on: today) },
            hasMore: lines.count > Self.found, chosen: chosen.map { CatalogueRow($0, on: today) },
            recent: try tables.catalogueLists.recentlySentTo(from: visit.agency.id, limit: Self.recent)
                .filter { $0.agency.isValid(on: today) }.map { CatalogueRow($0, on: today) },
            groups: try tables.recipientGroups.all(of: visit.agency.id).map(RecipientGroupLine.init),
            saved: saved)
    }

    /// Agencies of this installation are ticked above. After one that has ended stands who does its work now.
    private func found(_ tables: Tables, _ today: OfficeDate) throws -> [CatalogueLine] {
        guard let search, !search.allSatisfy(\.isWhitespace) else { return [] }
        let page = try tables.catalogueLists.page(
            CatalogueQuestion(search, toSendOn: today), limit: Self.found + 10)
        var lines: [CatalogueLine] = []
        for line in page where !line.agency.isHosted {
            lines.append(line)
            if !line.agency.isValid(on: today), let next = line.agency.successor {
                lines += try tables.catalogueLists.lines([next]).filter { !$0.agency.isHosted }
            }
        }
        var seen: Set<ID<Agency>> = []
        return lines.filter { seen.insert($0.agency.id).inserted }
    }
}

extension RecipientGroupLine {
    init(_ row: RecipientGroupRow) {
        self.init(id: row.group.id, name: row.group.name, members: row.members)
    }
}
