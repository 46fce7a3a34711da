/// A picture in PNG (ISO/IEC 15948) as PDF wants it: colours in one stream, transparency in another. Read
/// here are the kinds that signature and seal pictures come in: eight bits, gray, colour or palette, not
/// interlaced.
struct PNGImage {
    let width: Int
    let height: Int
    /// 1 for gray, 3 for colour.
    let channels: Int
    let colors: [UInt8]
    /// One byte a pixel; `nil` when the picture is opaque.
    let alpha: [UInt8]?

    private struct Header {
        var width = 0
        var height = 0
        var kind: UInt8 = 0
    }

    init(_ png: [UInt8], limits: PDFLimits = .default) throws(SigningError) {
        guard png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
            throw .badImage("not a PNG")
        }
        var header: Header?
        var packed: [UInt8] = []
        var palette: [UInt8] = []
        var paletteAlpha: [UInt8] = []
        var position = 8
        while position + 12 <= png.count {
            let length = PNGImage.number(png, position)
            guard length <= png.count - position - 12 else { throw .badImage("cut off") }
            let body = png[(position + 8)..<(position + 8 + length)]
            switch String(decoding: png[(position + 4)..<(position + 8)], as: UTF8.self) {
            case "IHDR": header = try PNGImage.header(body, limits: limits)
            case "PLTE": palette = Array(body)
            case "tRNS": paletteAlpha = Array(body)
            case "IDAT": packed += body
            default: break
            }
            position += 12 + length
        }
        guard let header else { throw .badImage("no header") }
        try self.init(header, packed: packed, palette: palette, paletteAlpha: paletteAlpha)
    }

    private init(_ header: Header, packed: [UInt8], palette: [UInt8], paletteAlpha: [UInt8])
        throws(SigningError)
    {
        let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][header.kind] ?? 1
        let row = header.width * samples
        let pixels = header.width * header.height
        let bytes: [UInt8]
        do throws(PDFError) {
            let unpacked = try Flate.decompress(packed[...], limit: (row + 1) * header.height + 64)
            bytes = try PNGRows.unfilter(unpacked, row: row, pixel: samples)
        } catch { throw .badImage("pixels") }
        guard bytes.count >= row * header.height else { throw .badImage("cut off") }
        width = header.width
        height = header.height
        var colors: [UInt8] = []
        var alpha: [UInt8] = []
        switch header.kind {
        case 0, 2:
            colors = Array(bytes.prefix(row * header.height))
        case 3:
            for index in bytes.prefix(pixels) {
                let start = Int(index) * 3
                guard start + 2 < palette.count else { throw .badImage("palette") }
                colors += palette[start..<(start + 3)]
                alpha.append(Int(index) < paletteAlpha.count ? paletteAlpha[Int(index)] : 255)
            }
            if paletteAlpha.isEmpty { alpha = [] }
        default:
            (colors, alpha) = PNGImage.parted(bytes, samples: samples, pixels: pixels)
        }
        channels = header.kind == 0 || header.kind == 4 ? 1 : 3
        self.colors = colors
        self.alpha = alpha.isEmpty ? nil : alpha
    }

    private static func parted(_ bytes: [UInt8], samples: Int, pixels: Int) -> (
        colors: [UInt8], alpha: [UInt8]
    ) {
        var colors = [UInt8](repeating: 0, count: pixels * (samples - 1))
        var alpha = [UInt8](repeating: 0, count: pixels)
        bytes.withUnsafeBufferPointer { source in
            for pixel in 0..<pixels {
                for channel in 0..<(samples - 1) {
                    colors[pixel * (samples - 1) + channel] = source[pixel * samples + channel]
                }
                alpha[pixel] = source[pixel * samples + samples - 1]
            }
        }
        return (colors, alpha)
    }

    private static func header(_ body: ArraySlice<UInt8>, limits: PDFLimits) throws(SigningError) -> Header {
        let bytes = Array(body)
        guard bytes.count >= 13 else { throw .badImage("header") }
        let header = Header(width: number(bytes, 0), height: number(bytes, 4), kind: bytes[9])
        guard header.width > 0, header.height > 0, header.width <= limits.imagePixels / header.height else {
            throw .badImage("size")
        }
        guard bytes[8] == 8, [0, 2, 3, 4, 6].contains(header.kind), bytes[12] == 0 else {
            throw .badImage("only eight bits a channel, not interlaced")
        }
        return header
    }

    private static func number(_ bytes: [UInt8], _ position: Int) -> Int {
        (0..<4).reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
    }
}
