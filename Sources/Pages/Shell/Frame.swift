// What stands around every page of the office: whose agency, who acts and as what, what time it is, and what waits.
import Domain

package struct Frame: Sendable {
    /// First part of every address.
    package let slug: String
    package let agencyName: String
    package let superiorLine: String
    package let personName: String
    package let positionTitle: String
    package let role: Role
    package let hasOtherPositions: Bool
    package let now: Instant
    package let calendar: WorkingCalendar
    package let counts: WaitingCounts
    /// For signing out.
    package let seal: FormSeal
    /// The result of one's own last act, told once.
    package let notice: Notice?

    package init(
        slug: String, agencyName: String, superiorLine: String, personName: String, positionTitle: String,
        role: Role,
        hasOtherPositions: Bool, now: Instant, calendar: WorkingCalendar, counts: WaitingCounts,
        seal: FormSeal,
        notice: Notice? = nil
    ) {
        self.slug = slug
        self.agencyName = agencyName
        self.superiorLine = superiorLine
        self.personName = personName
        self.positionTitle = positionTitle
        self.role = role
        self.hasOtherPositions = hasOtherPositions
        self.now = now
        self.calendar = calendar
        self.counts = counts
        self.seal = seal
        self.notice = notice
    }

    package func path(_ inside: OfficeAddress) -> String { Address.office(slug: slug, inside).path }

    /// May be the signer of a draft.
    var signs: Bool { Verb.draftSigned.roles.contains(role) }

    func due(_ dueAt: Instant?) -> DueWords { Vi.due(dueAt, now: now, calendar: calendar) }

    func moment(_ moment: Instant) -> String { Vi.moment(moment, now: now) }
}

/// Numbers beside the menu: only what waits for me.
package struct WaitingCounts: Sendable, Equatable {
    package var desk: Int
    package var toReceive: Int
    package var drafts: Int
    package var toIssue: Int
    package var toSign: Int
    /// Messages of the exchange that somebody has to decide about.
    package var exchange: Int

    package init(
        desk: Int = 0, toReceive: Int = 0, drafts: Int = 0, toIssue: Int = 0, toSign: Int = 0,
        exchange: Int = 0
    ) {
        (self.desk, self.toReceive, self.drafts, self.toIssue) = (desk, toReceive, drafts, toIssue)
        self.toSign = toSign
        self.exchange = exchange
    }
}

/// What every form carries besides what is typed: against forged requests, against a double click, against another
/// position now being active, against a page that is no longer true (decisions 14, 21).
package struct FormSeal: Sendable, Equatable {
    package let csrf: String
    package let actID: String
    package let positionID: String
    /// The version of the paper the form was made for, where that matters.
    package let version: Int?

    package init(csrf: String, actID: String, positionID: String, version: Int? = nil) {
        (self.csrf, self.actID, self.positionID, self.version) = (csrf, actID, positionID, version)
    }
}

package struct Notice: Sendable, Equatable {
    package enum Tone: Sendable { case good, plain, warn }

    package let tone: Tone
    package let text: String
    /// Where to look, or how to undo.
    package let link: String?
    package let linkText: String

    package init(_ tone: Tone = .good, _ text: String, link: String? = nil, linkText: String = "") {
        (self.tone, self.text, self.link, self.linkText) = (tone, text, link, linkText)
    }
}
