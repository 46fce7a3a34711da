// Dự thảo: a document on its way to a signature. Versions never change; steps are the ordered handlers the officer
// chose, each "NK" (signs) or "PD/TT" (approves or submits onward) — 000 Bước 1–3, decisions 5 and 6.
import Foundation

package enum DraftState: String, Sendable, CaseIterable, Codable {
    /// With its drafter.
    case drafting
    /// At one of its steps.
    case climbing
    /// Signed by the competent person, waiting for the clerk.
    case signed
    /// Has its number and date for ever; not yet sealed and issued.
    case numbered
    case issued
}

package struct Draft: Sendable, Equatable {
    package let id: ID<Draft>
    package let agency: ID<Agency>
    /// Shown as DT-268; one series an agency.
    package let code: Int
    package let drafter: ID<Position>
    package let typeSlug: String
    package let abstract: String
    package let urgency: Urgency
    package let notation: String
    package let dueAt: Instant?
    package let state: DraftState
    /// The newest version's ordinal, 0 before the first.
    package let currentVersion: Int
    /// Counts every change; a form that shows an older one is stale.
    package let version: Int

    package init(
        id: ID<Draft>, agency: ID<Agency>, code: Int, drafter: ID<Position>, typeSlug: String,
        abstract: String,
        urgency: Urgency, notation: String, dueAt: Instant?, state: DraftState, currentVersion: Int,
        version: Int
    ) {
        self.id = id
        self.agency = agency
        self.code = code
        self.drafter = drafter
        self.typeSlug = typeSlug
        self.abstract = abstract
        self.urgency = urgency
        self.notation = notation
        self.dueAt = dueAt
        self.state = state
        self.currentVersion = currentVersion
        self.version = version
    }
}

package enum ConversionState: String, Sendable, Codable {
    case waiting, done, failed
}

/// One version of the letter's file: the Word source and the PDF made of it.
package struct DraftVersion: Sendable, Equatable {
    package let id: ID<DraftVersion>
    package let draft: ID<Draft>
    package let ordinal: Int
    package let source: FileReference
    package let pdf: FileReference?
    package let conversion: ConversionState
    /// Why there is no PDF, as a `ConversionFault` raw value.
    package let fault: String?
    package let createdBy: ID<Position>
    package let createdAt: Instant

    package init(
        id: ID<DraftVersion>, draft: ID<Draft>, ordinal: Int, source: FileReference, pdf: FileReference?,
        conversion: ConversionState, fault: String?, createdBy: ID<Position>, createdAt: Instant
    ) {
        self.id = id
        self.draft = draft
        self.ordinal = ordinal
        self.source = source
        self.pdf = pdf
        self.conversion = conversion
        self.fault = fault
        self.createdBy = createdBy
        self.createdAt = createdAt
    }
}

package enum DraftFileKind: String, Sendable, Codable, CaseIterable {
    /// Issued with the letter.
    case enclosure
    /// Goes with the slip, never sent out.
    case supporting
}

package struct DraftFile: Sendable, Equatable {
    package let id: ID<DraftFile>
    package let draft: ID<Draft>
    package let ordinal: Int
    package let kind: DraftFileKind
    package let source: FileReference
    package let pdf: FileReference?
    /// nil for a supporting paper, which stays as it came.
    package let conversion: ConversionState?
    /// Why there is no PDF, as a `ConversionFault` raw value.
    package let fault: String?

    package init(
        id: ID<DraftFile>, draft: ID<Draft>, ordinal: Int, kind: DraftFileKind, source: FileReference,
        pdf: FileReference?, conversion: ConversionState?, fault: String?
    ) {
        self.id = id
        self.draft = draft
        self.ordinal = ordinal
        self.kind = kind
        self.source = source
        self.pdf = pdf
        self.conversion = conversion
        self.fault = fault
    }
}

package enum StepKind: String, Sendable, Codable, CaseIterable {
    /// NK: signs the draft.
    case sign
    /// PD/TT: approves, may submit onward.
    case approve
}

package enum StepState: String, Sendable, Codable {
    case waiting, current, done
}

package struct RoutingStep: Sendable, Equatable {
    package let id: ID<RoutingStep>
    package let draft: ID<Draft>
    package let ordinal: Int
    package let position: ID<Position>
    package let kind: StepKind
    package let state: StepState
    /// When the person first looked at it; the step before can be taken back until then.
    package let openedAt: Instant?

    package init(
        id: ID<RoutingStep>, draft: ID<Draft>, ordinal: Int, position: ID<Position>, kind: StepKind,
        state: StepState, openedAt: Instant?
    ) {
        self.id = id
        self.draft = draft
        self.ordinal = ordinal
        self.position = position
        self.kind = kind
        self.state = state
        self.openedAt = openedAt
    }
}

/// What was decided at a step, about which version: a record that is only ever added to (C8).
package enum RoutingAct: String, Sendable, Codable {
    case submitted, initialled, submittedOnward, newVersion, returned, takenBack, signed, returnedByClerk
}

package struct RoutingDecision: Sendable, Equatable {
    package let position: ID<Position>
    package let act: RoutingAct
    package let version: Int
    /// The very bytes it was decided about; empty while they had no PDF.
    package let pdfHash: String
    package let comment: String
    package let at: Instant

    package init(
        position: ID<Position>, act: RoutingAct, version: Int, pdfHash: String, comment: String, at: Instant
    ) {
        self.position = position
        self.act = act
        self.version = version
        self.pdfHash = pdfHash
        self.comment = comment
        self.at = at
    }
}
