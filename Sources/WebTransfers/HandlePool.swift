// Handles between two calls. libcurl keeps a handle's connections open, so the next call to the same service saves
// the three ways of TCP and the two of TLS.
import Synchronization

final class HandlePool: Sendable {
    // A handle is in exactly one place: here, or with the call that took it.
    private struct Idle: @unchecked Sendable { var handles: [EasyHandle] = [] }

    private let idle = Mutex(Idle())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func with<R>(_ body: (EasyHandle) throws(TransferFailure) -> R) throws(TransferFailure) -> R {
        let idleHandle = idle.withLock { Taken(handle: $0.handles.popLast()) }.handle
        let handle = if let idleHandle { idleHandle } else { try EasyHandle() }
        handle.reset()
        let result = try body(handle)
        // One that failed is dropped with its connection.
        handle.reset()
        let returned = Taken(handle: handle)
        idle.withLock {
            if $0.handles.count < limit, let handle = returned.handle { $0.handles.append(handle) }
        }
        return result
    }

    private struct Taken: @unchecked Sendable { let handle: EasyHandle? }
}
