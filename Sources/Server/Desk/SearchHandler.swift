// Tìm: one question over arrivals, drafts and issued documents of the agency, with or without diacritics (I3).
import Domain
import Operations
import Pages
import Store

enum SearchHandler {
    static let all: [PageRoute] = [.get("tim", search)]

    /// Of each kind; whoever needs more uses the list of that kind.
    private static let limit = 30

    private static func search(_ visit: Visit) async throws -> Reply {
        let words = visit.query(FormFields.search)
        return .page(
            try await visit.office.read { tables in
                SearchPage(
                    frame: try visit.frame(tables), words: words,
                    hits: words.isEmpty ? [] : try hits(tables, visit, words))
            }.html())
    }

    private static func hits(_ tables: Tables, _ visit: Visit, _ words: String) throws -> [SearchHit] {
        let asked = Folding.words(words), agency = visit.agency.id
        func found(_ kind: EntryKind) throws -> [ID<EntryKind>] {
            try tables.entryText.find(asked, kind: kind, agency: agency, limit: limit).map(ID.init)
        }
        let arrivals = try tables.arrivalLists.rows(found(.arrival).map { ID($0.uuid) }, for: visit.position)
        let drafts = try tables.draftLists.rows(found(.draft).map { ID($0.uuid) }, for: visit.position)
        let issued = try tables.issuanceLists.rows(found(.issuance).map { ID($0.uuid) }, of: agency)
        let hits = arrivals.map(SearchHit.init) + drafts.map(SearchHit.init) + issued.map(SearchHit.init)
        return ExactFirst.sort(hits, by: words) { "\($0.title) \($0.detail)" }
    }
}

extension SearchHit {
    fileprivate init(_ row: Store.ArrivalRow) {
        self.init(
            kind: .arrival, address: .arrival(RegisterNumber(year: row.year, number: row.number)), title: row.abstract,
            urgency: row.urgency, detail: "Số đến \(row.number) · \(row.numberAndNotation) · \(row.issuingAgency)",
            date: row.arrivedAt.officeDate, mark: Vi.state(row.state))
    }

    fileprivate init(_ row: Store.DraftRow) {
        self.init(
            kind: .draft, address: .draft(row.code), title: row.abstract, urgency: row.urgency,
            detail: "DT-\(row.code) · \(row.typeName) · \(row.drafter)", date: nil, mark: Vi.state(row.state))
    }

    fileprivate init(_ row: IssuanceRow) {
        let issuance = row.issuance
        let number = IssuedNumber(year: issuance.year, register: row.register, number: issuance.number)
        self.init(
            kind: .issued, address: .issued(number, BoardFilter()), title: row.abstract, urgency: row.urgency,
            detail: "\(issuance.numberAndNotation) · \(row.typeName) · \(row.signer)", date: issuance.date,
            mark: Vi.state(issuance.state))
    }
}
