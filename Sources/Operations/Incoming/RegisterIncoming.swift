// Đăng ký văn bản đến (B1): the clerk has checked the letter and typed what is on it; it takes the next arrival number
// of the year. The same (number, notation, agency) again in the year is refused once, with the twin shown.
import Domain
import DualSQL
import Foundation
import Store

package struct RegisterIncoming: OfficeOperation {
    package static let verb = Verb.incomingRegistered

    package let facts: DocumentParticulars
    package let deadline: OfficeDate?
    package let director: ID<Position>
    /// The letter first, then what came with it.
    package let files: [ID<StagedFile>]
    /// The clerk has seen the twin and says this is another document.
    package let twinSeen: Bool

    package init(
        facts: DocumentParticulars, deadline: OfficeDate?, director: ID<Position>, files: [ID<StagedFile>],
        twinSeen: Bool
    ) {
        self.facts = facts
        self.deadline = deadline
        self.director = director
        self.files = files
        self.twinSeen = twinSeen
    }

    package func perform(_ act: Act) throws -> Arrival {
        let clerk = try act.position
        try refuseUnlessComplete(act, clerk)
        let staged = try files.enumerated().map { index, id in
            guard
                let staged = try act.tables.stagedFiles.find(
                    id, account: clerk.account, agency: clerk.agency, forUse: true)
            else { throw Refused(.fileGone) }
            return StoredDocumentFile(
                ordinal: index + 1, kind: index == 0 ? .main : .enclosure, file: staged.file)
        }
        let document: ID<Document> = act.newID()
        try act.tables.documents.insert(document, facts, issuedBy: nil, files: staged, at: act.now)
        for id in files { try act.tables.stagedFiles.delete(id) }
        return try ArrivalEntry(
            document: document, facts: facts, director: director, deadline: deadline, arrivedAt: act.now,
            receipt: nil
        ).enter(act)
    }

    private func refuseUnlessComplete(_ act: Act, _ clerk: Position) throws {
        var reasons = ArrivalRules.refusals(facts, deadline: deadline, today: act.today)
        if files.isEmpty { reasons.append(.noFile) }
        if try act.tables.documentTypes.find(facts.type) == nil { reasons.append(.missing(.type)) }
        if reasons.isEmpty, !twinSeen,
            let twin = try act.tables.arrivals.twin(of: facts, in: clerk.agency, year: act.today.year)
        {
            reasons.append(.twin(year: twin.year, number: twin.number))
        }
        try Refused.unless(reasons)
    }
}
