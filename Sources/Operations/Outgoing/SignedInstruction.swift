// Theo bản người ký duyệt (D22; 002, Điều 3.12): dispatch follows what the signer signed under. What the clerk adds, leaves out or
// sends by another medium is a change with a reason, written with the number. A draft that names nobody leaves it to the clerk.
import Domain
import Store

struct SignedInstruction {
    let changes: [RecipientChange]
    let refusals: [Refusal]
    private let reason: String

    init(_ tables: Tables, _ draft: Draft, _ media: IssuingMedia, on day: OfficeDate) throws {
        let plan = try SendingPlan(tables, draft, try tables.draftSending.find(draft.id), on: day)
        guard !plan.sending.recipients.isEmpty else {
            (changes, refusals, reason) = ([], [], "")
            return
        }
        let changes = RecipientChange.between(
            plan.settled, media.chosen.map { SettledRecipient($0.recipient, $0.medium) })
        // Whoever is on paper only since then could not be reached otherwise: nobody chose that.
        let fixed = Set(media.chosen.filter(\.decision.isFixed).map(\.recipient))
        let chosen = changes.filter { $0.isAdded || $0.isLeftOut || !fixed.contains($0.agency) }
        let given = media.wish.changeReason
        // One reason is enough for another medium.
        let isOnlyMedium = !chosen.contains { $0.isAdded || $0.isLeftOut }
        let isGiven = !given.allSatisfy(\.isWhitespace)
        let reason = isGiven || !isOnlyMedium ? given : media.wish.departure.reason
        self.changes = changes
        self.reason = reason
        refusals = SendingRules.changeRefusals(chosen, reason: reason)
    }

    func store(_ act: Act, _ issuance: ID<Issuance>) throws {
        try act.tables.recipientChanges.insert(changes, reason: reason, of: issuance)
    }

    func particulars(_ tables: Tables) throws -> [String: String] {
        if changes.isEmpty { return [:] }
        var facts = try RecipientWords(tables, changes).facts
        if !reason.isEmpty { facts["changeReason"] = reason }
        return facts
    }
}

extension IssuingWish {
    /// As the draft says it, whole; for who names no recipients of their own.
    package static func asSigned(
        code: Int, date: OfficeDate, _ plan: SendingPlan, pin: String
    ) -> IssuingWish {
        var chosen: [ID<Agency>: Medium] = [:]
        let settled = plan.settled
        let ruled = Dictionary(
            plan.media.map { ($0.recipient, $0.decision) }, uniquingKeysWith: { first, _ in first })
        for one in settled {
            guard let decision = ruled[one.agency], !decision.isFixed, decision.medium != one.medium else {
                continue
            }
            chosen[one.agency] = one.medium
        }
        return IssuingWish(
            code: code, date: date, recipients: settled.map(\.agency),
            media: MediaWish(
                subject: plan.sending.subject,
                departure: MediumDeparture(chosen: chosen, reason: plan.sending.reason)), pin: pin)
    }
}
