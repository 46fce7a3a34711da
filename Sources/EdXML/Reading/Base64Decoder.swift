/// Base 64 (RFC 4648, 4) as it comes, in pieces cut anywhere, with line breaks or without.
struct Base64Decoder {
    private var held: UInt32 = 0
    private var heldCount = 0
    private var padding = 0

    /// 64 marks a character to step over, 65 one that does not belong, 66 padding.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 65, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
            .enumerated()
        {
            table[Int(byte)] = UInt8(value)
        }
        for byte in [0x20, 0x09, 0x0A, 0x0D] { table[byte] = 64 }
        table[0x3D] = 66
        return table
    }()

    /// The bytes that are complete with this piece.
    mutating func decode(_ piece: ArraySlice<UInt8>) throws(AttachmentProblem) -> [UInt8] {
        var isGood = true
        let output = [UInt8](unsafeUninitializedCapacity: piece.count / 4 * 3 + 6) { output, count in
            isGood = piece.withUnsafeBufferPointer { input in
                Self.values.withUnsafeBufferPointer { values in
                    run(input, values, into: output, &count)
                }
            }
        }
        guard isGood else { throw AttachmentProblem(.notBase64) }
        return output
    }

    /// What is left over at the end must be padding, or nothing.
    func finish() throws(AttachmentProblem) {
        guard heldCount == 0 || heldCount == 2 && padding == 2 || heldCount == 3 && padding == 1 else {
            throw AttachmentProblem(.cutOff)
        }
    }

    private mutating func run(
        _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
    ) -> Bool {
        var place = 0
        while place < input.count {
            if heldCount == 0, padding == 0 { runWhole(input, values, from: &place, into: output, &count) }
            guard place < input.count else { break }
            let value = values[Int(input[place])]
            place += 1
            if value == 64 { continue }
            if value == 66 {
                padding += 1
                if !finishGroup(into: output, &count) { return false }
                continue
            }
            guard value < 64, padding == 0 else { return false }
            held = held << 6 | UInt32(value)
            heldCount += 1
            if heldCount == 4 {
                for shift: UInt32 in [16, 8, 0] { put(held >> shift, output, &count) }
                held = 0
                heldCount = 0
            }
        }
        return true
    }

    /// Four characters at a time for as long as nothing but values comes: nearly always to the end.
    private func runWhole(
        _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>, from place: inout Int,
        into output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
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

    /// The bytes of an incomplete group are given out when its padding is whole.
    private mutating func finishGroup(into output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int)
        -> Bool
    {
        switch (heldCount, padding) {
        case (2, 1): return true
        case (2, 2):
            put(held >> 4, output, &count)
            return true
        case (3, 1):
            put(held >> 10, output, &count)
            put(held >> 2, output, &count)
            return true
        default: return false
        }
    }

    private func put(_ value: UInt32, _ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) {
        output[count] = UInt8(truncatingIfNeeded: value)
        count += 1
    }
}

/// Why reading an attachment stopped.
enum AttachmentProblem: Error {
    /// It is damaged, before its name is known.
    case damaged(AttachmentFault)
    /// It is not the attachment's fault, or not its alone.
    case whole(EdXMLError)

    init(_ fault: AttachmentFault) { self = .damaged(fault) }

    /// What to say of the attachment; what concerns the whole message goes on as that.
    func fault() throws(EdXMLError) -> AttachmentFault {
        switch self {
        case .damaged(let fault): return fault
        case .whole(let error): throw error
        }
    }
}
