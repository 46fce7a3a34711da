/// The message inside an answer, on its way into a file: base 64 (RFC 4648, 4), or the XML itself, which some put there
/// as it is.
final class MessageContent {
    private let file: WholeFile
    private var isPlain: Bool?
    private var held: UInt32 = 0
    private var heldCount = 0
    private var padding = 0

    init(_ file: WholeFile) { self.file = file }

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in letters.utf8.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()

    func take(_ piece: [UInt8]) throws(JSONFault) {
        if isPlain == nil {
            // 0xEF begins a byte order mark; neither it nor `<` occurs in base 64.
            guard let first = piece.first(where: { $0 > 0x20 }) else { return }
            isPlain = first == 0x3C || first == 0xEF
        }
        let bytes = isPlain == true ? piece : try decoded(piece)
        do throws(AxisFailure) { try file.write(bytes) } catch { throw .ours(error) }
    }

    /// - Throws: `.garbage` when nothing came, or not all of it.
    func finish() throws(AxisFailure) {
        let isWhole = heldCount == 0 || heldCount == 2 && padding == 2 || heldCount == 3 && padding == 1
        guard isPlain == true || isWhole else { throw .garbage("the message's base 64 is cut off") }
        guard file.size > 0 else { throw .garbage("the answer brings no message") }
    }

    private func decoded(_ piece: [UInt8]) throws(JSONFault) -> [UInt8] {
        var isGood = true
        let output = [UInt8](unsafeUninitializedCapacity: piece.count / 4 * 3 + 6) { output, count in
            Self.values.withUnsafeBufferPointer { values in
                piece.withUnsafeBufferPointer { input in
                    var place = 0
                    while isGood, place < input.count {
                        if heldCount == 0, padding == 0 { takeGroups(input, &place, values, output, &count) }
                        guard place < input.count else { return }
                        isGood = take(input[place], values, output, &count)
                        place += 1
                    }
                }
            }
        }
        guard isGood else { throw .ours(.garbage("the message is not base 64")) }
        return output
    }

    /// Four letters at a time for as long as nothing else comes: nearly always to the end.
    private func takeGroups(
        _ input: UnsafeBufferPointer<UInt8>, _ place: inout Int, _ values: UnsafeBufferPointer<UInt8>,
        _ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
    ) {
        while place + 4 <= input.count {
            let a = values[Int(input[place])]
            let b = values[Int(input[place + 1])]
            let c = values[Int(input[place + 2])]
            let d = values[Int(input[place + 3])]
            if (a | b | c | d) & 0xC0 != 0 { return }
            output[count] = a << 2 | b >> 4
            output[count + 1] = b << 4 | c >> 2
            output[count + 2] = c << 6 | d
            count += 3
            place += 4
        }
    }

    private func take(
        _ byte: UInt8, _ values: UnsafeBufferPointer<UInt8>, _ output: UnsafeMutableBufferPointer<UInt8>,
        _ count: inout Int
    ) -> Bool {
        if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { return true }
        if byte == 0x3D {
            padding += 1
            return pad(output, &count)
        }
        let value = values[Int(byte)]
        guard value < 64, padding == 0 else { return false }
        held = held << 6 | UInt32(value)
        heldCount += 1
        guard heldCount == 4 else { return true }
        put([16, 8, 0], output, &count)
        held = 0
        heldCount = 0
        return true
    }

    private func pad(_ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) -> Bool {
        switch (heldCount, padding) {
        case (2, 1): return true
        case (2, 2): held <<= 12
        case (3, 1): held <<= 6
        default: return false
        }
        put(heldCount == 2 ? [16] : [16, 8], output, &count)
        return true
    }

    private func put(_ shifts: [UInt32], _ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) {
        for shift in shifts {
            output[count] = UInt8(truncatingIfNeeded: held >> shift)
            count += 1
        }
    }
}
