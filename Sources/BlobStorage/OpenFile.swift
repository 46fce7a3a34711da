// One open file or folder of the operating system, closed when let go. Only what a store of files needs:
// write all, read in pieces, and force to disk.

import Foundation

final class OpenFile {
    let path: String
    private var descriptor: Int32

    init(_ path: String, flags: Int32, mode: mode_t = 0o600) throws {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, mode)
        if descriptor < 0 { throw BlobError.now("open", path) }
    }

    deinit { shut() }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let count = Foundation.write(descriptor, start, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw BlobError.now("write", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// The number of bytes read into the buffer; zero at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw BlobError.now("read", path) }
        }
    }

    func forceToDisk() throws {
        if fsync(descriptor) != 0 { throw BlobError.now("fsync", path) }
    }

    func shut() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Calls the body with every piece of the file in turn.
    static func forEachPiece(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let file = try OpenFile(path, flags: O_RDONLY)
        try withUnsafeTemporaryAllocation(byteCount: 256 * 1024, alignment: 16) { buffer in
            while true {
                let count = try file.read(into: buffer)
                if count == 0 { return }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }

    /// A new name in a folder survives a power cut only once the folder itself is on disk.
    static func forceFolderToDisk(_ path: String) throws {
        try OpenFile(path, flags: O_RDONLY | O_DIRECTORY).forceToDisk()
    }

    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o700) != 0 && errno != EEXIST { throw BlobError.now("mkdir", path) }
    }
}
