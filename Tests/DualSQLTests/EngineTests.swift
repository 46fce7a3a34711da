import DualSQL
import Foundation
import Testing

/// What each of the two database programs must be told, and how they fail.
struct EngineTests {
    @Test func `SQLite writes through to the disk and checks references`() async throws {
        try await Backend.sqlite.withDatabase { (database) async throws in
            let settings = try await database.write { connection in
                try ["synchronous", "foreign_keys", "busy_timeout"].map { name in
                    try connection.first("PRAGMA \(raw: name)") { try $0[0] as Int }
                }
            }
            #expect(settings == [2, 1, 5000])
            let journal = try await database.read {
                try $0.first("PRAGMA journal_mode") { try $0[0] as String }
            }
            #expect(journal == "wal")
        }
    }

    @Test func `a path that cannot be opened is a connection failure`() async {
        let kind = await kind { _ = try Database.open(.sqlite(path: "/nonexistent/folder/office.db")) }
        #expect(kind == .connection)
    }

    @Test func `a server that is not there is a connection failure`() async {
        let kind = await kind { _ = try Database.open(.postgres(url: "postgres://nobody@127.0.0.1:1/none")) }
        #expect(kind == .connection)
    }

    @Test(arguments: Backend.only(.postgres))
    func `a connection dropped between transactions is made anew`(_ backend: Backend) async throws {
        try await backend.withDatabase("CREATE TABLE t (n {int})", readers: 1) { (database) async throws in
            let mine = try await database.write {
                try $0.first("SELECT pg_backend_pid()") { try $0[0] as Int }
            }
            try await database.read { _ = try $0.first("SELECT pg_terminate_backend(\(mine ?? 0))") }
            try await Task.sleep(for: .milliseconds(100))
            let other = try await database.write { connection in
                try connection.execute("INSERT INTO t (n) VALUES (1)")
                return try connection.first("SELECT pg_backend_pid()") { try $0[0] as Int }
            }
            #expect(other != nil && other != mine)
        }
    }

    @Test(arguments: Backend.only(.postgres))
    func `a connection lost inside a transaction is an error, and the next one works`(_ backend: Backend)
        async throws
    {
        try await backend.withDatabase("CREATE TABLE t (n {int})", readers: 1) { (database) async throws in
            let kind = await kind {
                try await database.write { connection in
                    try connection.execute("INSERT INTO t (n) VALUES (1)")
                    let mine = try connection.first("SELECT pg_backend_pid()") { try $0[0] as Int }
                    try database.otherHand { try $0.execute("SELECT pg_terminate_backend(\(mine ?? 0))") }
                    Thread.sleep(forTimeInterval: 0.1)
                    try connection.execute("INSERT INTO t (n) VALUES (2)")
                }
            }
            #expect(kind == .connection)
            let kept = try await database.write {
                try $0.first("SELECT COUNT(*) FROM t") { try $0[0] as Int }
            }
            #expect(kept == 0)
        }
    }

    @Test(arguments: Backend.only(.postgres))
    func `two transactions that wait for each other are sorted out and both succeed`(_ backend: Backend)
        async throws
    {
        let tables = "CREATE TABLE t (id {int} PRIMARY KEY, n {int}); INSERT INTO t VALUES (1, 0), (2, 0);"
        try await backend.withDatabase(tables) { (database) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await database.write { connection in
                            for id in order {
                                try connection.execute("UPDATE t SET n = n + 1 WHERE id = \(id)")
                                Thread.sleep(forTimeInterval: 0.1)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sums = try await database.read {
                try $0.rows("SELECT n FROM t ORDER BY id") { try $0[0] as Int }
            }
            #expect(sums == [2, 2])
        }
    }

    @Test(arguments: Backend.available)
    func `a statement prepared before the table changed still works`(_ backend: Backend) async throws {
        try await backend.withDatabase("CREATE TABLE t (a {int}); INSERT INTO t VALUES (1);") {
            (database) async throws in
            let all: @Sendable (Connection) throws -> [SQLValue]? = {
                try $0.first("SELECT * FROM t")?.values
            }
            #expect(try await database.read(all) == [.integer(1)])
            try await database.write { try $0.script("ALTER TABLE t ADD COLUMN b BIGINT DEFAULT 2") }
            let widened = try await database.read(all)
            #expect(widened == [.integer(1), .integer(2)])
        }
    }
}

extension Database {
    /// A second way in, where the test plays another user in the middle of a transaction.
    fileprivate func otherHand(_ body: @escaping @Sendable (Connection) throws -> Void) throws {
        let other = try Database.open(address, readers: 1)
        defer { other.close() }
        try other.writeBlocking(body)
    }
}
