// Văn bản đến: the list, and registering a letter.
import Domain
import Operations
import Pages
import Store

enum IncomingRoutes {
    static let all: [PageRoute] = [
        .get("van-ban-den", list),
        .get("van-ban-den/dang-ky", RegisterHandlers.show),
        .post("van-ban-den/dang-ky", RegisterHandlers.post),
    ]

    static let pageSize = 50
    /// A search shows at most this many; the words have to become more exact beyond it.
    static let searchLimit = 200

    private static func list(_ visit: Visit) async throws -> Reply {
        let filter = ArrivalFilter(
            state: ArrivalState(slug: visit.query("trang-thai")),
            awaitsPaper: visit.query("ban-giay") == ArrivalFilter.paperSlug, words: visit.query("tim"),
            after: visit.query("sau").isEmpty ? nil : visit.query("sau"))
        let person = visit.position, basis = visit.office.verdictBasis
        let listed =
            try await filter.words.isEmpty
            ? visit.office.look("arrivals/\(reader(person))\(filter.query)") {
                try Listed($0, person, filter, basis)
            }
            : visit.office.read { try Listed($0, person, filter, basis) }
        return .page(
            ArrivalListPage(
                frame: visit.frame(try await visit.standing()), rows: listed.rows, filter: filter,
                counts: listed.counts, awaitingPaper: listed.awaitingPaper, next: listed.next
            ).html())
    }

    /// Whoever reads the whole register sees the same list.
    private static func reader(_ person: Position) -> String {
        ArrivalAccess.readsAll(person.role) ? "\(person.agency)" : "\(person.id)"
    }

    /// What stands on the list.
    private struct Listed: Sendable {
        let rows: [Pages.ArrivalRow]
        let counts: [ArrivalState: Int]
        let awaitingPaper: Int
        let next: String?

        init(_ tables: Tables, _ person: Position, _ filter: ArrivalFilter, _ basis: VerdictBasis) throws {
            let found = try page(tables, person, filter)
            let values = try tables.verdicts.values(of: found.rows.map(\.document), basis)
            rows = found.rows.map { Pages.ArrivalRow($0, values[$0.document]) }
            next = found.next
            counts = try IncomingRoutes.counts(tables, person)
            awaitingPaper = try tables.arrivalLists.awaitingPaper(for: person)
        }
    }

    private static func page(
        _ tables: Tables, _ person: Position, _ filter: ArrivalFilter
    ) throws -> (rows: [Store.ArrivalRow], next: String?) {
        if !filter.words.isEmpty {
            let found = try tables.entryText.find(
                Folding.words(filter.words), kind: .arrival, agency: person.agency, limit: searchLimit)
            let rows = try tables.arrivalLists.rows(
                found.map(ID.init), for: person, awaitingPaper: filter.awaitsPaper
            )
            .filter { filter.state == nil || $0.state == filter.state }
            return (
                ExactFirst.sort(rows, by: filter.words) {
                    "\($0.numberAndNotation) \($0.abstract) \($0.issuingAgency)"
                }, nil
            )
        }
        let after = filter.after.flatMap(RegisterNumber.init)
        var rows = try tables.arrivalLists.page(
            for: person, state: filter.state, awaitingPaper: filter.awaitsPaper,
            after: after.map { ($0.year, $0.number) }, limit: pageSize + 1)
        guard rows.count > pageSize else { return (rows, nil) }
        rows.removeLast()
        return (rows, rows.last.map { RegisterNumber(year: $0.year, number: $0.number).text })
    }

    private static func counts(_ tables: Tables, _ person: Position) throws -> [ArrivalState: Int] {
        var counts: [ArrivalState: Int] = [:]
        for state in ArrivalState.allCases {
            counts[state] = try tables.arrivalLists.count(for: person, state: state)
        }
        return counts
    }
}

/// People who type the marks mean them: what holds the words exactly as typed comes first (decision 23).
enum ExactFirst {
    static func sort<Row>(_ rows: [Row], by words: String, _ text: (Row) -> String) -> [Row] {
        let wanted = words.lowercased()
        let exact = rows.filter { text($0).lowercased().contains(wanted) }
        let others = rows.filter { !text($0).lowercased().contains(wanted) }
        return exact + others
    }
}

extension Pages.ArrivalRow {
    init(_ row: Store.ArrivalRow, _ value: LegalValue?) {
        self.init(
            number: RegisterNumber(year: row.year, number: row.number), arrivedOn: row.arrivedAt.officeDate,
            issuingAgency: row.issuingAgency, numberAndNotation: row.numberAndNotation, date: row.date,
            abstract: row.abstract, urgency: row.urgency, holder: row.holder, dueAt: row.dueAt,
            state: row.state, signature: Vi.signatureMark(value))
    }
}
