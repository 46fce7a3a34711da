// A private folder for one piece of work on one document: the document is copied in, the program works there and
// sees nothing else of ours, its result is taken out, and the folder is removed. The program owns the folder, so
// everything in it is treated as a stranger's: results are opened by name without following links.

import Foundation
import Glibc

public final class WorkFolder: Sendable {
    public let path: String
    private let descriptor: Int32
    private let owner: ChildUser?

    /// Made under `parent`, which the unprivileged user must be able to pass through (`/tmp` by default).
    public init(under parent: String = "/tmp", owner: ChildUser? = Isolation.detected.user) throws {
        var name = Array("\(parent)/vanthu-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw OfficeFileError.workFolder(step: "mkdtemp", code: errno) }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.owner = owner
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw OfficeFileError.workFolder(step: "open", code: errno) }
        try makeFolder("tmp")
        if let owner, fchown(descriptor, owner.uid, owner.gid) != 0 {
            throw OfficeFileError.workFolder(step: "chown", code: errno)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        try? FileManager.default.removeItem(atPath: path)
    }

    public func path(_ name: String) -> String { path + "/" + name }

    public func makeFolder(_ name: String) throws {
        guard mkdirat(descriptor, name, 0o700) == 0 else {
            throw OfficeFileError.workFolder(step: "mkdir", code: errno)
        }
        if let owner { _ = fchownat(descriptor, name, owner.uid, owner.gid, AT_SYMLINK_NOFOLLOW) }
    }

    public func write(_ bytes: [UInt8], as name: String) throws {
        let file = try create(name)
        defer { close(file) }
        try bytes.withUnsafeBytes { try Self.writeAll($0, to: file) }
    }

    public func copy(_ source: String, as name: String) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw OfficeFileError.unreadable(path: source, code: errno) }
        defer { close(input) }
        let file = try create(name)
        defer { close(file) }
        try withUnsafeTemporaryAllocation(byteCount: 256 * 1024, alignment: 16) { buffer in
            while true {
                let count = Glibc.read(input, buffer.baseAddress, buffer.count)
                if count == 0 { return }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw OfficeFileError.unreadable(path: source, code: errno)
                }
                try Self.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: file)
            }
        }
    }

    func remove(_ name: String) { _ = unlinkat(descriptor, name, 0) }

    /// A link to a file of the system, for programs that must be shown single files of a large folder.
    func link(to target: String, as name: String) {
        _ = symlinkat(target, descriptor, name)
    }

    /// The bytes of a result, or nil when there is no plain file of that name or it is larger than the limit.
    public func read(_ name: String, limit: Int) -> [UInt8]? {
        let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var entry = stat()
        guard fstat(file, &entry) == 0, entry.st_mode & S_IFMT == S_IFREG, entry.st_size <= limit else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(entry.st_size))
        var piece = [UInt8](repeating: 0, count: 256 * 1024)
        while bytes.count <= limit {
            let count = Glibc.read(file, &piece, piece.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes.append(contentsOf: piece[..<count])
        }
        return nil
    }

    private func create(_ name: String) throws -> Int32 {
        let file = openat(
            descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
        guard file >= 0 else { throw OfficeFileError.workFolder(step: "create", code: errno) }
        if let owner { _ = fchown(file, owner.uid, owner.gid) }
        return file
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw OfficeFileError.workFolder(step: "write", code: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }
}
