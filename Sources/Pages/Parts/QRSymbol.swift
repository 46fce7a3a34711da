// The square of a QR code: its fixed patterns, the winding path of the data, the mask that makes it easy to read and the
// information about that mask (ISO/IEC 18004, 6.3, 7.7 to 7.9).

struct QRSymbol {
    private(set) var modules: [[Bool]]
    private var isFixed: [[Bool]]
    private let size: Int

    init(_ version: QRVersion) {
        size = version.size
        modules = Array(repeating: Array(repeating: false, count: size), count: size)
        isFixed = modules
        for place in 0..<size {
            set(place, 6, place % 2 == 0)
            set(6, place, place % 2 == 0)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        if let middle = version.alignment { drawAlignment(middle, middle) }
        drawFormat(0)
    }

    mutating func place(_ codewords: [UInt8], mask: Int) {
        var bit = 0
        var right = size - 1
        while right > 0 {
            // The timing column is stepped over.
            if right == 6 { right = 5 }
            for step in 0..<size {
                let isUpward = (right + 1) & 2 == 0
                let y = isUpward ? size - 1 - step : step
                for x in [right, right - 1] where !isFixed[y][x] {
                    var dark = false
                    if bit < codewords.count * 8 {
                        dark = codewords[bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
                        bit += 1
                    }
                    modules[y][x] = dark != Self.isMasked(mask, x, y)
                }
            }
            right -= 2
        }
        drawFormat(mask)
    }

    private mutating func set(_ x: Int, _ y: Int, _ dark: Bool) {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return }
        modules[y][x] = dark
        isFixed[y][x] = true
    }

    /// With its white border.
    private mutating func drawFinder(_ x: Int, _ y: Int) {
        for dy in -4...4 {
            for dx in -4...4 {
                let ring = max(abs(dx), abs(dy))
                set(x + dx, y + dy, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func drawAlignment(_ x: Int, _ y: Int) {
        for dy in -2...2 {
            for dx in -2...2 { set(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) }
        }
    }

    /// Level M (00) and the mask, protected by a BCH code, in two copies.
    private mutating func drawFormat(_ mask: Int) {
        var rest = mask
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (mask << 10 | rest) ^ 0x5412
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        for index in 0...5 { set(8, index, bit(index)) }
        set(8, 7, bit(6))
        set(8, 8, bit(7))
        set(7, 8, bit(8))
        for index in 9..<15 { set(14 - index, 8, bit(index)) }
        for index in 0..<8 { set(size - 1 - index, 8, bit(index)) }
        for index in 8..<15 { set(8, size - 15 + index, bit(index)) }
        set(8, size - 8, true)
    }

    private static func isMasked(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}

/// How hard a symbol is to read (7.8.3).
enum QRPenalty {
    static func of(_ modules: [[Bool]]) -> Int {
        let size = modules.count
        let columns = (0..<size).map { x in modules.map { $0[x] } }
        var penalty = (modules + columns).reduce(0) { $0 + runs($1) + finders($1) }
        var dark = 0
        for y in 0..<size {
            for x in 0..<size {
                if modules[y][x] { dark += 1 }
                guard y + 1 < size, x + 1 < size else { continue }
                let same = modules[y][x]
                if modules[y][x + 1] == same, modules[y + 1][x] == same, modules[y + 1][x + 1] == same {
                    penalty += 3
                }
            }
        }
        return penalty + abs(dark * 20 - size * size * 10) / (size * size) * 10
    }

    /// Five or more alike in a row.
    private static func runs(_ line: [Bool]) -> Int {
        var penalty = 0, length = 0
        for (index, dark) in line.enumerated() {
            length = index > 0 && line[index - 1] == dark ? length + 1 : 1
            if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
        }
        return penalty
    }

    /// What looks like a finder pattern with white beside it.
    private static func finders(_ line: [Bool]) -> Int {
        let pattern = [true, false, true, true, true, false, true], white = [false, false, false, false]
        var penalty = 0
        for start in 0...max(0, line.count - 11) {
            let piece = Array(line[start..<min(line.count, start + 11)])
            if piece == pattern + white || piece == white + pattern { penalty += 40 }
        }
        return penalty
    }
}
