/// Which fields the signatures already in the file have closed (FieldMDP; ISO 32000-2, 12.8.2.4).
struct FieldLocks {
    enum Rule: Equatable {
        case all
        case include(Set<String>)
        case exclude(Set<String>)

        func covers(_ name: String) -> Bool {
            // A name stands for the field and for all below it.
            func named(_ set: Set<String>) -> Bool {
                var path = name[...]
                while !set.contains(String(path)) {
                    guard let dot = path.lastIndex(of: ".") else { return false }
                    path = path[..<dot]
                }
                return true
            }
            return switch self {
            case .all: true
            case .include(let names): named(names)
            case .exclude(let names): !named(names)
            }
        }
    }

    private var rules: [Rule] = []

    init(file: PDFFile, fields: [FormField]) throws(SigningError) {
        do throws(PDFError) {
            for field in fields where field.type == "Sig" {
                guard let signature = try file.reader.dictionary(field.value) else { continue }
                rules += try FieldLocks.rules(of: signature, reader: file.reader)
            }
        } catch { throw .unreadable(error) }
    }

    func forbid(_ name: String) -> Bool { rules.contains { $0.covers(name) } }

    static func rules(of signature: PDFDictionary, reader: ObjectReader) throws(PDFError) -> [Rule] {
        var rules: [Rule] = []
        for item in try reader.array(signature["Reference"]) ?? [] {
            guard let reference = try reader.dictionary(item),
                try reader.resolve(reference["TransformMethod"]).name == "FieldMDP",
                let parameters = try reader.dictionary(reference["TransformParams"])
            else { continue }
            if let rule = try rule(parameters, reader: reader) { rules.append(rule) }
        }
        return rules
    }

    static func rule(_ parameters: PDFDictionary, reader: ObjectReader) throws(PDFError) -> Rule? {
        var names: Set<String> = []
        for item in try reader.array(parameters["Fields"]) ?? [] {
            if let name = try reader.resolve(item).string { names.insert(TextString.decode(name)) }
        }
        switch try reader.resolve(parameters["Action"]).name {
        case "All": return .all
        case "Include": return .include(names)
        case "Exclude": return .exclude(names)
        default: return nil
        }
    }
}
