// Schemas as OpenAPI 3.1 writes them: objects stand once under their name and are referred to.

extension JSONSchema {
    var described: JSONValue {
        switch self {
        case .string(let format, let longest):
            var members: [String: JSONValue] = ["type": "string"]
            if let format { members["format"] = .string(format.rawValue) }
            if let longest { members["maxLength"] = .integer(longest) }
            return .object(members)
        case .integer(let range):
            return [
                "type": "integer", "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ]
        case .number: return ["type": "number"]
        case .boolean: return ["type": "boolean"]
        case .choice(let words): return ["type": "string", "enum": .array(words.map(JSONValue.string))]
        case .array(let element, let most):
            var members: [String: JSONValue] = ["type": "array", "items": element.described]
            if let most { members["maxItems"] = .integer(most) }
            return .object(members)
        case .object(let object): return object.reference
        }
    }

    /// Every object met in it, itself included.
    var objects: [ObjectSchema] {
        switch self {
        case .array(let element, _): element.objects
        case .object(let object): object.objects
        default: []
        }
    }
}

extension ObjectSchema {
    var reference: JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    var objects: [ObjectSchema] { [self] + properties.flatMap(\.schema.objects) }

    var described: JSONValue {
        var members: [String: JSONValue] = [
            "type": "object", "additionalProperties": false,
            "properties": .object(
                Dictionary(properties.map { ($0.name, $0.described) }) { first, _ in first }),
        ]
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members["required"] = .array(required) }
        return .object(members)
    }
}

extension JSONProperty {
    /// A note may stand beside a reference since JSON Schema 2019-09.
    fileprivate var described: JSONValue {
        guard !note.isEmpty, case .object(var members) = schema.described else { return schema.described }
        members["description"] = .string(note)
        return .object(members)
    }
}
