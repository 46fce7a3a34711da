/// A statement in the database's language: code written by us, and the values that go with it.
///
/// The two never mix. What stands literally in the source is code; what is interpolated becomes a binding,
/// so no word that a person typed can ever be read as a command. Only `\(raw:)` puts text into the code, and
/// it is for names that stand in our own source.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    enum Part: Sendable {
        case code(String)
        case value(SQLValue)
    }

    private(set) var parts: [Part]

    public init(stringLiteral code: String) {
        parts = [.code(code)]
    }

    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// A statement whose placeholders were numbered by hand; a number may stand anywhere and repeat.
    /// Text between single quotes is left alone.
    public init(numbered text: String, _ values: [any SQLConvertible]) {
        parts = NumberedText(text, values.map(\.sqlValue)).parts
    }

    public static func + (a: SQL, b: SQL) -> SQL {
        var sum = a
        sum.parts += b.parts
        return sum
    }

    public static func += (a: inout SQL, b: SQL) {
        a.parts += b.parts
    }

    /// The code with `$1…$n` where the values belong.
    public var text: String { rendered(placeholder: "$") }

    public var values: [SQLValue] {
        parts.compactMap { part in
            if case .value(let value) = part { value } else { nil }
        }
    }

    /// SQLite numbers `?1` explicitly, while it takes `$1` for a name and numbers names as they appear.
    func text(for dialect: Dialect) -> String {
        rendered(placeholder: dialect == .sqlite ? "?" : "$")
    }

    private func rendered(placeholder: Character) -> String {
        var text = ""
        var number = 0
        for part in parts {
            switch part {
            case .code(let code): text += code
            case .value:
                number += 1
                text.append(placeholder)
                text += String(number)
            }
        }
        return text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ code: String) {
            if !code.isEmpty { parts.append(.code(code)) }
        }

        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            parts.append(.value(value.sqlValue))
        }

        /// Nothing is NULL.
        public mutating func appendInterpolation<T: SQLConvertible>(_ value: T?) {
            parts.append(.value(value?.sqlValue ?? .null))
        }

        /// A name from our own source: a table, a column, a direction of sorting. Never what a person typed.
        public mutating func appendInterpolation(raw code: String) {
            parts.append(.code(code))
        }

        public mutating func appendInterpolation(sql fragment: SQL) {
            parts += fragment.parts
        }

        /// Values separated by commas. An empty list becomes NULL: `x IN (NULL)` holds for no row, and neither
        /// does `x NOT IN (NULL)`, so ask about emptiness before negating.
        public mutating func appendInterpolation(list: [some SQLConvertible]) {
            if list.isEmpty { parts.append(.code("NULL")) }
            for (position, value) in list.enumerated() {
                if position > 0 { parts.append(.code(", ")) }
                parts.append(.value(value.sqlValue))
            }
        }
    }
}

/// Takes `$1…$n` out of a hand-numbered text. A number without a value stays in the code, where the database
/// refuses it.
private struct NumberedText {
    var parts: [SQL.Part] = []

    init(_ text: String, _ values: [SQLValue]) {
        var code = ""
        var isQuoted = false
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "'" { isQuoted.toggle() }
            let digits = rest.prefix(while: { $0.isASCII && $0.isNumber })
            guard character == "$", !isQuoted, let number = Int(digits), values.indices.contains(number - 1)
            else {
                code.append(character)
                continue
            }
            rest = rest.dropFirst(digits.count)
            parts += [.code(code), .value(values[number - 1])]
            code = ""
        }
        parts.append(.code(code))
    }
}
