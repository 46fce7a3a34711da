// Everything a stored file can belong to. Bytes nothing points to may be deleted; `vanthu verify` walks the same list the
// other way round.
import Domain
import DualSQL

package struct BlobUses {
    let connection: Connection

    package func isUsed(_ hash: String) throws -> Bool {
        for column in Self.columns {
            let found = try connection.first(
                "SELECT 1 FROM \(raw: column.table) WHERE \(raw: column.name) = \(hash) LIMIT 1")
            if found != nil { return true }
        }
        return false
    }

    /// The same, were the files of one document gone.
    package func isUsed(_ hash: String, besides document: ID<Document>) throws -> Bool {
        for column in Self.columns {
            let found = try connection.first(
                "SELECT 1 FROM \(raw: column.table) WHERE \(raw: column.name) = \(hash)"
                    + Self.others(column.table, document) + " LIMIT 1")
            if found != nil { return true }
        }
        return false
    }

    private static func others(_ table: String, _ document: ID<Document>) -> SQL {
        switch table {
        case "document_file": " AND document_id <> \(document)"
        case "arrival_stamp":
            " AND arrival_id NOT IN (SELECT id FROM arrival WHERE document_id = \(document))"
        default: ""
        }
    }

    /// Every hash the tables speak of, table by table.
    package func all(_ each: (String) throws -> Void) throws {
        for column in Self.columns {
            _ = try connection.rows(
                "SELECT DISTINCT \(raw: column.name) FROM \(raw: column.table) WHERE \(raw: column.name) IS NOT NULL"
            ) { try each(try $0[0]) }
        }
    }

    private static let columns: [(table: String, name: String)] = [
        ("staged_file", "hash"), ("document_file", "hash"), ("draft_version", "source_hash"),
        ("draft_version", "pdf_hash"), ("draft_file", "source_hash"), ("draft_file", "pdf_hash"),
        ("prepared_file", "prepared_hash"), ("signed_file", "hash"), ("waiting_signature", "prepared_hash"),
        ("waiting_signature", "tail_hash"),
        ("handover", "served_hash"), ("handover", "returned_hash"), ("arrival_stamp", "source_hash"),
        ("arrival_stamp", "hash"),
        ("kept_evidence", "answer_hash"),
        (
            "(SELECT hash FROM inbound_message WHERE state IN ('waiting', 'failed') AND hash <> '') AS held",
            "hash"
        ),
    ]
}

extension Tables {
    package var blobUses: BlobUses { BlobUses(connection: connection) }
}
