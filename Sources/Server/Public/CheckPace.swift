// How often one may ask without signing in: ten questions at once and then one every six seconds, for each address. What is
// remembered of addresses is bounded; when there are too many, those that have been quiet longest are forgotten.
import Domain
import Foundation
import Glibc
import OfficeFiles
import Synchronization

final class CheckPace: Sendable {
    static let burst = 10.0
    static let secondsEach = 6.0
    private static let mostAddresses = 4096

    private struct Purse {
        var tokens: Double
        var at: Instant
    }

    private let purses = Mutex<[String: Purse]>([:])

    /// Nil when it may go on; otherwise the seconds to wait.
    func wait(_ address: String, at now: Instant) -> Int? {
        purses.withLock { purses in
            let key = Self.key(address)
            let known = purses[key] ?? Purse(tokens: Self.burst, at: now)
            let passed = Double(max(0, now.microseconds - known.at.microseconds)) / 1_000_000
            let tokens = min(Self.burst, known.tokens + passed / Self.secondsEach)
            if purses[key] == nil, purses.count >= Self.mostAddresses { Self.forget(&purses) }
            guard tokens >= 1 else {
                purses[key] = Purse(tokens: tokens, at: now)
                return max(1, Int(((1 - tokens) * Self.secondsEach).rounded(.up)))
            }
            purses[key] = Purse(tokens: tokens - 1, at: now)
            return nil
        }
    }

    var count: Int { purses.withLock(\.count) }

    private static func forget(_ purses: inout [String: Purse]) {
        let quietest = purses.sorted { $0.value.at < $1.value.at }.prefix(mostAddresses / 4)
        for (key, _) in quietest { purses[key] = nil }
    }

    /// Of an IPv6 address the half that names the network: one household has all the rest.
    private static func key(_ address: String) -> String {
        var bytes = in6_addr()
        guard address.contains(":"), inet_pton(AF_INET6, address, &bytes) == 1 else {
            return String(address.prefix(64))
        }
        return withUnsafeBytes(of: &bytes) {
            $0.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
        }
    }
}

/// One file of a stranger is examined at a time, so that the office's own are never kept waiting by them; a few may queue.
final class CheckQueue: Sendable {
    private static let mostWaiting = 8
    private let waiting = Mutex(0)
    private let turnstile = Turnstile(limit: 1)

    /// Nil when too many wait already.
    func pass<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value? {
        let isFull = waiting.withLock { count in
            if count >= Self.mostWaiting { return true }
            count += 1
            return false
        }
        if isFull { return nil }
        defer { waiting.withLock { $0 -= 1 } }
        return try await turnstile.pass(body)
    }
}
