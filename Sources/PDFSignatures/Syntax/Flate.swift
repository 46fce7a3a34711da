import CZlib

/// Packing and unpacking of streams with zlib (ISO 32000-2, 7.4.4), with a ceiling on what may come out.
enum Flate {
    static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var size = compressBound(uLong(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(size))
        let status = packed.withUnsafeMutableBufferPointer { target in
            bytes.withUnsafeBufferPointer { source in
                compress2(target.baseAddress, &size, source.baseAddress, uLong(bytes.count), 9)
            }
        }
        guard status == Z_OK else { return stored(bytes) }
        packed.removeLast(packed.count - Int(size))
        return packed
    }

    /// Unpacks as much as is sound; a stream that ends early or badly gives what came before, as readers do.
    static func decompress(_ packed: some Collection<UInt8>, limit: Int) throws(PDFError) -> [UInt8] {
        var output: [UInt8] = []
        let outcome = Bytes.with(packed) { source, count -> PDFError? in
            var stream = z_stream()
            stream.next_in = UnsafeMutablePointer(mutating: source)
            stream.avail_in = uInt(truncatingIfNeeded: count)
            guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
                return .damaged("inflate")
            }
            defer { inflateEnd(&stream) }
            return drain(&stream, into: &output, limit: limit)
        }
        if let outcome { throw outcome }
        return output
    }

    private static func drain(_ stream: inout z_stream, into output: inout [UInt8], limit: Int) -> PDFError? {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let (status, produced) = chunk.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = uInt(buffer.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                return (status, buffer.count - Int(stream.avail_out))
            }
            output += chunk[..<produced]
            if output.count > limit { return .overLimit("inflated stream") }
            if status == Z_STREAM_END { return nil }
            if status != Z_OK { return output.isEmpty && status != Z_BUF_ERROR ? .damaged("inflate") : nil }
            if produced == 0, stream.avail_in == 0 { return nil }
        }
    }

    /// The zlib form without packing, for the case that zlib itself is out of memory.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let count = min(65_535, bytes.count - start)
            packed.append(start + count == bytes.count ? 1 : 0)
            packed += [
                UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8((~count >> 8) & 0xFF),
            ]
            packed += bytes[start..<(start + count)]
            start += count
        } while start < bytes.count
        let sum = UInt32(
            truncatingIfNeeded: bytes.withUnsafeBufferPointer {
                adler32(1, $0.baseAddress, uInt($0.count))
            })
        return packed + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) }
    }
}
