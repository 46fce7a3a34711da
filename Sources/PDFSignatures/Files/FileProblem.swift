import Glibc

/// The system would not read or write a file: which step, and the system's own number for why.
public struct FileProblem: Error, Equatable, Sendable {
    /// `open`, `read`, `map`, `create`, `write`, `flush`, `rename`.
    public let step: String
    /// As in `errno`.
    public let code: Int32

    static func current(_ step: String) -> FileProblem { FileProblem(step: step, code: errno) }
}

extension FileBytes {
    /// Files up to this size are read into memory, where nobody can change them; larger ones are mapped.
    static let mappedFrom = 16 << 20

    /// The bytes of a file on disk, as it is when opened.
    ///
    /// A file of 16 MiB or more is mapped, not read: it passes through memory as it is used. It must not be
    /// shortened by others in the meantime.
    public init(contentsOf path: String) throws(FileProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .current("open") }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor)
    }

    init(descriptor: Int32) throws(FileProblem) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .current("open") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileProblem(step: "open", code: EINVAL) }
        let size = Int(status.st_size)
        if size >= FileBytes.mappedFrom {
            self.init(try ByteStore(mapping: descriptor, count: size))
            return
        }
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let taken = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled, off_t(filled))
            }
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else { throw .current("read") }
            if taken == 0 { break }
            filled += taken
        }
        self.init(bytes[..<filled])
    }
}
