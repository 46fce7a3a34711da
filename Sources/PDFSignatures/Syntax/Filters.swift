/// The filters that structure needs: cross-reference and object streams are packed with Flate, seldom with a
/// PNG or TIFF predictor, hardly ever otherwise (ISO 32000-2, 7.4). Pictures and fonts are never unpacked
/// here.
enum Filters {
    /// `parameters` and `filters` must be resolved values.
    static func decode(
        _ raw: FileBytes, filters: [String], parameters: [PDFDictionary], limit: Int
    ) throws(PDFError) -> [UInt8] {
        guard filters.count <= 4 else { throw .overLimit("filters") }
        var bytes = raw
        for (index, filter) in filters.enumerated() {
            let settings = index < parameters.count ? parameters[index] : [:]
            switch filter {
            case "FlateDecode", "Fl":
                bytes = FileBytes(try predicted(Flate.decompress(bytes, limit: limit), settings))
            case "ASCIIHexDecode", "AHx":
                var lexer = Lexer(FileBytes([0x3C] + bytes + [0x3E]), at: 0)
                guard let decoded = lexer.hexString() else { throw .damaged("hex stream") }
                bytes = FileBytes(decoded)
            default:
                throw .damaged("filter \(filter)")
            }
        }
        return Array(bytes)
    }

    private static func predicted(_ bytes: [UInt8], _ settings: PDFDictionary) throws(PDFError) -> [UInt8] {
        let predictor = settings["Predictor"]?.integer ?? 1
        guard predictor > 1 else { return bytes }
        let colors = settings["Colors"]?.integer ?? 1
        let bits = settings["BitsPerComponent"]?.integer ?? 8
        let columns = settings["Columns"]?.integer ?? 1
        guard (1...64).contains(colors), [1, 2, 4, 8, 16].contains(bits), (1...1_000_000).contains(columns)
        else {
            throw .damaged("predictor")
        }
        let pixel = max(1, colors * bits / 8)
        let row = (colors * bits * columns + 7) / 8
        if predictor == 2 {
            guard bits == 8 else { throw .damaged("predictor") }
            return tiff(bytes, pixel: pixel, row: row)
        }
        return try PNGRows.unfilter(bytes, row: row, pixel: pixel)
    }

    private static func tiff(_ bytes: [UInt8], pixel: Int, row: Int) -> [UInt8] {
        var bytes = bytes
        for index in bytes.indices where index % row >= pixel { bytes[index] &+= bytes[index - pixel] }
        return bytes
    }
}

/// The row filters of PNG (ISO/IEC 15948, 9), which PDF uses too.
enum PNGRows {
    static func unfilter(_ bytes: [UInt8], row: Int, pixel: Int) throws(PDFError) -> [UInt8] {
        let rows = bytes.count / (row + 1)
        var output = [UInt8](repeating: 0, count: rows * row)
        var known = true
        output.withUnsafeMutableBufferPointer { out in
            bytes.withUnsafeBufferPointer { source in
                for line in 0..<rows {
                    let from = line * (row + 1)
                    known =
                        known
                        && unfilterLine(
                            source[from], source: source, from: from + 1, out: out, to: line * row, row: row,
                            pixel: pixel)
                }
            }
        }
        guard known else { throw .damaged("row filter") }
        return output
    }

    private static func unfilterLine(
        _ kind: UInt8, source: UnsafeBufferPointer<UInt8>, from: Int, out: UnsafeMutableBufferPointer<UInt8>,
        to: Int, row: Int, pixel: Int
    ) -> Bool {
        guard kind <= 4 else { return false }
        for index in 0..<row {
            let left = index >= pixel ? out[to + index - pixel] : 0
            let above = to > 0 ? out[to + index - row] : 0
            let corner = index >= pixel && to > 0 ? out[to + index - row - pixel] : 0
            let guess: UInt8 =
                switch kind {
                case 1: left
                case 2: above
                case 3: UInt8((Int(left) + Int(above)) / 2)
                case 4: paeth(Int(left), Int(above), Int(corner))
                default: 0
                }
            out[to + index] = source[from + index] &+ guess
        }
        return true
    }

    private static func paeth(_ a: Int, _ b: Int, _ c: Int) -> UInt8 {
        let (da, db, dc) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
        if da <= db && da <= dc { return UInt8(a) }
        return UInt8(db <= dc ? b : c)
    }
}
