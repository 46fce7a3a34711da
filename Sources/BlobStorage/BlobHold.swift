// Giữ chỗ: who stores bytes for a row that is not committed yet holds them, and what is held nobody throws away. Throwing away
// takes three steps, none of which waits for anything: set a mark where nobody holds, find out whether a row speaks of the
// bytes, remove them if the mark is still the same. Whoever stores the same bytes meanwhile sets another.
//
// A hold is a lock on an empty file `holds/<hash>`. It costs a few calls of the operating system and no question to a
// database, and a process that dies lets go of it. The file stays then, and tells the sweeper what to look after.

import Foundation

public final class BlobHold: @unchecked Sendable {
    private let store: LocalBlobs
    // Guarded by the lock.
    private let lock = NSLock()
    private var held: [BlobHash: FileLock] = [:]

    init(_ store: LocalBlobs) { self.store = store }

    // Without `release`: what becomes of the bytes is the sweeper's to find out.
    deinit { for lock in held.values { lock.release() } }

    /// Waits while somebody sets a mark or removes the bytes; both are over at once.
    func take(_ hash: BlobHash) throws {
        try lock.withLock {
            guard held[hash] == nil else { return }
            guard let taken = try FileLock.take(store.holdPath(hash), .shared, waiting: true) else { return }
            try taken.setMark()
            held[hash] = taken
        }
    }

    /// To be called after the commit: rows speak of the bytes now.
    public func release() {
        let all = lock.withLock {
            defer { held = [:] }
            return held
        }
        for lock in all.values { lock.release(removing: true) }
    }

    /// No longer held by us, and nothing said about what becomes of it.
    public func letGo(_ hash: BlobHash) {
        let lock = lock.withLock { held.removeValue(forKey: hash) }
        lock?.release()
    }
}

/// Bytes that are to be thrown away unless somebody turns out to need them.
public struct DiscardMark: Sendable {
    public let hash: BlobHash
    let mark: FileMark
}

extension LocalBlobs {
    var holdsFolder: String { folder + "/holds" }

    func holdPath(_ hash: BlobHash) -> String { holdsFolder + "/" + hash.hex }

    /// To store bytes under, from before they are stored until a row that names them is committed.
    public func hold() -> BlobHold { BlobHold(self) }

    /// The first step. Whether a row speaks of the bytes must be asked after it.
    ///
    /// - Returns: Nil while somebody holds them: they are theirs to keep or to throw away.
    public func mark(_ hash: BlobHash) throws -> DiscardMark? {
        for _ in 1...5 {
            if let lock = try FileLock.take(holdPath(hash), .alone) {
                defer { lock.release() }
                try lock.setMark()
                return lock.mark.map { DiscardMark(hash: hash, mark: $0) }
            }
            // Whoever discards has it for a moment only, and might not see what became of no use just now.
            usleep(100)
        }
        return nil
    }

    /// The last step, when no row does.
    ///
    /// - Returns: False when the same bytes were stored again since; they stay.
    public func discard(_ mark: DiscardMark) throws -> Bool {
        guard let lock = try sameLock(mark) else { return false }
        do { try delete(mark.hash) } catch {
            lock.release()
            throw error
        }
        lock.release(removing: true)
        return true
    }

    /// The last step, when one does.
    public func keep(_ mark: DiscardMark) throws {
        try sameLock(mark)?.release(removing: true)
    }

    private func sameLock(_ mark: DiscardMark) throws -> FileLock? {
        guard let lock = try FileLock.take(holdPath(mark.hash), .alone, creating: false),
            lock.mark == mark.mark
        else { return nil }
        return lock
    }

    /// Whether somebody is about to commit a row of these bytes.
    public func isHeld(_ hash: BlobHash) throws -> Bool {
        let path = holdPath(hash)
        if access(path, F_OK) != 0 { return false }
        let lock = try FileLock.take(path, .alone, creating: false)
        lock?.release()
        return lock == nil && access(path, F_OK) == 0
    }

    /// All that is held, and all that was when its holder died or gave up.
    public func holds() throws -> [BlobHash] {
        try FileManager.default.contentsOfDirectory(atPath: holdsFolder).compactMap(BlobHash.init(hex:))
    }
}
