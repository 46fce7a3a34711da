// Hình thức gửi, nhận: the rules an agency goes by, for everybody in it.
import Domain
import HTTPTypes
import Operations
import Pages
import Store

enum MediumRulesHandlers {
    static let all: [PageRoute] = [.get("hinh-thuc-gui", show)]

    private static func show(_ visit: Visit) async throws -> Reply {
        let filter = MediumRulesFilter(
            direction: ExchangeDirection(rawValue: visit.query("chieu")) ?? .send,
            all: visit.query("xem") == "tat-ca", words: visit.query("tim"))
        let today = visit.now.officeDate
        return .page(
            try await visit.office.read { tables in
                let rules = try tables.mediumRules.known(to: visit.agency.id)
                let shown = rules.filter {
                    $0.direction == filter.direction && (filter.all || $0.isValid(on: today))
                        && matches($0, filter.words)
                }
                let names = try names(of: shown, tables)
                return MediumRulesPage(
                    frame: try visit.frame(tables), filter: filter,
                    lines: shown.map { rule in
                        MediumRulesPage.Line(rule: rule, agencyName: names[rule.id] ?? "")
                    },
                    counts: Dictionary(
                        grouping: rules.filter { $0.isValid(on: today) }, by: \.direction
                    ).mapValues(\.count))
            }.html())
    }

    private static func matches(_ rule: MediumRule, _ words: String) -> Bool {
        let text = Folding.fold("\(rule.name) \(rule.basis)")
        return Folding.words(words).allSatisfy { text.contains($0) }
    }

    private static func names(of rules: [MediumRule], _ tables: Tables) throws -> [ID<MediumRule>: String] {
        var agencies: [ID<MediumRule>: ID<Agency>] = [:]
        for rule in rules { if case .agency(let id) = rule.recipient { agencies[rule.id] = id } }
        let known = Dictionary(
            try tables.correspondents.find(Array(Set(agencies.values))).map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first })
        return agencies.compactMapValues { known[$0] }
    }
}
