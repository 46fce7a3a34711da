import Glibc

/// Where bytes come from, a piece at a time.
protocol ByteFeed {
    /// The next piece; empty at the end.
    mutating func next() throws(EdXMLError) -> [UInt8]
}

struct BytesInMemory: ByteFeed {
    private var rest: [UInt8]

    init(_ bytes: [UInt8]) { rest = bytes }

    mutating func next() -> [UInt8] {
        defer { rest = [] }
        return rest
    }
}

/// A file read from front to back.
final class FileFeed: ByteFeed {
    static let pieceSize = 256 << 10
    private let descriptor: Int32
    private let path: String

    init(path: String) throws(EdXMLError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file("\(path) cannot be opened") }
    }

    deinit { close(descriptor) }

    func next() throws(EdXMLError) -> [UInt8] {
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
            repeat {
                count = read(descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw .file("\(path) cannot be read") }
        return piece
    }
}

/// A file written from front to back, without a piece of it ever read.
final class FileSink {
    let path: String
    private let descriptor: Int32
    private var pending: [UInt8] = []
    private(set) var size = 0

    init(path: String) throws(EdXMLError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file("\(path) cannot be created") }
        pending.reserveCapacity(FileFeed.pieceSize)
    }

    deinit { close(descriptor) }

    func write(_ bytes: some Collection<UInt8>) throws(EdXMLError) {
        pending += bytes
        size += bytes.count
        if pending.count >= FileFeed.pieceSize { try flush() }
    }

    func flush() throws(EdXMLError) {
        var done = 0
        while done < pending.count {
            let count = pending.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return 0 }
                return Glibc.write(descriptor, start + done, bytes.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file("\(path) cannot be written") }
            done += count
        }
        pending.removeAll(keepingCapacity: true)
    }
}

extension FileSink {
    /// A file that is not to be kept.
    static func remove(_ path: String) { unlink(path) }

    static func rename(_ path: String, to target: String) throws(EdXMLError) {
        guard Glibc.rename(path, target) == 0 else { throw .file("\(target) cannot be written") }
    }
}
