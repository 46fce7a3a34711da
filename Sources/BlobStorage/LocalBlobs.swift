// The store of files on the server's own disk: every file once, under `ab/cd/<hash>` by its own digest, never
// changed afterwards. A put returns only when the bytes and the folder entries are on disk, so that a register
// row written later can never point to a file that a power cut took away.

import Crypto
import Foundation

public struct LocalBlobs: Sendable {
    public let folder: String

    /// Opens the store, making its folder (0700) when absent.
    public init(folder: String) throws {
        self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        try FileManager.default.createDirectory(
            atPath: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try OpenFile.makeFolder(unfinishedFolder)
        try OpenFile.makeFolder(holdsFolder)
        try OpenFile.forceFolderToDisk(self.folder)
    }

    var unfinishedFolder: String { folder + "/unfinished" }

    // MARK: Writing

    /// A writer for bytes that arrive in pieces; over `limit` bytes it throws `.tooLarge` and keeps nothing.
    ///
    /// - Parameter hold: Keeps others from throwing the bytes away until a row names them; nil for who alone has the store.
    public func writer(limit: Int = .max, under hold: BlobHold? = nil) throws -> BlobWriter {
        try BlobWriter(store: self, limit: limit, under: hold)
    }

    @discardableResult
    public func put(_ bytes: [UInt8], limit: Int = .max, under hold: BlobHold? = nil) throws -> BlobReference
    {
        let writer = try writer(limit: limit, under: hold)
        try writer.append(bytes)
        return try writer.finish()
    }

    @discardableResult
    public func put(
        contentsOf path: String, limit: Int = .max, under hold: BlobHold? = nil
    ) throws -> BlobReference {
        let writer = try writer(limit: limit, under: hold)
        try OpenFile.forEachPiece(of: path) { try writer.append($0) }
        return try writer.finish()
    }

    /// Gives a finished temporary file its final name. Replacing a file of the same name is harmless (the bytes
    /// are the same) and heals one that was damaged on disk.
    func admit(_ temporary: String, as hash: BlobHash) throws {
        let outer = folder + "/" + hash.hex.prefix(2)
        let inner = outer + "/" + hash.hex.dropFirst(2).prefix(2)
        try OpenFile.makeFolder(outer)
        try OpenFile.makeFolder(inner)
        let final = path(of: hash)
        if rename(temporary, final) != 0 { throw BlobError.now("rename", final) }
        // All three every time: another writer may have made a folder a moment ago and not forced it yet.
        try OpenFile.forceFolderToDisk(inner)
        try OpenFile.forceFolderToDisk(outer)
        try OpenFile.forceFolderToDisk(folder)
    }

    // MARK: Reading

    /// Where the bytes are, or would be.
    public func path(of hash: BlobHash) -> String {
        folder + "/" + hash.hex.prefix(2) + "/" + hash.hex.dropFirst(2).prefix(2) + "/" + hash.hex
    }

    public func contains(_ hash: BlobHash) -> Bool {
        (try? size(of: hash)) != nil
    }

    public func size(of hash: BlobHash) throws -> Int {
        var entry = stat()
        let path = path(of: hash)
        if stat(path, &entry) != 0 {
            throw errno == ENOENT ? BlobError.missing(hash) : BlobError.now("stat", path)
        }
        return Int(entry.st_size)
    }

    public func read(_ hash: BlobHash) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(try size(of: hash))
        try OpenFile.forEachPiece(of: path(of: hash)) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Every stored file, one folder at a time, so that a large store is never listed into memory at once.
    public func all() -> StoredBlobs {
        StoredBlobs(folder: folder)
    }

    /// Re-reads the bytes and compares them with their name.
    public func verify(_ hash: BlobHash) -> BlobCheck {
        var hasher = SHA256()
        var size = 0
        do {
            try OpenFile.forEachPiece(of: path(of: hash)) { piece in
                hasher.update(bufferPointer: piece)
                size += piece.count
            }
        } catch BlobError.system(_, _, let code) {
            return code == ENOENT ? .missing : .unreadable(code: code)
        } catch {
            return .unreadable(code: EIO)
        }
        let actual = BlobHash(hasher.finalize())
        return actual == hash ? .sound(size: size) : .altered(actual: actual, size: size)
    }

    // MARK: Removing

    /// Takes the file off the disk, whoever needs it; false when there was none. See `discard`.
    @discardableResult
    public func delete(_ hash: BlobHash) throws -> Bool {
        let path = path(of: hash)
        if unlink(path) != 0 {
            if errno == ENOENT { return false }
            throw BlobError.now("unlink", path)
        }
        try OpenFile.forceFolderToDisk((path as NSString).deletingLastPathComponent)
        return true
    }

    /// Removes what crashed or abandoned writers left behind, when untouched since `moment`; returns how many.
    @discardableResult
    public func sweepUnfinished(before moment: Date) throws -> Int {
        var removed = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: unfinishedFolder) {
            let path = unfinishedFolder + "/" + name
            var entry = stat()
            guard lstat(path, &entry) == 0 else { continue }
            let touched = TimeInterval(entry.st_mtim.tv_sec) + TimeInterval(entry.st_mtim.tv_nsec) / 1e9
            if touched < moment.timeIntervalSince1970, unlink(path) == 0 { removed += 1 }
        }
        return removed
    }
}
