// A file on its way into the store: bytes are appended as they arrive and digested while they are written.
// Until `finish` nothing is visible under a digest; a writer that is dropped or cancelled leaves nothing.

import Crypto
import Foundation

public final class BlobWriter: @unchecked Sendable {
    private let store: LocalBlobs
    private let limit: Int
    private let hold: BlobHold?
    private let temporary: String
    // Guarded by the lock: pieces may arrive from whichever thread serves the connection.
    private let lock = NSLock()
    private var file: OpenFile?
    private var hasher = SHA256()
    private var written = 0

    init(store: LocalBlobs, limit: Int, under hold: BlobHold?) throws {
        self.store = store
        self.limit = limit
        self.hold = hold
        let temporary = store.unfinishedFolder + "/" + UUID().uuidString
        self.temporary = temporary
        file = try OpenFile(temporary, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    }

    deinit { cancel() }

    public var size: Int { lock.withLock { written } }

    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        try lock.withLock {
            guard let file else { throw BlobError.closed }
            guard bytes.count <= limit - written else {
                discard()
                throw BlobError.tooLarge(limit: limit)
            }
            do {
                try file.write(bytes)
            } catch {
                discard()
                throw error
            }
            hasher.update(bufferPointer: bytes)
            written += bytes.count
        }
    }

    public func append(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try append($0) }
    }

    /// Forces the bytes to disk, gives them their final name, and only then returns.
    public func finish() throws -> BlobReference {
        try lock.withLock {
            guard let file else { throw BlobError.closed }
            let hash = BlobHash(hasher.finalize())
            do {
                try file.forceToDisk()
                try hold?.take(hash)
                try store.admit(temporary, as: hash)
            } catch {
                discard()
                throw error
            }
            file.shut()
            self.file = nil
            return BlobReference(hash: hash, size: written)
        }
    }

    /// Gives up; what was written is removed. After `finish` it does nothing.
    public func cancel() {
        lock.withLock { discard() }
    }

    private func discard() {
        guard let file else { return }
        file.shut()
        self.file = nil
        unlink(temporary)
    }
}
