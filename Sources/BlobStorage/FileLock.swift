// A lock of the operating system on a file: whoever has it loses it by letting go or by dying, however suddenly, so nobody
// has to guess from a clock whether its owner still lives. It holds between processes, and between parts of one.

import Foundation

public final class FileLock: @unchecked Sendable {
    public enum Kind: Sendable { case shared, alone }

    public let path: String
    // Guarded by the lock.
    private let guarding = NSLock()
    private var descriptor: Int32

    private init(_ path: String, _ descriptor: Int32) { (self.path, self.descriptor) = (path, descriptor) }

    deinit { release() }

    /// Makes the file when it is absent and `creating`.
    ///
    /// - Returns: Nil when somebody else has it and `waiting` is false, or when there is no such file.
    public static func take(
        _ path: String, _ kind: Kind, waiting: Bool = false, creating: Bool = true
    ) throws -> FileLock? {
        while true {
            let descriptor = open(path, O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0), 0o600)
            if descriptor < 0 {
                if errno == ENOENT, !creating { return nil }
                throw BlobError.now("open", path)
            }
            guard lock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | (waiting ? 0 : LOCK_NB)) else {
                let code = errno
                close(descriptor)
                if code == EWOULDBLOCK { return nil }
                throw BlobError.system(step: "flock", path: path, code: code)
            }
            if isStill(descriptor, at: path) { return FileLock(path, descriptor) }
            // Its last owner took the file away while we waited for it.
            close(descriptor)
        }
    }

    /// - Parameter removing: takes the file away too, when nobody else has the lock.
    public func release(removing: Bool = false) {
        guarding.withLock {
            guard descriptor >= 0 else { return }
            if removing, Self.lock(descriptor, LOCK_EX | LOCK_NB), Self.isStill(descriptor, at: path) {
                unlink(path)
            }
            // Said aloud, since a child that is just being started may have the file open for a moment longer.
            _ = Self.lock(descriptor, LOCK_UN)
            close(descriptor)
            descriptor = -1
        }
    }

    /// When the file was last marked, as the disk keeps it.
    var mark: FileMark? {
        guarding.withLock {
            var entry = stat()
            guard descriptor >= 0, fstat(descriptor, &entry) == 0 else { return nil }
            return FileMark(seconds: Int(entry.st_mtim.tv_sec), nanoseconds: Int(entry.st_mtim.tv_nsec))
        }
    }

    /// Sets the mark to one that nobody has set before; needs no room on the disk.
    func setMark() throws {
        try guarding.withLock {
            var random = SystemRandomNumberGenerator()
            let seconds = Int(random.next(upperBound: UInt32(Int32.max)))
            let time = timespec(tv_sec: seconds, tv_nsec: Int(random.next(upperBound: UInt32(1_000_000_000))))
            let both = [time, time]
            if futimens(descriptor, both) != 0 { throw BlobError.now("futimens", path) }
        }
    }

    private static func lock(_ descriptor: Int32, _ operation: Int32) -> Bool {
        while flock(descriptor, operation) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }

    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var open = stat(), named = stat()
        return fstat(descriptor, &open) == 0 && stat(path, &named) == 0 && open.st_ino == named.st_ino
            && open.st_dev == named.st_dev
    }
}

/// A time nobody looks at as a time: only whether it is still the same.
struct FileMark: Equatable, Sendable {
    let seconds: Int
    let nanoseconds: Int
}
