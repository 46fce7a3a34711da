/// Which of the two databases speaks, and how a table definition written once becomes its own.
public enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres

    /// Puts the types of this database for the words in braces, and uncomments the lines meant for it alone
    /// (`--sqlite: …`, `--postgres: …`). Braces that hold no such word are left as they are.
    public func expanding(_ text: String) -> String {
        let own = "--\(rawValue): "
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let code = line.drop { $0 == " " }
            guard code.hasPrefix(own) else { return String(line) }
            return String(line.prefix(line.count - code.count)) + code.dropFirst(own.count)
        }
        return Self.replacingWords(in: lines.joined(separator: "\n")) { types[$0] }
    }

    private var types: [Substring: String] {
        switch self {
        case .sqlite:
            [
                "id": "TEXT", "instant": "INTEGER", "int": "INTEGER", "flag": "INTEGER", "text": "TEXT",
                "bytes": "BLOB", "real": "REAL", "strict": "STRICT",
            ]
        case .postgres:
            [
                "id": "UUID", "instant": "BIGINT", "int": "BIGINT", "flag": "SMALLINT", "text": "TEXT",
                "bytes": "BYTEA", "real": "DOUBLE PRECISION", "strict": "",
            ]
        }
    }

    private static func replacingWords(in text: String, with meaning: (Substring) -> String?) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let word = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isLetter }
            if word.endIndex < rest.endIndex, rest[word.endIndex] == "}", let type = meaning(word) {
                result += type
                rest = rest[rest.index(after: word.endIndex)...]
            } else {
                result.append("{")
                rest = rest[rest.index(after: open)...]
            }
        }
        return result + rest
    }
}
