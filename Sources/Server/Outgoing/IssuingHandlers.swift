// Phát hành: the clerk checks a signed draft, takes number and date, seals it and sends it — or sends it back with a reason
// (D2–D4, D6, D17). After a crash the same page says where it stands, and the same button goes on.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum IssuingHandlers {
    static let all: [PageRoute] = [
        .get("van-ban-di/cho-phat-hanh", list),
        .get("van-ban-di/phat-hanh/:code", show),
        .post("van-ban-di/phat-hanh/:code/phat-hanh", issue),
        .post("van-ban-di/phat-hanh/:code/hinh-thuc", media),
        .post("van-ban-di/phat-hanh/:code/tra-lai-nguoi-ky", returnToSigner),
        .post("van-ban-di/phat-hanh/:code/huy-so", voidNumber),
        .post("van-ban-di/phat-hanh/:code/tim-noi-nhan", OutsideRecipientsView.find),
        .post("van-ban-di/phat-hanh/:code/luu-nhom", OutsideRecipientsView.saveGroup),
    ]

    private static let listLimit = 200

    private static func list(_ visit: Visit) async throws -> Reply {
        guard visit.position.role == .clerk else { throw Refused(.notFound) }
        return .page(
            try await visit.office.read { tables in
                let calendar = try tables.calendar.load()
                let rows = try tables.issuanceLists.toIssue(of: visit.agency.id, limit: listLimit)
                return ToIssueListPage(
                    frame: try visit.frame(tables), rows: rows.map { Pages.ToIssueRow($0, calendar) })
            }.html())
    }

    private static func show(_ visit: Visit) async throws -> Reply {
        try await IssuingView(visit: visit).reply()
    }

    /// The page again, with the medium of each of the recipients chosen so far; nothing is done.
    private static func media(_ visit: Visit) async throws -> Reply {
        try await IssuingView(visit: visit, entries: try await visit.form().entries, isFilled: true).reply()
    }

    // MARK: Acts

    private static func issue(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        do {
            let wish = try await wish(form, visit, code: try visit.parameter("code", as: Int.self))
            let acted = try await IssuingService(office: visit.office).issue(
                wish, as: visit.position, form: FormAct(id: try visit.actID(form), location: location(visit)))
            visit.server.wakeWorker()
            switch acted {
            case .done(let issued): return .seeOther(location(visit)(issued))
            case .already(let location): return .seeOther(location)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await IssuingView(
                visit: visit, entries: form.entries, refusals: refused.reasons, refusedVerb: .documentIssued
            ).reply()
        }
    }

    /// What the clerk chose. A draft that has its number needs neither date nor recipients again.
    static func wish(_ form: Form, _ visit: Visit, code: Int) async throws -> IssuingWish {
        let agency = visit.agency.id
        let (agencies, numbered) = try await visit.office.read { tables in
            let draft = try tables.drafts.find(agency, code: code)
            return (
                try tables.agencies.all().filter { $0.id != agency },
                try draft.flatMap { try tables.issuances.inUse(of: $0.id) }
            )
        }
        if let numbered {
            return IssuingWish(
                code: code, date: numbered.date, recipients: [], pin: form.secret(FormFields.pin))
        }
        return try IssuingForm(form, code: code, agencies).wish
    }

    private static func location(_ visit: Visit) -> @Sendable (IssuedDocument) -> String {
        let slug = visit.agency.slug
        return { DoneNotice.at("/\(slug)/\($0.path)", .issued) }
    }

    private static func returnToSigner(_ visit: Visit) async throws -> Reply {
        let list = visit.path(.toIssue)
        return try await act(visit, .draftReturnedByClerk) {
            ReturnByClerk($0, reason: $1)
        } location: { _ in
            DoneNotice.at(list, .returnedByClerk)
        }
    }

    private static func voidNumber(_ visit: Visit) async throws -> Reply {
        let page = visit.path(.issuing(try visit.parameter("code", as: Int.self)))
        return try await act(visit, .numberVoided) {
            VoidNumber($0, reason: $1)
        } location: { _ in
            DoneNotice.at(page, .voided)
        }
    }

    private static func act<O: OfficeOperation>(
        _ visit: Visit, _ verb: Verb, _ operation: (SeenDraft, String) -> O,
        location: @escaping @Sendable (O.Outcome) -> String
    ) async throws -> Reply {
        let form = try await visit.form()
        let seen = SeenDraft(
            code: try visit.parameter("code", as: Int.self), version: form.number(FormFields.version) ?? 0)
        do {
            return try await visit.act(
                operation(seen, form.text(FormFields.reason)), form, location: location)
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await IssuingView(
                visit: visit, entries: form.entries, refusals: refused.reasons, refusedVerb: verb
            ).reply()
        }
    }
}

/// Date, recipients and PIN as typed.
struct IssuingForm {
    let wish: IssuingWish

    /// A ticked group means everyone in it, whoever is shown.
    init(_ form: Form, code: Int, _ agencies: [Agency]) throws(Refused) {
        guard let date = OfficeDate(typed: form.text(FormFields.date)) else {
            throw Refused(form.isSet(FormFields.date) ? .malformed(.date) : .missing(.date))
        }
        let recipients = Self.recipients(form, agencies)
        wish = IssuingWish(
            code: code, date: date, recipients: recipients, media: MediaWish(form, for: recipients),
            replaces: form.text(FormFields.id(.replaces)), pin: form.secret(FormFields.pin))
    }

    static func recipients(_ form: Form, _ agencies: [Agency]) -> [ID<Agency>] {
        let groups = form.list(FormFields.recipientGroup).compactMap(AgencyGroup.init(rawValue:))
        let whole = agencies.filter { groups.contains($0.group) }.map(\.id)
        let single = form.list(FormFields.recipients).compactMap { ID<Agency>($0) }.filter {
            !whole.contains($0)
        }
        return whole + single
    }
}

extension Pages.ToIssueRow {
    /// Dispatched the same day or in the next working morning (D5).
    init(_ row: Store.ToIssueRow, _ calendar: WorkingCalendar) {
        self.init(
            code: row.draftCode, signedAt: row.signedAt, signer: row.signer, typeName: row.typeName,
            abstract: row.abstract, urgency: row.urgency,
            dueAt: calendar.endOfNextWorkingMorning(after: row.signedAt), takenNumber: row.number)
    }
}
