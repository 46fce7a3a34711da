import Glibc

/// A file read from front to back.
final class PieceFeed {
    private let descriptor: Int32
    private let path: String
    let size: Int

    init(path: String) throws(MailMessageError) {
        self.path = path
        let descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .file("\(path) cannot be opened") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .file("\(path) is not a file")
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The next piece; empty at the end.
    func next(_ limit: Int) throws(MailMessageError) -> [UInt8] {
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: max(1, limit)) { buffer, filled in
            repeat {
                count = read(descriptor, buffer.baseAddress, limit)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw .file("\(path) cannot be read") }
        return piece
    }
}

/// A file written from front to back.
final class MailFile {
    let path: String
    private(set) var size = 0
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private static let pieceSize = 128 << 10

    /// - Parameter isNew: Whether nothing may stand there yet.
    init(path: String, isNew: Bool = false) throws(MailMessageError) {
        self.path = path
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isNew ? O_EXCL | O_NOFOLLOW : O_TRUNC)
        descriptor = path.utf8.contains(0) ? -1 : open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .file("\(path) cannot be created") }
    }

    deinit { close(descriptor) }

    func write(_ bytes: some Collection<UInt8>) throws(MailMessageError) {
        pending += bytes
        size += bytes.count
        if pending.count >= Self.pieceSize { try flush() }
    }

    func flush() throws(MailMessageError) {
        var done = 0
        while done < pending.count {
            let count = pending.withUnsafeBytes { bytes in
                bytes.baseAddress.map { Glibc.write(descriptor, $0 + done, bytes.count - done) } ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file("\(path) cannot be written") }
            done += count
        }
        pending.removeAll(keepingCapacity: true)
    }

    func remove() { unlink(path) }
}
