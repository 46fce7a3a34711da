/// What a cell of a table can hold, the same in both databases: nothing, a whole number, a real number, a text
/// or bytes. Everything richer (an instant, an id, a state) is one of these in the table.
public enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// A type that has one form in a cell. Types with a raw value get theirs from it.
public protocol SQLConvertible: Sendable {
    var sqlValue: SQLValue { get }
    init(sqlValue: SQLValue) throws
}

/// A cell that does not hold what the reader expected, or that is not there.
public struct SQLConversionError: Error, CustomStringConvertible {
    public let description: String

    public init(_ value: SQLValue, to type: Any.Type) {
        let found =
            switch value {
            case .null: "NULL"
            case .integer: "an integer"
            case .real: "a real number"
            case .text: "a text"
            case .bytes: "bytes"
            }
        description = "a cell holds \(found), which is no \(type)"
    }

    init(missing column: String, of columns: [String]) {
        description = "there is no column \(column) among \(columns.joined(separator: ", "))"
    }
}

extension SQLValue: SQLConvertible {
    public var sqlValue: SQLValue { self }
    public init(sqlValue: SQLValue) { self = sqlValue }
}

extension Int64: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self) }

    public init(sqlValue: SQLValue) throws {
        guard case .integer(let number) = sqlValue else { throw SQLConversionError(sqlValue, to: Self.self) }
        self = number
    }
}

extension Int: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(self)) }

    public init(sqlValue: SQLValue) throws {
        guard case .integer(let number) = sqlValue, let number = Int(exactly: number) else {
            throw SQLConversionError(sqlValue, to: Self.self)
        }
        self = number
    }
}

extension Bool: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }

    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .integer(0): self = false
        case .integer(1): self = true
        default: throw SQLConversionError(sqlValue, to: Self.self)
        }
    }
}

extension Double: SQLConvertible {
    public var sqlValue: SQLValue { .real(self) }

    public init(sqlValue: SQLValue) throws {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: throw SQLConversionError(sqlValue, to: Self.self)
        }
    }
}

extension String: SQLConvertible {
    public var sqlValue: SQLValue { .text(self) }

    public init(sqlValue: SQLValue) throws {
        guard case .text(let text) = sqlValue else { throw SQLConversionError(sqlValue, to: Self.self) }
        self = text
    }
}

extension [UInt8]: SQLConvertible {
    public var sqlValue: SQLValue { .bytes(self) }

    public init(sqlValue: SQLValue) throws {
        guard case .bytes(let bytes) = sqlValue else { throw SQLConversionError(sqlValue, to: Self.self) }
        self = bytes
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }

    public init(sqlValue: SQLValue) throws {
        self = sqlValue == .null ? nil : .some(try Wrapped(sqlValue: sqlValue))
    }
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    public var sqlValue: SQLValue { rawValue.sqlValue }

    public init(sqlValue: SQLValue) throws {
        guard let value = Self(rawValue: try RawValue(sqlValue: sqlValue)) else {
            throw SQLConversionError(sqlValue, to: Self.self)
        }
        self = value
    }
}
