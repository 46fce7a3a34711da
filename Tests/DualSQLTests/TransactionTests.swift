import Dispatch
import DualSQL
import Foundation
import Testing

/// All or nothing, one picture, and no number twice: what the registers rest on.
struct TransactionTests {
    struct Unwanted: Error {}

    static let tables = """
        CREATE TABLE counter (name {text} NOT NULL PRIMARY KEY, n {int} NOT NULL CHECK (n >= 0)) {strict};
        CREATE TABLE entry (
            n {int} NOT NULL PRIMARY KEY,
            counter {text} NOT NULL CONSTRAINT entry_counter REFERENCES counter (name)
        ) {strict};
        INSERT INTO counter (name, n) VALUES ('đến', 0);
        """

    static func count(_ database: Database) async throws -> Int? {
        try await database.read { try $0.first("SELECT COUNT(*) FROM entry") { try $0[0] as Int } }
    }

    @Test(arguments: Backend.available)
    func `violations are told apart`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            func failure(_ sql: SQL) async -> SQLError.Kind? {
                await kind { _ = try await database.write { try $0.execute(sql) } }
            }
            let twice = await failure("INSERT INTO counter (name, n) VALUES ('đến', 1)")
            #expect(
                twice == .uniqueViolation(constraint: backend == .sqlite ? "counter.name" : "counter_pkey"))
            #expect(await failure("INSERT INTO entry (n, counter) VALUES (1, 'đi')") == .foreignKeyViolation)
            #expect(await failure("UPDATE counter SET n = -1") == .checkViolation)
            #expect(await failure("INSERT INTO counter (name, n) VALUES ('đi', NULL)") == .notNullViolation)
            #expect(await failure("SELECT nonsense") == .other)
        }
    }

    @Test(arguments: Backend.available)
    func `taking only the first returned row does not skip a check`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let kind = await kind {
                _ = try await database.write { connection in
                    try connection.first(
                        "INSERT INTO entry (n, counter) VALUES (1, 'đi'), (2, 'đi') RETURNING n")
                }
            }
            #expect(kind == .foreignKeyViolation)
        }
    }

    @Test(arguments: Backend.available)
    func `what throws leaves nothing behind`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            await #expect(throws: Unwanted.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                    throw Unwanted()
                }
            }
            #expect(try await Self.count(database) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a failed statement ends the transaction even where it is caught`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let kind = await kind {
                try await database.write { connection in
                    try connection.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                    _ = try? connection.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                }
            }
            #expect(kind == .uniqueViolation(constraint: backend == .sqlite ? "entry.n" : "entry_pkey"))
            #expect(try await Self.count(database) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a savepoint undoes only its own part`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            try await database.write { connection in
                try connection.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                #expect(throws: SQLError.self) {
                    try connection.savepoint {
                        try connection.execute("INSERT INTO entry (n, counter) VALUES (2, 'đến')")
                        try connection.savepoint {
                            try connection.execute("INSERT INTO entry (n, counter) VALUES (3, 'đến')")
                        }
                        try connection.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                    }
                }
                try connection.savepoint {
                    try connection.execute("INSERT INTO entry (n, counter) VALUES (4, 'đến')")
                }
            }
            let kept = try await database.read {
                try $0.rows("SELECT n FROM entry ORDER BY n") { try $0[0] as Int }
            }
            #expect(kept == [1, 4])
        }
    }

    @Test(arguments: Backend.available)
    func `two hands drawing numbers get each number once and none is skipped`(_ backend: Backend) async throws
    {
        try await backend.withAddress { address in
            let hands = [try Database.open(address), try Database.open(address)]
            defer { hands.forEach { $0.close() } }
            let tables = address.dialect.expanding(Self.tables)
            try await hands[0].write { try $0.script(tables) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for turn in 0..<120 {
                    group.addTask {
                        do {
                            try await hands[turn % 2].write { connection in
                                let n = try connection.first(
                                    "UPDATE counter SET n = n + 1 WHERE name = \("đến") RETURNING n"
                                ) { try $0[0] as Int }
                                try connection.execute("INSERT INTO entry (n, counter) VALUES (\(n), 'đến')")
                                if turn.isMultiple(of: 5) { throw Unwanted() }
                            }
                        } catch is Unwanted {}
                    }
                }
                try await group.waitForAll()
            }
            let drawn = try await hands[1].read {
                try $0.rows("SELECT n FROM entry ORDER BY n") { try $0[0] as Int }
            }
            #expect(drawn == Array(1...96))
        }
    }

    @Test(arguments: Backend.available)
    func `64 writers at once all get through`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for n in 1...64 {
                    group.addTask {
                        _ = try await database.write {
                            try $0.execute("INSERT INTO entry (n, counter) VALUES (\(n), 'đến')")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.count(database) == 64)
        }
    }

    @Test(arguments: Backend.available)
    func `a reader keeps its picture while others write`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let seen = try await database.read { connection in
                let before = try connection.first("SELECT COUNT(*) FROM entry") { try $0[0] as Int }
                let written = DispatchSemaphore(value: 0)
                // A thread of its own: other tests may keep every thread that tasks run on.
                Thread.detachNewThread {
                    let count = try? database.writeBlocking {
                        try $0.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                    }
                    if count == 1 { written.signal() }
                }
                #expect(written.wait(timeout: .now() + 10) == .success)
                let after = try connection.first("SELECT COUNT(*) FROM entry") { try $0[0] as Int }
                return [before, after]
            }
            #expect(seen == [0, 0])
            #expect(try await Self.count(database) == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a reader cannot write`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let kind = await kind { _ = try await database.read { try $0.execute("DELETE FROM counter") } }
            #expect(kind == .readOnly)
        }
    }

    @Test(arguments: Backend.available)
    func `a transaction cannot wait for another one of the same database`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let kind = await kind {
                try await database.write { _ in
                    _ = try database.writeBlocking { try $0.execute("DELETE FROM counter") }
                }
            }
            #expect(kind == .other)
        }
    }

    @Test(arguments: Backend.available)
    func `a browser that hangs up does not undo a registration`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let begun = DispatchSemaphore(value: 0)
            let task = Task {
                try await database.write { connection in
                    try connection.execute("INSERT INTO entry (n, counter) VALUES (1, 'đến')")
                    begun.signal()
                    Thread.sleep(forTimeInterval: 0.2)
                    try connection.execute("INSERT INTO entry (n, counter) VALUES (2, 'đến')")
                }
            }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    begun.wait()
                    continuation.resume()
                }
            }
            task.cancel()
            try await task.value
            #expect(try await Self.count(database) == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `a planned accident stops exactly the chosen write and leaves nothing`(_ backend: Backend)
        async throws
    {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            @Sendable func act(_ connection: Connection) throws {
                _ = try connection.first("SELECT COUNT(*) FROM entry")
                let n = try connection.first("UPDATE counter SET n = n + 1 RETURNING n") { try $0[0] as Int }
                try connection.execute("INSERT INTO entry (n, counter) VALUES (\(n), 'đến')")
                try connection.execute("DELETE FROM entry WHERE n = \(0)")
            }
            let faults = FaultInjection()
            database.faults = faults
            for n in 1...3 {
                faults.failWrite(number: n)
                let error = await #expect(throws: SQLError.self) { _ = try await database.write(act) }
                #expect(error?.message == "injected")
                #expect(faults.hasFired)
                #expect(try await Self.count(database) == 0)
            }
            faults.failWrite(number: 4)
            try await database.write(act)
            #expect(!faults.hasFired)
            #expect(faults.writes == 3)
            #expect(try await Self.count(database) == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a connection carried out of its closure is dead`(_ backend: Backend) async throws {
        final class Pocket: @unchecked Sendable { var connection: Connection? }
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let pocket = Pocket()
            try await database.read { pocket.connection = $0 }
            #expect(throws: SQLError.self) { try pocket.connection?.rows("SELECT 1") }
        }
    }

    @Test(arguments: Backend.available)
    func `a closed database refuses politely`(_ backend: Backend) async throws {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            database.close()
            #expect(await kind { _ = try await database.read { try $0.execute("SELECT 1") } } == .connection)
        }
    }
}
