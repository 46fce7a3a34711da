// Dự thảo – Phiếu trình: the list, and filling in the slip.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum DraftRoutes {
    static let all: [PageRoute] = [
        .get("du-thao", list),
        .get("du-thao/lap", showNew),
        .post("du-thao/lap", open),
        .get("du-thao/:code/sua", showEdit),
        .post("du-thao/:code/sua", change),
    ]

    // MARK: The list

    private static func list(_ visit: Visit) async throws -> Reply {
        let filter = DraftFilter(
            state: DraftState(slug: visit.query("trang-thai")), words: visit.query("tim"),
            after: visit.query("sau").isEmpty ? nil : visit.query("sau"))
        return .page(
            try await visit.office.read { tables in
                let (rows, next) = try page(tables, visit.position, filter)
                return DraftListPage(
                    frame: try visit.frame(tables), rows: rows.map(Pages.DraftRow.init), filter: filter,
                    counts: try tables.draftLists.counts(for: visit.position), next: next)
            }.html())
    }

    private static func page(
        _ tables: Tables, _ person: Position, _ filter: DraftFilter
    ) throws -> (rows: [Store.DraftRow], next: String?) {
        if !filter.words.isEmpty {
            let found = try tables.entryText.find(
                Folding.words(filter.words), kind: .draft, agency: person.agency, limit: IncomingRoutes.searchLimit)
            let rows = try tables.draftLists.rows(found.map(ID.init), for: person)
                .filter { filter.state == nil || $0.state == filter.state }
            return (ExactFirst.sort(rows, by: filter.words) { "\($0.abstract) DT-\($0.code)" }, nil)
        }
        var rows = try tables.draftLists.page(
            for: person, state: filter.state, after: filter.after.flatMap { Int($0) },
            limit: IncomingRoutes.pageSize + 1)
        guard rows.count > IncomingRoutes.pageSize else { return (rows, nil) }
        rows.removeLast()
        return (rows, rows.last.map { String($0.code) })
    }

    // MARK: A new one

    private static func showNew(_ visit: Visit) async throws -> Reply {
        let answered = try await answered(visit, visit.query("tra-loi"))
        var entries = Entries(["do-khan": Urgency.normal.slug])
        if let answered {
            entries[FormFields.abstract] = answered.detail.facts.abstract
            entries[FormFields.urgency] = answered.detail.facts.urgency.slug
            if let due = answered.ownPart?.dueAt ?? answered.detail.arrival.dueAt {
                entries[FormFields.deadline] = Vi.date(due.officeDate)
            }
        }
        return try await newPage(visit, answered, entries, [])
    }

    private static func open(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let answered = try await answered(visit, form.text(FormFields.answers))
        do {
            let operation = OpenDraft(
                facts: try DraftForm(form).facts, answers: answered.map { [$0.detail.arrival.id] } ?? [])
            return try await visit.act(operation, form) { draft in
                DoneNotice.at(visit.path(.draft(draft.code)), .draftOpened, number: draft.code)
            }
        } catch let refused as Refused {
            return try await newPage(visit, answered, form.entries, refused.reasons)
        }
    }

    private static func answered(_ visit: Visit, _ text: String) async throws -> ArrivalView? {
        guard let number = RegisterNumber(text) else { return nil }
        return try await ArrivalReading(office: visit.office).open(
            year: number.year, number: number.number, as: visit.position)
    }

    private static func newPage(
        _ visit: Visit, _ answered: ArrivalView?, _ entries: Entries, _ refusals: [Refusal]
    ) async throws -> Reply {
        let page = try await visit.office.read { tables in
            DraftEditPage(
                frame: try visit.frame(tables), code: nil, types: try tables.documentTypes.all().map { TypeChoice($0) },
                answers: answered.map { [AnsweredLetter($0)] } ?? [], entries: entries, refusals: refusals,
                seal: visit.seal())
        }
        return .page(page.html(), refusing: refusals)
    }

    // MARK: Changing what the slip says

    private static func showEdit(_ visit: Visit) async throws -> Reply {
        let detail = try await visit.office.draft(visit.parameter("code", as: Int.self), as: visit.position)
        let draft = detail.draft
        let entries = Entries([
            FormFields.type: draft.typeSlug, FormFields.abstract: draft.abstract,
            FormFields.urgency: draft.urgency.slug, FormFields.notation: draft.notation,
            FormFields.deadline: draft.dueAt.map { Vi.date($0.officeDate) } ?? "", FormFields.comment: detail.note,
        ])
        return try await editPage(visit, draft, entries, [])
    }

    private static func change(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let detail = try await visit.office.draft(visit.parameter("code", as: Int.self), as: visit.position)
        do {
            let seen = SeenDraft(code: detail.draft.code, version: form.number(FormFields.version) ?? 0)
            let operation = ChangeDraft(seen, facts: try DraftForm(form).facts)
            return try await visit.act(operation, form) { draft in
                DoneNotice.at(visit.path(.draft(draft.code)), .draftChanged)
            }
        } catch let refused as Refused {
            return try await editPage(visit, detail.draft, form.entries, refused.reasons)
        }
    }

    private static func editPage(
        _ visit: Visit, _ draft: Draft, _ entries: Entries, _ refusals: [Refusal]
    ) async throws -> Reply {
        let page = try await visit.office.read { tables in
            DraftEditPage(
                frame: try visit.frame(tables), code: draft.code,
                types: try tables.documentTypes.all().map { TypeChoice($0) }, entries: entries, refusals: refusals,
                seal: visit.seal(version: draft.version))
        }
        return .page(page.html(), refusing: refusals)
    }
}

/// The slip as typed.
struct DraftForm {
    let facts: DraftParticulars

    init(_ form: Form) throws(Refused) {
        let deadline = OfficeDate(typed: form.text(FormFields.deadline))
        if deadline == nil, form.isSet(FormFields.deadline) { throw Refused(.malformed(.deadline)) }
        facts = DraftParticulars(
            type: form.text(FormFields.type), abstract: form.text(FormFields.abstract),
            urgency: Urgency(slug: form.text(FormFields.urgency)) ?? .normal,
            notation: form.text(FormFields.notation), dueDate: deadline, note: form.text(FormFields.comment))
    }
}

extension AnsweredLetter {
    init(_ view: ArrivalView) {
        let facts = view.detail.facts
        self.init(
            number: view.number,
            words: "\(facts.numberAndNotation) ngày \(Vi.date(facts.date)), \(facts.issuingAgency)")
    }
}

extension Pages.DraftRow {
    init(_ row: Store.DraftRow) {
        self.init(
            code: row.code, abstract: row.abstract, urgency: row.urgency, typeName: row.typeName,
            drafterName: row.drafter, holder: row.holder, version: row.currentVersion, dueAt: row.dueAt,
            state: row.state)
    }
}
