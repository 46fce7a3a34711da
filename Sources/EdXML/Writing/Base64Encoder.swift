/// Base 64 (RFC 4648, 4) of bytes that come in pieces, on one line.
struct Base64Encoder {
    private var held: [UInt8] = []

    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

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
