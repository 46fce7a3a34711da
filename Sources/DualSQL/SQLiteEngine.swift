import Dispatch
import Foundation
import GRDB

/// The registers in one SQLite file: many readers, each with its own picture, and one writer at a time.
///
/// Every commit is on the disk before it counts (`synchronous = FULL`), and references between tables are
/// checked.
final class SQLiteEngine: Engine {
    private let pool: DatabasePool

    init(path: String, readers: Int) throws {
        var configuration = GRDB.Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.persistentReadOnlyConnections = true
        // Without this a rollback that fails would stop the program instead of failing the next transaction.
        configuration.allowsUnsafeTransactions = true
        pool = try SQLiteSession.translating("") {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // The pool itself chooses NORMAL when it turns on the write-ahead log, hence afterwards.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
    }

    func schedule(_ access: Access, _ job: @escaping @Sendable (Result<any Session, any Error>) -> Void) {
        switch access {
        case .read:
            pool.asyncRead { database in
                let session = Result { try SQLiteSession.translating("") { try database.get() } }
                job(session.map { SQLiteSession($0) })
            }
        case .write:
            pool.asyncWriteWithoutTransaction { database in
                job(.success(SQLiteSession(database)))
            }
        }
    }

    func close() {
        try? pool.close()
    }
}

/// One connection to the file for the length of one job.
final class SQLiteSession: Session {
    private let database: GRDB.Database
    /// How many answers are being read right now. A second statement of the same text must not disturb them.
    private var depth = 0

    init(_ database: GRDB.Database) {
        self.database = database
    }

    /// The pool has already begun a reader's transaction and ends it itself.
    func begin(_ access: Access) throws {
        guard access == .write else { return }
        try Self.translating("BEGIN IMMEDIATE") {
            if database.isInsideTransaction { try database.rollback() }
            try database.beginTransaction(.immediate)
        }
    }

    func commit() throws {
        try Self.translating("COMMIT") {
            if !database.configuration.readonly { try database.commit() }
        }
    }

    func rollback() {
        if !database.configuration.readonly { try? database.rollback() }
    }

    func run(_ text: String, _ values: [SQLValue], row: (Row) throws -> Bool) throws -> Int {
        let (statement, cursor, earlier) = try Self.translating(text) {
            let arguments = StatementArguments(try values.map { try Self.cell($0, in: text) })
            let statement =
                depth == 0 ? try database.cachedStatement(sql: text) : try database.makeStatement(sql: text)
            return (
                statement, try GRDB.Row.fetchCursor(statement, arguments: arguments),
                database.totalChangesCount
            )
        }
        depth += 1
        defer { depth -= 1 }
        var columns: Row.Columns?
        var isWanted = true
        while try Self.translating(text, { try cursor.next() }) != nil {
            if isWanted {
                // Only now: the first step prepares the statement anew when a table was changed meanwhile.
                let names = try columns ?? names(of: statement)
                columns = names
                let cells = 0..<Int32(names.names.count)
                isWanted = try row(Row(names, cells.map { Self.value(statement.sqliteStatement, $0) }))
            }
            // A statement that writes is always run to its end.
            if !isWanted, statement.isReadonly { break }
        }
        return database.totalChangesCount == earlier ? 0 : database.changesCount
    }

    func script(_ text: String) throws {
        try Self.translating(text) { try database.execute(sql: text) }
        database.clearSchemaCache()
    }

    /// A cached statement may remember the columns of a table as it was before another program changed it.
    private func names(of statement: Statement) throws -> Row.Columns {
        if statement.columnNames.count == statement.columnCount { return Row.Columns(statement.columnNames) }
        database.clearSchemaCache()
        return try Self.translating(statement.sql) {
            Row.Columns(try database.makeStatement(sql: statement.sql).columnNames)
        }
    }

    private static func cell(_ value: SQLValue, in statement: String) throws -> DatabaseValue {
        switch value {
        case .null: return .null
        case .integer(let number): return number.databaseValue
        case .real(let number): return number.databaseValue
        case .text(let text):
            if text.utf8.contains(0) { throw SQLError.zeroInText(statement) }
            return text.databaseValue
        case .bytes(let bytes): return Data(bytes).databaseValue
        }
    }

    private static func value(_ statement: OpaquePointer, _ index: Int32) -> SQLValue {
        switch DatabaseValue(sqliteStatement: statement, index: index).storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let bytes): .bytes([UInt8](bytes))
        }
    }

    static func translating<T>(_ statement: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw SQLError(
                kind: kind(of: error), message: error.message ?? "SQLite \(error.resultCode)",
                statement: statement)
        }
    }

    private static func kind(of error: DatabaseError) -> SQLError.Kind {
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            let prefix = "UNIQUE constraint failed: "
            guard let message = error.message, message.hasPrefix(prefix) else {
                return .uniqueViolation(constraint: nil)
            }
            return .uniqueViolation(constraint: String(message.dropFirst(prefix.count)))
        case .SQLITE_CONSTRAINT_FOREIGNKEY: return .foreignKeyViolation
        case .SQLITE_CONSTRAINT_CHECK: return .checkViolation
        case .SQLITE_CONSTRAINT_NOTNULL: return .notNullViolation
        default: break
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_READONLY: return .readOnly
        case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_MISUSE: return .connection
        default: return .other
        }
    }
}

extension SQLError {
    /// PostgreSQL cannot hold a zero character in a text, and SQLite would silently cut the text there.
    static func zeroInText(_ statement: String) -> SQLError {
        SQLError(kind: .other, message: "a text with a zero character cannot be kept", statement: statement)
    }
}
