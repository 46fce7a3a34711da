// A QR code (ISO/IEC 18004) for an address on a print-out: byte mode, error correction M, versions 1 to 6, which hold
// 106 bytes. Drawn as one path of an SVG.
import Markup

package struct QRCode: Sendable, Equatable {
    /// Dark where true; row by row, without the quiet zone.
    package let modules: [[Bool]]

    /// Nil for more than 106 bytes.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
        let codewords = version.codewords(of: bytes)
        var best: (penalty: Int, modules: [[Bool]])?
        for mask in 0..<8 {
            var symbol = QRSymbol(version)
            symbol.place(codewords, mask: mask)
            let penalty = QRPenalty.of(symbol.modules)
            if penalty < best?.penalty ?? .max { best = (penalty, symbol.modules) }
        }
        modules = best?.modules ?? []
    }

    package var size: Int { modules.count }

    /// With the quiet zone of four modules that readers need (9.1).
    func svg(label: String) -> HTML {
        let whole = size + 8
        var path = ""
        for (y, row) in modules.enumerated() {
            var x = 0
            while x < row.count {
                guard row[x] else {
                    x += 1
                    continue
                }
                let end = row[x...].firstIndex(of: false) ?? row.count
                path += "M\(x + 4) \(y + 4)h\(end - x)v1h-\(end - x)z"
                x = end
            }
        }
        return Markup.svg(
            .class("qr"), .viewBox("0 0 \(whole) \(whole)"), .role("img"), .aria(.label, label),
            .focusable("false"),
            rect(.x(0), .y(0), .width(Double(whole)), .height(Double(whole)), .fill("#fff")),
            Markup.path(.fill("#000"), .d(path)))
    }
}

/// Table 9 for level M: how many codewords a symbol holds and how they are cut into blocks.
struct QRVersion: Sendable {
    let number: Int
    let dataCodewords: Int
    let correctionPerBlock: Int
    let blocks: Int

    private static let all = [
        QRVersion(number: 1, dataCodewords: 16, correctionPerBlock: 10, blocks: 1),
        QRVersion(number: 2, dataCodewords: 28, correctionPerBlock: 16, blocks: 1),
        QRVersion(number: 3, dataCodewords: 44, correctionPerBlock: 26, blocks: 1),
        QRVersion(number: 4, dataCodewords: 64, correctionPerBlock: 18, blocks: 2),
        QRVersion(number: 5, dataCodewords: 86, correctionPerBlock: 24, blocks: 2),
        QRVersion(number: 6, dataCodewords: 108, correctionPerBlock: 16, blocks: 4),
    ]

    /// Mode and length take twelve bits.
    static func smallest(for bytes: Int) -> QRVersion? { all.first { bytes + 2 <= $0.dataCodewords } }

    var size: Int { 17 + 4 * number }
    /// The middle of the one alignment pattern (Annex E).
    var alignment: Int? { number == 1 ? nil : size - 7 }

    /// Data and error correction, interleaved (7.4 to 7.6).
    func codewords(of bytes: [UInt8]) -> [UInt8] {
        var bits = QRBits()
        bits.append(0b0100, 4)
        bits.append(bytes.count, 8)
        for byte in bytes { bits.append(Int(byte), 8) }
        bits.append(0, min(4, dataCodewords * 8 - bits.count))
        var data = bits.bytes
        var pad: UInt8 = 0xEC
        while data.count < dataCodewords {
            data.append(pad)
            pad ^= 0xEC ^ 0x11
        }
        // In these versions all blocks are of one length.
        let length = dataCodewords / blocks
        let parts = (0..<blocks).map { Array(data[($0 * length)..<(($0 + 1) * length)]) }
        let corrections = parts.map { ReedSolomon.correction(for: $0, count: correctionPerBlock) }
        return (0..<length).flatMap { index in parts.map { $0[index] } }
            + (0..<correctionPerBlock).flatMap { index in corrections.map { $0[index] } }
    }
}

private struct QRBits {
    private(set) var count = 0
    private(set) var bytes: [UInt8] = []

    mutating func append(_ value: Int, _ width: Int) {
        for shift in (0..<max(0, width)).reversed() {
            if count % 8 == 0 { bytes.append(0) }
            if value >> shift & 1 == 1 { bytes[count / 8] |= 0x80 >> UInt8(count % 8) }
            count += 1
        }
    }
}

/// Over GF(2⁸) with the polynomial 0x11D (7.5.2).
enum ReedSolomon {
    static func correction(for data: [UInt8], count: Int) -> [UInt8] {
        var generator: [UInt8] = [1]
        var root: UInt8 = 1
        for _ in 0..<count {
            var next = generator + [0]
            for (index, factor) in generator.enumerated() { next[index + 1] ^= multiply(factor, root) }
            generator = next
            root = multiply(root, 2)
        }
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ rest[0]
            rest.removeFirst()
            rest.append(0)
            for index in 0..<count { rest[index] ^= multiply(generator[index + 1], factor) }
        }
        return rest
    }

    private static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var product = 0, factor = Int(a)
        for bit in 0..<8 {
            if b >> UInt8(bit) & 1 == 1 { product ^= factor }
            factor = factor << 1 ^ (factor & 0x80 != 0 ? 0x11D : 0)
        }
        return UInt8(product & 0xFF)
    }
}
