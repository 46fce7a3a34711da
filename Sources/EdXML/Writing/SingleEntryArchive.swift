import CZlib

/// An archive with one entry, written without knowing the entry's size beforehand: sizes and checksum follow it
/// (APPNOTE 4.3.9), names are UTF-8.
final class SingleEntryArchive {
    private let name: [UInt8]
    private var stream = z_stream()
    private var checksum: UInt32 = 0
    private var size = 0
    private var packedSize = 0

    init(name: String) {
        self.name = Array(name.utf8)
        deflateInit2_(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
    }

    deinit { deflateEnd(&stream) }

    func start() -> [UInt8] {
        [0x50, 0x4B, 3, 4] + Self.fixed + Self.little(0, 12) + Self.little(name.count, 2) + [0, 0] + name
    }

    func add(_ piece: [UInt8]) -> [UInt8] {
        checksum = piece.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32(uLong(checksum), $0.baseAddress, uInt($0.count)))
        }
        size += piece.count
        return deflated(piece, Z_NO_FLUSH)
    }

    func finish() -> [UInt8] {
        let rest = deflated([], Z_FINISH)
        let sums = Self.little(Int(checksum), 4) + Self.little(packedSize, 4) + Self.little(size, 4)
        let descriptor = [0x50, 0x4B, 7, 8] + sums
        let directoryPlace = 30 + name.count + packedSize + descriptor.count
        let directory: [UInt8] =
            [0x50, 0x4B, 1, 2, 20, 0] + Self.fixed + sums + Self.little(name.count, 2) + Self.little(0, 16)
            + name
        let end: [UInt8] =
            [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0] + Self.little(directory.count, 4)
            + Self.little(directoryPlace, 4) + [0, 0]
        return rest + descriptor + directory + end
    }

    /// Version 2.0, data descriptor and UTF-8 names, deflate, 1 January 1980: the same file is the same archive.
    private static let fixed: [UInt8] = [20, 0, 0x08, 0x08, 8, 0, 0, 0, 0x21, 0]

    private func deflated(_ piece: [UInt8], _ flush: Int32) -> [UInt8] {
        var input = piece
        var result: [UInt8] = []
        var offset = 0
        while true {
            let output = [UInt8](unsafeUninitializedCapacity: 64 << 10) { output, filled in
                input.withUnsafeMutableBufferPointer { input in
                    stream.next_in = input.baseAddress.map { $0 + offset }
                    stream.avail_in = uInt(input.count - offset)
                    stream.next_out = output.baseAddress
                    stream.avail_out = uInt(output.count)
                    deflate(&stream, flush)
                    offset = input.count - Int(stream.avail_in)
                    filled = output.count - Int(stream.avail_out)
                }
            }
            result += output
            if output.count < 64 << 10 { break }
        }
        packedSize += result.count
        return result
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
