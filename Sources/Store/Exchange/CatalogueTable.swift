// The catalogue as a list refreshes it: everything known is read once, what changed is written many rows at a time.
import Domain
import DualSQL
import Foundation

/// An entry and what the list it comes from said last.
package struct ListedAgency: Sendable, Equatable {
    package var agency: Correspondent
    /// Empty for what people here added, and for agencies of this installation.
    package var list: String
    package var listedMail: String
    package var listedAddress: String
    package var formerCodes: [String]

    package init(
        agency: Correspondent, list: String, listedMail: String = "", listedAddress: String = "",
        formerCodes: [String] = []
    ) {
        self.agency = agency
        self.list = list
        self.listedMail = listedMail
        self.listedAddress = listedAddress
        self.formerCodes = formerCodes
    }
}

package struct CatalogueTable {
    let connection: Connection

    /// More changed than this, and order and words are made anew at once.
    private static let fewRows = 2000

    /// Nobody else refreshes or corrects the catalogue until this transaction ends; letters go on being sent.
    package func lock() throws {
        guard connection.dialect == .postgres else { return }
        try connection.execute("LOCK TABLE correspondent IN SHARE ROW EXCLUSIVE MODE")
    }

    package func all() throws -> [ListedAgency] {
        var former: [ID<Agency>: [String]] = [:]
        for row in try connection.rows(
            "SELECT correspondent_id, code FROM correspondent_former_code ORDER BY code")
        {
            former[try row[0], default: []].append(try row[1])
        }
        return try connection.rows(
            """
            SELECT id, name, code, code_qcvn102, superior_name, kind, channel, partner, mail, address, valid_from,
                valid_to, successor_id, self_declared, list_name, listed_mail, listed_address
            FROM correspondent
            """
        ) { row in
            let agency = try CorrespondentTable.read(row)
            return ListedAgency(
                agency: agency, list: try row[14], listedMail: try row[15], listedAddress: try row[16],
                formerCodes: former[agency.id] ?? [])
        }
    }

    /// Adds those that are new and puts down what is known now of the others.
    package func put(_ rows: [ListedAgency], at now: Instant) throws {
        var rest = rows[...]
        while !rest.isEmpty {
            // A successor may stand in a later stretch.
            try upsert(rest.prefix(DeliveryTable.rowsAtOnce), at: now)
            rest = rest.dropFirst(DeliveryTable.rowsAtOnce)
        }
        for row in rows where row.agency.successor != nil {
            try connection.execute(
                """
                UPDATE correspondent SET successor_id = \(row.agency.successor) WHERE id = \(row.agency.id)
                """)
        }
        try note(rows.flatMap { row in row.formerCodes.map { (row.agency.id, $0) } })
        try index(rows)
    }

    package func note(formerCodes: [String], of agency: ID<Agency>) throws {
        try note(formerCodes.map { (agency, $0) })
    }

    private func note(_ former: [(ID<Agency>, String)]) throws {
        var codes = former[...]
        while !codes.isEmpty {
            var statement: SQL = "INSERT INTO correspondent_former_code (correspondent_id, code) VALUES "
            for (index, code) in codes.prefix(DeliveryTable.rowsAtOnce).enumerated() {
                if index > 0 { statement += ", " }
                statement += "(\(code.0), \(code.1))"
            }
            try connection.execute(statement + " ON CONFLICT (code, correspondent_id) DO NOTHING")
            codes = codes.dropFirst(DeliveryTable.rowsAtOnce)
        }
    }

    private func upsert(_ rows: ArraySlice<ListedAgency>, at now: Instant) throws {
        var statement: SQL = """
            INSERT INTO correspondent (id, name, code, code_qcvn102, superior_name, kind, hosted, channel, partner,
                mail, address, valid_from, valid_to, sort_key, search_text, updated_at, self_declared, list_name,
                listed_mail, listed_address) VALUES
            """
        for (index, row) in rows.enumerated() {
            if index > 0 { statement += ", " }
            let agency = row.agency
            statement += """
                (\(agency.id), \(agency.name), \(agency.code), \(agency.codeQCVN102), \(agency.superiorName),
                \(agency.kind), \(agency.isHosted), \(agency.channel), \(agency.partner),
                \(agency.mail.lowercased()),
                \(agency.address), \(agency.validFrom?.iso ?? ""), \(agency.validTo?.iso ?? ""),
                \(Folding.sortKey(agency.name)), \(CorrespondentTable.searchText(agency)), \(now),
                \(agency.isSelfDeclared), \(row.list),
                \(row.listedMail.lowercased()), \(row.listedAddress))
                """
        }
        statement += """
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, code = excluded.code,
                code_qcvn102 = excluded.code_qcvn102, superior_name = excluded.superior_name, kind = excluded.kind,
                hosted = excluded.hosted, channel = excluded.channel, partner = excluded.partner,
                mail = excluded.mail, address = excluded.address, valid_from = excluded.valid_from,
                valid_to = excluded.valid_to, successor_id = NULL, sort_key = excluded.sort_key,
                search_text = excluded.search_text, updated_at = excluded.updated_at,
                self_declared = excluded.self_declared, list_name = excluded.list_name, listed_mail = excluded.listed_mail,
                listed_address = excluded.listed_address
            """
        try connection.execute(statement)
    }

    private func index(_ rows: [ListedAgency]) throws {
        let index = CatalogueIndex(connection: connection)
        if rows.count > Self.fewRows { return try index.makeAnew() }
        for row in rows { try index.lift(row.agency.id) }
        for row in rows {
            let agency = row.agency
            let place = try index.place(for: agency.name, agency.id, hasEnded: agency.validTo != nil)
            try connection.execute("UPDATE correspondent SET place = \(place) WHERE id = \(agency.id)")
            try index.put(agency, at: place, before: nil)
        }
    }
}

extension Tables {
    package var catalogue: CatalogueTable { CatalogueTable(connection: connection) }
}
