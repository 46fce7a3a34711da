// What a JSON value of the API looks like, said once as a Swift value: what comes in is checked against it,
// and the description at /api/openapi.json is written from it (JSON Schema 2020-12, as OpenAPI 3.1 has it).
import Domain
import Foundation

package indirect enum JSONSchema: Sendable {
    case string(format: StringFormat?, longest: Int?)
    case integer(ClosedRange<Int>)
    case number
    case boolean
    /// One of these words.
    case choice([String])
    case array(JSONSchema, most: Int?)
    case object(ObjectSchema)

    static let text = JSONSchema.string(format: nil, longest: nil)
    static let uuid = JSONSchema.string(format: .uuid, longest: nil)
    static let day = JSONSchema.string(format: .date, longest: nil)
    static let moment = JSONSchema.string(format: .dateTime, longest: nil)
    static let secret = JSONSchema.string(format: .password, longest: 100)
    static let count = JSONSchema.integer(0...Int(Int32.max))

    static func text(_ longest: Int) -> JSONSchema { .string(format: nil, longest: longest) }
    static func list(_ element: JSONSchema, most: Int? = nil) -> JSONSchema { .array(element, most: most) }
    static func list<Element: APIObject>(of type: Element.Type, most: Int? = nil) -> JSONSchema {
        .array(.object(type.schema), most: most)
    }
    static func one<Value: APIObject>(_ type: Value.Type) -> JSONSchema { .object(type.schema) }
    static func choice<Value: EnglishNamed>(of type: Value.Type) -> JSONSchema {
        .choice(Value.choices.map { "\($0)" })
    }
}

package enum StringFormat: String, Sendable {
    case uuid, date, password
    case dateTime = "date-time"
}

package struct ObjectSchema: Sendable {
    /// Under which it stands among the described schemas.
    package let name: String
    package let properties: [JSONProperty]

    init(_ name: String, _ properties: [JSONProperty]) { (self.name, self.properties) = (name, properties) }
}

package struct JSONProperty: Sendable {
    package let name: String
    package let schema: JSONSchema
    package let isRequired: Bool
    package let note: String

    static func always(_ name: String, _ schema: JSONSchema, _ note: String = "") -> JSONProperty {
        JSONProperty(name: name, schema: schema, isRequired: true, note: note)
    }

    /// Absent where there is nothing to say.
    static func maybe(_ name: String, _ schema: JSONSchema, _ note: String = "") -> JSONProperty {
        JSONProperty(name: name, schema: schema, isRequired: false, note: note)
    }
}

/// Something the API takes or gives, with its schema and an example that a test holds against it.
package protocol APIObject: Codable, Sendable {
    static var schema: ObjectSchema { get }
    static var example: Self { get }
}

extension APIObject {
    /// The example as JSON.
    package static var sample: JSONValue {
        (try? APIJSON.decode(JSONValue.self, from: try APIJSON.encode(example))) ?? .null
    }
}

// MARK: Checking

extension JSONSchema {
    /// Every place where the value is not as described, as "pointer: what it should be".
    package func faults(in value: JSONValue, at pointer: String = "") -> [String] {
        switch (self, value) {
        case (.string(let format, let longest), .string(let text)):
            // No database keeps a zero character in a text.
            let isText = !text.unicodeScalars.contains("\0") && text.count <= longest ?? .max
            return isText && Self.fits(text, format) ? [] : [fault(pointer)]
        case (.integer(let range), .integer(let number)):
            return range.contains(number) ? [] : [fault(pointer)]
        case (.number, .integer), (.number, .number), (.boolean, .boolean): return []
        case (.choice(let words), .string(let word)): return words.contains(word) ? [] : [fault(pointer)]
        case (.array(let element, let most), .array(let values)):
            if values.count > most ?? .max { return [fault(pointer)] }
            return values.enumerated().flatMap { element.faults(in: $1, at: "\(pointer)/\($0)") }
        case (.object(let object), .object(let members)): return object.faults(in: members, at: pointer)
        default: return [fault(pointer)]
        }
    }

    private func fault(_ pointer: String) -> String { "\(pointer.isEmpty ? "/" : pointer): \(expectation)" }

    private var expectation: String {
        switch self {
        case .string(let format?, _): format.rawValue
        case .string(nil, let longest?): "string, at most \(longest) characters"
        case .string: "string"
        case .integer(let range): "integer \(range.lowerBound)…\(range.upperBound)"
        case .number: "number"
        case .boolean: "boolean"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .array(_, let most?): "array, at most \(most) elements"
        case .array: "array"
        case .object: "object"
        }
    }

    private static func fits(_ text: String, _ format: StringFormat?) -> Bool {
        switch format {
        case .uuid: UUID(uuidString: text) != nil
        case .date: OfficeDate(text)?.iso == text
        case .dateTime: ISOMoment(text) != nil
        case .password, nil: true
        }
    }
}

extension ObjectSchema {
    fileprivate func faults(in members: [String: JSONValue], at pointer: String) -> [String] {
        let known = Set(properties.map(\.name))
        let strangers = members.keys.filter { !known.contains($0) }.sorted().map {
            "\(pointer)/\($0): not known"
        }
        return strangers
            + properties.flatMap { property in
                guard let value = members[property.name], value != .null else {
                    return property.isRequired ? ["\(pointer)/\(property.name): required"] : []
                }
                return property.schema.faults(in: value, at: "\(pointer)/\(property.name)")
            }
    }
}
