/// Finds an object by its number, as a reader of the file at one moment of its history would: the newest
/// section that names the object wins. Objects are read when first asked for and then kept.
final class ObjectReader {
    let bytes: FileBytes
    let end: Int
    let shift: Int
    let limits: PDFLimits
    /// Newest first.
    let sections: [CrossReferenceSection]
    private(set) var entries: [Int: CrossReferenceEntry] = [:]
    private(set) var sawRepeatedKey = false
    private var cache: [Int: PDFObject] = [:]
    private var packed: [Int: [Int: PDFObject]] = [:]
    private var reading: Set<Int> = []
    private var inflated = 0
    private var looked = 0

    init(
        bytes: FileBytes, end: Int, shift: Int, limits: PDFLimits, sections: [CrossReferenceSection]
    ) {
        self.bytes = bytes
        self.end = end
        self.shift = shift
        self.limits = limits
        self.sections = sections
        for section in sections.reversed() {
            entries.merge(section.entries) { _, newer in newer }
        }
    }

    var trailer: PDFDictionary { sections.first?.trailer ?? [:] }

    /// The same bytes as they stood before the newest `count` sections were added.
    func before(newest count: Int) -> ObjectReader {
        ObjectReader(
            bytes: bytes, end: end, shift: shift, limits: limits, sections: Array(sections.dropFirst(count)))
    }

    func object(_ reference: PDFReference) throws(PDFError) -> PDFObject {
        guard let entry = entries[reference.number] else { return .null }
        if case .offset(_, let generation) = entry, generation != reference.generation { return .null }
        if case .compressed = entry, reference.generation != 0 { return .null }
        if let known = cache[reference.number] { return known }
        guard reading.insert(reference.number).inserted else {
            throw .damaged("object \(reference.number) needs itself")
        }
        defer { reading.remove(reference.number) }
        guard reading.count < limits.nesting else { throw .overLimit("nesting") }
        let value = try read(reference, entry)
        cache[reference.number] = value
        return value
    }

    /// Follows references to a value; a chain of references that does not end is no value.
    func resolve(_ object: PDFObject?) throws(PDFError) -> PDFObject {
        var value = object ?? .null
        for _ in 0..<32 {
            guard case .reference(let reference) = value else { return value }
            value = try self.object(reference)
        }
        throw .damaged("references without end")
    }

    func dictionary(_ object: PDFObject?) throws(PDFError) -> PDFDictionary? {
        try resolve(object).dictionary
    }

    func array(_ object: PDFObject?) throws(PDFError) -> [PDFObject]? {
        try resolve(object).array
    }

    /// The offset of an object that lies by itself in the file, not inside an object stream.
    func place(of reference: PDFReference) -> Int? {
        guard case .offset(let offset, let generation)? = entries[reference.number],
            generation == reference.generation, offset <= end - shift
        else { return nil }
        return offset + shift
    }

    private func read(_ reference: PDFReference, _ entry: CrossReferenceEntry) throws(PDFError) -> PDFObject {
        switch entry {
        case .free: return .null
        case .offset(let offset, let generation):
            guard offset >= 0, offset < end - shift else {
                throw .damaged("object \(reference.number) beyond the file")
            }
            var parser = ObjectParser(bytes, at: offset + shift, end: end, nesting: limits.nesting)
            let found = try parser.numberedObject { try? self.resolve($0).integer }
            guard found.reference == PDFReference(number: reference.number, generation: generation) else {
                throw .damaged("object \(reference.number) is not where the cross-reference says")
            }
            if parser.sawRepeatedKey { sawRepeatedKey = true }
            passPages()
            return found.object
        case .compressed(let container, _):
            return try contents(ofObjectStream: container)[reference.number] ?? .null
        }
    }

    /// The system maps the surroundings of every object that is looked at; in a large file that adds up.
    private func passPages() {
        guard bytes.isMapped else { return }
        looked += 1
        if looked.isMultiple(of: 128) { bytes.release() }
    }

    private func contents(ofObjectStream number: Int) throws(PDFError) -> [Int: PDFObject] {
        if let known = packed[number] { return known }
        guard case .offset(_, let generation)? = entries[number],
            case .stream(let stream) = try object(PDFReference(number: number, generation: generation))
        else { throw .damaged("no object stream \(number)") }
        let data = FileBytes(try inflate(stream))
        let count = try resolve(stream.dictionary["N"]).integer ?? 0
        let first = try resolve(stream.dictionary["First"]).integer ?? 0
        guard (0...limits.objects).contains(count), first >= 0, first <= data.count else {
            throw .damaged("object stream \(number)")
        }
        var lexer = Lexer(data, at: 0, end: first)
        var objects: [Int: PDFObject] = [:]
        for _ in 0..<count {
            lexer.skipSpace()
            guard let inner = lexer.unsignedInteger() else { break }
            lexer.skipSpace()
            guard let offset = lexer.unsignedInteger() else { break }
            guard offset <= data.count - first, objects[inner] == nil else {
                throw .damaged("object stream \(number)")
            }
            var parser = ObjectParser(data, at: first + offset, end: data.count, nesting: limits.nesting)
            objects[inner] = try parser.object()
            if parser.sawRepeatedKey { sawRepeatedKey = true }
        }
        packed[number] = objects
        return objects
    }

    /// The unpacked bytes of a stream, counted against the total that one file may unpack.
    func inflate(_ stream: PDFStream) throws(PDFError) -> [UInt8] {
        var resolved = stream
        for key in ["Filter", "DecodeParms"] {
            guard let value = stream.dictionary[key] else { continue }
            var settled = try resolve(value)
            if case .array(let items) = settled {
                var values: [PDFObject] = []
                for item in items { values.append(try resolve(item)) }
                settled = .array(values)
            }
            resolved.dictionary[key] = settled
        }
        let bytes = try Filters.decode(
            resolved, limit: min(limits.inflatedStream, limits.inflatedTotal - inflated))
        inflated += bytes.count
        return bytes
    }
}
