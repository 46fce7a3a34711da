// Walking the chains of the journal from their first entry, as `vanthu verify` does: by the chain's own name, so that an
// entry whose agency was changed by hand still stands where it was written.
import Domain
import DualSQL

extension JournalTable {
    /// Every chain that has entries or a head.
    package func chainNames() throws -> [String] {
        try connection.rows(
            "SELECT chain FROM journal_head UNION SELECT DISTINCT chain FROM journal ORDER BY 1"
        ) {
            try $0[0]
        }
    }

    package func head(of chain: String) throws -> (sequence: Int64, hash: [UInt8])? {
        try connection.first("SELECT sequence, hash FROM journal_head WHERE chain = \(chain)") {
            (try $0[0], try $0[1])
        }
    }

    /// The sequence numbers of one stretch; they can be read even where an entry cannot.
    package func sequences(in chain: String, after sequence: Int64, limit: Int) throws -> [Int64] {
        try connection.rows(
            """
            SELECT sequence FROM journal WHERE chain = \(chain) AND sequence > \(sequence)
            ORDER BY sequence LIMIT \(limit)
            """
        ) { try $0[0] }
    }

    package func entry(in chain: String, _ sequence: Int64) throws -> StoredJournalEntry? {
        try connection.first(Self.columns + " WHERE chain = \(chain) AND sequence = \(sequence)", Self.read)
    }

    package func entries(in chain: String, after sequence: Int64, limit: Int) throws -> [StoredJournalEntry] {
        try connection.rows(
            Self.columns
                + " WHERE chain = \(chain) AND sequence > \(sequence) ORDER BY sequence LIMIT \(limit)",
            Self.read)
    }
}
