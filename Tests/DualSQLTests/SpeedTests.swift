import DualSQL
import Foundation
import Testing

/// How fast the two databases answer here. Figures, not limits: run with `VANTHU_MEASURE=1`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["VANTHU_MEASURE"] != nil), .serialized)
struct SpeedTests {
    @Test(arguments: Backend.available)
    func `pages of fifty rows, drawn numbers and bare transactions a second`(_ backend: Backend) async throws
    {
        let tables = """
            CREATE TABLE letter (id {id} PRIMARY KEY, number {int} NOT NULL, title {text}, at {instant}) {strict};
            CREATE UNIQUE INDEX letter_number ON letter (number);
            CREATE TABLE counter (n {int} NOT NULL) {strict};
            INSERT INTO counter VALUES (0);
            """
        try await backend.withDatabase(tables) { (database) async throws in
            try await database.write { connection in
                for n in 1...5000 {
                    try connection.execute(
                        """
                        INSERT INTO letter (id, number, title, at) VALUES (\(UUID().uuidString.lowercased()), \(n),
                            \("Về việc triển khai chuyển đổi số trên địa bàn phường, lần \(n)"), \(1_778_000_000_000_000 + n))
                        """)
                }
            }
            try await measure("\(backend) 50-row pages", 4000) { turn in
                let rows = try await database.read { connection in
                    try connection.rows(
                        "SELECT id, number, title, at FROM letter WHERE number > \(turn % 4900) ORDER BY number LIMIT 50"
                    ) { (try $0[0] as String, try $0[1] as Int, try $0[2] as String?, try $0[3] as Int64) }
                }
                if rows.count != 50 { Issue.record("a page had \(rows.count) rows") }
            }
            try await measure("\(backend) UPDATE … RETURNING", 2000) { _ in
                _ = try await database.write {
                    try $0.first("UPDATE counter SET n = n + 1 RETURNING n") { try $0[0] as Int }
                }
            }
            try await measure("\(backend) SELECT 1", 5000) { _ in
                _ = try await database.read { try $0.first("SELECT 1") { try $0[0] as Int } }
            }
        }
    }

    private func measure(
        _ what: String, _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let clock = ContinuousClock()
        let time = try await clock.measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for hand in 0..<16 {
                    group.addTask {
                        for turn in stride(from: hand, to: count, by: 16) { try await work(turn) }
                    }
                }
                try await group.waitForAll()
            }
        }
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
        print("\(what): \(Int(Double(count) / seconds))/s")
    }
}
