// Danh bạ cơ quan: one row an agency, whether of this installation or known from elsewhere.
import Domain
import DualSQL
import Foundation

package struct CorrespondentTable {
    let connection: Connection

    /// Adds the agency, or puts down what is known of it now.
    package func put(_ agency: Correspondent, at: Instant) throws {
        // Two that come at once would choose one place.
        try CatalogueTable(connection: connection).lock()
        let index = CatalogueIndex(connection: connection)
        let before = try connection.first(
            "SELECT name, valid_to, place FROM correspondent WHERE id = \(agency.id)"
        ) { (name: try $0[0] as String, validTo: try $0[1] as String, place: try $0[2] as Int) }
        let hasEnded = agency.validTo != nil
        let stays = before.map { $0.name == agency.name && $0.validTo.isEmpty == !hasEnded } ?? false
        let place =
            try stays ? before?.place ?? 0 : index.place(for: agency.name, agency.id, hasEnded: hasEnded)
        try connection.execute(
            """
            INSERT INTO correspondent (id, name, code, code_qcvn102, superior_name, kind, hosted, channel, partner, mail,
                address, valid_from, valid_to, successor_id, sort_key, search_text, updated_at, place,
                self_declared)
            VALUES (\(agency.id), \(agency.name), \(agency.code), \(agency.codeQCVN102), \(agency.superiorName),
                \(agency.kind), \(agency.isHosted), \(agency.channel), \(agency.partner), \(agency.mail.lowercased()),
                \(agency.address), \(agency.validFrom?.iso ?? ""), \(agency.validTo?.iso ?? ""), \(agency.successor),
                \(Folding.sortKey(agency.name)), \(Self.searchText(agency)), \(at), \(place),
                \(agency.isSelfDeclared))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, code = excluded.code,
                code_qcvn102 = excluded.code_qcvn102, superior_name = excluded.superior_name, kind = excluded.kind,
                hosted = excluded.hosted, channel = excluded.channel, partner = excluded.partner,
                mail = excluded.mail, address = excluded.address, valid_from = excluded.valid_from,
                valid_to = excluded.valid_to, successor_id = excluded.successor_id, sort_key = excluded.sort_key,
                search_text = excluded.search_text, updated_at = excluded.updated_at, place = excluded.place,
                self_declared = excluded.self_declared
            """)
        try index.put(agency, at: place, before: before?.place)
    }

    package func find(_ id: ID<Agency>) throws -> Correspondent? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func find(_ ids: [ID<Agency>]) throws -> [Correspondent] {
        try connection.rows(of: ids, { Self.columns + " WHERE id IN (\(list: $0))" }, Self.read)
    }

    /// Whether one of them is reached by a channel that names agencies by their codes.
    package func anySpeaksEdXML(_ ids: [ID<Agency>]) throws -> Bool {
        let channels = Channel.allCases.filter(\.speaksEdXML)
        var rest = ids[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(DeliveryTable.rowsAtOnce))
            let found = try connection.first(
                """
                SELECT 1 FROM correspondent WHERE id IN (\(list: some)) AND channel IN (\(list: channels)) LIMIT 1
                """)
            if found != nil { return true }
            rest = rest.dropFirst(DeliveryTable.rowsAtOnce)
        }
        return false
    }

    /// The agencies of this installation.
    package func hosted() throws -> [Correspondent] {
        try connection.rows(Self.columns + " WHERE hosted = 1 ORDER BY sort_key, id", Self.read)
    }

    /// Those that go, or went, by this code in either form; valid ones first, and of these the agencies of this
    /// installation and those that go by it now.
    package func find(code: String, on day: OfficeDate) throws -> [Correspondent] {
        guard !code.isEmpty else { return [] }
        // Each form by its own index: asked in one condition, PostgreSQL would walk through the whole catalogue.
        let found = try connection.rows(
            Self.columns + """
                 WHERE id IN (
                    SELECT id FROM correspondent WHERE code = \(code) AND code <> ''
                    UNION SELECT id FROM correspondent WHERE code_qcvn102 = \(code) AND code_qcvn102 <> ''
                    UNION SELECT correspondent_id FROM correspondent_former_code WHERE code = \(code))
                """, Self.read)
        func rank(_ agency: Correspondent) -> Int {
            (agency.isValid(on: day) ? 0 : 4) + (agency.isHosted ? 0 : 2) + (agency.goes(by: code) ? 0 : 1)
        }
        return found.sorted { (rank($0), $0.id.description) < (rank($1), $1.id.description) }
    }

    /// Whom of these letters may go to on the day, and who follows those they may not go to any more. Nothing goes to an
    /// agency that only says itself who it is, but for answers.
    package func standing(
        of ids: [ID<Agency>], on day: OfficeDate, answering senders: Set<ID<Agency>> = []
    ) throws -> RecipientStanding {
        let known = try find(Array(Set(ids)))
        let gone = known.filter { !$0.isValid(on: day) }.sorted { $0.name < $1.name }
        let next = try find(gone.compactMap(\.successor)).map { ($0.id, $0.name) }
        let names = Dictionary(next, uniquingKeysWith: { first, _ in first })
        return RecipientStanding(
            valid: Set(
                known.filter { $0.isValid(on: day) && (!$0.isSelfDeclared || senders.contains($0.id)) }
                    .map(\.id)),
            ended: gone.map {
                EndedRecipient(name: $0.name, successor: $0.successor.flatMap { names[$0] } ?? "")
            })
    }

    /// Those that write from this address; valid ones first.
    package func find(mail: String, on day: OfficeDate) throws -> [Correspondent] {
        guard mail.contains("@") else { return [] }
        return try connection.rows(
            Self.columns + " WHERE mail = \(mail.lowercased()) AND mail <> ''", Self.read
        )
        .sorted { $0.isValid(on: day) && !$1.isValid(on: day) }
    }

    package static func searchText(_ agency: Correspondent) -> String {
        Folding.fold(
            [agency.name, agency.code, agency.codeQCVN102, agency.superiorName].joined(separator: " "))
    }

    static let columns: SQL = """
        SELECT id, name, code, code_qcvn102, superior_name, kind, channel, partner, mail, address, valid_from,
            valid_to, successor_id, self_declared
        FROM correspondent
        """

    static func read(_ row: Row) throws -> Correspondent {
        let from: String = try row[10], to: String = try row[11]
        return Correspondent(
            id: try row[0], name: try row[1], code: try row[2], codeQCVN102: try row[3],
            superiorName: try row[4], kind: try row[5], channel: try row[6], partner: try row[7],
            mail: try row[8], address: try row[9], validFrom: OfficeDate(from), validTo: OfficeDate(to),
            successor: try row.optional(12), isSelfDeclared: try row[13])
    }
}

extension Channel: SQLConvertible {}
extension CorrespondentKind: SQLConvertible {}

extension Tables {
    package var correspondents: CorrespondentTable { CorrespondentTable(connection: connection) }
}
