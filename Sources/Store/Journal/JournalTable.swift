// Nhật ký: appended under the lock of its chain's head, the last lock every transaction takes.
import Domain
import DualSQL
import Foundation

package struct StoredJournalEntry: Sendable {
    package let entry: JournalEntry
    package let hash: [UInt8]
}

package struct JournalTable {
    let connection: Connection

    /// The last sequence and hash of a chain, locked until commit; (0, empty) for a new chain.
    package func lockHead(of agency: ID<Agency>?) throws -> (sequence: Int64, hash: [UInt8]) {
        let chain = Self.chain(agency)
        try connection.execute(
            """
            INSERT INTO journal_head (chain, sequence, hash) VALUES (\(chain), 0, \([UInt8]()))
            ON CONFLICT (chain) DO NOTHING
            """)
        let row = try connection.first(
            "SELECT sequence, hash FROM journal_head WHERE chain = \(chain)" + connection.forUpdate)
        guard let row else { return (0, []) }
        return (try row[0], try row[1])
    }

    package func append(_ entry: JournalEntry, hash: [UInt8]) throws {
        let chain = Self.chain(entry.agency)
        try connection.execute(
            """
            INSERT INTO journal (chain, sequence, agency_id, at, actor, position_id, verb, subject, particulars,
                previous_hash, hash)
            VALUES (\(chain), \(entry.sequence), \(entry.agency), \(entry.at), \(entry.actor), \(entry.position),
                \(entry.verb), \(entry.subject), \(Self.encode(entry.particulars)), \(entry.previousHash), \(hash))
            """)
        try connection.execute(
            "UPDATE journal_head SET sequence = \(entry.sequence), hash = \(hash) WHERE chain = \(chain)")
    }

    /// Entries about any of the subjects in one agency's chain, oldest first.
    package func history(of subjects: [UUID], in agency: ID<Agency>) throws -> [StoredJournalEntry] {
        guard !subjects.isEmpty else { return [] }
        return try connection.rows(
            Self.columns
                + " WHERE subject IN (\(list: subjects)) AND chain = \(Self.chain(agency)) ORDER BY sequence",
            Self.read)
    }

    package func chains() throws -> [ID<Agency>?] {
        try connection.rows("SELECT DISTINCT chain, agency_id FROM journal ORDER BY chain") { try $0.optional(1) }
    }

    /// One stretch of a chain in order, for checking it without holding it all.
    package func entries(of agency: ID<Agency>?, after sequence: Int64, limit: Int) throws -> [StoredJournalEntry] {
        try connection.rows(
            Self.columns
                + " WHERE chain = \(Self.chain(agency)) AND sequence > \(sequence) ORDER BY sequence LIMIT \(limit)",
            Self.read)
    }

    static func chain(_ agency: ID<Agency>?) -> String { agency?.description ?? "installation" }

    private static func encode(_ particulars: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? String(decoding: encoder.encode(particulars), as: UTF8.self)) ?? "{}"
    }

    static let columns: SQL = """
        SELECT agency_id, sequence, at, actor, position_id, verb, subject, particulars, previous_hash, hash FROM journal
        """

    static func read(_ row: Row) throws -> StoredJournalEntry {
        let particulars: String = try row[7]
        let entry = JournalEntry(
            agency: try row.optional(0), sequence: try row[1], at: try row[2], actor: try row[3],
            position: try row.optional(4), verb: try row[5], subject: try row[6],
            particulars: try JSONDecoder().decode([String: String].self, from: Data(particulars.utf8)),
            previousHash: try row[8])
        return StoredJournalEntry(entry: entry, hash: try row[9])
    }
}
