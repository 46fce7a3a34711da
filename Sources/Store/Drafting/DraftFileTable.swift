// Văn bản kèm theo (issued with the letter, as PDF) and hồ sơ kèm phiếu trình (never sent out, kept as it
// came).
import Domain
import DualSQL

package struct DraftFileTable {
    let connection: Connection

    package func insert(_ file: DraftFile) throws {
        try connection.execute(
            """
            INSERT INTO draft_file (id, draft_id, ordinal, kind, source_hash, source_size, source_name, source_type,
                pdf_hash, pdf_size, pdf_pages, conversion, fault)
            VALUES (\(file.id), \(file.draft), \(file.ordinal), \(file.kind), \(file.source.hash),
                \(file.source.size), \(file.source.name), \(file.source.mediaType), \(file.pdf?.hash),
                \(file.pdf?.size), \(file.pdf?.pages), \(file.conversion), \(file.fault))
            """)
    }

    package func find(_ id: ID<DraftFile>) throws -> DraftFile? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func all(of draft: ID<Draft>) throws -> [DraftFile] {
        try connection.rows(Self.columns + " WHERE draft_id = \(draft) ORDER BY ordinal", Self.read)
    }

    package func nextOrdinal(of draft: ID<Draft>) throws -> Int {
        try connection.first("SELECT coalesce(max(ordinal), 0) + 1 FROM draft_file WHERE draft_id = \(draft)")
        {
            try $0[0]
        } ?? 1
    }

    package func delete(_ id: ID<DraftFile>) throws {
        try connection.execute("DELETE FROM draft_file WHERE id = \(id)")
    }

    package func setConverted(_ pdf: FileReference, of id: ID<DraftFile>) throws {
        try connection.execute(
            """
            UPDATE draft_file SET pdf_hash = \(pdf.hash), pdf_size = \(pdf.size), pdf_pages = \(pdf.pages),
                conversion = 'done', fault = NULL
            WHERE id = \(id) AND kind = 'enclosure' AND conversion <> 'done'
            """)
    }

    /// `fault` nil: it waits again.
    package func setUnconverted(_ fault: ConversionFault?, of id: ID<DraftFile>) throws {
        let state: ConversionState = fault == nil ? .waiting : .failed
        try connection.execute(
            """
            UPDATE draft_file SET conversion = \(state), fault = \(fault?.rawValue)
            WHERE id = \(id) AND kind = 'enclosure' AND conversion <> 'done'
            """)
    }

    private static let columns: SQL = """
        SELECT id, draft_id, ordinal, kind, source_hash, source_size, source_name, source_type, pdf_hash, pdf_size,
            pdf_pages, conversion, fault FROM draft_file
        """

    private static func read(_ row: Row) throws -> DraftFile {
        let files = try DraftFileColumns(row, from: 4)
        return DraftFile(
            id: try row[0], draft: try row[1], ordinal: try row[2], kind: try row[3], source: files.source,
            pdf: files.pdf, conversion: try row.optional(11), fault: try row.optional(12))
    }
}

extension Tables {
    package var draftFiles: DraftFileTable { DraftFileTable(connection: connection) }
}
