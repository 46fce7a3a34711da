// Cấp số (D2; Nghị định 30/2020, Điều 15): the first act of issuing. Number and date are bound to the signed
// draft for ever; the file is sealed afterwards, outside any transaction, and a crash in between loses
// nothing (decision 3).
import Domain
import DualSQL
import Foundation
import Store

package struct TakeNumber: OfficeOperation {
    package static let verb = Verb.numberTaken

    package let code: Int
    package let date: OfficeDate
    package let recipients: [ID<Agency>]
    package let media: MediaWish
    /// Number and notation of the document that this one replaces; empty: none.
    package let replaces: String

    package init(
        code: Int, date: OfficeDate, recipients: [ID<Agency>], media: MediaWish = .byRules,
        replaces: String = ""
    ) {
        self.replaces = replaces
        self.code = code
        self.date = date
        self.media = media
        var seen: Set<ID<Agency>> = []
        self.recipients = recipients.filter { seen.insert($0).inserted }
    }

    init(_ wish: IssuingWish) {
        self.init(
            code: wish.code, date: wish.date, recipients: wish.recipients, media: wish.media,
            replaces: wish.replaces)
    }

    package func perform(_ act: Act) throws -> Issuance {
        let clerk = try act.position
        guard let draft = try act.tables.drafts.lock(clerk.agency, code: code) else {
            throw Refused(.notFound)
        }
        guard let register = try act.tables.registers.forType(draft.typeSlug, in: draft.agency, .outgoing)
        else {
            throw Refused(.malformed(.type))
        }
        let last = try act.tables.registers.lockLast(in: register.id, year: act.today.year)
        let ways = try IssuingMedia(
            act.tables, agency: draft.agency, type: draft.typeSlug, recipients: recipients, wish: media,
            on: act.today, isSigned: draft.state == .signed)
        let facts = try IssuingReading.facts(
            act.tables, draft, date: date, recipients: recipients, media: ways, today: act.today,
            lastDate: last.date)
        try Refused.unless(IssuingRules.numberingRefusals(facts))
        let instruction = try SignedInstruction(act.tables, draft, ways, on: act.today)
        let message = try MessageForecast(act.tables, draft, ways, date: date)
        try Refused.unless(ways.refusals + instruction.refusals + message.refusals)
        let replaced = try act.tables.replacements.find(replaces, of: draft.agency)
        if replaced == nil, !replaces.isEmpty { throw Refused(.replacedUnknown(replaces)) }
        let number = try act.tables.registers.takeNumber(in: register.id, year: act.today.year, date: date)
        try Refused.unless(PrintedRules.numberRefusals(facts.printed, taken: number))
        let issuance = Issuance(
            id: act.newID(), agency: draft.agency, draft: draft.id, register: register.id,
            year: act.today.year,
            number: number, notation: draft.notation, date: date, state: .numbered, document: nil)
        try enter(issuance, draft, act)
        try ways.store(act, issuance.id)
        try instruction.store(act, issuance.id)
        if let replaced { try act.tables.replacements.insert(issuance.id, replacing: replaced) }
        try act.tables.drafts.setState(.numbered, of: draft.id)
        try act.tables.drafts.touch(draft.id)
        try ClerksDesk(draft: draft).put(
            .resume, act, detail: ClerksDesk.resumeDetail(issuance.numberAndNotation))
        act.record(
            .numberTaken, draft.id,
            [
                "code": "DT-\(code)", "number": "\(number)", "year": "\(issuance.year)",
                "register": register.name,
                "document": issuance.numberAndNotation, "date": date.iso, "recipients": "\(recipients.count)",
            ].merging(ways.particulars) { first, _ in first }
                .merging(try instruction.particulars(act.tables)) { first, _ in first })
        return issuance
    }

    /// Two registers that share notation and number would make two letters of one name.
    private func enter(_ issuance: Issuance, _ draft: Draft, _ act: Act) throws {
        let words = Folding.fold("\(issuance.numberAndNotation) \(issuance.notation) \(draft.abstract)")
        do {
            try act.tables.issuances.insert(
                issuance, recipients: recipients, numberedBy: try act.position.id, at: act.now,
                searchText: words)
        } catch let error as SQLError where error.isUniqueViolation {
            throw Refused(.numberTaken)
        }
    }
}

extension Issuance {
    /// `05/PTP`, as it is printed and quoted.
    package var numberAndNotation: String { "\(Notation.printed(number))/\(notation)" }
}
