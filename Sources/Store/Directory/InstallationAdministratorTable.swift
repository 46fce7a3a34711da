// Quản trị hệ thống (decision 35): positions of administrators, in whatever agency, that look after what is nobody's own – the
// channels, and what came and belongs to no agency yet.
import Domain
import DualSQL

package struct InstallationAdministratorTable {
    let connection: Connection

    package func appoint(_ position: Position, at now: Instant) throws {
        try connection.execute(
            """
            INSERT INTO installation_administrator (position_id, agency_id, appointed_at)
            VALUES (\(position.id), \(position.agency), \(now)) ON CONFLICT (position_id) DO NOTHING
            """)
    }

    package func end(_ position: ID<Position>) throws {
        try connection.execute("DELETE FROM installation_administrator WHERE position_id = \(position)")
    }

    package func holds(_ position: ID<Position>) throws -> Bool {
        try connection.first("SELECT 1 FROM installation_administrator WHERE position_id = \(position)")
            != nil
    }

    /// Present posts with the duty, with the agency's name.
    package func all() throws -> [(name: String, title: String, agency: String)] {
        try connection.rows(
            """
            SELECT c.person_name, p.title, g.name FROM installation_administrator i
            JOIN position p ON p.id = i.position_id AND p.ended_at IS NULL JOIN account c ON c.id = p.account_id
            JOIN agency g ON g.id = p.agency_id ORDER BY i.appointed_at, p.id
            """
        ) { (try $0[0], try $0[1], try $0[2]) }
    }
}

extension Tables {
    package var installationAdministrators: InstallationAdministratorTable {
        InstallationAdministratorTable(connection: connection)
    }
}
