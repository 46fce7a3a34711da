// Lấy lại, cập nhật (E3; Quyết định 28/2018/QĐ-TTg, mã 13, 15, 16): what the sender asks of a recipient after the document
// has gone, and the recipient's answer. Until a document has left the outbox, taking it back needs nobody's consent.

package enum ExchangeRequestKind: String, Sendable, Codable, CaseIterable {
    case recall, update
}

package enum ExchangeRequestState: String, Sendable, Codable, CaseIterable {
    case asked, agreed, refused
}

/// One request, as either side keeps it; both know it by the same id.
package struct ExchangeRequest: Sendable, Equatable {
    package let id: ID<ExchangeRequest>
    package let kind: ExchangeRequestKind
    /// Why it is taken back; what is corrected.
    package let note: String
    package let askedAt: Instant
    package let state: ExchangeRequestState
    package let answeredAt: Instant?
    /// Why the recipient refused.
    package let answer: String

    package init(
        id: ID<ExchangeRequest>, kind: ExchangeRequestKind, note: String, askedAt: Instant,
        state: ExchangeRequestState = .asked, answeredAt: Instant? = nil, answer: String = ""
    ) {
        self.id = id
        self.kind = kind
        self.note = note
        self.askedAt = askedAt
        self.state = state
        self.answeredAt = answeredAt
        self.answer = answer
    }
}

/// What a request to take up a correction brings along, as the recipient keeps it.
package struct Correction: Sendable, Equatable {
    /// The corrected version; nil where the sender only says something.
    package let corrected: ID<Document>?
    /// What stood before this was agreed to.
    package let former: ID<Document>?
    /// The sender says that this agency is no recipient any more.
    package let isRemoval: Bool
    package let declaredFiles: Int
    package let declaredPages: Int
    /// What was noticed about the files it brings.
    package let findings: [ArrivalFinding]

    package init(
        corrected: ID<Document>? = nil, former: ID<Document>? = nil, isRemoval: Bool = false,
        declaredFiles: Int = 0, declaredPages: Int = 0, findings: [ArrivalFinding] = []
    ) {
        self.corrected = corrected
        self.former = former
        self.isRemoval = isRemoval
        self.declaredFiles = declaredFiles
        self.declaredPages = declaredPages
        self.findings = findings
    }
}
