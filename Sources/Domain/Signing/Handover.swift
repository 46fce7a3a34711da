// Giao tệp cho phần mềm ký trên máy của người ký (VGCA của Ban Cơ yếu Chính phủ): the program on the person's
// own desk fetches the whole file, signs it with the person's token and sends it back. One row for each file
// given out: what, to whom, for which act, with which certificate it is expected back, and what became of it.
import Foundation

/// What the signature is for.
package enum HandoverPurpose: String, Sendable, CaseIterable, Codable {
    /// The competent person signs the draft.
    case signDraft
    /// The clerk seals the letter.
    case sealLetter
    /// The clerk signs a separate enclosure with the agency's certificate.
    case sealEnclosure
    /// The clerk puts the arrival stamp on a letter that came.
    case stampArrival

    /// Who may be given a file for it.
    package var verb: Verb {
        switch self {
        case .signDraft: .draftSigned
        case .sealLetter, .sealEnclosure: .documentIssued
        case .stampArrival: .arrivalStamped
        }
    }
}

package enum HandoverState: String, Sendable, CaseIterable, Codable {
    /// Given out; the program has not come for it yet.
    case opened
    /// The program has the file.
    case fetched
    /// It came back, proven, and was taken.
    case returned
    /// What came back was not what was expected.
    case refused
    case cancelled
    case timedOut

    package var isOpen: Bool { self == .opened || self == .fetched }
}

/// What is signed.
package enum HandoverSubject: Sendable, Equatable {
    case draft(ID<Draft>, version: Int, pdfHash: String)
    case letter(ID<Draft>, ID<Issuance>)
    case enclosure(ID<Draft>, ID<Issuance>, ID<DraftFile>)
    case arrival(ID<Arrival>)

    package var purpose: HandoverPurpose {
        switch self {
        case .draft: .signDraft
        case .letter: .sealLetter
        case .enclosure: .sealEnclosure
        case .arrival: .stampArrival
        }
    }

    package var draft: ID<Draft>? {
        switch self {
        case .draft(let draft, _, _), .letter(let draft, _), .enclosure(let draft, _, _): draft
        case .arrival: nil
        }
    }

    package var issuance: ID<Issuance>? {
        switch self {
        case .letter(_, let issuance), .enclosure(_, let issuance, _): issuance
        case .draft, .arrival: nil
        }
    }

    package var enclosure: ID<DraftFile>? {
        if case .enclosure(_, _, let file) = self { file } else { nil }
    }

    /// The paper in whose history it stands.
    package var paper: UUID {
        switch self {
        case .draft(let draft, _, _), .letter(let draft, _), .enclosure(let draft, _, _): draft.uuid
        case .arrival(let arrival): arrival.uuid
        }
    }
}

/// Why a file that came back was not taken.
package enum HandoverFault: String, Sendable, CaseIterable, Codable {
    /// Not the bytes given out with something added.
    case notAnExtension
    case unreadable
    case unsigned
    case severalSignatures
    case otherCertificate
    /// Number, date or anything else was printed on the page.
    case contentAdded
    /// The empty fields for number and date were filled.
    case fieldsFilled
    case changedAfterwards
    case notValid
    case tooLarge
    /// The paper went on while the file was out.
    case moved
}

package struct Handover: Sendable, Equatable {
    package let id: ID<Handover>
    package let agency: ID<Agency>
    package let position: ID<Position>
    package let subject: HandoverSubject
    /// The draft's row version the person saw; nil where no draft is signed.
    package let revision: Int?
    /// The file given out.
    package let served: FileReference
    /// Why it is signed although initials are of an older version.
    package let overrideReason: String
    /// SHA-256 of the certificate it must come back with, hex.
    package let certificate: String
    package var state: HandoverState
    package var fault: HandoverFault?
    /// More about the fault: the name in another's certificate.
    package var detail: String
    package var returned: FileReference?
    package var expiresAt: Instant
    package var uploadIsTaken: Bool

    package init(
        id: ID<Handover>, agency: ID<Agency>, position: ID<Position>, subject: HandoverSubject,
        revision: Int? = nil, served: FileReference, overrideReason: String = "", certificate: String,
        state: HandoverState = .opened, fault: HandoverFault? = nil, detail: String = "",
        returned: FileReference? = nil, expiresAt: Instant, uploadIsTaken: Bool = false
    ) {
        self.id = id
        self.agency = agency
        self.position = position
        self.subject = subject
        self.revision = revision
        self.served = served
        self.overrideReason = overrideReason
        self.certificate = certificate
        self.state = state
        self.fault = fault
        self.detail = detail
        self.returned = returned
        self.expiresAt = expiresAt
        self.uploadIsTaken = uploadIsTaken
    }
}

package enum HandoverRules {
    /// How long a file stays out, counted from when the program was asked to sign.
    package static let secondsToSign = 600
    /// What a signature with its picture, chain and timestamps may add to a file, in bytes.
    package static let growth = 32 * 1_048_576

    /// The program may come for the file.
    package static func mayBeFetched(_ handover: Handover, at now: Instant) -> Bool {
        handover.state == .opened && now < handover.expiresAt
    }

    /// The program may bring it back.
    package static func mayBeReturned(_ handover: Handover, at now: Instant) -> Bool {
        handover.state == .fetched && !handover.uploadIsTaken && now < handover.expiresAt
    }
}
