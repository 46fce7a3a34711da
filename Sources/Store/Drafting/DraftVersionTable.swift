// Phiên bản: the letter's Word source and the PDF made of it. A version is written once; only the PDF, or why
// there is none, is filled in when the conversion has run.
import Domain
import DualSQL

package struct DraftVersionTable {
    let connection: Connection

    package func insert(_ version: DraftVersion) throws {
        try connection.execute(
            """
            INSERT INTO draft_version (id, draft_id, ordinal, source_hash, source_size, source_name, source_type,
                pdf_hash, pdf_size, pdf_pages, conversion, fault, created_by, created_at)
            VALUES (\(version.id), \(version.draft), \(version.ordinal), \(version.source.hash),
                \(version.source.size), \(version.source.name), \(version.source.mediaType), \(version.pdf?.hash),
                \(version.pdf?.size), \(version.pdf?.pages), \(version.conversion), \(version.fault),
                \(version.createdBy), \(version.createdAt))
            """)
    }

    package func find(_ id: ID<DraftVersion>) throws -> DraftVersion? {
        try connection.first(Self.columns + " WHERE id = \(id)", Self.read)
    }

    package func find(_ draft: ID<Draft>, ordinal: Int) throws -> DraftVersion? {
        try connection.first(Self.columns + " WHERE draft_id = \(draft) AND ordinal = \(ordinal)", Self.read)
    }

    /// Newest first.
    package func all(of draft: ID<Draft>) throws -> [DraftVersion] {
        try connection.rows(Self.columns + " WHERE draft_id = \(draft) ORDER BY ordinal DESC", Self.read)
    }

    package func setConverted(_ pdf: FileReference, of id: ID<DraftVersion>) throws {
        try connection.execute(
            """
            UPDATE draft_version SET pdf_hash = \(pdf.hash), pdf_size = \(pdf.size), pdf_pages = \(pdf.pages),
                conversion = 'done', fault = NULL
            WHERE id = \(id) AND conversion <> 'done'
            """)
    }

    /// `fault` nil: it waits again.
    package func setUnconverted(_ fault: ConversionFault?, of id: ID<DraftVersion>) throws {
        let state: ConversionState = fault == nil ? .waiting : .failed
        try connection.execute(
            """
            UPDATE draft_version SET conversion = \(state), fault = \(fault?.rawValue)
            WHERE id = \(id) AND conversion <> 'done'
            """)
    }

    private static let columns: SQL = """
        SELECT id, draft_id, ordinal, source_hash, source_size, source_name, source_type, pdf_hash, pdf_size,
            pdf_pages, conversion, fault, created_by, created_at FROM draft_version
        """

    private static func read(_ row: Row) throws -> DraftVersion {
        let files = try DraftFileColumns(row, from: 3)
        return DraftVersion(
            id: try row[0], draft: try row[1], ordinal: try row[2], source: files.source, pdf: files.pdf,
            conversion: try row[10], fault: try row.optional(11), createdBy: try row[12],
            createdAt: try row[13])
    }
}

/// The seven columns that versions and enclosures share: the source, and its PDF when there is one.
struct DraftFileColumns {
    let source: FileReference
    let pdf: FileReference?

    init(_ row: Row, from first: Int) throws {
        source = FileReference(
            hash: try row[first], size: try row[first + 1], name: try row[first + 2],
            mediaType: try row[first + 3],
            pages: 0)
        guard let hash: String = try row.optional(first + 4) else {
            pdf = nil
            return
        }
        pdf = FileReference(
            hash: hash, size: try row[first + 5], name: Self.nameAsPDF(source.name),
            mediaType: "application/pdf",
            pages: try row[first + 6])
    }

    /// `bao-cao.docx` is read and sent as `bao-cao.pdf`.
    static func nameAsPDF(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name + ".pdf" }
        return name[..<dot] + ".pdf"
    }
}

extension Tables {
    package var draftVersions: DraftVersionTable { DraftVersionTable(connection: connection) }
}
