import CLibPQ

/// One conversation with a PostgreSQL server, held by one thread for as long as the program runs.
///
/// A connection that was lost while nobody used it is made anew without a word. One that is lost inside a
/// transaction is an error: only the caller can know whether the work may be done again.
final class PostgresSession: Session {
    private struct Prepared {
        let name: String
        let columns: PostgresColumns
    }

    private let url: String
    private var link: PostgresLink?
    private var statements: [String: Prepared] = [:]
    /// Set when the server's idea of our prepared statements is out of date; they are dropped between
    /// transactions.
    private var isStale = false
    private static let statementLimit = 500

    init(url: String) {
        self.url = url
    }

    func begin(_ access: Access) throws {
        let text =
            access == .read
            ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        if let link {
            do {
                try forgetStatements(on: link)
                return try link.command(text)
            } catch let error as SQLError where error.kind == .connection {
                disconnect()
            }
        }
        let link = try PostgresLink(url: url)
        self.link = link
        try link.command(text)
    }

    func commit() throws {
        let link = try connected()
        guard link.isInTransaction else {
            throw SQLError(kind: .other, message: "the transaction had already failed", statement: "COMMIT")
        }
        do {
            try link.command("COMMIT")
        } catch let error as SQLError where error.kind == .connection {
            disconnect()
            throw SQLError(
                kind: .connection,
                message: "the connection was lost while committing; the outcome is not known",
                statement: "COMMIT")
        }
    }

    func rollback() {
        guard let link else { return }
        if link.isAtRest { return }
        try? link.command("ROLLBACK")
        if !link.isAtRest { disconnect() }
    }

    func run(_ text: String, _ values: [SQLValue], row: (Row) throws -> Bool) throws -> Int {
        let link = try connected()
        do {
            let prepared = try prepared(text, on: link)
            let result = try link.run(prepared.name, PostgresBindings(values, text), text)
            for index in 0..<result.rowCount {
                if try !row(Row(prepared.columns.names, prepared.columns.values(of: result, row: index))) {
                    break
                }
            }
            return result.changes
        } catch let error as SQLError {
            if error.kind == .serialization { isStale = true }
            throw error
        }
    }

    func script(_ text: String) throws {
        try connected().command(text)
        isStale = true
    }

    func disconnect() {
        link = nil
        statements = [:]
        isStale = false
    }

    private func connected() throws -> PostgresLink {
        guard let link else { throw SQLError(kind: .connection, message: "there is no connection") }
        return link
    }

    private func prepared(_ text: String, on link: PostgresLink) throws -> Prepared {
        if let prepared = statements[text] { return prepared }
        let name = "s\(statements.count)"
        let prepared = Prepared(name: name, columns: try link.prepare(name, text))
        statements[text] = prepared
        return prepared
    }

    private func forgetStatements(on link: PostgresLink) throws {
        guard isStale || statements.count > Self.statementLimit else { return }
        statements = [:]
        isStale = false
        try link.command("DEALLOCATE ALL")
    }
}
