import Synchronization

/// What was asked of the database, kept for tests: they look at the plan of exactly the statements an office runs.
public final class StatementTrace: Sendable {
    public struct Statement: Sendable {
        public let text: String
        public let values: [SQLValue]
    }

    private let kept = Mutex<[Statement]>([])

    public init() {}

    public var statements: [Statement] { kept.withLock { $0 } }

    func add(_ text: String, _ values: [SQLValue]) {
        kept.withLock { $0.append(Statement(text: text, values: values)) }
    }
}

extension Connection {
    /// How the database would go about the statement, in its own words, one line a step.
    public func plan(of statement: StatementTrace.Statement) throws -> [String] {
        var lines: [String] = []
        let column = dialect == .sqlite ? 3 : 0
        try explain(statement) { lines.append(try $0[column]) }
        return lines
    }
}
