// What leaves out of a file: never more of it in memory than one piece, and of a size that is known beforehand.
import Glibc

/// A file that a call sends as its body, read a piece at a time.
public struct FileUpload: Sendable, Equatable {
    public var path: String
    /// The file as the part of a form; `nil`: the file is the body as it stands, and what it is, a header of the
    /// call says.
    public var formPart: FormPart?

    public init(path: String, formPart: FormPart? = nil) {
        self.path = path
        self.formPart = formPart
    }
}

/// The only part of a `multipart/form-data` body (RFC 7578): a field that holds a file. The call's `Content-Type`
/// is made from it.
public struct FormPart: Sendable, Equatable {
    /// The field's name.
    public var name: String
    /// What the receiver is told that the file is called; any letters.
    public var fileName: String
    /// `application/pdf`
    public var contentType: String

    public init(name: String, fileName: String, contentType: String = "application/octet-stream") {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// What stands before and behind the file.
    func frame(_ boundary: String) -> (before: [UInt8], behind: [UInt8]) {
        let head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.quoted(name))\"; "
            + "filename=\"\(Self.quoted(fileName))\"\r\nContent-Type: \(contentType)\r\n\r\n"
        return (Array(head.utf8), Array("\r\n--\(boundary)--\r\n".utf8))
    }

    /// In the way of browsers (HTML, multipart/form-data encoding algorithm): what would end the name or the line
    /// is percent-encoded, all other letters go as UTF-8.
    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F || byte == 0x22 {
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Random, so that no file can hold it on purpose.
    static func newBoundary() -> String {
        let number = { String(UInt64.random(in: .min ... .max), radix: 16) }
        return "VanThu-\(number())\(number())"
    }
}

/// The bytes that one transfer sends: some before, a file, some behind.
final class Departures {
    /// In bytes, frame and file.
    let size: Int
    /// Why the file could not be read to its end.
    private(set) var problem: String?
    private let descriptor: Int32
    private let before: [UInt8]
    private let behind: [UInt8]
    private let fileSize: Int
    private var place = 0

    init(path: String, before: [UInt8] = [], behind: [UInt8] = []) throws(TransferFailure) {
        let descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .fileFailed("\(path) cannot be opened") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .fileFailed("\(path) is not a file")
        }
        self.descriptor = descriptor
        (self.before, self.behind) = (before, behind)
        fileSize = Int(status.st_size)
        size = before.count + fileSize + behind.count
    }

    deinit { close(descriptor) }

    /// Fills the beginning of `buffer`; 0 at the end, `nil` when the file gives no more than a part of what it
    /// had.
    func give(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let fileEnd = before.count + fileSize
        if place < before.count { return copy(before[place...], into: buffer) }
        if place >= fileEnd { return copy(behind[min(place - fileEnd, behind.count)...], into: buffer) }
        let wanted = min(buffer.count, fileEnd - place)
        var count = 0
        repeat {
            count = pread(descriptor, buffer.baseAddress, wanted, off_t(place - before.count))
        } while count < 0 && errno == EINTR
        guard count > 0 else {
            problem = "the file that is sent became shorter, or cannot be read"
            return nil
        }
        place += count
        return count
    }

    /// Whether all was given away.
    var isAtEnd: Bool { place >= size }

    /// Back to a place that was passed already, when a connection turns out dead and the next one begins anew.
    func seek(to offset: Int) -> Bool {
        guard (0...size).contains(offset) else { return false }
        place = offset
        return true
    }

    private func copy(_ bytes: ArraySlice<UInt8>, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = bytes.prefix(buffer.count)
        buffer.copyBytes(from: piece)
        place += piece.count
        return piece.count
    }
}
