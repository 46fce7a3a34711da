/// One saving compared with the state before it. Every object that the saving touched must be explained by a
/// rule: a field filled, a field signed, a signature field added, validation material added. What no rule
/// explains is forbidden, and named.
struct RevisionDiff {
    let old: PDFFile
    let new: PDFFile
    let census: ReferenceCensus
    var changes = Changes()
    /// Objects whose value differs from before, or that are new.
    var touched: Set<Int> = []
    var added: Set<Int> = []
    private var explained: Set<Int> = []

    init(old: PDFFile, new: PDFFile, census: ReferenceCensus) {
        self.old = old
        self.new = new
        self.census = census
    }

    mutating func run() throws(PDFError) {
        try findTouched()
        try compareTrailers()
        try compareCatalogs()
        let oldFields = try old.fields()
        let newFields = try new.fields()
        try compareForms(oldFields, newFields)
        try comparePages(oldFields, newFields)
        for number in touched.subtracting(explained).sorted() {
            if added.contains(number) {
                changes.note(.none, .objectUnused, "\(number)")
            } else {
                changes.note(.forbidden, .objectReplaced, "\(number)")
            }
        }
        if new.reader.sawRepeatedKey, !old.reader.sawRepeatedKey { changes.note(.unknown, .repeatedKeys) }
        if let number = census.unreadableTarget {
            changes.note(.unknown, .signedRevisionUnreadable, "object \(number)")
        }
    }

    func isTouched(_ reference: PDFReference) -> Bool { touched.contains(reference.number) }

    mutating func explain(_ number: Int) { explained.insert(number) }

    // MARK: What the saving touched

    private mutating func findTouched() throws(PDFError) {
        guard let section = new.reader.sections.first else { return }
        let boundary = old.reader.sections.first?.offset ?? 0
        for (number, entry) in section.entries {
            let before = old.reader.entries[number]
            if before == entry { continue }
            switch entry {
            case .free:
                if let before, before != .free { try noteRemoval(number, before) }
            case .offset(let offset, let generation):
                if offset <= boundary { changes.note(.forbidden, .objectReplaced, "\(number) points back") }
                try noteTouch(number, generation: generation, before: before)
            case .compressed(let container, _):
                if section.entries[container] == nil {
                    changes.note(.forbidden, .objectReplaced, "\(number) points back")
                }
                try noteTouch(number, generation: 0, before: before)
                explainContainer(container)
            }
        }
        if let container = section.container { explainContainer(container) }
    }

    private mutating func noteRemoval(_ number: Int, _ before: CrossReferenceEntry) throws(PDFError) {
        var generation = 0
        if case .offset(_, let given) = before { generation = given }
        if try !old.reader.object(PDFReference(number: number, generation: generation)).isNull {
            changes.note(.forbidden, .objectRemoved, "\(number)")
        }
    }

    private mutating func noteTouch(_ number: Int, generation: Int, before: CrossReferenceEntry?)
        throws(PDFError)
    {
        let reference = PDFReference(number: number, generation: generation)
        switch before {
        case nil, .free?:
            added.insert(number)
            touched.insert(number)
            if census.count(of: number) > 0 {
                changes.note(.forbidden, .objectReplaced, "\(number) was pointed to before it existed")
            }
        case .offset(_, let given)? where given != generation:
            changes.note(.forbidden, .objectReplaced, "\(number) in another generation")
            touched.insert(number)
        default:
            if try old.reader.object(reference) != new.reader.object(reference) { touched.insert(number) }
        }
    }

    /// New object streams and cross-reference streams hold others and show nothing themselves.
    private mutating func explainContainer(_ number: Int) {
        guard old.reader.entries[number] ?? .free == .free else { return }
        explain(number)
    }

    // MARK: Explaining

    /// Explains everything new that hangs below a value that a rule allows. An object that was there before
    /// is only explained when it hung below this place and nothing else pointed to it or to what led there.
    @discardableResult
    mutating func explainBelow(_ value: PDFObject?, formerly: PDFObject? = nil) throws(PDFError) -> Bool {
        let census = census
        let owned = try ObjectClosure(old.reader) { census.count(of: $0) == 1 }.numbers(
            below: formerly ?? .null)
        let touched = touched
        let below = try ObjectClosure(new.reader) { touched.contains($0) || owned.contains($0) }
            .numbers(below: value ?? .null)
        for number in below where added.contains(number) || owned.contains(number) { explain(number) }
        return !below.isDisjoint(with: touched)
    }

    // MARK: Trailer

    private mutating func compareTrailers() throws(PDFError) {
        guard old.catalogReference == new.catalogReference else {
            changes.note(.forbidden, .catalogChanged, "another catalogue")
            return
        }
        let (oldTrailer, newTrailer) = (old.reader.trailer, new.reader.trailer)
        let structural: Set = [
            "Root", "Info", "ID", "Size", "Prev", "XRefStm", "Type", "W", "Index", "Filter", "DecodeParms",
            "Length",
        ]
        for key in Set(oldTrailer.keys).union(newTrailer.keys).subtracting(structural).sorted() {
            if oldTrailer[key] != newTrailer[key] {
                changes.note(.forbidden, .catalogChanged, "trailer/\(key)")
            }
        }
        let (before, after) = (oldTrailer["Info"], newTrailer["Info"])
        guard let reference = after?.reference else { return }
        guard before != after || isTouched(reference) else { return }
        changes.note(.none, .metadataChanged, "Info")
        if added.contains(reference.number) {
            try explainBelow(after)
        } else if before == after, census.count(of: reference.number) == 1 {
            explain(reference.number)
        }
    }
}

/// Object numbers that can be reached from a value through objects that may be followed.
struct ObjectClosure {
    let reader: ObjectReader
    let follow: (Int) -> Bool

    init(_ reader: ObjectReader, follow: @escaping (Int) -> Bool) {
        self.reader = reader
        self.follow = follow
    }

    func numbers(below value: PDFObject) throws(PDFError) -> Set<Int> {
        var found: Set<Int> = []
        var pending = [value]
        while let next = pending.popLast() {
            switch next {
            case .reference(let reference):
                guard follow(reference.number), found.count < 10_000,
                    found.insert(reference.number).inserted
                else { continue }
                pending.append(try reader.object(reference))
            case .array(let items): pending += items
            case .dictionary(let entries): pending += ObjectClosure.children(entries)
            case .stream(let stream): pending += ObjectClosure.children(stream.dictionary)
            default: break
            }
        }
        return found
    }

    /// Upward references lead out of what is looked at.
    private static func children(_ entries: PDFDictionary) -> [PDFObject] {
        entries.filter { $0.key != "P" && $0.key != "Parent" && $0.key != "Data" }.map(\.value)
    }
}
