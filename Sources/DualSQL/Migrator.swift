import Foundation

/// One numbered step of the tables' history, written once for both databases (see `Dialect.expanding`).
public struct Migration: Sendable, Equatable {
    public let number: Int
    public let name: String
    public let sql: String

    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// FNV-1a over the text as written, to notice that a step was edited after it had been taken.
    var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

/// Why the tables were left as they are.
public enum MigrationError: Error, Equatable, CustomStringConvertible {
    /// The database has a step that this program does not know: a newer program has been here.
    case unknown(number: Int, name: String)
    /// A step was edited after it had been taken.
    case changed(number: Int, name: String)
    /// A step before the last one taken was added later, or two steps have one number.
    case outOfOrder(number: Int, name: String)

    public var description: String {
        switch self {
        case .unknown(let number, let name): "the database has migration \(number) \(name), unknown here"
        case .changed(let number, let name): "migration \(number) \(name) was changed after it was applied"
        case .outOfOrder(let number, let name): "migration \(number) \(name) is out of order"
        }
    }
}

/// Takes the steps that a database has not taken yet, each in a transaction of its own. Two programs started at
/// once do not take a step twice.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    public init(_ migrations: [Migration]) {
        self.migrations = migrations.sorted { $0.number < $1.number }
    }

    /// Returns the names of the steps taken now.
    @discardableResult
    public func migrate(_ database: Database) throws -> [String] {
        let pending = try database.writeBlocking { try prepare($0) }
        return try pending.compactMap { migration in
            try database.writeBlocking { connection in
                try lock(connection)
                return try isTaken(migration, connection) ? nil : try take(migration, connection)
            }
        }
    }

    /// The steps not taken yet; takes none.
    public func pending(_ database: Database) throws -> [String] {
        try database.writeBlocking { try prepare($0).map(\.name) }
    }

    private func prepare(_ connection: Connection) throws -> [Migration] {
        try lock(connection)
        try connection.script(
            connection.dialect.expanding(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    number {int} NOT NULL PRIMARY KEY,
                    name {text} NOT NULL,
                    checksum {text} NOT NULL,
                    applied_at_us {instant} NOT NULL
                ) {strict}
                """))
        let taken = try connection.rows("SELECT number, name, checksum FROM schema_migration ORDER BY number")
        {
            (number: try $0[0] as Int, name: try $0[1] as String, checksum: try $0[2] as String)
        }
        var known: [Int: Migration] = [:]
        for migration in migrations where known.updateValue(migration, forKey: migration.number) != nil {
            throw MigrationError.outOfOrder(number: migration.number, name: migration.name)
        }
        for step in taken {
            guard let migration = known[step.number] else {
                throw MigrationError.unknown(number: step.number, name: step.name)
            }
            guard migration.checksum == step.checksum else {
                throw MigrationError.changed(number: step.number, name: migration.name)
            }
        }
        let pending = migrations.dropFirst(taken.count)
        if let early = pending.first, let last = taken.last, early.number < last.number {
            throw MigrationError.outOfOrder(number: early.number, name: early.name)
        }
        if let gap = zip(migrations, taken).first(where: { $0.number != $1.number })?.0 {
            throw MigrationError.outOfOrder(number: gap.number, name: gap.name)
        }
        return Array(pending)
    }

    private func take(_ migration: Migration, _ connection: Connection) throws -> String {
        try connection.script(connection.dialect.expanding(migration.sql))
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
        try connection.execute(
            """
            INSERT INTO schema_migration (number, name, checksum, applied_at_us)
            VALUES (\(migration.number), \(migration.name), \(migration.checksum), \(now))
            """)
        return migration.name
    }

    private func isTaken(_ migration: Migration, _ connection: Connection) throws -> Bool {
        try connection.first("SELECT 1 FROM schema_migration WHERE number = \(migration.number)") != nil
    }

    /// "vanthu", read as one number.
    private static let lockKey: Int64 = 0x7661_6e74_6875

    /// SQLite's writer is alone anyway.
    private func lock(_ connection: Connection) throws {
        guard connection.dialect == .postgres else { return }
        try connection.execute("SET LOCAL statement_timeout = 0")
        _ = try connection.first("SELECT pg_advisory_xact_lock(\(Self.lockKey))")
    }
}
