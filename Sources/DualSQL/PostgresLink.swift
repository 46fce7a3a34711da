import CLibPQ

/// The wire to the server, as libpq offers it: commands in, results or a named failure out.
final class PostgresLink {
    private let connection: OpaquePointer

    init(url: String) throws {
        // What stands before `dbname` are our defaults; the address may say otherwise.
        let settings = [
            ("connect_timeout", "10"), ("application_name", "vanthu"), ("client_encoding", "UTF8"),
            ("dbname", url),
        ]
        let opened = CStrings(settings.map(\.0)).withPointers { keywords in
            CStrings(settings.map(\.1)).withPointers { PQconnectdbParams(keywords, $0, 1) }
        }
        guard let opened else { throw SQLError(kind: .connection, message: "no memory for a connection") }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = Self.text(PQerrorMessage(opened))
            PQfinish(opened)
            throw SQLError(kind: .connection, message: message)
        }
        connection = opened
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        // A queue that is empty now holds ten thousand rows a minute later. A plan made for the empty one, or for statistics of
        // it, reads all of them for each look (decision 29).
        try command("SELECT set_config('enable_seqscan', 'off', false)")
        // A statement that never ends would hold its locks for ever. Who sets limits in the address keeps them.
        for (limit, value) in [("statement_timeout", "60s"), ("idle_in_transaction_session_timeout", "300s")]
        {
            try command(
                "SELECT set_config('\(limit)', '\(value)', false) WHERE current_setting('\(limit)') = '0'")
        }
    }

    deinit {
        PQfinish(connection)
    }

    var isInTransaction: Bool { PQtransactionStatus(connection) == PQTRANS_INTRANS }
    var isAtRest: Bool { PQtransactionStatus(connection) == PQTRANS_IDLE }

    func command(_ text: String) throws {
        _ = try checked(PQexec(connection, text), text)
    }

    func prepare(_ name: String, _ text: String) throws -> PostgresColumns {
        // Types are left to the server, so that a text may stand for an id.
        _ = try checked(PQprepare(connection, name, text, 0, nil), text)
        return PostgresColumns(try checked(PQdescribePrepared(connection, name), text))
    }

    func run(_ name: String, _ bindings: PostgresBindings, _ text: String) throws -> PostgresResult {
        let result = bindings.withPointers { count, values, lengths, formats in
            PQexecPrepared(connection, name, count, values, lengths, formats, 0)
        }
        return try checked(result, text)
    }

    private func checked(_ pointer: OpaquePointer?, _ statement: String) throws -> PostgresResult {
        guard let pointer else {
            throw SQLError(
                kind: .connection, message: Self.text(PQerrorMessage(connection)), statement: statement)
        }
        let result = PostgresResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        default: throw failure(pointer, statement)
        }
    }

    private func failure(_ result: OpaquePointer, _ statement: String) -> SQLError {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        let message = field("M") ?? Self.text(PQresultErrorMessage(result))
        let state = field("C") ?? ""
        let isLost = PQstatus(connection) == CONNECTION_BAD
        let kind = isLost ? .connection : Self.kind(state, message: message, constraint: field("n"))
        return SQLError(kind: kind, message: message, statement: statement)
    }

    /// PostgreSQL documentation, appendix A, "PostgreSQL Error Codes".
    private static func kind(_ state: String, message: String, constraint: String?) -> SQLError.Kind {
        switch state {
        case "23505": .uniqueViolation(constraint: constraint)
        case "23503": .foreignKeyViolation
        case "23514": .checkViolation
        case "23502": .notNullViolation
        case "55P03": .busy
        case "40001", "40P01": .serialization
        // A table was changed under a statement prepared before; prepared anew, it will do.
        case "0A000" where message.hasPrefix("cached plan"), "26000": .serialization
        case "25006": .readOnly
        case "53100": .noRoom
        case "57P01", "57P02", "57P03", "57P05", "25P03", "53300": .connection
        case _ where state.hasPrefix("08"): .connection
        default: .other
        }
    }

    private static func text(_ message: UnsafePointer<CChar>?) -> String {
        guard let message else { return "" }
        return String(String(cString: message).reversed().drop { $0.isNewline }.reversed())
    }
}

/// Strings for a function of C that takes two arrays ending with nothing.
private struct CStrings {
    private let strings: [ContiguousArray<CChar>]

    init(_ strings: [String]) {
        self.strings = strings.map(\.utf8CString)
    }

    func withPointers<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T) -> T {
        var all: [CChar] = []
        var starts: [Int] = []
        for string in strings {
            starts.append(all.count)
            all += string
        }
        return all.withUnsafeBufferPointer { all in
            var pointers: [UnsafePointer<CChar>?] = starts.map { start in all.baseAddress.map { $0 + start } }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
