// Search over one agency's entries, with or without diacritics (I3). The text is folded in Swift before it is stored and
// before it is asked, so FTS5 and PostgreSQL see plain words and find the same. The agency and the kind of entry are
// words of their own in the index, so that a question never walks through another agency's papers.
import Domain
import DualSQL
import Foundation

package enum EntryKind: String, Sendable, CaseIterable {
    case arrival, draft, issuance, receipt
}

package struct EntryText {
    let connection: Connection

    /// Adds the entry's words, or replaces them. `folded` comes from `Folding.fold`.
    package func put(_ entry: UUID, kind: EntryKind, agency: ID<Agency>, folded: String) throws {
        let scope = Self.scope(kind, agency)
        switch connection.dialect {
        case .sqlite:
            let known: Int? = try connection.first(
                "SELECT number FROM entry_key WHERE entry_id = \(entry)"
            ) { try $0[0] }
            if let known {
                try connection.execute("UPDATE entry_text SET folded = \(folded) WHERE rowid = \(known)")
            } else {
                try connection.execute("INSERT INTO entry_key (entry_id) VALUES (\(entry))")
                try connection.execute(
                    """
                    INSERT INTO entry_text (rowid, scope, folded)
                    SELECT number, \(scope), \(folded) FROM entry_key WHERE entry_id = \(entry)
                    """)
            }
        case .postgres:
            try connection.execute(
                """
                INSERT INTO entry_text (entry_id, words) VALUES (\(entry), to_tsvector('simple', \(scope + " " + folded)))
                ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words
                """)
        }
    }

    /// It is found no more.
    package func remove(_ entry: UUID) throws {
        switch connection.dialect {
        case .sqlite:
            try connection.execute(
                """
                DELETE FROM entry_text WHERE rowid IN (SELECT number FROM entry_key WHERE entry_id = \(entry))
                """)
            try connection.execute("DELETE FROM entry_key WHERE entry_id = \(entry)")
        case .postgres:
            try connection.execute("DELETE FROM entry_text WHERE entry_id = \(entry)")
        }
    }

    /// Entries that hold every word (the last may be a beginning), newest first.
    package func find(_ words: [String], kind: EntryKind, agency: ID<Agency>, limit: Int) throws -> [UUID] {
        guard let last = words.last else { return [] }
        let scope = Self.scope(kind, agency)
        switch connection.dialect {
        case .sqlite:
            let whole = words.dropLast().map { "folded:\"\($0)\"" }
            let question = (["scope:\"\(scope)\""] + whole + ["folded:\"\(last)\"*"]).joined(
                separator: " AND ")
            return try connection.rows(
                """
                SELECT k.entry_id FROM entry_text t JOIN entry_key k ON k.number = t.rowid
                WHERE entry_text MATCH \(question) ORDER BY t.rowid DESC LIMIT \(limit)
                """
            ) { try $0[0] }
        case .postgres:
            let question = ([scope] + words.dropLast() + ["\(last):*"]).joined(separator: " & ")
            return try connection.rows(
                """
                SELECT entry_id FROM entry_text WHERE words @@ to_tsquery('simple', \(question))
                ORDER BY entry_id DESC LIMIT \(limit)
                """
            ) { try $0[0] }
        }
    }

    /// One word no letter contains: the kind and the agency's hexadecimal id.
    static func scope(_ kind: EntryKind, _ agency: ID<Agency>) -> String {
        "x\(kind.rawValue)x" + agency.description.replacing("-", with: "")
    }
}
