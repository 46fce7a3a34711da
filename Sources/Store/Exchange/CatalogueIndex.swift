// The order and the words of danh bạ cơ quan. Every agency has a place: a number that grows as the names do in a dictionary,
// with agencies that have ended behind all others. Text is indexed under the place, so that a question whose words half
// the country shares ("ủy ban nhân dân xã") reads its first page and stops, instead of sorting what it found.
import Domain
import DualSQL
import Foundation

package struct CatalogueIndex {
    let connection: Connection

    /// Places of agencies that have ended begin here.
    static let ended = 1 << 61
    /// Between two neighbours after all have been numbered anew.
    static let gap = 1 << 32

    /// Where a name goes between its neighbours; behind all where they stand too close.
    func place(for name: String, _ id: ID<Agency>, hasEnded: Bool) throws -> Int {
        let key = Folding.sortKey(name)
        let band: SQL =
            hasEnded
            ? "valid_to <> '' AND place > \(Self.ended)"
            : "valid_to = '' AND place > 0 AND place < \(Self.ended)"
        let floor = hasEnded ? Self.ended : 0
        let before: Int =
            try connection.first(
                """
                SELECT place FROM correspondent WHERE \(sql: band) AND (sort_key, id) < (\(key), \(id))
                ORDER BY sort_key DESC, id DESC LIMIT 1
                """
            ) { try $0[0] } ?? floor
        let after: Int? = try connection.first(
            """
            SELECT place FROM correspondent WHERE \(sql: band) AND (sort_key, id) > (\(key), \(id))
            ORDER BY sort_key, id LIMIT 1
            """
        ) { try $0[0] }
        guard let after else { return before + Self.gap }
        // Near the one before: names often come in rising order.
        if after - before > 1 {
            let place = before + max(1, min(Self.gap, (after - before) / 8))
            if try connection.first("SELECT 1 FROM correspondent WHERE place = \(place)") == nil {
                return place
            }
        }
        return try last(hasEnded) + Self.gap
    }

    private func last(_ hasEnded: Bool) throws -> Int {
        let end = hasEnded ? Int.max : Self.ended
        return try connection.first(
            "SELECT place FROM correspondent WHERE place < \(end) ORDER BY place DESC LIMIT 1"
        ) { try $0[0] } ?? (hasEnded ? Self.ended : 0)
    }

    /// The words under this place, instead of those under the place it had.
    func put(_ agency: Correspondent, at place: Int, before: Int?) throws {
        let words = Self.words(agency)
        switch connection.dialect {
        case .sqlite:
            if let before {
                try connection.execute("DELETE FROM correspondent_text WHERE rowid = \(before)")
            }
            try connection.execute(
                "INSERT INTO correspondent_text (rowid, words) VALUES (\(place), \(words))")
        case .postgres:
            if let before {
                try connection.execute("DELETE FROM correspondent_text WHERE place = \(before)")
            }
            try connection.execute(
                """
                INSERT INTO correspondent_text (place, words)
                VALUES (\(place), array_to_tsvector(string_to_array(\(words), ' ')))
                """)
        }
    }

    /// Out of the order and the index, until it is placed anew.
    func lift(_ id: ID<Agency>) throws {
        let number = connection.dialect == .sqlite ? "rowid" : "place"
        try connection.execute(
            """
            DELETE FROM correspondent_text WHERE \(raw: number) IN (SELECT place FROM correspondent WHERE id = \(id))
            """)
        try connection.execute("UPDATE correspondent SET place = 0 WHERE id = \(id)")
    }

    /// All places and words from the rows themselves.
    package func makeAnew() throws {
        try connection.execute("DELETE FROM correspondent_text")
        try connection.execute(
            """
            UPDATE correspondent SET place = n.place FROM (
                SELECT id, CASE WHEN valid_to = '' THEN 0 ELSE \(raw: String(Self.ended)) END
                    + row_number() OVER (ORDER BY sort_key, id) * \(raw: String(Self.gap)) AS place
                FROM correspondent) AS n
            WHERE n.id = correspondent.id
            """)
        switch connection.dialect {
        case .sqlite:
            try connection.execute(
                """
                INSERT INTO correspondent_text (rowid, words)
                SELECT place, trim('#' || kind || ' ' || search_text) FROM correspondent ORDER BY place
                """)
        case .postgres:
            try connection.execute(
                """
                INSERT INTO correspondent_text (place, words)
                SELECT place, array_to_tsvector(string_to_array(trim('#' || kind || ' ' || search_text), ' '))
                FROM correspondent
                """)
            try connection.execute("ANALYZE correspondent, correspondent_text")
        }
    }

    /// The kind is a word that nobody can type.
    static func words(_ agency: Correspondent) -> String {
        (kindWord(agency.kind) + " " + CorrespondentTable.searchText(agency)).trimmingCharacters(
            in: .whitespaces)
    }

    private static func kindWord(_ kind: CorrespondentKind) -> String { "#" + kind.rawValue }

    /// The places of agencies with every word (the last may be a beginning), in order.
    func places(_ words: [String], kind: CorrespondentKind?, after: Int, limit: Int) throws -> [Int] {
        guard let last = words.last else { return [] }
        let whole = (kind.map { [Self.kindWord($0)] } ?? []) + words.dropLast()
        switch connection.dialect {
        case .sqlite:
            let question = (whole.map { "\"\($0)\"" } + ["\"\(last)\"*"]).joined(separator: " AND ")
            return try connection.rows(
                """
                SELECT rowid FROM correspondent_text WHERE correspondent_text MATCH \(question) AND rowid > \(after)
                ORDER BY rowid LIMIT \(limit)
                """
            ) { try $0[0] }
        case .postgres:
            let question = (whole.map { "'\($0)'" } + ["'\(last)':*"]).joined(separator: " & ")
            return try postgresPlaces(question, after: after, limit: limit)
        }
    }

    /// How far the names are read one after the other before the index of words is asked.
    private static let walked = 8000

    /// What half the country answers to is found among the next names; only what is rarer is worth the index of
    /// words, which gathers everything before it sorts. The planner, which knows little of beginnings of words, would
    /// read all names for a word that is nowhere.
    private func postgresPlaces(_ question: String, after: Int, limit: Int) throws -> [Int] {
        let near: [Int] = try connection.rows(
            """
            SELECT place FROM (
                SELECT place, words FROM correspondent_text WHERE place > \(after) ORDER BY place
                LIMIT \(Self.walked)) AS next
            WHERE words @@ \(question)::tsquery ORDER BY place LIMIT \(limit)
            """
        ) { try $0[0] }
        if near.count == limit { return near }
        try setScans("off")
        let all: [Int] = try connection.rows(
            """
            SELECT place FROM correspondent_text WHERE words @@ \(question)::tsquery AND place > \(after)
            ORDER BY place LIMIT \(limit)
            """
        ) { try $0[0] }
        try setScans("on")
        return all
    }

    private func setScans(_ state: String) throws {
        _ = try connection.first(
            """
            SELECT set_config('enable_seqscan', \(state), true), set_config('enable_indexscan', \(state), true),
                set_config('enable_indexonlyscan', \(state), true)
            """)
    }
}

extension Tables {
    package var catalogueIndex: CatalogueIndex { CatalogueIndex(connection: connection) }
}
