// Answers of the last moments, for lists and counts that everyone in an office looks at all day while little is written.
// A write of this process ends them all at once; what another process wrote is seen two seconds later (decision 19).
import Foundation

final class RecentLooks: @unchecked Sendable {
    private struct Look {
        let answer: any Sendable
        let generation: Int
        let takenAt: ContinuousClock.Instant
    }

    private static let lifetime = Duration.seconds(2)
    private static let capacity = 300

    private let lock = NSLock()
    private var looks: [String: Look] = [:]

    func find<T: Sendable>(_ name: String, _ generation: Int) -> T? {
        guard let look = lock.withLock({ looks[name] }), look.generation == generation,
            ContinuousClock.now - look.takenAt < Self.lifetime
        else { return nil }
        return look.answer as? T
    }

    /// `generation` is that from before the look: what was written meanwhile makes it old already.
    func keep(_ answer: some Sendable, _ name: String, _ generation: Int) {
        let look = Look(answer: answer, generation: generation, takenAt: .now)
        lock.withLock {
            if looks.count >= Self.capacity { looks.removeAll(keepingCapacity: true) }
            looks[name] = look
        }
    }
}
