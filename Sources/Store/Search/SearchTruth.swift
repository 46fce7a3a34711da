// The words by which every entry should be found, read from the entries themselves: for making the search index again and
// for comparing it. Walked in stretches by identifier, so that a large office is never held at once.
import Domain
import DualSQL
import Foundation

/// An entry and its folded words.
package struct SearchableEntry: Sendable {
    package let id: UUID
    package let kind: EntryKind
    package let agency: ID<Agency>
    package let folded: String
}

package struct SearchTruth {
    let connection: Connection
    private static let stretch = 500

    /// Every entry that is searched, kind by kind and the oldest first.
    package func each(_ body: (SearchableEntry) throws -> Void) throws {
        for kind in EntryKind.allCases {
            var last: UUID?
            while true {
                let entries = try stretch(of: kind, after: last)
                for entry in entries { try body(entry) }
                guard let end = entries.last, entries.count == Self.stretch else { break }
                last = end.id
            }
        }
    }

    private func stretch(of kind: EntryKind, after last: UUID?) throws -> [SearchableEntry] {
        var sql = Self.entries(kind)
        if let last { sql += " AND e.id > \(last)" }
        sql += " ORDER BY e.id LIMIT \(Self.stretch)"
        return try connection.rows(sql) { row in
            SearchableEntry(
                id: try row[0], kind: kind, agency: try row[1], folded: try Self.folded(row, kind))
        }
    }

    /// A number is searched once it is issued; until then its draft is.
    private static func entries(_ kind: EntryKind) -> SQL {
        switch kind {
        case .arrival:
            """
            SELECT e.id, e.agency_id, e.search_text FROM arrival e WHERE NOT EXISTS
                (SELECT 1 FROM receipt r WHERE r.id = e.receipt_id AND r.frozen_at IS NOT NULL)
            """
        case .draft: "SELECT e.id, e.agency_id, e.search_text FROM draft e WHERE 1 = 1"
        case .issuance: "SELECT e.id, e.agency_id, e.search_text FROM issuance e WHERE e.state = 'issued'"
        case .receipt:
            """
            SELECT e.id, e.agency_id, a.name, d.issuing_agency, d.number, d.notation, d.date, d.type_slug, d.abstract,
                d.urgency, d.pages, d.signer
            FROM receipt e JOIN correspondent a ON a.id = e.sender_id JOIN document d ON d.id = e.document_id
            WHERE e.frozen_at IS NULL
            """
        }
    }

    private static func folded(_ row: Row, _ kind: EntryKind) throws -> String {
        guard kind == .receipt else { return try row[2] }
        let facts = DocumentParticulars(
            issuingAgency: try row[3], number: try row[4], notation: try row[5], date: try row[6],
            type: try row[7],
            abstract: try row[8], urgency: try row[9], pages: try row[10], signer: try row[11])
        return facts.searchText(from: try row[2])
    }
}

extension DocumentParticulars {
    /// A receipt is found by the sender's name too.
    package func searchText(from sender: String) -> String { searchText + " " + Folding.fold(sender) }
}

extension EntryText {
    package func clearAll() throws {
        try connection.execute("DELETE FROM entry_text")
        if connection.dialect == .sqlite { try connection.execute("DELETE FROM entry_key") }
    }

    package func count() throws -> Int {
        try connection.first("SELECT count(*) FROM entry_text") { try $0[0] } ?? 0
    }

    /// Whether the entry is indexed by exactly these words.
    package func holds(_ entry: SearchableEntry) throws -> Bool {
        let scope = Self.scope(entry.kind, entry.agency)
        let found: SQL =
            switch connection.dialect {
            case .sqlite:
                """
                SELECT 1 FROM entry_key k JOIN entry_text t ON t.rowid = k.number
                WHERE k.entry_id = \(entry.id) AND t.scope = \(scope) AND t.folded = \(entry.folded)
                """
            case .postgres:
                """
                SELECT 1 FROM entry_text WHERE entry_id = \(entry.id)
                    AND words = to_tsvector('simple', \(scope + " " + entry.folded))
                """
            }
        return try connection.first(found) != nil
    }
}

extension Tables {
    package var searchTruth: SearchTruth { SearchTruth(connection: connection) }
}
