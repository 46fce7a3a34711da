import Dispatch
import Foundation
import GRDB
import Synchronization

/// The registers in one SQLite file: many readers, each with its own picture, and one writer at a time.
///
/// Every commit is on the disk before it counts (`synchronous = FULL`), and references between tables are
/// checked. Writers who had to wait while another's commit reached the disk are committed together, each in a
/// savepoint of its own, so that many at once do not each wait for the disk.
final class SQLiteEngine: Engine {
    private let pool: DatabasePool
    private let waiting = Mutex<[Job]>([])

    /// Nobody waits much longer for a commit because others came along.
    private static let togetherAtMost = 64
    private static let togetherFor = Duration.milliseconds(25)

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
            // The pool itself chooses NORMAL when it turns on the write-ahead log, hence afterwards. The log is
            // carried into the file every 32 MB: more often, and busy hours wait for the same pages again and again.
            // What a savepoint needs to be undone stays in memory.
            try pool.writeWithoutTransaction { database in
                try database.execute(
                    sql: """
                        PRAGMA synchronous = FULL;
                        PRAGMA wal_autocheckpoint = 8000;
                        PRAGMA temp_store = MEMORY
                        """)
            }
            return pool
        }
    }

    func schedule(_ access: Access, _ job: @escaping Job) {
        switch access {
        case .read:
            pool.asyncRead { database in
                let session = Result { try SQLiteSession.translating("") { try database.get() } }
                job(session.map { SQLiteSession($0) })()
            }
        case .write:
            waiting.withLock { $0.append(job) }
            // One turn for each job: the jobs that an earlier turn took along leave an empty one.
            pool.asyncWriteWithoutTransaction { [self] database in writersTurn(SQLiteSession(database)) }
        }
    }

    private func writersTurn(_ session: SQLiteSession) {
        let (first, isAlone) = waiting.withLock { jobs in
            jobs.isEmpty ? (nil, true) : (jobs.removeFirst(), jobs.isEmpty)
        }
        guard let first else { return }
        if isAlone {
            first(.success(session))()
        } else {
            together(first, session)
        }
    }

    /// Commits what waits in one transaction. When that fails as a whole, everyone's work is done again alone.
    private func together(_ first: @escaping Job, _ session: SQLiteSession) {
        var jobs = [first]
        var tellings: [Telling] = []
        do {
            try session.begin(.write)
            tellings.append(first(.success(SQLiteTurn(session))))
            let end = ContinuousClock.now + Self.togetherFor
            while session.isInTransaction, jobs.count < Self.togetherAtMost, ContinuousClock.now < end,
                let job = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() })
            {
                jobs.append(job)
                tellings.append(job(.success(SQLiteTurn(session))))
            }
            try session.commit()
            for tell in tellings { tell() }
        } catch {
            session.rollback()
            for job in jobs { job(.success(session))() }
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

    /// False once an accident of the whole file (a full disk) has ended the transaction.
    var isInTransaction: Bool { database.isInsideTransaction }

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
        case .SQLITE_FULL: return .noRoom
        case .SQLITE_CANTOPEN, .SQLITE_NOTADB, .SQLITE_MISUSE: return .connection
        default: return .other
        }
    }
}

/// One writer among several that are committed together: its transaction is a savepoint.
private final class SQLiteTurn: Session {
    private let session: SQLiteSession

    init(_ session: SQLiteSession) {
        self.session = session
    }

    func begin(_ access: Access) throws {
        guard session.isInTransaction else {
            throw SQLError(
                kind: .other, message: "the transaction had already failed", statement: "SAVEPOINT")
        }
        try command("SAVEPOINT turn")
    }

    func commit() throws {
        try command("RELEASE SAVEPOINT turn")
    }

    func rollback() {
        guard session.isInTransaction else { return }
        try? command("ROLLBACK TO SAVEPOINT turn")
        try? command("RELEASE SAVEPOINT turn")
    }

    func run(_ text: String, _ values: [SQLValue], row: (Row) throws -> Bool) throws -> Int {
        try session.run(text, values, row: row)
    }

    func script(_ text: String) throws {
        try session.script(text)
    }

    private func command(_ text: String) throws {
        _ = try session.run(text, []) { _ in true }
    }
}

extension SQLError {
    /// PostgreSQL cannot hold a zero character in a text, and SQLite would silently cut the text there.
    static func zeroInText(_ statement: String) -> SQLError {
        SQLError(kind: .other, message: "a text with a zero character cannot be kept", statement: statement)
    }
}
