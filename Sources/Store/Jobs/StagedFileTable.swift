// Tệp tạm: what was uploaded and not yet used, bound to the account and agency that uploaded it (decision 20).
import Domain
import DualSQL

package enum StagedFile {}

package struct StagedFileRecord: Sendable {
    package let id: ID<StagedFile>
    package let file: FileReference

    package init(id: ID<StagedFile>, file: FileReference) { (self.id, self.file) = (id, file) }
}

package struct StagedFileTable {
    let connection: Connection

    package func insert(
        _ id: ID<StagedFile>, _ file: FileReference, account: ID<Account>, agency: ID<Agency>, at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO staged_file (id, account_id, agency_id, hash, size, name, media_type, pages, created_at)
            VALUES (\(id), \(account), \(agency), \(file.hash), \(file.size), \(file.name), \(file.mediaType),
                \(file.pages), \(at))
            """)
        try Tables(connection).verdictWishes.add(file, heldAt: at)
    }

    /// Only for the account and agency that staged it.
    ///
    /// - Parameter forUse: In a transaction that will name its bytes: it is not swept from under it.
    package func find(
        _ id: ID<StagedFile>, account: ID<Account>, agency: ID<Agency>, forUse: Bool = false
    ) throws -> StagedFileRecord? {
        let lock: SQL = forUse && connection.dialect == .postgres ? " FOR UPDATE" : ""
        return try connection.first(
            """
            SELECT id, hash, size, name, media_type, pages FROM staged_file
            WHERE id = \(id) AND account_id = \(account) AND agency_id = \(agency)
            """ + lock
        ) { row in
            StagedFileRecord(
                id: try row[0],
                file: FileReference(
                    hash: try row[1], size: try row[2], name: try row[3], mediaType: try row[4],
                    pages: try row[5]))
        }
    }

    package func delete(_ id: ID<StagedFile>) throws {
        try connection.execute("DELETE FROM staged_file WHERE id = \(id)")
    }

    /// The hashes of what was swept; their bytes may still be in use elsewhere.
    package func sweep(before: Instant) throws -> [String] {
        try connection.rows("DELETE FROM staged_file WHERE created_at < \(before) RETURNING hash") {
            try $0[0]
        }
    }
}
