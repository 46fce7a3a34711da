// Nhập danh mục hình thức gửi, nhận (D7, D14): a catalogue's rules are entered, and those it had before get their last day.
import Domain
import Store

/// What became of a catalogue.
package struct ImportedRules: Sendable, Equatable {
    package let entered: Int
    package let ended: Int
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
        let ended = try act.tables.mediumRules.end(catalogue, of: agency, last: act.today.adding(days: -1))
        try act.tables.mediumRules.insert(rules, at: act.now)
        let subject: ID<Agency> = agency ?? act.newID()
        act.record(
            .mediumRulesImported, subject,
            [
                "catalogue": catalogue, "entered": "\(rules.count)", "ended": "\(ended)",
                "scope": agency == nil ? "installation" : "agency",
            ])
        return ImportedRules(entered: rules.count, ended: ended)
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
            .recipientDutySet, agency, ["name": found.name, "duty": duty.rawValue, "holds": holds ? "1" : "0"])
        return found
    }
}
