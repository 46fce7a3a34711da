// Nhập danh mục hình thức gửi, nhận (D7, D14): a catalogue's rules are entered, and those it had before get their last day: the
// one before the new ones begin, so that a list may be entered in advance and no day is without its rule.
import Domain
import Store

/// What became of a catalogue.
package struct ImportedRules: Sendable, Equatable {
    package let entered: Int
    package let ended: Int
    /// The last days of those that were in force, earliest and latest; nil where none was.
    package let lastDays: ClosedRange<OfficeDate>?
    /// Lines about types that are no types of document here, as the list words them: they can never apply.
    package let unknownTypes: [String]

    package init(
        entered: Int, ended: Int, lastDays: ClosedRange<OfficeDate>? = nil, unknownTypes: [String] = []
    ) {
        self.entered = entered
        self.ended = ended
        self.lastDays = lastDays
        self.unknownTypes = unknownTypes
    }
}

package struct ImportRules: OfficeOperation {
    package static let verb = Verb.mediumRulesImported

    let catalogue: String
    let agency: ID<Agency>?
    let lines: [RuleLine]

    /// - Parameters:
    ///   - catalogue: The name by which it is replaced later.
    ///   - agency: Whose catalogue it is; nil for the whole installation.
    package init(_ catalogue: String, for agency: ID<Agency>?, _ lines: [RuleLine]) {
        self.catalogue = catalogue
        self.agency = agency
        self.lines = lines
    }

    package func perform(_ act: Act) throws -> ImportedRules {
        if case .position(let administrator) = act.actor, administrator.agency != agency {
            throw Refused(.notYours)
        }
        let rules = lines.enumerated().flatMap { index, line in
            line.rules(agency: agency, catalogue: catalogue, ordinal: index + 1) { act.newID() }
        }
        let replacing = ReplacedRules(by: rules, today: act.today)
        let ended = try act.tables.mediumRules.end(catalogue, of: agency, last: replacing.lastDay(of:))
        try act.tables.mediumRules.insert(rules, at: act.now)
        let subject: ID<Agency> = agency ?? act.newID()
        act.record(
            .mediumRulesImported, subject,
            [
                "catalogue": catalogue, "entered": "\(rules.count)", "ended": "\(ended.count)",
                "scope": agency == nil ? "installation" : "agency",
            ])
        let types = Set(try act.tables.documentTypes.all().map(\.slug))
        let last = ended.compactMap { $0.lastDay < $0.rule.validFrom ? nil : $0.lastDay }
        return ImportedRules(
            entered: rules.count, ended: ended.count,
            lastDays: last.min().flatMap { first in last.max().map { first...$0 } },
            unknownTypes: lines.filter { line in line.type.map { !types.contains($0) } ?? false }.map(\.name))
    }
}

/// Until when the rules of the list before hold.
private struct ReplacedRules {
    private struct Matter: Hashable {
        let type: String?
        let subject: SubjectClass?
        let recipient: RecipientScope
        let direction: ExchangeDirection

        init(_ rule: MediumRule) {
            (type, subject) = (rule.type, rule.subject)
            (recipient, direction) = (rule.recipient, rule.direction)
        }
    }

    private let yesterday: OfficeDate
    /// When the new list begins to speak of a matter.
    private var firstDays: [Matter: OfficeDate] = [:]
    private let firstDay: OfficeDate

    init(by rules: [MediumRule], today: OfficeDate) {
        yesterday = today.adding(days: -1)
        firstDay = rules.map(\.validFrom).min() ?? today
        for rule in rules {
            let matter = Matter(rule)
            firstDays[matter] = min(firstDays[matter] ?? rule.validFrom, rule.validFrom)
        }
    }

    /// Until the new list speaks of the same, or where it never does, until it begins; what was in force until now was so
    /// yesterday.
    func lastDay(of rule: MediumRule) -> OfficeDate {
        max(yesterday, (firstDays[Matter(rule)] ?? firstDay).adding(days: -1))
    }
}

/// Whether an agency of the catalogue checks legal documents, prints the gazette or keeps the database of laws.
package struct SetRecipientDuty: OfficeOperation {
    package static let verb = Verb.recipientDutySet

    let agency: ID<Agency>
    let duty: RecipientDuty
    let holds: Bool

    package init(_ duty: RecipientDuty, of agency: ID<Agency>, holds: Bool) {
        self.agency = agency
        self.duty = duty
        self.holds = holds
    }

    package func perform(_ act: Act) throws -> Correspondent {
        // The catalogue is everybody's: no agency's administrator changes it for the others.
        if case .position = act.actor { throw Refused(.notYours) }
        guard let found = try act.tables.correspondents.find(agency) else { throw Refused(.notFound) }
        if holds {
            try act.tables.duties.put(duty, of: agency)
        } else {
            try act.tables.duties.remove(duty, of: agency)
        }
        act.record(
            .recipientDutySet, agency,
            ["name": found.name, "duty": duty.rawValue, "holds": holds ? "1" : "0"])
        return found
    }
}
