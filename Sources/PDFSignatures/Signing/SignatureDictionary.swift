/// The signature dictionary (ISO 32000-2, 12.8.1) with its hole: the document is written whole first, with
/// room for the byte range and the signature, and both are put in afterwards without moving anything.
struct SignatureDictionary {
    let written: [UInt8]
    /// Within `written`: the room for the byte range, and the hole from `<` to `>`, both brackets included.
    let byteRangeRoom: Range<Int>
    let hole: Range<Int>

    private static let roomSize = 40

    init(_ entries: PDFDictionary, reservedBytes: Int) {
        var bytes = Array("<<".utf8)
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
            bytes += Array("/\(key) ".utf8) + Serializer.bytes(of: value) + [0x0A]
        }
        bytes += Array("/ByteRange ".utf8)
        byteRangeRoom = bytes.count..<(bytes.count + SignatureDictionary.roomSize)
        bytes += [UInt8](repeating: 0x20, count: SignatureDictionary.roomSize)
        bytes += Array("\n/Contents ".utf8)
        let start = bytes.count
        bytes.append(0x3C)
        bytes += [UInt8](repeating: 0x30, count: 2 * reservedBytes)
        bytes.append(0x3E)
        hole = start..<bytes.count
        bytes += Array("\n>>".utf8)
        written = bytes
    }

    /// Writes the byte range for a file of `total` bytes whose hole is known, filled up with spaces.
    static func byteRange(hole: Range<Int>, total: Int) -> [UInt8] {
        let text = Array("[0 \(hole.lowerBound) \(hole.upperBound) \(total - hole.upperBound)]".utf8)
        return text + [UInt8](repeating: 0x20, count: max(0, roomSize - text.count))
    }
}
