// What a draft says about its sending, for whoever reads the draft: names by medium, what is missing to reach somebody, and what
// was changed after initials had been put on it.
import Domain
import Operations
import Pages
import Store

extension SendingShown {
    init(_ tables: Tables, _ detail: DraftDetail, _ visit: Visit) throws {
        let today = visit.now.officeDate, missing = visit.office.missingChannels
        let draft = detail.draft
        let plan = try SendingPlan(tables, draft, try tables.draftSending.find(draft.id), on: today)
        let changes = try tables.draftSending.changes(of: draft.id)
        let mentioned = changes.flatMap { $0.added + $0.leftOut + $0.rerouted }
        let settled = plan.settled
        let known = try tables.correspondents.find(
            Array(Set(settled.map(\.agency) + mentioned)))
        let agencies = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        func names(_ some: [ID<Agency>]) -> [String] { some.compactMap { agencies[$0]?.name } }
        self.init(
            names: RecipientNames(
                paper: names(settled.filter(\.medium.isPaper).map(\.agency)),
                electronic: names(settled.filter { !$0.medium.isPaper }.map(\.agency))),
            answerBy: plan.sending.answerBy, reason: plan.sending.reason,
            warnings: draft.state == .issued
                ? []
                : settled.compactMap { one in
                    agencies[one.agency].flatMap { Vi.cannotBeReached($0, by: one.medium, missing: missing) }
                },
            changes: try changes.map { change in
                Change(
                    by: try tables.positions.find(change.by)?.personName
                        ?? detail.people[change.by]?.name ?? "",
                    at: change.at,
                    words: [
                        Vi.recipientChanges(
                            added: names(change.added), leftOut: names(change.leftOut),
                            rerouted: names(change.rerouted)),
                        Vi.answerChange(change.answerBefore, change.answerAfter),
                    ].filter { !$0.isEmpty }.joined(separator: ", "),
                    after: detail.bundle.initials.filter { $0.at <= change.at }.compactMap {
                        detail.people[$0.position]?.name
                    })
            }, isSettled: plan.sending.recipients.contains { $0.signed != nil })
    }
}

extension InstructionShown {
    /// Against what is ticked so far, or against what was sent.
    init?(_ tables: Tables, _ matter: IssuingMatter, _ media: MediumChoice, missing: Set<Channel>) throws {
        let settled = matter.plan.settled
        let answerBy = matter.plan.sending.answerBy
        let chosen = try tables.correspondents.find(media.rows.compactMap { ID<Agency>($0.id) })
        let ways = Dictionary(
            media.rows.map { ($0.id, $0.medium) }, uniquingKeysWith: { first, _ in first })
        let warnings =
            media.isTaken
            ? []
            : chosen.compactMap {
                Vi.cannotBeReached($0, by: ways[$0.id.description] ?? .electronic, missing: missing)
            }
        if settled.isEmpty, answerBy == nil, warnings.isEmpty { return nil }
        let changes =
            settled.isEmpty
            ? []
            : RecipientChange.between(
                settled,
                media.rows.compactMap { row in ID<Agency>(row.id).map { SettledRecipient($0, row.medium) } })
        self.init(
            recipients: settled.count, answerBy: answerBy, warnings: warnings,
            changes: try Self.words(tables, changes).map { [Vi.clerksChanges($0, reason: "")] } ?? [])
    }

    private static func words(_ tables: Tables, _ changes: [RecipientChange]) throws -> String? {
        if changes.isEmpty { return nil }
        let names = Dictionary(
            try tables.correspondents.find(changes.map(\.agency)).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        return Vi.recipientChanges(changes, names)
    }
}

extension Vi {
    static func recipientChanges(_ changes: [RecipientChange], _ names: [ID<Agency>: String]) -> String {
        func named(_ some: [RecipientChange]) -> [String] { some.compactMap { names[$0.agency] } }
        return recipientChanges(
            added: named(changes.filter(\.isAdded)), leftOut: named(changes.filter(\.isLeftOut)),
            rerouted: named(changes.filter { !$0.isAdded && !$0.isLeftOut }))
    }

    /// On the page of the issued document, one line for each reason.
    static func changes(of view: IssuedView) -> [String] {
        var reasons: [String] = []
        for one in view.changes where !reasons.contains(one.reason) { reasons.append(one.reason) }
        return reasons.map { reason in
            let some = view.changes.filter { $0.reason == reason }.map(\.change)
            return clerksChanges(recipientChanges(some, view.changedNames), reason: reason)
        }
    }
}
