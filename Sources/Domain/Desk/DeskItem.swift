// "Việc của tôi": one row for each thing that waits for one position. Written and removed in the same transaction as the
// change that causes it; the queue and all counts read only this (decision 19).
import Foundation

package enum DeskKind: String, Sendable, CaseIterable, Codable {
    /// The clerk: an electronic arrival to take or refuse.
    case receive
    /// The clerk: a sender wants a document back, or corrected.
    case answer
    /// The head: an arrival without a directive.
    case direct
    /// Lead of an arrival.
    case handle
    /// Cooperates in an arrival.
    case cooperate
    /// To know.
    case inform
    /// A draft at my step, to approve.
    case approve
    /// A draft at my step, to sign.
    case sign
    /// My draft came back.
    case rework
    /// The clerk: a signed draft to number, seal and send.
    case issue
    /// The clerk: numbered but not sealed — the crash left it half way.
    case resume
}

package struct DeskItem: Sendable, Equatable {
    package let position: ID<Position>
    package let agency: ID<Agency>
    package let kind: DeskKind
    package let urgency: Urgency
    package let dueAt: Instant?
    /// The arrival, draft or receipt it is about.
    package let subject: UUID
    /// Trích yếu.
    package let title: String
    /// The line below: number, sender.
    package let detail: String
    /// Path inside the agency, e.g. `van-ban-den/2026/117`.
    package let path: String

    package init(
        position: ID<Position>, agency: ID<Agency>, kind: DeskKind, urgency: Urgency, dueAt: Instant?,
        subject: UUID,
        title: String, detail: String, path: String
    ) {
        self.position = position
        self.agency = agency
        self.kind = kind
        self.urgency = urgency
        self.dueAt = dueAt
        self.subject = subject
        self.title = title
        self.detail = detail
        self.path = path
    }
}
