// Hình thức gửi on the issuing page: what the clerk's form says, and what is shown for the recipients chosen so far.
import Domain
import Foundation
import Operations
import Pages
import Store

extension MediaWish {
    /// A medium is read for the recipients of the form only; what says "by the rules" departs from nothing.
    init(_ form: Form, for recipients: [ID<Agency>]) {
        self.init(form.entries, for: recipients)
    }

    init(_ entries: Entries, for recipients: [ID<Agency>]) {
        var chosen: [ID<Agency>: Medium] = [:]
        for recipient in recipients {
            chosen[recipient] = Medium(rawValue: entries[FormFields.mediumOf + recipient.description])
        }
        self.init(
            subject: SubjectClass(rawValue: entries[FormFields.subjectClass]),
            departure: MediumDeparture(
                chosen: chosen,
                reason: entries[FormFields.id(.mediumReason)].trimmingCharacters(in: .whitespacesAndNewlines)),
            changeReason: entries[FormFields.id(.changeReason)].trimmingCharacters(
                in: .whitespacesAndNewlines))
    }
}

struct MediumView {
    let tables: Tables
    let matter: IssuingMatter
    let agency: ID<Agency>
    let today: OfficeDate

    /// - Parameter recipients: Everybody ticked, one by one or by group.
    func choice(_ entries: Entries, recipients: [ID<Agency>]) throws -> MediumChoice {
        if let numbered = matter.numbered { return try taken(numbered) }
        let media = try media(recipients, MediaWish(entries, for: recipients))
        let names = try names(recipients)
        let rules = MediumRules(try tables.mediumRules.inForce(for: agency, on: today))
        return MediumChoice(
            rows: media.chosen.map { one in
                MediumChoice.Row(
                    id: one.recipient.description, name: names[one.recipient] ?? "", medium: one.medium,
                    decision: one.decision)
            }, usual: usual(entries, rules), isTaken: false, ruled: rules.subjects(.send, on: today))
    }

    private func media(_ recipients: [ID<Agency>], _ wish: MediaWish) throws -> IssuingMedia {
        try IssuingMedia(
            tables, agency: agency, type: matter.bundle.draft.typeSlug, recipients: recipients, wish: wish,
            on: today,
            isSigned: matter.bundle.draft.state == .signed)
    }

    /// For an agency of which nothing special is known.
    private func usual(_ entries: Entries, _ rules: MediumRules) -> MediumDecision {
        let question = MediumQuestion(
            agency: agency, type: matter.bundle.draft.typeSlug,
            subject: SubjectClass(rawValue: entries[FormFields.subjectClass]), day: today)
        return rules.decide(question, MediumParty(id: agency))
    }

    /// As it was decided with the number, whatever the rules are now.
    private func taken(_ issuance: Issuance) throws -> MediumChoice {
        let media = try tables.issuanceMedia.all(of: issuance.id)
        let rules = Dictionary(
            try tables.mediumRules.find(Set(media.compactMap(\.rule))).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        let names = try names(media.map(\.recipient))
        return MediumChoice(
            rows: media.map { one in
                MediumChoice.Row(
                    id: one.recipient.description, name: names[one.recipient] ?? "", medium: one.medium,
                    decision: MediumDecision(
                        medium: one.ruled, ground: one.ground, rule: one.rule.flatMap { rules[$0] }))
            }, usual: MediumDecision(medium: .electronic, ground: .byDefault, rule: nil), isTaken: true,
            reason: media.first { !$0.reason.isEmpty }?.reason ?? "")
    }

    private func names(_ agencies: [ID<Agency>]) throws -> [ID<Agency>: String] {
        Dictionary(
            try tables.correspondents.find(agencies).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension RecipientNames {
    /// Nil for what was issued before media were decided.
    init?(_ tables: Tables, _ issuance: ID<Issuance>) throws {
        let recipients = try tables.paperLists.recipients(of: issuance)
        if recipients.isEmpty { return nil }
        self.init(
            paper: recipients.filter(\.medium.isPaper).map(\.name),
            electronic: recipients.filter { !$0.medium.isPaper }.map(\.name))
    }
}
