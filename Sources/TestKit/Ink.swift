import CZlib
import Foundation

/// Pictures for the story world and the demonstration: a name written with a blue pen and a round red seal
/// without any state emblem, both on transparent ground. They are drawn by arithmetic, the same for the same
/// words every time.
package enum Ink {
    /// A flourish in blue ink; another name gives another hand.
    package static func signature(name: String) -> [UInt8] {
        var canvas = Canvas(width: 480, height: 240)
        var dice = Dice(name)
        let letters = max(5, min(9, name.split(separator: " ").last.map { $0.count * 2 } ?? 6))
        let step = 330.0 / Double(letters)
        var points = [Point(x: 50, y: 150 + dice.next(-15, 15))]
        for letter in 0..<letters {
            let x = 70 + Double(letter) * step
            let tall = letter == 0 || dice.next(0, 1) > 0.72
            points.append(Point(x: x + step * 0.25, y: tall ? dice.next(35, 65) : dice.next(95, 120)))
            points.append(
                Point(x: x + step * dice.next(0.55, 0.8), y: tall ? dice.next(175, 200) : dice.next(140, 158))
            )
            points.append(Point(x: x + step * 0.45, y: dice.next(120, 140)))
        }
        points.append(Point(x: 440, y: 96))
        canvas.stroke(Curve.through(points), width: 5.2, color: (22, 52, 150))
        let under = [
            Point(x: 425, y: 190), Point(x: 250, y: 205 + dice.next(-8, 8)), Point(x: 90, y: 196),
            Point(x: 210, y: 186), Point(x: 445, y: 176),
        ]
        canvas.stroke(Curve.through(under), width: 3.6, color: (22, 52, 150))
        return canvas.png()
    }

    /// Two rings, a plain star, and the words around them as short strokes in a simple letter form.
    package static func seal(text: String) -> [UInt8] {
        let size = 480
        var canvas = Canvas(width: size, height: size)
        let middle = Double(size) / 2
        let red: Canvas.Color = (205, 24, 30)
        canvas.ring(x: middle, y: middle, radius: 230, width: 9, color: red)
        canvas.ring(x: middle, y: middle, radius: 215, width: 3, color: red)
        canvas.ring(x: middle, y: middle, radius: 128, width: 3, color: red)
        canvas.star(x: middle, y: middle, radius: 74, color: red)
        let words = StrokeLetters.plain(text)
        let span = min(5.2, Double(words.count) * 0.24)
        for (index, letter) in words.enumerated() {
            let angle = -Double.pi / 2 + span * ((Double(index) + 0.5) / Double(words.count) - 0.5)
            for line in StrokeLetters.lines(letter) {
                let placed = line.map { point in
                    let outward = 152 + (1 - point.y) * 44
                    let turn = angle + (point.x - 0.5) * 0.16
                    return Point(x: middle + cos(turn) * outward, y: middle + sin(turn) * outward)
                }
                canvas.stroke(placed, width: 6, color: red)
            }
        }
        return canvas.png()
    }
}

private struct Point {
    var x, y: Double
}

/// Chance that comes out the same for the same word (FNV-1a, then xorshift).
private struct Dice {
    private var state: UInt64

    init(_ seed: String) {
        state = seed.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 } | 1
    }

    mutating func next(_ low: Double, _ high: Double) -> Double {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return low + (high - low) * Double(state >> 11) / Double(1 << 53)
    }
}

private enum Curve {
    /// A smooth line through the points (Catmull-Rom).
    static func through(_ points: [Point]) -> [Point] {
        guard let first = points.first, let last = points.last else { return [] }
        let padded = [first] + points + [last]
        var line: [Point] = []
        for index in 1..<(padded.count - 2) {
            let (a, b, c, d) = (padded[index - 1], padded[index], padded[index + 1], padded[index + 2])
            for part in 0..<16 {
                let t = Double(part) / 16
                line.append(Point(x: blend(a.x, b.x, c.x, d.x, t), y: blend(a.y, b.y, c.y, d.y, t)))
            }
        }
        return line + [last]
    }

    private static func blend(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ t: Double) -> Double {
        let linear = (c - a) * t
        let square = (2 * a - 5 * b + 4 * c - d) * t * t
        let cube = (3 * b - 3 * c + d - a) * t * t * t
        return b + (linear + square + cube) / 2
    }
}

/// Ink coverage per pixel in one colour, written out as PNG with transparency.
private struct Canvas {
    typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

    let width: Int
    let height: Int
    private var coverage: [Double]
    private var color: Color = (0, 0, 0)

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        coverage = [Double](repeating: 0, count: width * height)
    }

    mutating func stroke(_ line: [Point], width thickness: Double, color: Color) {
        self.color = color
        for (index, (a, b)) in zip(line, line.dropFirst()).enumerated() {
            // A pen presses and lifts.
            let pressed = thickness * (0.82 + 0.18 * sin(Double(index) / 9))
            paint(from: a, to: b, reach: pressed / 2)
        }
    }

    private mutating func paint(from a: Point, to b: Point, reach: Double) {
        let (left, right) = (Int(min(a.x, b.x) - reach - 1), Int(max(a.x, b.x) + reach + 1))
        let (top, bottom) = (Int(min(a.y, b.y) - reach - 1), Int(max(a.y, b.y) + reach + 1))
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        for y in max(0, top)...max(0, min(height - 1, bottom)) {
            for x in max(0, left)...max(0, min(width - 1, right)) {
                let (px, py) = (Double(x) + 0.5 - a.x, Double(y) + 0.5 - a.y)
                let t = length > 0 ? max(0, min(1, (px * dx + py * dy) / length)) : 0
                cover(x, y, reach - hypot(px - t * dx, py - t * dy) + 0.5)
            }
        }
    }

    mutating func ring(x: Double, y: Double, radius: Double, width thickness: Double, color: Color) {
        self.color = color
        for row in 0..<height {
            for column in 0..<width {
                let distance = hypot(Double(column) + 0.5 - x, Double(row) + 0.5 - y)
                cover(column, row, thickness / 2 - abs(distance - radius) + 0.5)
            }
        }
    }

    mutating func star(x: Double, y: Double, radius: Double, color: Color) {
        self.color = color
        let corners = (0..<10).map { index in
            let reach = index % 2 == 0 ? radius : radius * 0.382
            let angle = -Double.pi / 2 + Double(index) * .pi / 5
            return Point(x: x + cos(angle) * reach, y: y + sin(angle) * reach)
        }
        for row in Int(y - radius)...Int(y + radius) {
            for column in Int(x - radius)...Int(x + radius) where inside(column, row, corners) {
                cover(column, row, 1)
            }
        }
    }

    private func inside(_ column: Int, _ row: Int, _ corners: [Point]) -> Bool {
        let (px, py) = (Double(column) + 0.5, Double(row) + 0.5)
        var odd = false
        for (index, a) in corners.enumerated() {
            let b = corners[(index + 1) % corners.count]
            if (a.y > py) != (b.y > py), px < (b.x - a.x) * (py - a.y) / (b.y - a.y) + a.x { odd.toggle() }
        }
        return odd
    }

    private mutating func cover(_ x: Int, _ y: Int, _ amount: Double) {
        guard amount > 0, x >= 0, y >= 0, x < width, y < height else { return }
        coverage[y * width + x] = max(coverage[y * width + x], min(1, amount))
    }

    func png() -> [UInt8] {
        var rows: [UInt8] = []
        rows.reserveCapacity(height * (width * 4 + 1))
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width {
                rows += [color.red, color.green, color.blue, UInt8(coverage[y * width + x] * 235)]
            }
        }
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 6, 0, 0, 0])
        file += chunk("IDAT", packed(rows))
        return file + chunk("IEND", [])
    }

    private func chunk(_ kind: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(kind.utf8) + body
        let sum = named.withUnsafeBufferPointer { crc32(0, $0.baseAddress, uInt($0.count)) }
        return bigEndian(body.count) + named + bigEndian(Int(sum))
    }

    private func packed(_ bytes: [UInt8]) -> [UInt8] {
        var size = compressBound(uLong(bytes.count))
        var output = [UInt8](repeating: 0, count: Int(size))
        guard compress(&output, &size, bytes, uLong(bytes.count)) == Z_OK else { return [] }
        return Array(output.prefix(Int(size)))
    }

    private func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}

/// Capital letters as strokes in a unit square, enough for the words around a seal.
private enum StrokeLetters {
    static func plain(_ text: String) -> [Character] {
        let folded = text.uppercased().replacingOccurrences(of: "Đ", with: "D")
            .decomposedStringWithCanonicalMapping.unicodeScalars.filter { $0.value < 128 }
        let letters = String(String.UnicodeScalarView(folded)).filter {
            $0.isLetter || $0.isNumber || $0 == " "
        }
        return Array(letters.isEmpty ? "VAN THU" : letters).prefix(24) + []
    }

    static func lines(_ letter: Character) -> [[Point]] {
        (shapes[letter] ?? "").split(separator: " ").map { stroke in
            stroke.compactMap { $0.wholeNumberValue }.map {
                Point(x: 0.1 + Double($0 % 3) * 0.4, y: Double($0 / 3) / 2)
            }
        }
    }

    /// Points of a grid of three by three, numbered row by row from the top left.
    private static let shapes: [Character: String] = [
        "A": "61 18 35", "B": "06 0253 586", "C": "2068", "D": "015760", "E": "2068 34",
        "F": "206 34",
        "G": "206854", "H": "06 28 35", "I": "17", "K": "06 24 48 34", "L": "068", "M": "60428", "N": "6082",
        "O": "02860", "P": "602 253", "Q": "02860 48", "R": "602 253 48", "S": "203586", "T": "02 17",
        "U": "0682",
        "V": "072", "X": "08 26", "Y": "04 24 47", "J": "2763", "W": "06482", "Z": "0268", "0": "02860 26",
        "1": "317", "2": "025368", "3": "02 35 86 28", "4": "035 28", "5": "203586", "6": "206853",
        "7": "026",
        "8": "02860 35", "9": "530286",
    ]
}
