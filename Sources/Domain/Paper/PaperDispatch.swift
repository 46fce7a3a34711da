// Gửi bản giấy (D6; 000, Bước 4): a recipient on no system, or one that a rule gives paper, gets a certified copy printed from
// the electronic original. It is copied (its number stands in the register of copies), printed, and posted.

package enum PaperState: String, Sendable, Codable, CaseIterable {
    case toPrint = "cho-in"
    case printed = "da-in"
    case posted = "da-gui"
}

/// How paper is carried.
package enum PostingWay: String, Sendable, Codable, CaseIterable {
    case post = "buu-dien"
    /// Bưu chính KT1, for Party and state.
    case statePost = "buu-chinh-kt1"
    /// By the office's own messenger.
    case messenger = "giao-lien"
    /// Collected by the recipient.
    case byHand = "nhan-truc-tiep"
}

/// One line of the posting register (sổ gửi văn bản đi bưu điện, Nghị định 30/2020, Phụ lục IV).
package struct Posting: Sendable, Equatable {
    package let year: Int
    /// In the agency's own series of the year.
    package let number: Int
    package let day: OfficeDate
    package let way: PostingWay
    package let carrier: String
    /// Số lượng bì.
    package let envelopes: Int
    package let note: String

    package init(
        year: Int, number: Int, day: OfficeDate, way: PostingWay, carrier: String, envelopes: Int,
        note: String
    ) {
        self.year = year
        self.number = number
        self.day = day
        self.way = way
        self.carrier = carrier
        self.envelopes = envelopes
        self.note = note
    }
}

package struct PaperDispatch: Sendable, Equatable {
    package let id: ID<PaperDispatch>
    package let agency: ID<Agency>
    package let issuance: ID<Issuance>
    package let delivery: ID<Delivery>
    package let recipient: ID<Agency>
    package let state: PaperState
    package let copy: ID<CertifiedCopy>?
    package let printedAt: Instant?
    package let posting: Posting?

    package init(
        id: ID<PaperDispatch>, agency: ID<Agency>, issuance: ID<Issuance>, delivery: ID<Delivery>,
        recipient: ID<Agency>, state: PaperState = .toPrint, copy: ID<CertifiedCopy>? = nil,
        printedAt: Instant? = nil, posting: Posting? = nil
    ) {
        self.id = id
        self.agency = agency
        self.issuance = issuance
        self.delivery = delivery
        self.recipient = recipient
        self.state = state
        self.copy = copy
        self.printedAt = printedAt
        self.posting = posting
    }
}

/// What the clerk writes down when paper leaves.
package struct PostingParticulars: Sendable, Equatable {
    package let day: OfficeDate
    package let way: PostingWay
    package let carrier: String
    package let envelopes: Int
    package let note: String

    package init(day: OfficeDate, way: PostingWay, carrier: String, envelopes: Int, note: String) {
        self.day = day
        self.way = way
        self.carrier = carrier
        self.envelopes = envelopes
        self.note = note
    }
}

package enum PaperRules {
    /// In one press.
    package static let most = 500
    package static let textLimit = 200

    package static func copyingRefusals(_ chosen: [PaperDispatch]) -> [Refusal] {
        if chosen.isEmpty { return [.nothingChosen] }
        return chosen.allSatisfy { $0.state == .toPrint && $0.copy == nil } ? [] : [.stale]
    }

    package static func printingRefusals(_ chosen: [PaperDispatch]) -> [Refusal] {
        if chosen.isEmpty { return [.nothingChosen] }
        if chosen.contains(where: { $0.state != .toPrint }) { return [.stale] }
        return chosen.contains { $0.copy == nil } ? [.copyNotMade] : []
    }

    /// - Parameter copied: The day of the newest copy among them; paper is not posted before it is made.
    package static func postingRefusals(
        _ chosen: [PaperDispatch], _ posting: PostingParticulars, copied: OfficeDate?, today: OfficeDate
    ) -> [Refusal] {
        if chosen.isEmpty { return [.nothingChosen] }
        if chosen.contains(where: { $0.state == .posted }) { return [.stale] }
        if chosen.contains(where: { $0.state == .toPrint }) { return [.paperNotPrinted] }
        var refusals: [Refusal] = []
        if posting.day > today { refusals.append(.dateInFuture(.date)) }
        if let copied, posting.day < copied { refusals.append(.malformed(.date)) }
        if !(1...999).contains(posting.envelopes) { refusals.append(.malformed(.envelopes)) }
        if posting.carrier.count > textLimit { refusals.append(.tooLong(.carrier, limit: textLimit)) }
        if posting.note.count > textLimit { refusals.append(.tooLong(.postingNote, limit: textLimit)) }
        return refusals
    }
}
