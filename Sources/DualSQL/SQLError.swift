/// Why a database did not do what it was told, in terms that hold for both databases.
///
/// It carries the statement but never the values: those may be what a secret letter says.
public struct SQLError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// SQLite names the columns (`arrival.number`), PostgreSQL the constraint (`arrival_number_key`).
        case uniqueViolation(constraint: String?)
        case foreignKeyViolation
        case checkViolation
        case notNullViolation
        /// Somebody else holds the lock.
        case busy
        /// Two transactions crossed each other; the same work done again may well succeed.
        case serialization
        /// The server is not there, or went away.
        case connection
        case readOnly
        /// The disk is full.
        case noRoom
        case other
    }

    public var kind: Kind
    public var message: String
    public var statement: String

    public init(kind: Kind, message: String, statement: String = "") {
        self.kind = kind
        self.message = message
        self.statement = statement
    }

    public var isUniqueViolation: Bool {
        if case .uniqueViolation = kind { true } else { false }
    }

    var isTransient: Bool { kind == .busy || kind == .serialization }

    public var description: String {
        statement.isEmpty ? message : "\(message) [\(statement)]"
    }
}
