import CZlib
import Glibc

/// The archive of one entry that one gateway's software puts around each attachment, whatever content type it states
/// (APPNOTE 4.3). It is told from a ZIP that *is* the attachment by its single entry of the attachment's own kind.
struct WrappedFile {
    private struct Entry {
        let name: String
        let method: Int
        let flags: Int
        let checksum: UInt32
        let packedSize: Int
        let size: Int
        let headerPlace: Int
    }

    private let bytes: ReadableFile
    private let entry: Entry

    /// `nil` when the file is not such an archive.
    init?(_ path: String, attachmentName: String?) throws(AttachmentProblem) {
        guard let bytes = ReadableFile(path) else { throw .whole(.file("\(path) cannot be opened")) }
        guard Self.beginsEntry(bytes.read(at: 0, count: 30)) else { return nil }
        guard let entry = try Self.onlyEntry(bytes) else { return nil }
        let kind = Self.kind(attachmentName ?? "")
        if Self.archives.contains(kind), Self.kind(entry.name) != kind { return nil }
        guard !entry.name.contains("/"), !entry.name.contains("\\"), entry.name != "..", entry.name != "."
        else { throw AttachmentProblem(.pathInArchive) }
        guard entry.flags & 0x41 == 0 else { throw AttachmentProblem(.encryptedArchive) }
        self.bytes = bytes
        self.entry = entry
    }

    /// Whether there is the beginning of an archive, and not only a text that begins with the same four bytes: no
    /// version beyond 6.3, no method beyond two digits (APPNOTE 4.3.7, 4.4.3, 4.4.5).
    private static func beginsEntry(_ head: [UInt8]) -> Bool {
        head.starts(with: [0x50, 0x4B, 0x03, 0x04]) && head.little(4, 2) <= 63 && head.little(8, 2) <= 99
    }

    /// Kinds of files that are themselves archives: documents, drawings, maps, books, programs.
    private static let archives: Set<String> = Set(
        """
        zip docx docm dotx dotm xlsx xlsm xlsb xltx xltm xlam pptx pptm ppsx ppsm potx potm ppam odt ods odp odg odf \
        odb ott ots otp otg vsdx vsdm vstx xps oxps dwfx epub jar war ear apk xpi crx nupkg asice asics sce scs bdoc \
        kmz qgz 3mf sketch idml pages numbers key thmx oxt mscz ggb pbix whl cbz zipx
        """.split(separator: " ").map(String.init))

    private static func kind(_ name: String) -> String {
        name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]).lowercased() } ?? ""
    }

    // MARK: The directory

    private static func onlyEntry(_ file: ReadableFile) throws(AttachmentProblem) -> Entry? {
        let tailStart = max(0, file.size - 65_557)
        let tail = file.read(at: tailStart, count: file.size - tailStart)
        guard tail.count >= 22,
            let place = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
                tail[$0] == 0x50 && tail[$0...].starts(with: [0x50, 0x4B, 5, 6])
            })
        else { throw AttachmentProblem(.badArchive) }
        guard tail.little(place + 10, 2) == 1 else { return nil }
        let size = tail.little(place + 12, 4)
        let start = tail.little(place + 16, 4)
        guard size <= 1 << 16, start + size <= file.size else { throw AttachmentProblem(.badArchive) }
        let directory = file.read(at: start, count: size)
        guard directory.count >= 46, directory.starts(with: [0x50, 0x4B, 1, 2]) else {
            throw AttachmentProblem(.badArchive)
        }
        let nameSize = directory.little(28, 2)
        guard 46 + nameSize <= directory.count else { throw AttachmentProblem(.badArchive) }
        return Entry(
            name: String(decoding: directory[46..<(46 + nameSize)], as: UTF8.self),
            method: directory.little(10, 2),
            flags: directory.little(8, 2), checksum: UInt32(directory.little(16, 4)),
            packedSize: directory.little(20, 4), size: directory.little(24, 4),
            headerPlace: directory.little(42, 4))
    }

    // MARK: The content

    /// What the entry says it unpacks to, which is also the most that comes out of it.
    func size(within limits: MessageLimits) throws(AttachmentProblem) -> Int {
        guard entry.size <= limits.attachmentSize,
            entry.size <= (1 << 20) + entry.packedSize * limits.inflation
        else { throw AttachmentProblem(.archiveBomb) }
        return entry.size
    }

    /// Unpacks the one entry into a file of its own and gives its size.
    func unpack(to path: String, limits: MessageLimits) throws(AttachmentProblem) -> Int {
        _ = try size(within: limits)
        let header = bytes.read(at: entry.headerPlace, count: 30)
        guard header.count == 30, header.starts(with: [0x50, 0x4B, 3, 4]) else {
            throw AttachmentProblem(.badArchive)
        }
        let start = entry.headerPlace + 30 + header.little(26, 2) + header.little(28, 2)
        guard start + entry.packedSize <= bytes.size else { throw AttachmentProblem(.cutOff) }
        var unpacking = try Unpacking(target: path, size: entry.size)
        switch entry.method {
        case 0: try unpacking.copy(bytes, start, entry.packedSize)
        case 8: try unpacking.inflate(bytes, start, entry.packedSize)
        default: throw AttachmentProblem(.badArchive)
        }
        guard unpacking.count == entry.size else { throw AttachmentProblem(.wrongLength) }
        guard unpacking.checksum == entry.checksum else { throw AttachmentProblem(.wrongChecksum) }
        return unpacking.count
    }
}

/// Writes what comes out, never more than was declared.
private struct Unpacking {
    private let sink: FileSink
    private let size: Int
    private(set) var count = 0
    private(set) var checksum: UInt32 = 0

    private static let pieceSize = 128 << 10

    init(target: String, size: Int) throws(AttachmentProblem) {
        do throws(EdXMLError) { sink = try FileSink(path: target) } catch { throw .whole(error) }
        self.size = size
    }

    mutating func copy(_ file: ReadableFile, _ start: Int, _ length: Int) throws(AttachmentProblem) {
        var place = start
        while place < start + length {
            let piece = file.read(at: place, count: min(Self.pieceSize, start + length - place))
            guard !piece.isEmpty else { throw AttachmentProblem(.cutOff) }
            try put(piece)
            place += piece.count
        }
        try finish()
    }

    mutating func inflate(_ file: ReadableFile, _ start: Int, _ length: Int) throws(AttachmentProblem) {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .whole(.file("no memory to unpack into"))
        }
        defer { inflateEnd(&stream) }
        var place = start
        var status = Z_OK
        while status != Z_STREAM_END {
            var piece = file.read(at: place, count: min(Self.pieceSize, start + length - place))
            guard !piece.isEmpty else { throw AttachmentProblem(.cutOff) }
            place += piece.count
            status = try drain(&stream, &piece)
        }
        try finish()
    }

    private mutating func drain(_ stream: inout z_stream, _ piece: inout [UInt8]) throws(AttachmentProblem)
        -> Int32
    {
        var offset = 0
        while true {
            var status = Z_OK
            let output = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { output, filled in
                piece.withUnsafeMutableBufferPointer { input in
                    stream.next_in = input.baseAddress.map { $0 + offset }
                    stream.avail_in = uInt(input.count - offset)
                    stream.next_out = output.baseAddress
                    stream.avail_out = uInt(output.count)
                    status = CZlib.inflate(&stream, Z_NO_FLUSH)
                    offset = input.count - Int(stream.avail_in)
                    filled = output.count - Int(stream.avail_out)
                }
            }
            try put(output)
            if status == Z_STREAM_END { return status }
            guard status == Z_OK || status == Z_BUF_ERROR else { throw AttachmentProblem(.badArchive) }
            if offset == piece.count, output.count < Self.pieceSize { return Z_OK }
        }
    }

    private mutating func put(_ bytes: [UInt8]) throws(AttachmentProblem) {
        count += bytes.count
        guard count <= size else { throw AttachmentProblem(.wrongLength) }
        checksum = bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32(uLong(checksum), $0.baseAddress, uInt($0.count)))
        }
        do throws(EdXMLError) { try sink.write(bytes) } catch { throw .whole(error) }
    }

    private func finish() throws(AttachmentProblem) {
        do throws(EdXMLError) { try sink.flush() } catch { throw .whole(error) }
    }
}

/// A file read at any place.
final class ReadableFile {
    let size: Int
    private let descriptor: Int32

    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        var state = stat()
        size = fstat(descriptor, &state) == 0 ? Int(state.st_size) : 0
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Shorter at the end of the file.
    func read(at place: Int, count: Int) -> [UInt8] {
        guard place >= 0, count > 0, place < size else { return [] }
        return [UInt8](unsafeUninitializedCapacity: min(count, size - place)) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, buffer.count, place))
        }
    }
}

extension [UInt8] {
    /// A number of so many bytes, the lowest first; 0 beyond the end.
    func little(_ place: Int, _ count: Int) -> Int {
        guard place >= 0, place + count <= self.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
    }
}
