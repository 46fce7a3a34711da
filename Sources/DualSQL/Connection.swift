/// The database as one transaction sees it. It lives only inside a `read` or `write` closure.
///
/// After a statement has failed, the transaction can only be given up, as PostgreSQL has it; SQLite is held to
/// the same rule, so that what works on the one works on the other. A `savepoint` fences a statement that may
/// fail.
public final class Connection {
    public let dialect: Dialect
    private let session: any Session
    private let faults: FaultInjection?
    private let trace: StatementTrace?
    private var depth = 0
    private var isOver = false
    /// The first failure outside a savepoint. It decides how the transaction ends, even where it was caught.
    private(set) var failure: SQLError?

    init(
        _ session: any Session, _ dialect: Dialect, _ faults: FaultInjection?, _ trace: StatementTrace? = nil
    ) {
        self.session = session
        self.dialect = dialect
        self.faults = faults
        self.trace = trace
    }

    /// Runs a statement and tells how many rows it inserted, changed or deleted.
    @discardableResult
    public func execute(_ sql: SQL) throws -> Int {
        try run(sql) { _ in true }
    }

    public func rows<T>(_ sql: SQL, _ read: (Row) throws -> T) throws -> [T] {
        var found: [T] = []
        _ = try run(sql) { row in
            found.append(try read(row))
            return true
        }
        return found
    }

    public func first<T>(_ sql: SQL, _ read: (Row) throws -> T) throws -> T? {
        var found: T?
        _ = try run(sql) { row in
            found = try read(row)
            return false
        }
        return found
    }

    public func rows(_ sql: SQL) throws -> [Row] {
        try rows(sql) { $0 }
    }

    public func first(_ sql: SQL) throws -> Row? {
        try first(sql) { $0 }
    }

    /// Runs several statements written one after the other. For migrations.
    public func script(_ text: String) throws {
        try recordingFailure {
            try session.script(text)
        }
    }

    /// A transaction within the transaction: what the body throws undoes only what the body did.
    @discardableResult
    public func savepoint<T>(_ body: () throws -> T) throws -> T {
        let name = "savepoint_\(depth + 1)"
        _ = try run("SAVEPOINT \(raw: name)") { _ in true }
        depth += 1
        defer { depth -= 1 }
        do {
            let result = try body()
            if let failure { throw failure }
            _ = try run("RELEASE SAVEPOINT \(raw: name)") { _ in true }
            return result
        } catch {
            try returning(to: name)
            throw error
        }
    }

    /// When even the way back fails, the failure stays and the whole transaction ends with it.
    private func returning(to name: String) throws {
        if failure?.kind == .connection { return }
        let earlier = failure
        failure = nil
        do {
            _ = try run("ROLLBACK TO SAVEPOINT \(raw: name)") { _ in true }
            _ = try run("RELEASE SAVEPOINT \(raw: name)") { _ in true }
        } catch {
            failure = earlier ?? failure
            throw error
        }
    }

    func end() {
        isOver = true
    }

    private func run(_ sql: SQL, row: (Row) throws -> Bool) throws -> Int {
        let text = sql.text(for: dialect)
        return try recordingFailure {
            try faults?.check(text)
            trace?.add(text, sql.values)
            return try session.run(text, sql.values, row: row)
        }
    }

    func explain(_ statement: StatementTrace.Statement, _ row: (Row) throws -> Void) throws {
        _ = try recordingFailure {
            let explain = dialect == .sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) "
            return try session.run(explain + statement.text, statement.values) {
                try row($0)
                return true
            }
        }
    }

    private func recordingFailure<T>(_ body: () throws -> T) throws -> T {
        if isOver { throw SQLError(kind: .other, message: "this transaction is over") }
        if let failure { throw failure }
        do {
            return try body()
        } catch let error as SQLError {
            failure = failure ?? error
            throw error
        }
    }
}
