// Sessions looked up in the last few seconds. A page costs no look-up of who is asking; signing out, changing position
// and locking an account take effect at once in this process and within five seconds in another (decision 19).
import Domain
import Foundation
import Operations
import Store

/// Who is asking, with how many positions they could choose from.
package final class SessionCache: Sendable {
    private struct Entry { let record: SessionRecord?; let readAt: ContinuousClock.Instant }

    private let entries = Locked<[[UInt8]: Entry]>([:])
    private static let lifetime = Duration.seconds(5)
    private static let capacity = 20_000

    func find(_ token: String, office: Office) async throws -> SessionRecord? {
        let hash = SessionToken.hash(token)
        let now = ContinuousClock.now
        if let entry = entries.withLock({ $0[hash] }), now - entry.readAt < Self.lifetime {
            return entry.record
        }
        let at = office.clock.now
        let record = try await office.read { try $0.sessions.find(hash: hash, at: at) }
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[hash] = Entry(record: record, readAt: now)
        }
        return record
    }

    func forget(_ token: String) {
        entries.withLock { _ = $0.removeValue(forKey: SessionToken.hash(token)) }
    }

    func forgetAll() { entries.withLock { $0.removeAll() } }
}

/// A value behind a lock.
final class Locked<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
