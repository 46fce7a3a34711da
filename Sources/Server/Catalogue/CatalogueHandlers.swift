// Danh bạ cơ quan (A9): looked up by everybody, added to and put right by the clerk.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum CatalogueHandlers {
    static let all: [PageRoute] = [
        .get("danh-ba", list),
        .get("danh-ba/them", newForm),
        .post("danh-ba/them", add),
        .get("danh-ba/nhom", groups),
        .post("danh-ba/nhom/:group/xoa", removeGroup),
        .get("danh-ba/:id", show),
        .post("danh-ba/:id/sua", correct),
    ]

    private static func list(_ visit: Visit) async throws -> Reply {
        let filter = CatalogueFilter(
            kind: CorrespondentKind(slug: visit.query("loai")), words: visit.query(FormFields.listSearch))
        let after = Int(visit.query("sau"))
        let length = CatalogueLists.pageLength
        return .page(
            try await visit.office.read { tables in
                let found = try tables.catalogueLists.page(
                    CatalogueQuestion(filter.words, kind: filter.kind), after: after, limit: length + 1)
                let shown = found.prefix(length)
                return CataloguePage(
                    frame: try visit.frame(tables),
                    rows: shown.map { CatalogueRow($0, on: visit.now.officeDate) }, filter: filter,
                    next: found.count > length ? shown.last.map { String($0.place) } : nil)
            }.html())
    }

    private static func show(_ visit: Visit) async throws -> Reply {
        try await page(visit, try visit.id("id"))
    }

    private static func newForm(_ visit: Visit) async throws -> Reply {
        guard Verb.correspondentAdded.roles.contains(visit.position.role) else { throw Refused(.notFound) }
        return try await page(visit, nil)
    }

    private static func groups(_ visit: Visit) async throws -> Reply {
        guard Verb.recipientGroupSaved.roles.contains(visit.position.role) else { throw Refused(.notFound) }
        return .page(
            try await visit.office.read { tables in
                RecipientGroupsPage(
                    frame: try visit.frame(tables),
                    groups: try tables.recipientGroups.all(of: visit.agency.id).map(RecipientGroupLine.init),
                    seal: visit.seal())
            }.html())
    }

    // MARK: Acts

    private static func removeGroup(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), page = visit.path(.recipientGroups)
        return try await visit.act(RemoveRecipientGroup(try visit.id("group")), form) { _ in
            DoneNotice.at(page, .groupRemoved)
        }
    }

    private static func add(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        do {
            let operation = AddCorrespondent(
                name: form.text(FormFields.id(.name)), superiorName: form.text(FormFields.id(.superior)),
                kind: CorrespondentKind(slug: form.text(FormFields.id(.kind))) ?? .outside,
                reach: try reach(form))
            return try await visit.act(operation, form) { agency in
                DoneNotice.at(visit.path(.correspondent(agency.id)), .correspondentAdded)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await page(visit, nil, form.entries, refused.reasons)
        }
    }

    private static func correct(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), id: ID<Agency> = try visit.id("id")
        do {
            return try await visit.act(CorrectCorrespondent(id, reach: try reach(form)), form) { _ in
                DoneNotice.at(visit.path(.correspondent(id)), .correspondentCorrected)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await page(visit, id, form.entries, refused.reasons)
        }
    }

    private static func reach(_ form: Form) throws(Refused) -> Reach {
        guard let channel = Channel(slug: form.text(FormFields.id(.channel))) else {
            throw Refused(.missing(.channel))
        }
        return Reach(
            channel: channel, mail: form.text(FormFields.id(.mail)),
            address: form.text(FormFields.id(.address)))
    }

    private static func page(
        _ visit: Visit, _ id: ID<Agency>?, _ typed: Entries = Entries(), _ refusals: [Refusal] = []
    ) async throws -> Reply {
        let html = try await visit.office.read { tables in
            let line = try id.flatMap { try tables.catalogueLists.line($0) }
            if id != nil, line == nil { throw Refused(.notFound) }
            let role = visit.position.role
            let mayChange =
                Verb.correspondentCorrected.roles.contains(role) && line?.agency.isHosted != true
            return CorrespondentPage(
                frame: try visit.frame(tables), row: line.map { CatalogueRow($0, on: visit.now.officeDate) },
                channels: CatalogueRules.channels(for: role, now: line?.agency.channel), mayChange: mayChange,
                entries: refusals.isEmpty ? entries(line?.agency) : typed, refusals: refusals,
                seal: visit.seal()
            ).html()
        }
        return .page(html, refusing: refusals)
    }

    private static func entries(_ agency: Correspondent?) -> Entries {
        guard let agency else { return Entries([FormFields.id(.channel): Channel.mail.slug]) }
        return Entries([
            FormFields.id(.channel): agency.channel.slug, FormFields.id(.mail): agency.mail,
            FormFields.id(.address): agency.address,
        ])
    }
}

extension CatalogueRow {
    init(_ line: CatalogueLine, on day: OfficeDate) {
        self.init(
            agency: line.agency, successorName: line.successorName, isValid: line.agency.isValid(on: day))
    }
}
