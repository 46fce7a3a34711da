// Hình thức gửi khi phát hành (D6, D14–D16, D22): by which medium the document goes to each recipient, what the clerk chose
// instead and why. Asked by the page before, and by the act that takes the number.
import Domain
import Store

/// What the clerk says beside the recipients.
package struct MediaWish: Sendable, Equatable {
    package let subject: SubjectClass?
    package let departure: MediumDeparture
    /// Why it goes otherwise than the signer saw.
    package let changeReason: String

    package init(
        subject: SubjectClass? = nil, departure: MediumDeparture = .none, changeReason: String = ""
    ) {
        self.subject = subject
        self.departure = departure
        self.changeReason = changeReason
    }

    /// As the rules say.
    package static let byRules = MediaWish()
}

package struct IssuingMedia: Sendable {
    package let chosen: [ChosenMedium]
    package let refusals: [Refusal]
    let wish: MediaWish

    /// - Parameter isSigned: The leader's signature is there and valid, and the seal will be.
    package init(
        _ tables: Tables, agency: ID<Agency>, type: String, recipients: [ID<Agency>], wish: MediaWish,
        on day: OfficeDate, isSigned: Bool
    ) throws {
        let rules = MediumRules(try tables.mediumRules.inForce(for: agency, on: day))
        let question = MediumQuestion(
            agency: agency, type: type, subject: wish.subject, direction: .send, day: day, isSigned: isSigned)
        let parties = try Self.parties(tables, recipients)
        chosen = rules.choose(question, parties, wish.departure)
        refusals = MediumRules.refusals(chosen, isSigned: isSigned, reason: wish.departure.reason)
        self.wish = wish
    }

    /// In the order asked; those that are in no catalogue are left out, and refused as recipients elsewhere.
    private static func parties(_ tables: Tables, _ recipients: [ID<Agency>]) throws -> [MediumParty] {
        let duties = try tables.duties.all()
        let known = Dictionary(
            try tables.correspondents.find(recipients).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        return recipients.compactMap { known[$0] }.map { agency in
            MediumParty(
                id: agency.id, kind: agency.kind, duties: duties[agency.id] ?? [],
                isReachable: agency.channel != .paper)
        }
    }

    /// Those that get a message, with or without paper.
    var electronic: [ID<Agency>] { chosen.filter(\.medium.isElectronic).map(\.recipient) }

    func store(_ act: Act, _ issuance: ID<Issuance>) throws {
        try act.tables.issuanceMedia.insert(
            chosen, of: issuance, subject: wish.subject, reason: wish.departure.reason)
    }

    /// For the journal: how many on paper, and every departure with its reason.
    var particulars: [String: String] {
        var facts: [String: String] = [:]
        let onPaper = chosen.count { $0.medium.isPaper }
        if onPaper > 0 { facts["paper"] = "\(onPaper)" }
        if let subject = wish.subject { facts["subject"] = subject.rawValue }
        let departing = chosen.filter(\.departs)
        if !departing.isEmpty {
            facts["departures"] = departing.map { "\($0.recipient) \($0.medium.rawValue)" }.joined(
                separator: " ")
            facts["mediumReason"] = wish.departure.reason
        }
        return facts
    }
}
