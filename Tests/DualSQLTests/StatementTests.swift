import DualSQL
import Testing

/// How a statement is put together, and that values come back as they went in.
struct StatementTests {
    enum Urgency: String, SQLConvertible { case urgent = "khẩn", ordinary = "thường" }

    static let cells = """
        CREATE TABLE cell (id {int} NOT NULL PRIMARY KEY, n {int}, r {real}, t {text}, b {bytes}, f {flag}) {strict}
        """

    @Test func `interpolated values become bindings in order, also through fragments and lists`() {
        let condition: SQL = "a = \(1) AND b IN (\(list: ["x", "y"]))"
        let sql: SQL =
            "SELECT \(raw: "c") FROM t WHERE \(sql: condition) AND d = \(Int?.none)" + " LIMIT \(5)"
        #expect(sql.text == "SELECT c FROM t WHERE a = $1 AND b IN ($2, $3) AND d = $4 LIMIT $5")
        #expect(sql.values == [.integer(1), .text("x"), .text("y"), .null, .integer(5)])
    }

    @Test func `an empty list matches nothing`() {
        let sql: SQL = "x IN (\(list: [Int]()))"
        #expect(sql.text == "x IN (NULL)")
    }

    @Test(arguments: Backend.available)
    func `what a person typed is never code`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            let typed = "'); DELETE FROM cell; --"
            try await database.write { try $0.execute("INSERT INTO cell (id, t) VALUES (\(1), \(typed))") }
            let found = try await database.read { try $0.rows("SELECT t FROM cell") { try $0[0] as String } }
            #expect(found == [typed])
        }
    }

    @Test(
        "every value comes back as it went in",
        arguments: Backend.available,
        [
            ("n", .integer(0)), ("n", .integer(.max)), ("n", .integer(.min)), ("n", .integer(-42)),
            ("n", .null),
            ("r", .real(0.1)), ("r", .real(-1.7976931348623157e308)), ("r", .real(.leastNonzeroMagnitude)),
            ("r", .null),
            ("t", .text("")), ("t", .text("Ủy ban nhân dân phường Rạch Giá, đường Nguyễn Trung Trực")),
            ("t", .text("u\u{31b}\u{309} NFD, 'nháy', \"kép\", \\, $1 ?1 {id}\n\t🖋")), ("t", .null),
            ("b", .bytes([])), ("b", .bytes([0, 1, 0, 255, 92, 120])), ("b", .bytes(Array(0...255))),
            ("b", .null),
        ] as [(String, SQLValue)])
    func roundTrip(_ backend: Backend, _ cell: (column: String, value: SQLValue)) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            let (column, value) = cell
            let found = try await database.write { connection in
                try connection.execute("INSERT INTO cell (id, \(raw: column)) VALUES (\(1), \(value))")
                return try connection.first("SELECT \(raw: column) FROM cell WHERE id = \(1)")
            }
            #expect(found?.values == [value])
        }
    }

    @Test(arguments: Backend.available)
    func `types convert both ways, by position and by name`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            try await database.write { connection in
                try connection.execute(
                    "INSERT INTO cell (id, n, t, f) VALUES (\(7), \(Int?.none), \(Urgency.urgent), \(true))")
                let row = try #require(
                    try connection.first(
                        "SELECT id, n, t, f, COUNT(*) AS c, SUM(id) AS s FROM cell GROUP BY id"))
                #expect(try row[0] as Int == 7)
                let missing: Int? = try row[1]
                #expect(missing == nil)
                #expect(try row.optional("t") == Urgency.urgent)
                #expect(try row["f"] as Bool)
                #expect(try row.value("c") as Int == 1)
                #expect(try row["s"] as Int64 == 7)
                #expect(throws: SQLConversionError.self) { try row[1] as Int }
                #expect(throws: SQLConversionError.self) { try row[0] as String }
                #expect(throws: SQLConversionError.self) { try row[99] as Int }
                #expect(throws: SQLConversionError.self) { try row[-1] as Int }
                #expect(throws: SQLConversionError.self) { try row["nowhere"] as Int }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `numbers in the text decide, not the order in which they stand`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            let row = try await database.write { connection in
                try connection.first(
                    SQL(
                        numbered: "INSERT INTO cell (id, t, n) VALUES ($2, '$1', $1) RETURNING id, t, n",
                        [10, 20]))
            }
            #expect(row?.values == [.integer(20), .text("$1"), .integer(10)])
        }
    }

    @Test(arguments: Backend.available)
    func `more than nine values keep their places`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            let ids = Array(1...25)
            try await database.write { connection in
                for id in ids { try connection.execute("INSERT INTO cell (id, n) VALUES (\(id), \(id * 2))") }
                let found = try connection.rows(
                    "SELECT n FROM cell WHERE id IN (\(list: ids)) AND n > \(30) ORDER BY id"
                ) {
                    try $0[0] as Int
                }
                #expect(found == [32, 34, 36, 38, 40, 42, 44, 46, 48, 50])
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an id column takes an id as text and gives it back`(_ backend: Backend) async throws {
        try await backend.withDatabase("CREATE TABLE paper (id {id} NOT NULL PRIMARY KEY) {strict}") {
            (database) async throws in
            let id = "01930f6e-5b6a-7c3e-8f00-0123456789ab"
            let found = try await database.write { connection in
                try connection.execute("INSERT INTO paper (id) VALUES (\(id))")
                return try connection.first("SELECT id FROM paper WHERE id = \(id)") { try $0[0] as String }
            }
            #expect(found == id)
        }
    }

    @Test(arguments: Backend.available)
    func `changes are counted, and only changes`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            try await database.write { (connection) throws in
                #expect(try connection.execute("INSERT INTO cell (id) VALUES (1), (2), (3)") == 3)
                #expect(try connection.execute("UPDATE cell SET n = 1 WHERE id > \(1)") == 2)
                #expect(try connection.execute("SELECT id FROM cell") == 0)
                #expect(try connection.execute("DELETE FROM cell WHERE id = \(99)") == 0)
                #expect(try connection.execute("DELETE FROM cell") == 3)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `one statement inserts or updates and returns the row`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            for expected in 1...3 {
                let n = try await database.write { connection in
                    try connection.first(
                        """
                        INSERT INTO cell (id, n) VALUES (\(1), \(1))
                        ON CONFLICT (id) DO UPDATE SET n = cell.n + excluded.n RETURNING n
                        """
                    ) { try $0[0] as Int }
                }
                #expect(n == expected)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `rows may be read while rows are being read, with the same statement`(_ backend: Backend)
        async throws
    {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            try await database.write {
                try $0.execute("INSERT INTO cell (id, n) VALUES (1, 2), (2, 3), (3, NULL)")
            }
            @Sendable func chain(_ id: Int, _ connection: Connection) throws -> [Int] {
                try connection.rows("SELECT id, n FROM cell WHERE id >= \(id) ORDER BY id") { row in
                    let next: Int? = try row[1]
                    return [try row[0]] + (try next.map { try chain($0, connection) } ?? [])
                }.flatMap { $0 }
            }
            #expect(try await database.read { try chain(1, $0) } == [1, 2, 3, 3, 2, 3, 3])
        }
    }

    @Test(arguments: Backend.available)
    func `a text with a zero character is refused, not cut`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.cells) { (database) async throws in
            let kind = await kind {
                _ = try await database.write {
                    try $0.execute("INSERT INTO cell (id, t) VALUES (1, \("a\u{0}b"))")
                }
            }
            #expect(kind == .other)
        }
    }

    @Test func `addresses are read, and shown without a password`() {
        #expect(DatabaseAddress(parsing: "sqlite:/var/a.db") == .sqlite(path: "/var/a.db"))
        #expect(DatabaseAddress(parsing: "a.db") == .sqlite(path: "a.db"))
        let url = "postgresql://clerk:secret@db.local:5432/office?sslmode=require"
        #expect(DatabaseAddress(parsing: url) == .postgres(url: url))
        #expect(DatabaseAddress(parsing: url)?.description == "postgres://db.local:5432/office")
        #expect(DatabaseAddress(parsing: "mysql://x") == nil)
        #expect(DatabaseAddress(parsing: "") == nil)
    }
}
