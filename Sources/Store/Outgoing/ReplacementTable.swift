// Thay thế (E3): which issued documents of the agency a new one takes the place of.
import Domain
import DualSQL

package struct ReplacementTable {
    let connection: Connection

    package func insert(_ issuance: ID<Issuance>, replacing replaced: ID<Issuance>) throws {
        try connection.execute(
            """
            INSERT INTO issuance_replacement (issuance_id, replaced_id) VALUES (\(issuance), \(replaced))
            ON CONFLICT (issuance_id, replaced_id) DO NOTHING
            """)
    }

    package func replaced(by issuance: ID<Issuance>) throws -> [ID<Issuance>] {
        try connection.rows(
            "SELECT replaced_id FROM issuance_replacement WHERE issuance_id = \(issuance) ORDER BY replaced_id"
        ) { try $0[0] }
    }

    /// Those issued later that take its place. A number that was given up takes nobody's.
    package func replacing(_ issuance: ID<Issuance>) throws -> [ID<Issuance>] {
        try connection.rows(
            """
            SELECT r.issuance_id FROM issuance_replacement r JOIN issuance i ON i.id = r.issuance_id
            WHERE r.replaced_id = \(issuance) AND i.state = 'issued' ORDER BY r.issuance_id
            """
        ) { try $0[0] }
    }

    /// Of these, what a later one has taken the place of.
    package func replaced(among issuances: [ID<Issuance>]) throws -> Set<ID<Issuance>> {
        if issuances.isEmpty { return [] }
        return Set(
            try connection.rows(
                """
                SELECT r.replaced_id FROM issuance_replacement r JOIN issuance i ON i.id = r.issuance_id
                WHERE r.replaced_id IN (\(list: issuances)) AND i.state = 'issued'
                """
            ) { try $0[0] })
    }

    /// What stands on the document, as the clerk types it: `54/PTP`; the latest year first.
    package func find(_ numberAndNotation: String, of agency: ID<Agency>) throws -> ID<Issuance>? {
        let parts = numberAndNotation.split(separator: "/", maxSplits: 1).map {
            $0.filter { !$0.isWhitespace }
        }
        guard parts.count == 2, let number = Int(parts[0]) else { return nil }
        return try connection.first(
            """
            SELECT id FROM issuance WHERE agency_id = \(agency) AND number = \(number) AND notation = \(parts[1])
                AND state = 'issued' ORDER BY year DESC LIMIT 1
            """
        ) { try $0[0] }
    }
}

extension Tables {
    package var replacements: ReplacementTable { ReplacementTable(connection: connection) }
}
