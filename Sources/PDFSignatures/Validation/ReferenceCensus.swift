/// How often each object number is pointed to, over all objects of the savings looked at so far. An object that only
/// one holder points to can be followed to that holder; a number that is pointed to before its object exists is a
/// trap laid for later.
struct ReferenceCensus {
    private var counts: [Int: Int] = [:]

    func count(of number: Int) -> Int { counts[number] ?? 0 }

    mutating func count(_ reader: ObjectReader, numbers: some Sequence<Int>) throws(PDFError) {
        for number in numbers {
            let generation: Int
            switch reader.entries[number] {
            case .offset(_, let given)?: generation = given
            case .compressed?: generation = 0
            default: continue
            }
            // An object that cannot be read holds no references that anybody could follow.
            guard let object = try? reader.object(PDFReference(number: number, generation: generation)) else { continue }
            add(object)
        }
    }

    private mutating func add(_ object: PDFObject) {
        switch object {
        case .reference(let reference): counts[reference.number, default: 0] += 1
        case .array(let items): for item in items { add(item) }
        case .dictionary(let entries): for value in entries.values { add(value) }
        case .stream(let stream): for value in stream.dictionary.values { add(value) }
        default: break
        }
    }
}
