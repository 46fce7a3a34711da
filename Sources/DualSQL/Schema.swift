/// The tables as they really are in a database, as a text that is the same for the same tables. Compared with
/// the text in the documentation, it shows when the two have drifted apart.
public enum Schema {
    public static func dump(_ database: Database) throws -> String {
        try database.readBlocking { connection in
            let lines =
                switch connection.dialect {
                case .sqlite: try SQLiteSchema(connection).lines()
                case .postgres: try PostgresSchema(connection).lines()
                }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    /// One space for every run of white space, except between quotes.
    static func onOneLine(_ text: String) -> String {
        var line = ""
        var isQuoted = false
        for character in text {
            if character == "'" { isQuoted.toggle() }
            if isQuoted || !character.isWhitespace {
                line.append(character)
            } else if line.last != " " {
                line.append(" ")
            }
        }
        return line.last == " " ? String(line.dropLast()) : line
    }
}

/// Reads the tables out of the definitions that SQLite keeps as they were written.
private struct SQLiteSchema {
    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    func lines() throws -> [String] {
        let objects = try connection.rows(
            """
            SELECT type, name, tbl_name, sql FROM sqlite_master
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
              AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')
            ORDER BY tbl_name,
                     CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, name
            """
        ) { (type: try $0[0] as String, name: try $0[1] as String, definition: try $0[3] as String) }
        return objects.flatMap { object -> [String] in
            let definition = Schema.onOneLine(object.definition)
            guard object.type == "table", !definition.uppercased().hasPrefix("CREATE VIRTUAL") else {
                let heading = object.type == "table" || object.type == "view" ? "" : "  "
                return ["\(heading)\(object.type) \(object.name): \(definition)"]
            }
            let (items, options) = Self.items(of: definition)
            return ["table \(object.name)\(options.isEmpty ? "" : " \(options)")"] + items.map { "  \($0)" }
        }
    }

    /// What stands between the outer brackets, split at its own commas, and what stands after them.
    private static func items(of definition: String) -> (items: [String], options: String) {
        var items: [String] = [""]
        var options = ""
        var depth = 0
        var isQuoted = false
        for character in definition.drop(while: { $0 != "(" }) {
            if character == "'" { isQuoted.toggle() }
            if !isQuoted, character == ")" { depth -= 1 }
            if depth > 0 {
                if !isQuoted, depth == 1, character == "," {
                    items.append("")
                } else {
                    items[items.count - 1].append(character)
                }
            } else if character != "(" && character != ")" {
                options.append(character)
            }
            if !isQuoted, character == "(" { depth += 1 }
        }
        return (items.map(Self.trimmed), Self.trimmed(options))
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0 == " " }
        return start.last == " " ? String(start.dropLast()) : String(start)
    }
}

/// Reads the tables out of the catalogue of PostgreSQL, for the schema in which the program works.
private struct PostgresSchema {
    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    func lines() throws -> [String] {
        let schema = try connection.first("SELECT current_schema()") { try $0[0] as String } ?? "public"
        let tables = try connection.rows(
            """
            SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = \(schema) AND c.relkind IN ('r', 'p') ORDER BY c.relname COLLATE "C"
            """
        ) { (oid: try $0[0] as Int, name: try $0[1] as String) }
        let described = try tables.flatMap { table in
            ["table \(table.name)"] + (try parts(of: table.oid)).map { "  \($0)" }
        }
        return try (described + functions(in: schema)).map {
            Schema.onOneLine($0.replacing("\(schema).", with: "")).withIndent(of: $0)
        }
    }

    private func parts(of table: Int) throws -> [String] {
        try columns(of: table)
            + names(
                """
                SELECT 'constraint ' || conname || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE conrelid = \(table) AND contype <> 't' ORDER BY conname COLLATE "C"
                """)
            + names(
                """
                SELECT 'index ' || c.relname || ': ' || pg_get_indexdef(i.indexrelid)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = \(table) AND NOT EXISTS
                    (SELECT 1 FROM pg_constraint k
                     WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
                ORDER BY c.relname COLLATE "C"
                """)
            + names(
                """
                SELECT 'trigger ' || tgname || ': ' || pg_get_triggerdef(oid) FROM pg_trigger
                WHERE tgrelid = \(table) AND NOT tgisinternal ORDER BY tgname COLLATE "C"
                """)
    }

    private func columns(of table: Int) throws -> [String] {
        try names(
            """
            SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                || CASE WHEN d.adbin IS NULL THEN '' WHEN a.attgenerated = 's'
                        THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                        ELSE ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = \(table) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """)
    }

    private func functions(in schema: String) throws -> [String] {
        try names(
            """
            SELECT 'function ' || p.proname || ': ' || pg_get_functiondef(p.oid)
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = \(schema) AND p.prokind IN ('f', 'p')
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            ORDER BY p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid)
            """)
    }

    private func names(_ sql: SQL) throws -> [String] {
        try connection.rows(sql) { try $0[0] as String }
    }
}

extension String {
    fileprivate func withIndent(of original: String) -> String {
        String(original.prefix { $0 == " " }) + drop { $0 == " " }
    }
}
