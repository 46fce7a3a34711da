import Synchronization

/// When a province's list was last gone through as far back as is set. Usually the newest days are enough; those before
/// are for an office that was off for longer, and for a message that could not be fetched for as long.
final class LookBack: Sendable {
    /// In milliseconds.
    static let pause: Int64 = 6 * 3_600_000
    private let last = Mutex<[AxisKind: Int64]>([:])

    func isDue(_ kind: AxisKind, at now: Int64) -> Bool {
        last.withLock { last in
            guard let before = last[kind] else { return true }
            return !(0..<Self.pause).contains(now - before)
        }
    }

    func note(_ kind: AxisKind, at now: Int64) { last.withLock { $0[kind] = now } }
}
