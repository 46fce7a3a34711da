// The parts of an office file with their content, in this process and within limits. Only a container that every reader must
// understand in the same way is looked into (APPNOTE 4.3): one directory that ends where its end record begins, that record at
// the very end, no name twice, and in front of every part the name that the directory gives it.

import CZlib

struct ZipParts {
    struct Part {
        /// In small letters, since Office Open XML does not tell them apart, and with `/` between folders.
        let name: String
        fileprivate let written: [UInt8]
        fileprivate let flags: Int
        fileprivate let method: Int
        fileprivate let packedSize: Int
        fileprivate let place: Int
    }

    let parts: [Part]
    private let source: ByteSource

    private static let mostParts = 20_000

    /// - Throws: `OfficeFileError` when it is no such container.
    init(_ source: ByteSource) throws {
        self.source = source
        let tailStart = max(0, source.size - 65_557)
        let tail = source.bytes(at: tailStart, count: 65_557)
        guard tail.count >= 22,
            let place = stride(from: tail.count - 22, through: 0, by: -1).first(where: { place in
                tail[place] == 0x50 && tail[place...].starts(with: [0x50, 0x4B, 5, 6])
                    && tail.littleEndian(at: place + 20, bytes: 2) == tail.count - place - 22
            }), let count = tail.littleEndian(at: place + 10, bytes: 2),
            let size = tail.littleEndian(at: place + 12, bytes: 4),
            let start = tail.littleEndian(at: place + 16, bytes: 4), size <= 16 << 20,
            start + size == tailStart + place
        else { throw Self.unclear("no directory at its end") }
        parts = try Self.read(source.bytes(at: start, count: size))
        guard parts.count == count, count <= Self.mostParts else {
            throw Self.unclear("its directory is cut")
        }
        guard Set(parts.map(\.name)).count == count else { throw Self.unclear("a name that comes twice") }
    }

    private static func read(_ directory: [UInt8]) throws -> [Part] {
        var parts: [Part] = [], place = 0
        while place < directory.count {
            guard directory[place...].starts(with: [0x50, 0x4B, 1, 2]),
                let flags = directory.littleEndian(at: place + 8, bytes: 2),
                let method = directory.littleEndian(at: place + 10, bytes: 2),
                let packed = directory.littleEndian(at: place + 20, bytes: 4),
                let name = directory.littleEndian(at: place + 28, bytes: 2),
                let extra = directory.littleEndian(at: place + 30, bytes: 2),
                let comment = directory.littleEndian(at: place + 32, bytes: 2),
                let start = directory.littleEndian(at: place + 42, bytes: 4),
                place + 46 + name + extra + comment <= directory.count
            else { throw unclear("its directory is damaged") }
            let written = Array(directory[(place + 46)..<(place + 46 + name)])
            let text = String(decoding: written, as: UTF8.self).lowercased().replacing("\\", with: "/")
            parts.append(
                Part(
                    name: String(text.drop { $0 == "/" }), written: written, flags: flags, method: method,
                    packedSize: packed, place: start))
            place += 46 + name + extra + comment
        }
        return parts
    }

    // MARK: Content

    /// Its first bytes.
    func beginning(of part: Part, count: Int) throws -> [UInt8] {
        try unpacked(part, atMost: count).bytes
    }

    /// All of it.
    ///
    /// - Throws: `OfficeFileError`: more than so many bytes, locked, or damaged.
    func content(of part: Part, atMost most: Int) throws -> [UInt8] {
        let (bytes, isWhole) = try unpacked(part, atMost: most)
        guard isWhole else { throw OfficeFileError.tooMuchOutput(program: "zip") }
        return bytes
    }

    private func unpacked(_ part: Part, atMost most: Int) throws -> (bytes: [UInt8], isWhole: Bool) {
        let head = source.bytes(at: part.place, count: 30)
        guard head.starts(with: [0x50, 0x4B, 3, 4]), let name = head.littleEndian(at: 26, bytes: 2),
            let extra = head.littleEndian(at: 28, bytes: 2),
            source.bytes(at: part.place + 30, count: name) == part.written
        else { throw Self.unclear("a part under another name") }
        // Bits 0, 6: under a password.
        guard part.flags & 0x41 == 0 else { throw Self.unclear("locked") }
        let start = part.place + 30 + name + extra
        switch part.method {
        case 0:
            return (
                source.bytes(at: start, count: min(part.packedSize, most)), part.packedSize <= most
            )
        case 8: return try inflated(start, part.packedSize, atMost: most)
        default: throw Self.unclear("packed in a way of its own")
        }
    }

    private func inflated(_ start: Int, _ length: Int, atMost most: Int) throws -> ([UInt8], Bool) {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Self.unclear("no memory to unpack into")
        }
        defer { inflateEnd(&stream) }
        var result: [UInt8] = [], place = start
        let step = min(64 << 10, most + 1)
        while true {
            var piece = source.bytes(at: place, count: min(64 << 10, start + length - place))
            guard !piece.isEmpty else { throw Self.unclear("a part is cut off") }
            place += piece.count
            var offset = 0, isFull = true
            while isFull {
                var status = Z_OK
                let output = [UInt8](unsafeUninitializedCapacity: step) { output, filled in
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
                result += output
                if result.count > most { return (Array(result.prefix(most)), false) }
                if status == Z_STREAM_END { return (result, true) }
                guard status == Z_OK || status == Z_BUF_ERROR else { throw Self.unclear("a part is damaged") }
                isFull = output.count == step
            }
        }
    }

    private static func unclear(_ detail: String) -> OfficeFileError {
        .failed(program: "zip", detail: detail)
    }
}
