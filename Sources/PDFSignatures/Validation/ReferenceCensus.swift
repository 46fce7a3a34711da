/// Who points to each object number, over all objects of the savings looked at so far. An object that only
/// one holder points to can be followed to that holder; a number that is pointed to before its object exists
/// is a trap laid for later.
struct ReferenceCensus {
    /// How often a holder, itself known by its number, points to a number; the most often in any saving.
    private var holders: [Int: [Int: Int]] = [:]
    private var unreadable: Set<Int> = []

    /// An object that something points to and that cannot be read here: others may read it, and follow references
    /// that were not counted.
    var unreadableTarget: Int? { unreadable.filter { count(of: $0) > 0 }.min() }

    /// The highest number that anything points to.
    var highest: Int { holders.keys.max() ?? 0 }

    func count(of number: Int) -> Int { holders[number]?.values.reduce(0, +) ?? 0 }

    mutating func count(_ reader: ObjectReader, numbers: some Sequence<Int>) {
        for number in numbers {
            let generation: Int
            switch reader.entries[number] {
            case .offset(_, let given)?: generation = given
            case .compressed?: generation = 0
            default: continue
            }
            guard let object = try? reader.object(PDFReference(number: number, generation: generation)) else {
                unreadable.insert(number)
                continue
            }
            // A cross-reference stream is a trailer, counted below.
            if object.stream?.dictionary["Type"]?.name != "XRef" { note(object, holder: number) }
        }
        // No object has the number 0, so it stands for the trailer.
        for section in reader.sections { note(.dictionary(section.trailer), holder: 0) }
    }

    private mutating func note(_ object: PDFObject, holder: Int) {
        var targets: [Int: Int] = [:]
        ReferenceCensus.add(object, to: &targets)
        for (target, count) in targets {
            holders[target, default: [:]][holder] = max(count, holders[target]?[holder] ?? 0)
        }
    }

    private static func add(_ object: PDFObject, to targets: inout [Int: Int]) {
        switch object {
        case .reference(let reference): targets[reference.number, default: 0] += 1
        case .array(let items): for item in items { add(item, to: &targets) }
        case .dictionary(let entries): for value in entries.values { add(value, to: &targets) }
        case .stream(let stream): for value in stream.dictionary.values { add(value, to: &targets) }
        default: break
        }
    }
}
