// What may be done with a draft, by whom, and why not: metadata and files while it is with its drafter, a new
// version at the present handler's desk, the signature at the last step. The page's buttons and the acts ask
// the same functions.
import Foundation

/// What the officer fills in on the slip (C1).
package struct DraftParticulars: Sendable, Equatable {
    package var type: String
    package var abstract: String
    package var urgency: Urgency
    /// Ký hiệu; empty takes the one the type and the agency call for (Nghị định 30/2020, Phụ lục III).
    package var notation: String
    package var dueDate: OfficeDate?
    package var note: String

    package init(
        type: String, abstract: String, urgency: Urgency = .normal, notation: String = "",
        dueDate: OfficeDate? = nil,
        note: String = ""
    ) {
        self.type = type
        self.abstract = abstract
        self.urgency = urgency
        self.notation = notation
        self.dueDate = dueDate
        self.note = note
    }
}

package enum DraftRules {
    package static let abstractLimit = 500
    package static let notationLimit = 60
    package static let commentLimit = 2000

    /// `former` is the deadline that stood before: one that has passed since may stay.
    package static func particularsRefusals(
        _ facts: DraftParticulars, former: OfficeDate? = nil, today: OfficeDate
    ) -> [Refusal] {
        var reasons: [Refusal] = []
        if facts.type.isEmpty { reasons.append(.missing(.type)) }
        if isBlank(facts.abstract) { reasons.append(.missing(.abstract)) }
        if facts.abstract.count > abstractLimit { reasons.append(.tooLong(.abstract, limit: abstractLimit)) }
        if facts.notation.count > notationLimit { reasons.append(.tooLong(.notation, limit: notationLimit)) }
        if let due = facts.dueDate, due != former, due < today { reasons.append(.deadlineInPast) }
        if facts.note.count > commentLimit { reasons.append(.tooLong(.comment, limit: commentLimit)) }
        return reasons
    }

    /// Metadata, enclosures and supporting papers: the drafter, while it is with the drafter.
    package static func editingRefusals(_ bundle: DraftBundle, by person: Position) -> [Refusal] {
        if bundle.draft.drafter != person.id { return [.notYours] }
        return bundle.draft.state == .drafting ? [] : [.draftNotEditable]
    }

    /// A new version: the drafter while drafting, or the handler at whose step it is — "edit directly" (C3).
    package static func versionRefusals(_ bundle: DraftBundle, by person: Position) -> [Refusal] {
        switch bundle.draft.state {
        case .drafting: bundle.draft.drafter == person.id ? [] : [.notYours]
        case .climbing where bundle.currentStep?.position == person.id: []
        case .climbing where bundle.draft.drafter != person.id: [.stepNotYours]
        case .climbing, .signed, .numbered, .issued: [.draftNotEditable]
        }
    }

    /// What must be there before anyone initials or signs: the letter as PDF and every enclosure as PDF.
    package static func readinessRefusals(_ bundle: DraftBundle) -> [Refusal] {
        var reasons: [Refusal] = []
        switch bundle.newest?.conversion {
        case nil: reasons.append(.noVersion)
        case .waiting: reasons.append(.conversionWaiting)
        case .failed: reasons.append(.conversionFailed)
        case .done: break
        }
        for file in bundle.files where file.kind == .enclosure && file.conversion != .done {
            reasons.append(.enclosureNotConverted(file.source.name))
        }
        return reasons
    }

    /// Why this person cannot sign the newest version now. Old initials are overridden with a reason (decision 6).
    package static func signingRefusals(
        _ bundle: DraftBundle, by person: Position, overrideReason: String = ""
    ) -> [Refusal] {
        guard let step = bundle.currentStep, step.position == person.id, step.kind == .sign else {
            return [.stepNotYours]
        }
        var reasons = readinessRefusals(bundle)
        if !Verb.draftSigned.roles.contains(person.role) {
            reasons.append(.stepMayNotSign(person.personName))
        }
        if overrideReason.count > commentLimit { reasons.append(.tooLong(.reason, limit: commentLimit)) }
        let old = bundle.oldInitials.map { bundle.names[$0.position] ?? "" }
        if !old.isEmpty, isBlank(overrideReason) { reasons.append(.initialsOfOlderVersion(old)) }
        return reasons
    }

    static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
