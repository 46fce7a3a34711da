import Dispatch
import Foundation
import Synchronization

/// The registers of an installation as the program sees them: a place where one reads a consistent picture or
/// writes all or nothing.
///
/// The closures are synchronous, so no transaction ever waits for anything but the database. A write is not
/// stopped when the task that asked for it is cancelled: a browser that hangs up must not undo a registration.
public final class Database: Sendable {
    /// The databases whose transaction the current thread is in. Asking one of them to wait for another
    /// transaction could wait for ever.
    @TaskLocal private static var entered: [ObjectIdentifier] = []

    public let dialect: Dialect
    public let address: DatabaseAddress
    private let engine: any Engine
    private let plannedFaults = Mutex<FaultInjection?>(nil)
    private let writes = Atomic<Int>(0)
    private let wantedTrace = Mutex<StatementTrace?>(nil)

    private init(_ address: DatabaseAddress, _ engine: any Engine) {
        self.address = address
        self.dialect = address.dialect
        self.engine = engine
    }

    /// Opens the file (and makes it where there is none) or reaches the server.
    public static func open(_ address: DatabaseAddress, readers: Int = 4) throws -> Database {
        let engine: any Engine =
            switch address {
            case .sqlite(let path): try SQLiteEngine(path: path, readers: max(1, readers))
            case .postgres(let url): PostgresEngine(url: url, connections: max(1, readers))
            }
        let database = Database(address, engine)
        do {
            try database.readBlocking { connection in
                _ = try connection.first("SELECT 1")
            }
        } catch {
            engine.close()
            throw error
        }
        return database
    }

    /// Accidents planned by a test; `nil` in an office.
    public var faults: FaultInjection? {
        get { plannedFaults.withLock { $0 } }
        set { plannedFaults.withLock { $0 = newValue } }
    }

    /// Grows with every write of this program. What was read is still so while this stands, unless another
    /// program writes into the same database.
    public var generation: Int { writes.load(ordering: .sequentiallyConsistent) }

    /// Where a test collects the statements; `nil` in an office.
    public var trace: StatementTrace? {
        get { wantedTrace.withLock { $0 } }
        set { wantedTrace.withLock { $0 = newValue } }
    }

    /// One picture of the whole database; nothing can be written.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await perform(.read, body)
    }

    /// All or nothing. The closure may run more than once, when others were in the way; it must not have
    /// effects outside the database.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await perform(.write, body)
    }

    /// `read` for the command line and tests, where no other work shares the thread.
    public func readBlocking<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) throws -> T {
        try performBlocking(.read, body)
    }

    /// `write` for the command line and tests, where no other work shares the thread.
    @discardableResult
    public func writeBlocking<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) throws -> T {
        try performBlocking(.write, body)
    }

    /// Lets running transactions end and refuses new ones.
    public func close() {
        engine.close()
    }

    private func perform<T: Sendable>(
        _ access: Access, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            engine.schedule(access) { session in
                let result = session.flatMap { self.repeated($0, access, body) }
                return {
                    self.noteEnd(of: access)
                    continuation.resume(with: result)
                }
            }
        }
    }

    private func performBlocking<T: Sendable>(
        _ access: Access, _ body: @escaping @Sendable (Connection) throws -> T
    ) throws -> T {
        if Self.entered.contains(ObjectIdentifier(self)) {
            throw SQLError(kind: .other, message: "a transaction was asked for inside a transaction")
        }
        let outcome = Mutex<Result<T, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        engine.schedule(access) { session in
            let result = session.flatMap { self.repeated($0, access, body) }
            return {
                self.noteEnd(of: access)
                outcome.withLock { $0 = result }
                done.signal()
            }
        }
        done.wait()
        guard let result = outcome.withLock({ $0 }) else {
            throw SQLError(kind: .connection, message: "the transaction never ran")
        }
        return try result.get()
    }

    /// Before the writer is told, so that it finds what it wrote.
    private func noteEnd(of access: Access) {
        if access == .write { writes.add(1, ordering: .sequentiallyConsistent) }
    }

    /// Runs the transaction, and again when it crossed another one: a few times, with growing and uneven
    /// pauses, so that two that met do not meet again.
    private func repeated<T>(
        _ session: any Session, _ access: Access, _ body: (Connection) throws -> T
    ) -> Result<T, any Error> {
        let deadline = ContinuousClock.now + .seconds(15)
        var attempt = 0
        while true {
            do {
                return .success(try transaction(session, access, body))
            } catch let error as SQLError
                where error.isTransient && attempt < 10 && ContinuousClock.now < deadline
            {
                attempt += 1
                Thread.sleep(
                    forTimeInterval: Double.random(in: 0.5...1) * 0.002 * Double(1 << min(attempt, 7)))
            } catch {
                return .failure(error)
            }
        }
    }

    private func transaction<T>(
        _ session: any Session, _ access: Access, _ body: (Connection) throws -> T
    ) throws -> T {
        try session.begin(access)
        let connection = Connection(session, dialect, access == .write ? faults : nil, trace)
        defer { connection.end() }
        do {
            let result = try Self.$entered.withValue(Self.entered + [ObjectIdentifier(self)]) {
                try body(connection)
            }
            if let failure = connection.failure { throw failure }
            try session.commit()
            return result
        } catch {
            session.rollback()
            // A failure that the closure turned into something else still decides whether to try again.
            if let failure = connection.failure, failure.isTransient { throw failure }
            throw error
        }
    }
}
