/// The part of the file that a signature covers: everything from the first byte to the end of its own saving,
/// but for the hole that holds the signature. Any other range is refused: the published attacks all begin
/// with one.
struct SignedRange: Equatable {
    /// From `<` to `>`, brackets included.
    let hole: Range<Int>
    let end: Int

    enum Problem: Error {
        case dictionary, byteRange, contents
    }

    init(_ dictionary: PDFDictionary, at place: Int?, in reader: ObjectReader) throws(Problem) {
        guard let place else { throw .dictionary }
        guard let numbers = (try? reader.array(dictionary["ByteRange"]))??.map({ $0.integer ?? -1 }),
            numbers.count == 4, numbers[0] == 0, numbers[1] > 0, numbers[2] <= reader.end,
            numbers[1] < numbers[2] - 1, numbers[3] > 0, numbers[3] <= reader.end - numbers[2]
        else { throw .byteRange }
        // Read the dictionary once more where it lies: the hole must be its own /Contents and nothing else.
        var parser = ObjectParser(reader.bytes, at: place, end: reader.end, nesting: reader.limits.nesting)
        guard let again = try? parser.numberedObject(length: { $0.integer }).object.dictionary,
            again == dictionary,
            !parser.sawRepeatedKey, let contents = parser.contentsRange
        else { throw .dictionary }
        guard contents == numbers[1]..<numbers[2] else { throw .byteRange }
        guard reader.bytes[contents.lowerBound] == 0x3C, reader.bytes[contents.lowerBound + 1] != 0x3C,
            reader.bytes[contents.upperBound - 1] == 0x3E
        else { throw .contents }
        hole = contents
        end = numbers[2] + numbers[3]
    }

    func digest(_ algorithm: String, of bytes: FileBytes) -> [UInt8]? {
        DigestFunction.hash(algorithm, [bytes[..<hole.lowerBound], bytes[hole.upperBound..<end]])
    }
}
