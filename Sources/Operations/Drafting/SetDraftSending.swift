// Nơi nhận trong dự thảo (D11, D21): whom the draft goes to, by which medium, and by when an answer is asked for. The drafter
// writes it while the draft is with the drafter, as everything else the slip says; what is changed after it was submitted
// once is kept and shown to whoever handles it next.
import Domain
import Foundation
import Store

package struct SetDraftSending: OfficeOperation {
    package static let verb = Verb.draftSendingSet

    package let seen: SeenDraft
    package let sending: DraftSending

    package init(_ seen: SeenDraft, _ sending: DraftSending) {
        self.seen = seen
        self.sending = sending
    }

    package func perform(_ act: Act) throws -> Draft {
        let bundle = try act.take(seen), draft = bundle.draft
        try Refused.unless(DraftRules.editingRefusals(bundle, by: try act.position))
        let former = try SendingPlan(
            act.tables, draft, try act.tables.draftSending.find(draft.id), on: act.today)
        let plan = try SendingPlan(act.tables, draft, sending, on: act.today)
        try Refused.unless(
            SendingRules.refusals(
                sending, sender: draft.agency,
                standing: try act.tables.correspondents.standing(
                    of: sending.recipients.map(\.agency), on: act.today),
                former: former.sending.answerBy, today: act.today) + plan.refusals)
        try act.tables.draftSending.put(kept(plan), of: draft.id)
        let changes = RecipientChange.between(former.settled, plan.settled)
        if !bundle.decisions.isEmpty,
            !changes.isEmpty || former.sending.answerBy != sending.answerBy
        {
            try act.tables.draftSending.append(
                DraftSendingChange(
                    by: try act.position.id, at: act.now, changes,
                    answerBefore: former.sending.answerBy, answerAfter: sending.answerBy), to: draft.id)
        }
        act.record(.draftSendingSet, draft.id, bundle.particulars(try particulars(plan, changes, act)))
        return try act.settle(draft.id)
    }

    /// A reason stands only where something goes otherwise than the rules say.
    private func kept(_ plan: SendingPlan) -> DraftSending {
        let departs = plan.media.contains(where: \.departs)
        return DraftSending(
            recipients: sending.recipients, subject: sending.subject, reason: departs ? sending.reason : "",
            answerBy: sending.answerBy)
    }

    private func particulars(_ plan: SendingPlan, _ changes: [RecipientChange], _ act: Act) throws
        -> [String: String]
    {
        var facts = ["recipients": "\(sending.recipients.count)"]
        let onPaper = plan.settled.count { $0.medium.isPaper }
        if onPaper > 0 { facts["paper"] = "\(onPaper)" }
        if let day = sending.answerBy { facts["answerBy"] = day.iso }
        if let subject = sending.subject { facts["subject"] = subject.rawValue }
        if plan.media.contains(where: \.departs) { facts["mediumReason"] = sending.reason }
        return facts.merging(try RecipientWords(act.tables, changes).facts) { first, _ in first }
    }
}

/// What a draft says about its sending, with the medium of each recipient: as it was signed, or before as the rules of the
/// day and the drafter have it.
package struct SendingPlan: Sendable {
    package let sending: DraftSending
    /// As the rules have it on the day, with what the drafter chose instead.
    package let media: [ChosenMedium]
    package let refusals: [Refusal]

    package init(_ tables: Tables, _ draft: Draft, _ sending: DraftSending, on day: OfficeDate) throws {
        self.sending = sending
        if sending.recipients.isEmpty {
            (media, refusals) = ([], [])
            return
        }
        var chosen: [ID<Agency>: Medium] = [:]
        for one in sending.recipients { chosen[one.agency] = one.chosen }
        // What is drafted now will be signed when it leaves.
        let media = try IssuingMedia(
            tables, agency: draft.agency, type: draft.typeSlug, recipients: sending.recipients.map(\.agency),
            wish: MediaWish(
                subject: sending.subject,
                departure: MediumDeparture(chosen: chosen, reason: sending.reason)),
            on: day, isSigned: true)
        self.media = media.chosen
        refusals = media.refusals
    }

    package var settled: [SettledRecipient] {
        let now = Dictionary(
            media.map { ($0.recipient, $0.medium) }, uniquingKeysWith: { first, _ in first })
        return sending.recipients.map { one in
            SettledRecipient(one.agency, one.signed ?? now[one.agency] ?? .electronic)
        }
    }
}

/// Changes of recipients as the journal tells them, by name; long lists are cut, the tables have them whole.
struct RecipientWords {
    let facts: [String: String]
    private static let most = 20

    init(_ tables: Tables, _ changes: [RecipientChange]) throws {
        let names = Dictionary(
            try tables.correspondents.find(changes.map(\.agency)).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        func listed(_ some: [RecipientChange]) -> String? {
            if some.isEmpty { return nil }
            let shown = some.prefix(Self.most).map { names[$0.agency] ?? "" }.joined(separator: "; ")
            return some.count > Self.most ? "\(shown); +\(some.count - Self.most)" : shown
        }
        var facts: [String: String] = [:]
        facts["added"] = listed(changes.filter(\.isAdded))
        facts["leftOut"] = listed(changes.filter(\.isLeftOut))
        facts["rerouted"] = listed(changes.filter { !$0.isAdded && !$0.isLeftOut })
        self.facts = facts
    }
}
