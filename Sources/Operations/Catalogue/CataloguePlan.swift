// What a list changes in danh bạ cơ quan, worked out before anything is written. An agency keeps its identity through every
// refresh: found by its code in either form, then by the code it had before. What is gone from the list ends, and is never
// deleted; what people here set stays as they set it.
import Domain
import Foundation
import Store

/// How a list is taken up.
package struct CatalogueTerms: Sendable {
    /// The list's own name; only entries of the same list can be gone from it.
    package let list: String
    /// The list holds everything it ever held and still holds: what it lacks has ended.
    package let isComplete: Bool
    /// How agencies that are new are reached.
    package let route: Route
    package let today: OfficeDate

    package init(list: String, isComplete: Bool, route: Route, today: OfficeDate) {
        self.list = list
        self.isComplete = isComplete
        self.route = route
        self.today = today
    }

    /// The last day of what is gone today.
    var yesterday: OfficeDate { OfficeDate(dayNumber: today.dayNumber - 1) }
}

struct CataloguePlan {
    private(set) var report = CatalogueReport()
    private var rows: [ListedAgency]
    private let before: [ListedAgency]
    private let terms: CatalogueTerms
    private var byCode: [String: Int] = [:]
    private var byFormerCode: [String: Int] = [:]
    /// Rows that a line of the list stands for, and that line.
    private var takenBy: [Int: Int] = [:]
    private var successors: [(row: Int, code: String, line: Int)] = []
    private var listedNames = ListedNames()
    /// Codes that lines of the list go by, and those that lines say they had.
    private var claimed: Set<String> = []
    private let newID: () -> ID<Agency>

    /// Of entries this list had in use, how many are gone from it.
    private(set) var gone = 0
    private(set) var inUse = 0

    init(
        known: [ListedAgency], entries: [CatalogueEntry], terms: CatalogueTerms,
        newID: @escaping () -> ID<Agency>
    ) {
        before = known
        rows = known
        self.terms = terms
        self.newID = newID
        indexKnown()
        var screening = CatalogueScreening()
        let taken = screening.taken(entries)
        report.refused = screening.refused
        report.warnings = screening.warnings
        listedNames = ListedNames(taken)
        let live = Set(
            taken.filter { !$0.isDeleted }.flatMap { [$0.code, $0.codeQCVN102] }.filter { !$0.isEmpty })
        claimed = live.union(taken.filter { !$0.isDeleted && !$0.oldCode.isEmpty }.map(\.oldCode))
        for entry in taken where !entry.isDeleted { take(entry, live) }
        for entry in taken where entry.isDeleted { end(entry, live) }
        if terms.isComplete { endWhatIsGone() }
        nameSuccessors()
        count()
    }

    /// Only what differs from what is known.
    var changes: [ListedAgency] {
        rows.enumerated().filter { $0.offset >= before.count || before[$0.offset] != $0.element }.map(
            \.element)
    }

    /// Those that were known by another name, by their new one.
    var renamed: [Correspondent] {
        zip(before, rows).filter { $0.agency.name != $1.agency.name }.map(\.1.agency)
    }

    /// Agencies of this installation first, then those in use, then those that have ended.
    private mutating func indexKnown() {
        func rank(_ row: ListedAgency) -> Int {
            row.agency.isHosted ? 0 : row.agency.isValid(on: terms.today) ? 1 : 2
        }
        for index in rows.indices.sorted(by: { (rank(rows[$0]), $0) < (rank(rows[$1]), $1) }) {
            let row = rows[index]
            for code in [row.agency.code, row.agency.codeQCVN102] where !code.isEmpty && byCode[code] == nil {
                byCode[code] = index
            }
            for code in row.formerCodes where byFormerCode[code] == nil { byFormerCode[code] = index }
        }
    }

    // MARK: One line

    private mutating func take(_ entry: CatalogueEntry, _ live: Set<String>) {
        let own = entry.code.isEmpty ? nil : byCode[entry.code]
        let older = entry.codeQCVN102.isEmpty ? nil : byCode[entry.codeQCVN102]
        if let own, let older, own != older, !rows[older].agency.hasEnded, !rows[own].agency.hasEnded {
            return refuse(entry, .twoAgencies(rows[own].agency.name, rows[older].agency.name))
        }
        // A code that somebody else on the list goes by now is not this agency's former code.
        let former =
            live.contains(entry.oldCode) || entry.oldCode.isEmpty
            ? nil : byCode[entry.oldCode] ?? onceKnown(by: entry.oldCode)
        let found = own ?? older ?? former ?? onceKnown(by: entry.code)
        let index: Int
        if let found, takenBy[found] == nil {
            index = found
            rows[index] = renewed(rows[index], by: entry)
        } else {
            if terms.route.channel == .mail, entry.mail.isEmpty { return refuse(entry, .noMail) }
            index = rows.count
            rows.append(added(entry))
        }
        takenBy[index] = entry.line
        for code in [entry.code, entry.codeQCVN102] where !code.isEmpty { byCode[code] = index }
        if let former, former != index, takenBy[former] == nil, !rows[former].agency.isHosted {
            // Both were known: the one under the old code is carried on by the one under the new.
            end(former, on: terms.yesterday, successor: rows[index].agency.id)
            takenBy[former] = entry.line
        } else if former == nil, !entry.oldCode.isEmpty, !live.contains(entry.oldCode),
            !rows[index].formerCodes.contains(entry.oldCode), !rows[index].agency.goes(by: entry.oldCode)
        {
            rows[index].formerCodes.append(entry.oldCode)
        }
        if !entry.successorCode.isEmpty { successors.append((index, entry.successorCode, entry.line)) }
        warnOfHosted(rows[index].agency, entry)
    }

    /// The row that gave this code up, unless a line of the list speaks of it by a code it has now: a code that is used
    /// again must not make one agency of two, whichever line comes first.
    private func onceKnown(by code: String) -> Int? {
        guard let index = byFormerCode[code] else { return nil }
        let agency = rows[index].agency
        return claimed.contains(agency.code) || claimed.contains(agency.codeQCVN102) ? nil : index
    }

    private func renewed(_ row: ListedAgency, by entry: CatalogueEntry) -> ListedAgency {
        var new = row
        for (code, path) in [
            (entry.code, \Correspondent.code), (entry.codeQCVN102, \Correspondent.codeQCVN102),
        ] where !code.isEmpty && code != new.agency[keyPath: path] {
            let earlier = new.agency[keyPath: path]
            if !earlier.isEmpty, !new.formerCodes.contains(earlier) { new.formerCodes.append(earlier) }
            new.agency[keyPath: path] = code
        }
        new.formerCodes.removeAll { new.agency.goes(by: $0) }
        let superior = listedNames.superior(of: entry)
        if !superior.isEmpty { new.agency.superiorName = superior }
        if let kind = entry.kind { new.agency.kind = kind }
        if new.agency.isHosted { return new }
        new.agency.name = entry.name
        if row.agency.isSelfDeclared {
            // What it said of itself counts for nothing beside a list.
            (new.agency.channel, new.agency.partner) = (terms.route.channel, terms.route.partner)
            (new.agency.mail, new.agency.isSelfDeclared) = (entry.mail, false)
        }
        new.list = row.list.isEmpty || row.agency.hasEnded ? terms.list : row.list
        new.agency.validFrom = entry.validFrom ?? new.agency.validFrom
        new.agency.validTo = entry.validTo
        if entry.validTo == nil { new.agency.successor = nil }
        if !entry.mail.isEmpty {
            if row.agency.mail.isEmpty || row.agency.mail == row.listedMail { new.agency.mail = entry.mail }
            new.listedMail = entry.mail
        }
        if !entry.address.isEmpty {
            if row.agency.address.isEmpty || row.agency.address == row.listedAddress {
                new.agency.address = entry.address
            }
            new.listedAddress = entry.address
        }
        return new
    }

    private func added(_ entry: CatalogueEntry) -> ListedAgency {
        ListedAgency(
            agency: Correspondent(
                id: newID(), name: entry.name, code: entry.code, codeQCVN102: entry.codeQCVN102,
                superiorName: listedNames.superior(of: entry), kind: entry.kind ?? CodeKind.kind(of: entry),
                channel: terms.route.channel, partner: terms.route.partner, mail: entry.mail,
                address: entry.address, validFrom: entry.validFrom, validTo: entry.validTo),
            list: terms.list, listedMail: entry.mail, listedAddress: entry.address)
    }

    private mutating func warnOfHosted(_ agency: Correspondent, _ entry: CatalogueEntry) {
        guard agency.isHosted, Folding.fold(agency.name) != Folding.fold(entry.name) else { return }
        warn(entry, .hostedName(ours: agency.name, listed: entry.name))
    }

    // MARK: Ending

    /// The list says that it is deleted; unknown ones are not made for that.
    private mutating func end(_ entry: CatalogueEntry, _ live: Set<String>) {
        let codes = [entry.code, entry.codeQCVN102].filter { !$0.isEmpty }
        guard !codes.contains(where: live.contains), let index = codes.compactMap({ byCode[$0] }).first,
            takenBy[index] == nil
        else { return }
        takenBy[index] = entry.line
        if rows[index].agency.isHosted {
            return warn(entry, .hostedEnded(rows[index].agency.name))
        }
        let dayBefore = entry.changedOn.map { OfficeDate(dayNumber: $0.dayNumber - 1) }
        end(index, on: entry.validTo ?? min(dayBefore ?? terms.yesterday, terms.yesterday), successor: nil)
        if !entry.successorCode.isEmpty { successors.append((index, entry.successorCode, entry.line)) }
    }

    private mutating func end(_ index: Int, on day: OfficeDate, successor: ID<Agency>?) {
        // What ended earlier keeps its day.
        if rows[index].agency.isValid(on: terms.today) || !rows[index].agency.hasEnded {
            rows[index].agency.validTo = day
        }
        if let successor { rows[index].agency.successor = successor }
    }

    private mutating func endWhatIsGone() {
        for index in before.indices {
            let row = before[index]
            guard row.list == terms.list, !row.agency.isHosted, row.agency.isValid(on: terms.today) else {
                continue
            }
            inUse += 1
            if takenBy[index] == nil {
                gone += 1
                end(index, on: terms.yesterday, successor: nil)
            }
        }
    }

    private mutating func nameSuccessors() {
        for (index, code, line) in successors {
            if let next = byCode[code], next != index {
                rows[index].agency.successor = rows[next].agency.id
            } else {
                report.warnings.append(
                    CatalogueReport.Warning(
                        line: line, name: rows[index].agency.name, doubt: .successorUnknown(code)))
            }
        }
    }

    // MARK: The report

    private mutating func refuse(_ entry: CatalogueEntry, _ fault: CatalogueReport.Fault) {
        report.refused.append(CatalogueReport.Refusal(line: entry.line, name: entry.name, fault: fault))
    }

    private mutating func warn(_ entry: CatalogueEntry, _ doubt: CatalogueReport.Doubt) {
        report.warnings.append(CatalogueReport.Warning(line: entry.line, name: entry.name, doubt: doubt))
    }

    /// Lines that were refused before the plan was made.
    mutating func addRefused(_ earlier: [CatalogueReport.Refusal]) {
        report.refused = (report.refused + earlier).sorted { $0.line < $1.line }
    }

    private mutating func count() {
        for (index, row) in rows.enumerated() {
            if index >= before.count {
                report.added += 1
            } else if before[index] == row {
                report.unchanged += 1
            } else if row.agency.hasEnded, !before[index].agency.hasEnded {
                report.ended += 1
                if report.endedNames.count < CatalogueReport.namesShown {
                    report.endedNames.append(row.agency.name)
                }
            } else {
                report.changed += 1
            }
        }
        report.refused.sort { $0.line < $1.line }
        report.warnings.sort { $0.line < $1.line }
    }
}

extension Correspondent {
    fileprivate var hasEnded: Bool { validTo != nil }
}
