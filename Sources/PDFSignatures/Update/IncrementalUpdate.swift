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

    /// What this saving appends, and where each object lies.
    func finished() -> Saving {
        let base = file.reader.bytes
        var tail: [UInt8] = []
        tail.reserveCapacity(objects.values.reduce(4_096) { $0 + $1.count + 64 })
        if let last = base.last, last != 0x0A, last != 0x0D { tail.append(0x0A) }
        var offsets: [PDFReference: Int] = [:]
        var places: [PDFReference: Int] = [:]
        for (reference, written) in objects.sorted(by: { $0.key < $1.key }) {
            offsets[reference] = base.count + tail.count
            tail += "\(reference.number) \(reference.generation) obj\n".utf8
            places[reference] = base.count + tail.count
            tail += written
            tail += "\nendobj\n".utf8
        }
        CrossReferenceWriter(update: self, offsets: offsets, nextNumber: nextNumber).append(to: &tail)
        return Saving(base: base, tail: tail, places: places)
    }
}

/// One saving, written out: the file as it was, and what comes after it.
struct Saving {
    let base: FileBytes
    private(set) var tail: [UInt8]
    /// Where each object's own bytes begin, in the whole file.
    let places: [PDFReference: Int]

    var count: Int { base.count + tail.count }

    /// The whole new file.
    var file: FileBytes { FileBytes(base, then: tail) }
    var bytes: [UInt8] { Array(base) + tail }

    /// Writes over part of what is appended, without moving anything.
    mutating func write(_ bytes: [UInt8], at place: Int) {
        tail.replaceSubrange((place - base.count)..<(place - base.count + bytes.count), with: bytes)
    }
}
