// Gói tin đã báo nhận: what this process has told an axis about. Provinces list for days what was acknowledged long ago; each
// would be acknowledged again at every look.
import DocumentAxis
import Synchronization

final class AcknowledgedNames: Sendable {
    /// Twice as many are remembered at most. One that is forgotten is acknowledged once more, which does no harm.
    private let limit: Int

    private struct Kept { var newer: Set<AxisDocID> = [], older: Set<AxisDocID> = [] }
    private let kept = Mutex(Kept())

    init(limit: Int = 20_000) { self.limit = limit }

    func contains(_ id: AxisDocID) -> Bool {
        kept.withLock { $0.newer.contains(id) || $0.older.contains(id) }
    }

    func note(_ id: AxisDocID) {
        kept.withLock {
            if $0.newer.count >= limit { $0 = Kept(older: $0.newer) }
            $0.newer.insert(id)
        }
    }
}
