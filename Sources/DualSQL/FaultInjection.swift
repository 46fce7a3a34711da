import Synchronization

/// A planned accident for tests: the n-th write of a transaction fails, for every n in turn, so that a test can
/// see that a half-done act leaves nothing behind.
public final class FaultInjection: Sendable {
    private struct Plan {
        var target: Int?
        var seen = 0
        var hasFired = false
    }

    private let plan = Mutex(Plan())

    public init() {}

    /// Arms the accident and starts counting at one.
    public func failWrite(number n: Int) {
        plan.withLock { $0 = Plan(target: n) }
    }

    public func disarm() {
        plan.withLock { $0 = Plan() }
    }

    /// How many writes were seen since arming. When a run ends without an accident, this was all there is.
    public var writes: Int { plan.withLock(\.seen) }

    public var hasFired: Bool { plan.withLock(\.hasFired) }

    func check(_ statement: String) throws {
        guard Self.isWrite(statement) else { return }
        let fails = plan.withLock { plan in
            plan.seen += 1
            guard plan.seen == plan.target else { return false }
            plan.hasFired = true
            return true
        }
        if fails { throw SQLError(kind: .other, message: "injected", statement: statement) }
    }

    private static func isWrite(_ statement: String) -> Bool {
        let verbs: Set<String> = ["INSERT", "UPDATE", "DELETE"]
        let words = statement.split { !$0.isLetter && $0 != "_" }.lazy.map { $0.uppercased() }
        guard let first = words.first else { return false }
        return verbs.contains(first) || (first == "WITH" && words.contains(where: verbs.contains))
    }
}
