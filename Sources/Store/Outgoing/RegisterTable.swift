// Sổ đăng ký: the one place where a number is taken. The row of (register, year) stays locked until commit,
// so numbers run 1…n without a gap whoever asks at once and whoever rolls back.
import Domain
import DualSQL

package struct RegisterTable {
    let connection: Connection

    package func insert(_ register: Register) throws {
        try connection.execute(
            """
            INSERT INTO register (id, agency_id, direction, slug, name)
            VALUES (\(register.id), \(register.agency), \(register.direction), \(register.slug), \(register.name))
            """)
    }

    package func assign(type slug: String, to register: Register) throws {
        try connection.execute(
            """
            INSERT INTO register_type (agency_id, direction, type_slug, register_id)
            VALUES (\(register.agency), \(register.direction), \(slug), \(register.id))
            """)
    }

    package func find(_ id: ID<Register>) throws -> Register? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func ofAgency(_ agency: ID<Agency>, _ direction: RegisterDirection) throws -> [Register] {
        try connection.rows(
            Self.columns + " WHERE agency_id = \(agency) AND direction = \(direction) ORDER BY slug",
            Self.read)
    }

    /// Which register the agency enters this type in.
    package func forType(_ slug: String, in agency: ID<Agency>, _ direction: RegisterDirection) throws
        -> Register?
    {
        try connection.first(
            """
            SELECT r.id, r.agency_id, r.direction, r.slug, r.name FROM register_type t
            JOIN register r ON r.id = t.register_id
            WHERE t.agency_id = \(agency) AND t.direction = \(direction) AND t.type_slug = \(slug)
            """, Self.read)
    }

    /// Takes the next number of the year; `date` becomes the register's last date.
    package func takeNumber(in register: ID<Register>, year: Int, date: OfficeDate) throws -> Int {
        let taken: Int? = try connection.first(
            """
            INSERT INTO register_year (register_id, year, first_number, last_number, last_date)
            VALUES (\(register), \(year), 1, 1, \(date))
            ON CONFLICT (register_id, year) DO UPDATE SET last_number = register_year.last_number + 1,
                last_date = excluded.last_date
            RETURNING last_number
            """
        ) { try $0[0] }
        guard let taken else { throw UnreadableColumn(expected: "register number", found: .null) }
        return taken
    }

    /// The last number given and its date; (first − 1, nil) before the first.
    package func last(in register: ID<Register>, year: Int) throws -> (number: Int, date: OfficeDate?) {
        try connection.first(
            """
            SELECT last_number, last_date FROM register_year WHERE register_id = \(register) AND year = \(year)
            """
        ) { (try $0[0], try $0[1]) } ?? (0, nil)
    }

    /// The same, with the register held until commit: nobody takes a number in between.
    package func lockLast(in register: ID<Register>, year: Int) throws -> (number: Int, date: OfficeDate?) {
        _ = try connection.first("SELECT 1 FROM register WHERE id = \(register)" + connection.forUpdate)
        return try last(in: register, year: year)
    }

    /// For an office that starts in mid-year: the first number here is not 1. Only before the first is taken.
    package func start(_ register: ID<Register>, year: Int, at first: Int, date: OfficeDate) throws {
        try connection.execute(
            """
            INSERT INTO register_year (register_id, year, first_number, last_number, last_date)
            VALUES (\(register), \(year), \(first), \(first - 1), \(date))
            """)
    }

    private static let columns: SQL = "SELECT id, agency_id, direction, slug, name FROM register"

    private static func read(_ row: Row) throws -> Register {
        Register(
            id: try row[0], agency: try row[1], direction: try row[2], slug: try row[3], name: try row[4])
    }
}
