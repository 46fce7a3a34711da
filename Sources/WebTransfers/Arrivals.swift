// What comes in by one transfer: into memory, or into a file that is gone again when the transfer fails.
import Glibc

/// What one transfer has brought so far, and what it may.
final class Arrivals {
    private(set) var content: [UInt8] = []
    private(set) var lines: [[UInt8]] = []
    private(set) var isTooLong = false
    private(set) var refusedAddress: String?
    /// Where the content goes instead, once it is known to be what was asked for.
    let file: ArrivalFile?
    private let limit: Int
    private var lineBytes = 0
    private let mayConnectAnywhere: Bool
    private let belongsInFile: ([[UInt8]]) -> Bool
    private static let lineLimit = 64 << 10
    /// With a file, what is not for the file is a note beside it.
    private static let noteLimit = 1 << 20

    /// - Parameters:
    ///   - limit: In bytes of content, wherever it goes.
    ///   - belongsInFile: Whether the content goes into `file`, told by the lines that came before it.
    init(
        limit: Int, mayConnectAnywhere: Bool, file: ArrivalFile? = nil,
        belongsInFile: @escaping ([[UInt8]]) -> Bool = { _ in true }
    ) {
        self.limit = limit
        self.mayConnectAnywhere = mayConnectAnywhere
        self.file = file
        self.belongsInFile = belongsInFile
    }

    func takeContent(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let target = file.flatMap { belongsInFile(lines) ? $0 : nil }
        let most = file != nil && target == nil ? min(limit, Self.noteLimit) : limit
        guard bytes.count <= most - (target?.size ?? content.count) else {
            isTooLong = true
            return false
        }
        if let target { return target.append(bytes) }
        content.append(contentsOf: bytes)
        return true
    }

    func takeLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lineBytes += bytes.count
        guard lineBytes <= Self.lineLimit else {
            isTooLong = true
            return false
        }
        lines.append(Array(bytes))
        return true
    }

    func mayConnect(_ address: NetworkAddress?) -> Bool {
        if mayConnectAnywhere || address?.isPublic == true { return true }
        refusedAddress = address.map(\.description) ?? "not an Internet address"
        return false
    }
}

/// A file that one transfer writes, made with the first byte, where none stood before. Unless it is kept in the
/// end, it is removed.
final class ArrivalFile {
    let path: String
    private(set) var size = 0
    /// Why it could not be written.
    private(set) var problem: String?
    private var descriptor: Int32 = -1
    private var isKept = false

    init(path: String) { self.path = path }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isKept { unlink(path) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard isOpen() else { return false }
        var done = 0
        while done < bytes.count {
            let count = write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                problem = "\(path) cannot be written"
                return false
            }
            done += count
        }
        size += bytes.count
        return true
    }

    /// The transfer has brought all: the file stays, also when there was nothing to put into it.
    func keep() throws(TransferFailure) {
        guard isOpen() else { throw .fileFailed(problem ?? path) }
        isKept = true
    }

    private func isOpen() -> Bool {
        if descriptor >= 0 { return true }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        descriptor = path.utf8.contains(0) ? -1 : open(path, flags, 0o600)
        if descriptor < 0 { problem = "\(path) cannot be created" }
        return descriptor >= 0
    }
}
