// Nơi nhận của dự thảo (D11, D21): the page on which the officer ticks whom a draft goes to, and writing it down.
import Domain
import Foundation
import HTTPTypes
import Operations
import Pages
import Store

enum DraftRecipientsHandlers {
    static let all: [PageRoute] = [
        .get("du-thao/:code/noi-nhan", show),
        .post("du-thao/:code/noi-nhan", save),
        .post("du-thao/:code/tim-noi-nhan", find),
        .post("du-thao/:code/hinh-thuc", media),
    ]

    /// Whoever may not write on it is led to the draft itself.
    private static func show(_ visit: Visit) async throws -> Reply {
        let detail = try await detail(visit)
        guard DraftRules.editingRefusals(detail.bundle, by: visit.position).isEmpty else {
            return .seeOther(visit.path(.draft(detail.draft.code)))
        }
        return try await DraftRecipientsView(visit: visit, detail: detail).reply()
    }

    private static func save(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form(), detail = try await detail(visit), code = detail.draft.code
        do {
            let seen = SeenDraft(code: code, version: form.number(FormFields.version) ?? 0)
            let agencies = try await others(visit)
            let operation = SetDraftSending(seen, try DraftSending(form, agencies))
            return try await visit.act(operation, form) { draft in
                DoneNotice.at(visit.path(.draft(draft.code)), .draftSendingSet)
            }
        } catch let refused as Refused where !refused.reasons.contains(.notFound) {
            return try await DraftRecipientsView(
                visit: visit, detail: detail, entries: form.entries, refusals: refused.reasons
            ).reply()
        }
    }

    private static func find(_ visit: Visit) async throws -> Reply {
        let form = try await visit.form()
        let (entries, search) = try await OutsideRecipientsView.looked(for: form, visit)
        return try await DraftRecipientsView(
            visit: visit, detail: try await detail(visit), entries: entries, search: search
        ).reply()
    }

    private static func media(_ visit: Visit) async throws -> Reply {
        // The form's seal first: a forged form learns nothing of the draft.
        let entries = try await visit.form().entries
        return try await DraftRecipientsView(
            visit: visit, detail: try await detail(visit), entries: entries
        ).reply()
    }

    private static func detail(_ visit: Visit) async throws -> DraftDetail {
        try await visit.office.draft(visit.parameter("code", as: Int.self), as: visit.position)
    }

    private static func others(_ visit: Visit) async throws -> [Agency] {
        let own = visit.agency.id
        return try await visit.office.read { try $0.agencies.all().filter { $0.id != own } }
    }
}

extension DraftSending {
    /// As typed. What says "by the rules" is kept as that, and follows the rules of the day it is signed.
    init(_ form: Form, _ agencies: [Agency]) throws(Refused) {
        let day = OfficeDate(typed: form.text(FormFields.id(.answerBy)))
        if day == nil, form.isSet(FormFields.id(.answerBy)) { throw Refused(.malformed(.answerBy)) }
        let recipients = IssuingForm.recipients(form, agencies)
        let wish = MediaWish(form, for: recipients)
        self.init(
            recipients: recipients.map {
                DraftRecipient(agency: $0, chosen: wish.departure.chosen[$0])
            }, subject: wish.subject, reason: wish.departure.reason, answerBy: day)
    }
}

/// That page put together; without entries it shows what the draft says.
struct DraftRecipientsView: Sendable {
    let visit: Visit
    let detail: DraftDetail
    var entries: Entries?
    var search: String?
    var refusals: [Refusal] = []

    func reply() async throws -> Reply {
        let page = try await visit.office.read { try self.page($0) }
        return .page(page.html(), refusing: refusals)
    }

    private func page(_ tables: Tables) throws -> DraftRecipientsPage {
        let draft = detail.draft, today = visit.now.officeDate
        let groups = try IssuePage.RecipientGroup.all(tables, besides: visit.agency.id)
        let written = try SendingPlan(tables, draft, try tables.draftSending.find(draft.id), on: today)
        let entries = entries ?? Self.written(written, groups)
        let chosen = SendingEntries.chosen(entries, groups)
        let wish = MediaWish(entries, for: chosen)
        let media = try IssuingMedia(
            tables, agency: draft.agency, type: draft.typeSlug, recipients: chosen, wish: wish, on: today,
            isSigned: true)
        return DraftRecipientsPage(
            frame: try visit.frame(tables), code: draft.code, abstract: draft.abstract,
            typeName: detail.typeName, groups: groups,
            outside: try OutsideRecipientsView(visit: visit, entries: entries, search: search, saved: nil)
                .read(tables),
            media: try MediumChoice(tables, media, draft, wish.subject, on: today), entries: entries,
            refusals: refusals, seal: visit.seal(version: draft.version))
    }

    private static func written(_ plan: SendingPlan, _ groups: [IssuePage.RecipientGroup]) -> Entries {
        var entries = Entries()
        SendingEntries.fill(&entries, plan, groups)
        if let day = plan.sending.answerBy { entries[FormFields.id(.answerBy)] = Vi.date(day) }
        return entries
    }
}

/// Between what is written and what is ticked.
enum SendingEntries {
    /// Ticks whom the draft names, by which medium and why. A group too long to be shown whole is ticked as a group.
    static func fill(
        _ entries: inout Entries, _ plan: SendingPlan, _ groups: [IssuePage.RecipientGroup]
    ) {
        let settled = plan.settled
        if settled.isEmpty { return }
        let ids = settled.map(\.agency.description), named = Set(ids)
        entries.set(FormFields.recipients, ids)
        entries.set(
            FormFields.recipientGroup,
            groups.filter { group in
                group.recipients.count > IssuePage.RecipientGroup.shown
                    && group.recipients.allSatisfy { named.contains($0.id) }
            }.map(\.group.rawValue))
        let ruled = Dictionary(
            plan.media.map { ($0.recipient, $0.decision) }, uniquingKeysWith: { first, _ in first })
        for one in settled {
            guard let decision = ruled[one.agency], !decision.isFixed, decision.medium != one.medium else {
                continue
            }
            entries[FormFields.mediumOf + one.agency.description] = one.medium.rawValue
        }
        if let subject = plan.sending.subject { entries[FormFields.subjectClass] = subject.rawValue }
        entries[FormFields.id(.mediumReason)] = plan.sending.reason
    }

    /// Everybody ticked, one by one or by the group.
    static func chosen(_ entries: Entries, _ groups: [IssuePage.RecipientGroup]) -> [ID<Agency>] {
        let whole = groups.filter { entries.has(FormFields.recipientGroup, $0.group.rawValue) }
            .flatMap(\.recipients).map(\.id)
        var seen: Set<String> = []
        return (whole + entries.all(FormFields.recipients)).filter { seen.insert($0).inserted }
            .compactMap { ID($0) }
    }
}

extension IssuePage.RecipientGroup {
    static func all(_ tables: Tables, besides own: ID<Agency>) throws -> [IssuePage.RecipientGroup] {
        let others = try tables.agencies.all().filter { $0.id != own }
        return AgencyGroup.allCases.compactMap { group in
            let members = others.filter { $0.group == group }
            return members.isEmpty
                ? nil
                : IssuePage.RecipientGroup(
                    group: group,
                    recipients: members.map { IssuePage.Recipient(id: $0.id.description, name: $0.name) })
        }
    }
}

extension MediumChoice {
    /// Before the signature: as the rules of the day and the drafter have it.
    fileprivate init(
        _ tables: Tables, _ media: IssuingMedia, _ draft: Draft, _ subject: SubjectClass?, on day: OfficeDate
    ) throws {
        let names = Dictionary(
            try tables.correspondents.find(media.chosen.map(\.recipient)).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        let rules = MediumRules(try tables.mediumRules.inForce(for: draft.agency, on: day))
        let question = MediumQuestion(agency: draft.agency, type: draft.typeSlug, subject: subject, day: day)
        self.init(
            rows: media.chosen.map { one in
                Row(
                    id: one.recipient.description, name: names[one.recipient] ?? "", medium: one.medium,
                    decision: one.decision)
            }, usual: rules.decide(question, MediumParty(id: draft.agency)), isTaken: false,
            ruled: rules.subjects(.send, on: day))
    }
}
