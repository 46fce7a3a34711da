/// One line of an answer: its cells in the order in which the statement named them.
///
/// Reading by position is the fast way and the one for lists; reading by name walks the names.
public struct Row: Sendable {
    /// The names of the cells, shared by all rows of an answer.
    final class Columns: Sendable {
        let names: [String]

        init(_ names: [String]) {
            self.names = names
        }
    }

    private let columns: Columns
    public let values: [SQLValue]

    init(_ columns: Columns, _ values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    public var names: [String] { columns.names }

    public subscript<T: SQLConvertible>(_ index: Int) -> T {
        get throws { try T(sqlValue: cell(index)) }
    }

    public subscript<T: SQLConvertible>(_ name: String) -> T {
        get throws { try T(sqlValue: cell(name)) }
    }

    public func value<T: SQLConvertible>(_ index: Int) throws -> T {
        try T(sqlValue: cell(index))
    }

    public func value<T: SQLConvertible>(_ name: String) throws -> T {
        try T(sqlValue: cell(name))
    }

    public func optional<T: SQLConvertible>(_ index: Int) throws -> T? {
        try T?(sqlValue: cell(index))
    }

    public func optional<T: SQLConvertible>(_ name: String) throws -> T? {
        try T?(sqlValue: cell(name))
    }

    private func cell(_ index: Int) throws -> SQLValue {
        guard values.indices.contains(index) else {
            throw SQLConversionError(missing: String(index), of: columns.names)
        }
        return values[index]
    }

    private func cell(_ name: String) throws -> SQLValue {
        guard let index = columns.names.firstIndex(of: name) else {
            throw SQLConversionError(missing: name, of: columns.names)
        }
        return try cell(index)
    }
}
