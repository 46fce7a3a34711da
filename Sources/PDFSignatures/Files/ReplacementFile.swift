import Glibc

/// A new file that takes its name only when it is whole: written beside its place under another name, flushed
/// to disk, and renamed at the end. Until then whatever stood at the place stays; a file that is given up
/// leaves nothing.
final class ReplacementFile {
    private let path: String
    private let temporaryPath: String
    private let descriptor: Int32
    private var isPlaced = false
    private(set) var count = 0

    init(at path: String) throws(FileProblem) {
        self.path = path
        temporaryPath = path + "." + String(UInt64.random(in: .min ... .max), radix: 36) + ".tmp"
        descriptor = open(temporaryPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .current("create") }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            _ = fchmod(descriptor, status.st_mode & 0o777)
        }
    }

    deinit {
        close(descriptor)
        if !isPlaced { unlink(temporaryPath) }
    }

    /// Another file's bytes, a megabyte at a time.
    func append(contentsOf source: String) throws(FileProblem) {
        let from = open(source, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw .current("open") }
        defer { close(from) }
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let taken = chunk.withUnsafeMutableBytes { read(from, $0.baseAddress, $0.count) }
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else { throw .current("read") }
            if taken == 0 { return }
            try append(chunk[..<taken])
        }
    }

    func append(_ bytes: some Collection<UInt8>) throws(FileProblem) {
        let problem = Bytes.with(bytes) { start, length -> FileProblem? in
            var written = 0
            while written < length {
                let taken = write(descriptor, start.map { $0 + written }, length - written)
                if taken < 0, errno == EINTR { continue }
                guard taken > 0 else { return .current("write") }
                written += taken
            }
            return nil
        }
        if let problem { throw problem }
        count += bytes.count
    }

    /// What was written so far, read back from the file.
    func contents() throws(FileProblem) -> FileBytes { try FileBytes(descriptor: descriptor) }

    func flush() throws(FileProblem) {
        guard fsync(descriptor) == 0 else { throw .current("flush") }
    }

    /// Takes the name, and makes that last.
    func place() throws(FileProblem) {
        guard rename(temporaryPath, path) == 0 else { throw .current("rename") }
        isPlaced = true
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw .current("flush") }
        defer { close(handle) }
        // Some file systems do not flush folders, and say so.
        guard fsync(handle) == 0 || errno == EINVAL else { throw .current("flush") }
    }
}
