/// Base 64 (RFC 4648, 4) of bytes that come in pieces.
struct Base64Encoder {
    private var held: [UInt8] = []

    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// What is complete, on one line.
    mutating func encode(_ piece: [UInt8]) -> [UInt8] {
        let input = held.isEmpty ? piece : held + piece
        let whole = input.count / 3 * 3
        held = Array(input[whole...])
        return Self.groups(input, whole)
    }

    /// The last group, padded.
    mutating func finish() -> [UInt8] {
        guard !held.isEmpty else { return [] }
        defer { held = [] }
        var last = Self.groups(held + [UInt8](repeating: 0, count: 3 - held.count), 3)
        last.replaceSubrange((held.count + 1)..., with: [UInt8](repeating: 0x3D, count: 3 - held.count))
        return last
    }

    /// Bytes of one line of a message: 76 letters (RFC 2045, 6.8).
    static let lineBytes = 57

    /// Whole lines, each ended; only the last piece of a file may be no multiple of `lineBytes`.
    static func lines(_ piece: [UInt8]) -> [UInt8] {
        let whole = piece.count / lineBytes * lineBytes
        let letters = groups(piece, whole)
        var output: [UInt8] = []
        output.reserveCapacity(letters.count / 76 * 78 + 80)
        for start in stride(from: 0, to: letters.count, by: 76) {
            output += letters[start..<(start + 76)]
            output += [0x0D, 0x0A]
        }
        guard whole < piece.count else { return output }
        var encoder = Base64Encoder()
        return output + encoder.encode(Array(piece[whole...])) + encoder.finish() + [0x0D, 0x0A]
    }

    private static func groups(_ input: [UInt8], _ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count / 3 * 4) { output, filled in
            input.withUnsafeBufferPointer { input in
                letters.withUnsafeBufferPointer { letters in
                    var place = 0
                    while place < count {
                        let (a, b, c) = (input[place], input[place + 1], input[place + 2])
                        output[filled] = letters[Int(a >> 2)]
                        output[filled + 1] = letters[Int((a & 3) << 4 | b >> 4)]
                        output[filled + 2] = letters[Int((b & 15) << 2 | c >> 6)]
                        output[filled + 3] = letters[Int(c & 63)]
                        filled += 4
                        place += 3
                    }
                }
            }
        }
    }
}

/// Text that stays legible on its way (RFC 2045, 6.7), on lines of at most 76 letters.
enum QuotedPrintable {
    static func lines(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        let bytes = Array(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").utf8)
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for line in lines.last?.isEmpty == true ? lines.dropLast() : lines { append(line, to: &output) }
        return output
    }

    private static func append(_ line: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var column = 0
        for (place, byte) in zip(line.indices, line) {
            let isLast = place == line.endIndex - 1
            // A dot or "From " at the beginning means something to servers.
            let isTouchy = column == 0 && (byte == 0x2E || byte == 0x46)
            let isPlain = byte >= 0x20 && byte < 0x7F && byte != 0x3D && !isTouchy || byte == 0x09
            let isBlank = byte == 0x20 || byte == 0x09
            let size = isPlain && !(isBlank && isLast) ? 1 : 3
            if column + size > 75 {
                output += "=\r\n".utf8
                column = 0
            }
            if size == 1 {
                output.append(byte)
            } else {
                output += [0x3D, Hexadecimal.capitals[Int(byte >> 4)], Hexadecimal.capitals[Int(byte & 15)]]
            }
            column += size
        }
        output += "\r\n".utf8
    }
}
