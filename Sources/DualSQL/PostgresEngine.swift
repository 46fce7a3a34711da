import Dispatch
import Foundation

/// The registers on a PostgreSQL server. Readers and writers have their own connections, so that writers who
/// wait for each other's locks never keep a page from being shown.
final class PostgresEngine: Engine {
    private let readers: PostgresThreads
    private let writers: PostgresThreads

    init(url: String, connections: Int) {
        readers = PostgresThreads(url: url, size: connections)
        writers = PostgresThreads(url: url, size: connections)
    }

    func schedule(_ access: Access, _ job: @escaping Job) {
        (access == .read ? readers : writers).schedule(job)
    }

    func close() {
        readers.close(waiting: true)
        writers.close(waiting: true)
    }

    deinit {
        readers.close(waiting: false)
        writers.close(waiting: false)
    }
}

/// A few threads, each the only owner of one connection, that take jobs from one queue. A connection is made
/// when there is work for it and made anew when the server dropped it.
///
/// `@unchecked`: every mutable field is touched only while `condition` is locked.
private final class PostgresThreads: @unchecked Sendable {
    private let url: String
    private let size: Int
    private let condition = NSCondition()
    private let running = DispatchGroup()
    private var jobs: [Job] = []
    private var started = 0
    private var idle = 0
    private var isClosed = false

    init(url: String, size: Int) {
        self.url = url
        self.size = size
    }

    func schedule(_ job: @escaping Job) {
        condition.lock()
        let isClosed = isClosed
        if !isClosed {
            jobs.append(job)
            if jobs.count > idle, started < size { start() }
            condition.signal()
        }
        condition.unlock()
        if isClosed { job(.failure(SQLError(kind: .connection, message: "the database is closed")))() }
    }

    /// Jobs already queued are still done.
    func close(waiting: Bool) {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
        if waiting { running.wait() }
    }

    private func start() {
        started += 1
        running.enter()
        let thread = Thread { [self] in
            let session = PostgresSession(url: url)
            while let job = next() { job(.success(session))() }
            session.disconnect()
            running.leave()
        }
        thread.name = "postgres"
        thread.start()
    }

    private func next() -> Job? {
        condition.lock()
        defer { condition.unlock() }
        idle += 1
        while jobs.isEmpty, !isClosed { condition.wait() }
        idle -= 1
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }
}
