// The content of one part, decoded as its lines come in (RFC 2045, 6).

/// Base 64 (RFC 4648, 4) as mail really has it: letters that do not belong are stepped over, padding in the middle begins
/// anew, the end may be missing.
struct Base64Decoder {
    private var held: UInt32 = 0
    private var count = 0
    /// Whether something did not belong.
    private(set) var isOdd = false

    /// 64 marks a blank, 65 what does not belong, 66 padding.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 65, count: 256)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in letters.utf8.enumerated() { table[Int(byte)] = UInt8(value) }
        for byte in [0x20, 0x09, 0x0A, 0x0D] { table[byte] = 64 }
        table[0x3D] = 66
        return table
    }()

    /// The bytes that are complete with this piece.
    mutating func decode(_ piece: ArraySlice<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: piece.count / 4 * 3 + 6) { output, filled in
            piece.withUnsafeBufferPointer { input in
                Self.values.withUnsafeBufferPointer { values in run(input, values, output, &filled) }
            }
        }
    }

    private mutating func run(
        _ input: UnsafeBufferPointer<UInt8>, _ values: UnsafeBufferPointer<UInt8>,
        _ output: UnsafeMutableBufferPointer<UInt8>, _ filled: inout Int
    ) {
        for byte in input {
            let value = values[Int(byte)]
            if value < 64 {
                held = held << 6 | UInt32(value)
                count += 1
                guard count == 4 else { continue }
                for shift: UInt32 in [16, 8, 0] { put(held >> shift, output, &filled) }
                (held, count) = (0, 0)
            } else if value == 66 {
                finishGroup(output, &filled)
            } else if value == 65 {
                isOdd = true
            }
        }
    }

    /// What an incomplete group still holds, when its padding comes or everything ends.
    private mutating func finishGroup(_ output: UnsafeMutableBufferPointer<UInt8>, _ filled: inout Int) {
        switch count {
        case 2: put(held >> 4, output, &filled)
        case 3:
            put(held >> 10, output, &filled)
            put(held >> 2, output, &filled)
        case 1: isOdd = true
        default: break
        }
        (held, count) = (0, 0)
    }

    mutating func finish() -> [UInt8] {
        if count > 0 { isOdd = true }
        return [UInt8](unsafeUninitializedCapacity: 3) { output, filled in finishGroup(output, &filled) }
    }

    private func put(_ value: UInt32, _ output: UnsafeMutableBufferPointer<UInt8>, _ filled: inout Int) {
        output[filled] = UInt8(truncatingIfNeeded: value)
        filled += 1
    }
}

/// One part's transfer encoding. The end of its last line belongs to the boundary behind it, so each end waits for more.
struct PartDecoder {
    private enum Encoding { case plain, base64, quotedPrintable }

    private let encoding: Encoding
    private var base64 = Base64Decoder()
    private var waiting: [UInt8] = []
    /// Blanks of a quoted-printable line, which count only when something follows.
    private var blanks: [UInt8] = []
    private var hasOddQuote = false
    let isKnown: Bool

    /// - Parameter name: Of the encoding, in small letters.
    init(_ name: String) {
        switch name {
        case "base64": encoding = .base64
        case "quoted-printable": encoding = .quotedPrintable
        default: encoding = .plain
        }
        isKnown = ["", "7bit", "8bit", "binary", "base64", "quoted-printable"].contains(name)
    }

    var isOdd: Bool { hasOddQuote || base64.isOdd }

    mutating func decode(_ line: ArraySlice<UInt8>, ending: Int) -> [UInt8] {
        switch encoding {
        case .base64: return base64.decode(line)
        case .plain:
            defer { waiting = Self.end(ending) }
            return waiting + line
        case .quotedPrintable: return unquote(line, ending: ending)
        }
    }

    mutating func finish() -> [UInt8] { encoding == .base64 ? base64.finish() : [] }

    private static func end(_ ending: Int) -> [UInt8] {
        ending == 0 ? [] : ending == 1 ? [0x0A] : [0x0D, 0x0A]
    }

    private mutating func unquote(_ line: ArraySlice<UInt8>, ending: Int) -> [UInt8] {
        var output = waiting
        waiting = Self.end(ending)
        var rest = line
        while let byte = rest.popFirst() {
            if byte == 0x20 || byte == 0x09 {
                blanks.append(byte)
                continue
            }
            output += blanks
            blanks.removeAll(keepingCapacity: true)
            guard byte == 0x3D else {
                output.append(byte)
                continue
            }
            if let value = Hexadecimal.value(rest.prefix(2)) {
                output.append(value)
                rest = rest.dropFirst(2)
            } else if rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                // The line goes on without an end here.
                waiting = []
                return output
            } else {
                hasOddQuote = true
                output.append(byte)
            }
        }
        if ending > 0 { blanks.removeAll(keepingCapacity: true) }
        return output
    }
}
