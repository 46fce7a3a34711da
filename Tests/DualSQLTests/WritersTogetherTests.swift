import DualSQL
import Foundation
import Testing

/// Writers who wait are committed together on SQLite; each must not notice the others.
struct WritersTogetherTests {
    struct Unwanted: Error {}

    static let tables = """
        CREATE TABLE counter (name {text} NOT NULL PRIMARY KEY, n {int} NOT NULL) {strict};
        CREATE TABLE entry (n {int} NOT NULL PRIMARY KEY, writer {int} NOT NULL) {strict};
        INSERT INTO counter (name, n) VALUES ('đến', 0);
        """

    static func takeNumber(_ connection: Connection, for writer: Int) throws -> Int {
        let number: Int? = try connection.first(
            "UPDATE counter SET n = n + 1 WHERE name = 'đến' RETURNING n"
        ) { try $0[0] }
        try connection.execute("INSERT INTO entry (n, writer) VALUES (\(number ?? 0), \(writer))")
        return number ?? 0
    }

    @Test(arguments: Backend.available)
    func `one who gives up, or meets a refusal, takes nobody along and leaves no gap`(_ backend: Backend)
        async throws
    {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            let numbers = try await withThrowingTaskGroup(of: Int?.self) { group in
                for writer in 1...300 {
                    group.addTask {
                        do {
                            return try await database.write { connection in
                                let number = try Self.takeNumber(connection, for: writer)
                                if writer.isMultiple(of: 7) { throw Unwanted() }
                                if writer.isMultiple(of: 11) {
                                    try connection.execute(
                                        "INSERT INTO entry (n, writer) VALUES (\(number), 0)")
                                }
                                return number
                            }
                        } catch is Unwanted {
                            return nil
                        } catch let error as SQLError where error.isUniqueViolation {
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
            }
            let kept = (1...300).count { !$0.isMultiple(of: 7) && !$0.isMultiple(of: 11) }
            #expect(numbers.sorted() == Array(1...kept))
            let stored: [Int] = try await database.read {
                try $0.rows("SELECT n FROM entry ORDER BY n") { try $0[0] }
            }
            #expect(stored == Array(1...kept))
        }
    }

    @Test(arguments: Backend.available)
    func `whoever was told finds what they wrote, and the generation has grown`(_ backend: Backend)
        async throws
    {
        try await backend.withDatabase(Self.tables) { (database) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 1...64 {
                    group.addTask {
                        let before = database.generation
                        let number = try await database.write { try Self.takeNumber($0, for: writer) }
                        #expect(database.generation > before)
                        let found: Int? = try await database.read {
                            try $0.first("SELECT writer FROM entry WHERE n = \(number)") { try $0[0] }
                        }
                        #expect(found == writer)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

extension SQLError {
    fileprivate var isUniqueViolation: Bool {
        if case .uniqueViolation = kind { true } else { false }
    }
}
