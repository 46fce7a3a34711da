import Foundation

/// A page as a reader's screen shows it, painted by `pdftoppm` at one pixel a point.
struct PaintedPage {
    let width: Int
    let height: Int
    private let pixels: [UInt8]

    /// - Parameter page: Counted from 1.
    init?(_ pdf: [UInt8], page: Int = 1) throws {
        guard let program = Outside.program("pdftoppm") else { return nil }
        let image = try Outside.withFolder { folder -> [UInt8] in
            let (file, target) = (folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("a"))
            try Data(pdf).write(to: file)
            try Outside.run(
                program,
                [
                    "-r", "72", "-cropbox", "-singlefile", "-f", "\(page)", "-l", "\(page)", file.path,
                    target.path,
                ])
            return try Outside.read(target.appendingPathExtension("ppm"))
        }
        // P6, width, height and 255, each followed by one white space.
        var numbers: [Int] = []
        var position = 2
        while numbers.count < 3, position < image.count {
            position += 1
            var value = 0
            while position < image.count, (0x30...0x39).contains(image[position]) {
                value = value * 10 + Int(image[position] - 0x30)
                position += 1
            }
            numbers.append(value)
        }
        guard numbers.count == 3 else { return nil }
        width = numbers[0]
        height = numbers[1]
        pixels = Array(image[(position + 1)...])
    }

    /// The box around all pixels of a kind, from the *bottom* left corner; `nil` when there is none.
    func box(where isOne: (_ red: Int, _ green: Int, _ blue: Int) -> Bool)
        -> (x: Int, y: Int, width: Int, height: Int)?
    {
        var (left, right, top, bottom) = (width, -1, height, -1)
        for row in 0..<height {
            for column in 0..<width {
                let place = 3 * (row * width + column)
                guard isOne(Int(pixels[place]), Int(pixels[place + 1]), Int(pixels[place + 2])) else {
                    continue
                }
                left = min(left, column)
                right = max(right, column)
                top = min(top, row)
                bottom = max(bottom, row)
            }
        }
        guard right >= 0 else { return nil }
        return (left, height - 1 - bottom, right - left + 1, bottom - top + 1)
    }

    static func isBlue(_ red: Int, _ green: Int, _ blue: Int) -> Bool { blue > red + 60 && blue > green + 60 }
    static func isRed(_ red: Int, _ green: Int, _ blue: Int) -> Bool { red > blue + 60 && red > green + 60 }
    static func isDark(_ red: Int, _ green: Int, _ blue: Int) -> Bool { red + green + blue < 380 }
}
