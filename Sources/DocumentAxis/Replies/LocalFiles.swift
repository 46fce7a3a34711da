// The machine's files, read and written a piece at a time.
import Crypto
import Glibc

/// Where the bytes of an answer come from.
final class ByteSource {
    static let pieceSize = 128 << 10
    private var memory: [UInt8]?
    private let descriptor: Int32

    init(_ bytes: [UInt8]) {
        memory = bytes
        descriptor = -1
    }

    init(path: String) throws(AxisFailure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file("\(path) cannot be opened: \(Reason.last)") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next piece; empty at the end.
    func next() throws(AxisFailure) -> [UInt8] {
        if descriptor < 0 {
            defer { memory = nil }
            return memory ?? []
        }
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
            repeat {
                count = read(descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else { throw .file("a file cannot be read: \(Reason.last)") }
        return piece
    }
}

/// A file that stands at its place only when it is whole and on the disk.
final class WholeFile {
    private let path: String
    private let part: String
    private let descriptor: Int32
    private let limit: Int
    private(set) var size = 0
    private var isKept = false

    init(path: String, limit: Int) throws(AxisFailure) {
        self.path = path
        self.limit = limit
        part = path + ".part"
        descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file("\(part) cannot be made: \(Reason.last)") }
    }

    deinit {
        close(descriptor)
        if !isKept { unlink(part) }
    }

    func write(_ bytes: [UInt8]) throws(AxisFailure) {
        size += bytes.count
        guard size <= limit else { throw .answerTooLong }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file("\(part) cannot be written: \(Reason.last)") }
            done += count
        }
    }

    func keep() throws(AxisFailure) {
        guard fsync(descriptor) == 0 else { throw .file("\(part) cannot be written: \(Reason.last)") }
        try LocalFile.move(part, to: path)
        isKept = true
    }
}

enum LocalFile {
    static func remove(_ path: String) { unlink(path) }

    static func size(_ path: String) -> Int? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(facts.st_size)
    }

    /// On the disk, with its name.
    static func settle(_ path: String) throws(AxisFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw .file("\(path) cannot be written: \(Reason.last)")
        }
    }

    static func move(_ path: String, to target: String) throws(AxisFailure) {
        guard rename(path, target) == 0 else { throw .file("\(target) cannot be written: \(Reason.last)") }
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw .file("\(folder) cannot be written: \(Reason.last)")
        }
    }

    /// Whether it is JSON rather than XML.
    static func beginsWithBrace(_ path: String) throws(AxisFailure) -> Bool {
        try ByteSource(path: path).next().first { $0 > 0x20 } == 0x7B
    }

    /// A file with something before and after it, as another file.
    static func write(
        _ before: [UInt8], _ path: String, _ after: [UInt8], to target: String
    ) throws(AxisTransportFailure) {
        do throws(AxisFailure) {
            let source = try ByteSource(path: path)
            let file = try WholeFile(path: target, limit: .max)
            try file.write(before)
            while true {
                let piece = try source.next()
                if piece.isEmpty { break }
                try file.write(piece)
            }
            try file.write(after)
            try file.keep()
        } catch { throw .file("\(error)") }
    }

    static func digest(_ path: String) throws(AxisFailure) -> [UInt8] {
        let source = try ByteSource(path: path)
        var hash = SHA256()
        while true {
            let piece = try source.next()
            if piece.isEmpty { return Array(hash.finalize()) }
            hash.update(data: piece)
        }
    }
}

enum Reason {
    static var last: String { String(cString: strerror(errno)) }
}
