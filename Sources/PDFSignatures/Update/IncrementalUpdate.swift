/// One more saving appended to a file (ISO 32000-2, 7.5.6): changed and new objects, a cross-reference
/// section of the same kind as the last one, and a trailer. The bytes before stay as they are, which is what
/// keeps signatures whole.
struct IncrementalUpdate {
    let file: PDFFile
    private(set) var objects: [PDFReference: [UInt8]] = [:]
    private var values: [PDFReference: PDFObject] = [:]
    private var nextNumber: Int

    init(_ file: PDFFile) throws(SigningError) {
        guard file.reader.shift == 0 else { throw .unreadable(.damaged("bytes before the header")) }
        self.file = file
        let declared = file.reader.sections.compactMap { $0.trailer["Size"]?.integer }.max() ?? 0
        let highest = (file.reader.entries.keys.max() ?? 0) + 1
        nextNumber = max(declared, highest, 1)
        guard nextNumber < file.reader.limits.objects - 10_000 else {
            throw .unreadable(.overLimit("objects"))
        }
    }

    /// Numbers that the file points to without having them stay free for ever: a new object under such a number
    /// would appear wherever the file's maker wanted it.
    mutating func avoidDanglingNumbers() throws(SigningError) {
        var census = ReferenceCensus()
        census.count(file.reader, numbers: file.reader.entries.keys)
        nextNumber = max(nextNumber, min(census.highest, file.reader.limits.objects) + 1)
        guard nextNumber < file.reader.limits.objects - 10_000 else {
            throw .unreadable(.overLimit("objects"))
        }
    }

    mutating func reserve() -> PDFReference {
        defer { nextNumber += 1 }
        return PDFReference(number: nextNumber, generation: 0)
    }

    mutating func add(_ object: PDFObject) -> PDFReference {
        let reference = reserve()
        set(reference, object)
        return reference
    }

    mutating func set(_ reference: PDFReference, _ object: PDFObject) {
        values[reference] = object
        objects[reference] = Serializer.bytes(of: object)
    }

    /// An object whose bytes are laid out by hand: the signature dictionary with its hole.
    mutating func set(_ reference: PDFReference, written: [UInt8]) {
        objects[reference] = written
    }

    /// The value as this update leaves it.
    func object(_ reference: PDFReference) throws(SigningError) -> PDFObject {
        if let changed = values[reference] { return changed }
        do throws(PDFError) { return try file.reader.object(reference) } catch { throw .unreadable(error) }
    }

    func resolve(_ object: PDFObject?) throws(SigningError) -> PDFObject {
        var value = object ?? .null
        for _ in 0..<32 {
            guard case .reference(let reference) = value else { return value }
            value = try self.object(reference)
        }
        throw .unreadable(.damaged("references without end"))
    }

    /// The whole new file, and where each object's own bytes begin in it.
    func finished() -> (bytes: [UInt8], places: [PDFReference: Int]) {
        var output = file.reader.bytes
        if let last = output.last, last != 0x0A, last != 0x0D { output.append(0x0A) }
        var offsets: [PDFReference: Int] = [:]
        var places: [PDFReference: Int] = [:]
        for (reference, written) in objects.sorted(by: { $0.key < $1.key }) {
            offsets[reference] = output.count
            output += Array("\(reference.number) \(reference.generation) obj\n".utf8)
            places[reference] = output.count
            output += written
            output += Array("\nendobj\n".utf8)
        }
        CrossReferenceWriter(update: self, offsets: offsets, nextNumber: nextNumber).append(to: &output)
        return (output, places)
    }
}
