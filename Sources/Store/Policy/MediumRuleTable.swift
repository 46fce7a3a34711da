// Quy định về hình thức gửi, nhận: the rules of the installation and of each agency, with their days.
import Domain
import DualSQL

package struct MediumRuleTable {
    let connection: Connection

    package func insert(_ rules: [MediumRule], at: Instant) throws {
        try connection.insert(
            """
            medium_rule (id, agency_id, catalogue, ordinal, name, type_slug, subject, scope, scope_value, direction,
                medium, basis, valid_from, valid_to, entered_at)
            """, rules
        ) { rule in
            let (scope, value) = Self.columns(of: rule.recipient)
            return """
                (\(rule.id), \(rule.agency), \(rule.catalogue), \(rule.ordinal), \(rule.name), \(rule.type ?? ""),
                    \(rule.subject?.rawValue ?? ""), \(scope), \(value), \(rule.direction), \(rule.medium),
                    \(rule.basis), \(rule.validFrom), \(rule.validTo?.iso ?? ""), \(at))
                """
        }
    }

    /// Those an agency goes by, now or once: its own and the installation's. Nil: the installation's only.
    package func known(to agency: ID<Agency>?) throws -> [MediumRule] {
        try connection.rows(
            Self.columns + Self.of(agency, orInstallation: true)
                + " ORDER BY catalogue, valid_to = '' DESC, ordinal, direction, id",
            Self.read)
    }

    /// Those in force on a day or later.
    package func inForce(for agency: ID<Agency>, on day: OfficeDate) throws -> [MediumRule] {
        try connection.rows(
            Self.columns + Self.of(agency, orInstallation: true)
                + " AND (valid_to = '' OR valid_to >= \(day)) ORDER BY catalogue, ordinal, direction, id",
            Self.read)
    }

    package func find(_ ids: Set<ID<MediumRule>>) throws -> [MediumRule] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(Self.columns + " WHERE id IN (\(list: Array(ids)))", Self.read)
    }

    /// The rules of a catalogue get their last day, those that do not begin until then one before their first.
    /// - Parameter lastDay: Of a rule; one that ends earlier stays as it is.
    /// - Returns: the rules that end otherwise now, as they were, and their last day.
    package func end(
        _ catalogue: String, of agency: ID<Agency>?, last lastDay: (MediumRule) -> OfficeDate
    ) throws -> [(rule: MediumRule, lastDay: OfficeDate)] {
        let mine = Self.of(agency, orInstallation: false)
        let known = try connection.rows(
            Self.columns + mine + " AND catalogue = \(catalogue) ORDER BY id", Self.read)
        var ended: [(rule: MediumRule, lastDay: OfficeDate)] = []
        for rule in known {
            let last = max(lastDay(rule), rule.validFrom.adding(days: -1))
            if let already = rule.validTo, already <= last { continue }
            try connection.execute("UPDATE medium_rule SET valid_to = \(last) WHERE id = \(rule.id)")
            ended.append((rule, last))
        }
        return ended
    }

    private static func of(_ agency: ID<Agency>?, orInstallation: Bool) -> SQL {
        guard let agency else { return " WHERE agency_id IS NULL" }
        return orInstallation
            ? " WHERE (agency_id = \(agency) OR agency_id IS NULL)" : " WHERE agency_id = \(agency)"
    }

    private static let columns: SQL = """
        SELECT id, agency_id, catalogue, ordinal, name, type_slug, subject, scope, scope_value, direction, medium,
            basis, valid_from, valid_to
        FROM medium_rule
        """

    private static func read(_ row: Row) throws -> MediumRule {
        let type: String = try row[5], subject: String = try row[6], to: String = try row[13]
        return MediumRule(
            id: try row[0], agency: try row.optional(1), catalogue: try row[2], ordinal: try row[3],
            name: try row[4], type: type.isEmpty ? nil : type, subject: SubjectClass(rawValue: subject),
            recipient: try scope(try row[7], try row[8]), direction: try row[9], medium: try row[10],
            basis: try row[11], validFrom: try row[12], validTo: OfficeDate(to))
    }

    private static func columns(of scope: RecipientScope) -> (String, String) {
        switch scope {
        case .any: ("any", "")
        case .kind(let kind): ("kind", kind.rawValue)
        case .duty(let duty): ("duty", duty.rawValue)
        case .agency(let id): ("agency", id.description)
        }
    }

    /// A rule whose scope cannot be read must not become one for everybody.
    private static func scope(_ scope: String, _ value: String) throws -> RecipientScope {
        switch scope {
        case "any": return .any
        case "kind": if let kind = CorrespondentKind(rawValue: value) { return .kind(kind) }
        case "duty": if let duty = RecipientDuty(rawValue: value) { return .duty(duty) }
        default: if let id = ID<Agency>(value) { return .agency(id) }
        }
        throw UnreadableColumn(expected: "scope of a rule", found: .text(value))
    }
}

/// What agencies of the catalogue have to do with legal documents.
package struct CorrespondentDutyTable {
    let connection: Connection

    package func put(_ duty: RecipientDuty, of agency: ID<Agency>) throws {
        try connection.execute(
            """
            INSERT INTO correspondent_duty (correspondent_id, duty) VALUES (\(agency), \(duty))
            ON CONFLICT (correspondent_id, duty) DO NOTHING
            """)
    }

    package func remove(_ duty: RecipientDuty, of agency: ID<Agency>) throws {
        try connection.execute(
            "DELETE FROM correspondent_duty WHERE correspondent_id = \(agency) AND duty = \(duty)")
    }

    /// There are few of them in a country.
    package func all() throws -> [ID<Agency>: Set<RecipientDuty>] {
        var duties: [ID<Agency>: Set<RecipientDuty>] = [:]
        for row in try connection.rows("SELECT correspondent_id, duty FROM correspondent_duty") {
            duties[try row[0], default: []].insert(try row[1])
        }
        return duties
    }
}

extension Medium: SQLConvertible {}
extension ExchangeDirection: SQLConvertible {}
extension RecipientDuty: SQLConvertible {}

extension Tables {
    package var mediumRules: MediumRuleTable { MediumRuleTable(connection: connection) }
    package var duties: CorrespondentDutyTable { CorrespondentDutyTable(connection: connection) }
}
