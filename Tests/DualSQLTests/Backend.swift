import DualSQL
import Foundation

/// The databases that a test runs against: a SQLite file always, a PostgreSQL server where
/// `VANTHU_TEST_POSTGRES` names one. Every test gets tables of its own.
enum Backend: String, Sendable, CaseIterable {
    case sqlite
    case postgres

    static let server = ProcessInfo.processInfo.environment["VANTHU_TEST_POSTGRES"]

    static let available: [Backend] = {
        if server != nil { return allCases }
        print("*** SKIPPED: no VANTHU_TEST_POSTGRES, so nothing is tested against PostgreSQL ***")
        return [.sqlite]
    }()

    /// Only the given one, and none where it cannot be had.
    static func only(_ backend: Backend) -> [Backend] {
        available.filter { $0 == backend }
    }

    func withAddress<T>(_ body: (DatabaseAddress) async throws -> T) async throws -> T {
        let name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        switch self {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            return try await body(.sqlite(path: folder.appendingPathComponent("office.db").path))
        case .postgres:
            let server = Self.server ?? ""
            let separator = server.contains("?") ? "&" : "?"
            try Self.command("CREATE SCHEMA \(name)", at: server)
            let outcome: Result<T, any Error>
            do {
                let url = "\(server)\(separator)options=-csearch_path%3D\(name)"
                outcome = .success(try await body(.postgres(url: url)))
            } catch {
                outcome = .failure(error)
            }
            try Self.command("DROP SCHEMA \(name) CASCADE", at: server)
            return try outcome.get()
        }
    }

    private static func command(_ text: String, at server: String) throws {
        let keeper = try Database.open(.postgres(url: server), readers: 1)
        defer { keeper.close() }
        try keeper.writeBlocking { try $0.script(text) }
    }

    func withDatabase<T>(
        _ tables: String = "", readers: Int = 4, _ body: (Database) async throws -> T
    ) async throws -> T {
        try await withAddress { address in
            let database = try Database.open(address, readers: readers)
            defer { database.close() }
            let script = database.dialect.expanding(tables)
            try await database.write { try $0.script(script) }
            return try await body(database)
        }
    }
}

/// What kind of failure the body ends with.
func kind(_ body: () async throws -> Void) async -> SQLError.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? SQLError)?.kind
    }
}
