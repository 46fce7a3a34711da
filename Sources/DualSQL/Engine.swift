/// What a database program must offer to stand under `Database`: threads that each hold one session, and the
/// few things a session does. SQLite and PostgreSQL differ only below this line.
protocol Engine: Sendable {
    /// Runs the job on a thread of the engine. It gets a session outside any transaction, or the reason why
    /// there is none. The job is never dropped and never cancelled.
    func schedule(_ access: Access, _ job: @escaping Job)
    func close()
}

/// Work for a session. What it returns tells the asker how it ended and is called once, when that stands. An
/// engine that commits several jobs together may find that their commit failed, and then runs them again, each
/// alone, before anyone was told.
typealias Job = @Sendable (Result<any Session, any Error>) -> Telling
typealias Telling = @Sendable () -> Void

enum Access: Sendable {
    case read
    case write
}

/// One conversation with the database, used by one thread at a time. Its failures are `SQLError`s; what the
/// reader of a row throws passes through unchanged.
protocol Session: AnyObject {
    func begin(_ access: Access) throws
    func commit() throws
    /// Leaves the transaction whatever happens.
    func rollback()
    /// Runs one statement, hands over its rows until told to stop, and tells how many rows it changed.
    func run(_ text: String, _ values: [SQLValue], row: (Row) throws -> Bool) throws -> Int
    func script(_ text: String) throws
}
