/// Where an installation keeps its registers: a SQLite file beside the program, or a PostgreSQL server.
public enum DatabaseAddress: Sendable, Equatable, CustomStringConvertible {
    case sqlite(path: String)
    case postgres(url: String)

    /// Reads `postgres://…`, `postgresql://…`, `sqlite:PATH` or a bare path.
    public init?(parsing text: String) {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            self = .postgres(url: text)
            return
        }
        let path = text.hasPrefix("sqlite:") ? String(text.dropFirst("sqlite:".count)) : text
        guard !path.isEmpty, !path.contains("://"), !path.utf8.contains(0) else { return nil }
        self = .sqlite(path: path)
    }

    public var dialect: Dialect {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// For people and logs: without user, password and parameters.
    public var description: String {
        switch self {
        case .sqlite(let path): return path
        case .postgres(let url):
            let place =
                url.prefix { $0 != "?" }.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
            return place.contains("://") ? String(place) : "postgres://\(place)"
        }
    }
}
