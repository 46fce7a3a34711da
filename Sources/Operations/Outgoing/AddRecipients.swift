// Gửi thêm nơi nhận (D22): an issued document goes to somebody else as well, by the medium that the rules in force have for it,
// and what the clerk did otherwise than the signer saw is on record with its reason.
import Domain
import DualSQL
import Foundation
import Store

package struct AddRecipients: OfficeOperation {
    package static let verb = Verb.recipientsAdded

    package let issuance: ID<Issuance>
    package let recipients: [ID<Agency>]
    /// On whose word, and why.
    package let reason: String

    package init(to recipients: [ID<Agency>], of issuance: ID<Issuance>, reason: String) {
        self.issuance = issuance
        var seen: Set<ID<Agency>> = []
        self.recipients = recipients.filter { seen.insert($0).inserted }
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// How many, and how many of these get paper.
    package struct Outcome: Sendable, Equatable {
        package let sent: Int
        package let onPaper: Int
    }

    package func perform(_ act: Act) throws -> Outcome {
        let clerk = try act.position, tables = act.tables
        guard let issuance = try tables.issuances.find(issuance), issuance.agency == clerk.agency,
            let document = issuance.document, let facts = try tables.documents.particulars(of: document)
        else { throw Refused(.notFound) }
        let names = try tables.correspondents.find(recipients)
        let had = Set(try tables.deliveries.all(of: issuance.id).map(\.recipient))
        try Refused.unless(
            AddingRules.refusals(
                clerk, issuance, adding: recipients, known: names.filter { had.contains($0.id) }.map(\.name),
                try tables.correspondents.standing(
                    of: recipients, on: act.today, answering: try answered(issuance, tables)), reason: reason)
        )
        let subject = try tables.issuanceMedia.all(of: issuance.id).first?.subject
        let ways = try IssuingMedia(
            tables, agency: issuance.agency, type: facts.type, recipients: recipients,
            wish: MediaWish(subject: subject), on: act.today, isSigned: true)
        try Refused.unless(ways.refusals)
        try ways.store(act, issuance.id)
        let changes = ways.chosen.map {
            RecipientChange(agency: $0.recipient, former: nil, medium: $0.medium)
        }
        try tables.recipientChanges.noteAdded(changes, reason: reason, to: issuance.id)
        let sent = try Dispatch.send(
            act, issuance: issuance, document: document, recipients: recipients,
            media: Dictionary(uniqueKeysWithValues: ways.chosen.map { ($0.recipient, $0.medium) }),
            replacing: try Replacing(issuance.id, tables).names)
        act.record(
            .recipientsAdded, issuance.id,
            [
                "document": facts.numberAndNotation, "reason": reason,
                "agency": names.map(\.name).sorted().joined(separator: ", "), "recipients": "\(sent)",
            ].merging(ways.particulars) { first, _ in first })
        return Outcome(sent: sent, onPaper: ways.chosen.count { $0.medium.isPaper })
    }

    /// Those whose letters it answers may get it, whatever the lists say of them.
    private func answered(_ issuance: Issuance, _ tables: Tables) throws -> Set<ID<Agency>> {
        Set(
            try tables.drafts.answers(of: issuance.draft).compactMap { id in
                try tables.arrivals.find(id)?.receipt.flatMap { try tables.receipts.find($0)?.sender }
            })
    }
}
