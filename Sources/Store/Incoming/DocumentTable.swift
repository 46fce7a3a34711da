// Văn bản và tệp của nó.
import Domain
import DualSQL

package struct StoredDocumentFile: Sendable {
    package let ordinal: Int
    package let kind: DocumentFileKind
    package let file: FileReference

    package init(ordinal: Int, kind: DocumentFileKind, file: FileReference) {
        self.ordinal = ordinal
        self.kind = kind
        self.file = file
    }
}

package struct DocumentTable {
    let connection: Connection

    package func insert(
        _ id: ID<Document>, _ facts: DocumentParticulars, issuedBy: ID<Agency>?, files: [StoredDocumentFile],
        at: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO document (id, issued_by, issuing_agency, number, notation, date, type_slug, abstract, urgency,
                pages, signer, created_at)
            VALUES (\(id), \(issuedBy), \(facts.issuingAgency), \(facts.number), \(facts.notation), \(facts.date),
                \(facts.type), \(facts.abstract), \(facts.urgency), \(facts.pages), \(facts.signer), \(at))
            """)
        for stored in files {
            try connection.execute(
                """
                INSERT INTO document_file (document_id, ordinal, kind, hash, size, name, media_type, pages)
                VALUES (\(id), \(stored.ordinal), \(stored.kind), \(stored.file.hash), \(stored.file.size),
                    \(stored.file.name), \(stored.file.mediaType), \(stored.file.pages))
                """)
            try Tables(connection).verdictWishes.add(stored.file, heldAt: at)
        }
    }

    /// A document of another installation that no agency here keeps any more: every copy was given back, or the correction
    /// was not agreed to. What was issued here stays with its issuer.
    package func isGivenUp(_ id: ID<Document>) throws -> Bool {
        try connection.first(
            """
            SELECT 1 FROM document d WHERE d.id = \(id) AND d.issued_by IS NULL
                AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.document_id = d.id AND r.frozen_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM receipt_request q JOIN receipt r ON r.id = q.receipt_id
                    WHERE q.former_id = d.id AND r.frozen_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM receipt_request q JOIN receipt r ON r.id = q.receipt_id
                    WHERE q.corrected_id = d.id AND q.state <> 'refused' AND r.frozen_at IS NULL)
            """) != nil
    }

    /// What the receipt is about, was about, or was to be about.
    package func versions(of receipt: ID<Receipt>) throws -> [ID<Document>] {
        try connection.rows(
            """
            SELECT document_id FROM receipt WHERE id = \(receipt)
            UNION SELECT former_id FROM receipt_request WHERE receipt_id = \(receipt) AND former_id IS NOT NULL
            UNION SELECT corrected_id FROM receipt_request WHERE receipt_id = \(receipt) AND corrected_id IS NOT NULL
            """
        ) { try $0[0] }
    }

    /// Its files, and those made of them for its entries.
    package func returnedHashes(_ id: ID<Document>) throws -> [String] {
        try connection.rows(
            """
            SELECT hash FROM document_file WHERE document_id = \(id)
            UNION SELECT s.hash FROM arrival_stamp s JOIN arrival a ON a.id = s.arrival_id WHERE a.document_id = \(id)
            """
        ) { try $0[0] }
    }

    package func removeReturned(_ id: ID<Document>) throws {
        try connection.execute("DELETE FROM document_file WHERE document_id = \(id)")
        try connection.execute(
            """
            DELETE FROM arrival_stamp WHERE arrival_id IN (SELECT id FROM arrival WHERE document_id = \(id))
            """)
    }

    /// Never what was issued here.
    package func correct(_ id: ID<Document>, _ facts: DocumentParticulars) throws {
        try connection.execute(
            """
            UPDATE document SET issuing_agency = \(facts.issuingAgency), number = \(facts.number),
                notation = \(facts.notation), date = \(facts.date), type_slug = \(facts.type),
                abstract = \(facts.abstract), urgency = \(facts.urgency), pages = \(facts.pages),
                signer = \(facts.signer)
            WHERE id = \(id) AND issued_by IS NULL
            """)
    }

    package func particulars(of id: ID<Document>) throws -> DocumentParticulars? {
        try connection.first(
            """
            SELECT issuing_agency, number, notation, date, type_slug, abstract, urgency, pages, signer
            FROM document WHERE id = \(id)
            """
        ) { row in
            DocumentParticulars(
                issuingAgency: try row[0], number: try row[1], notation: try row[2], date: try row[3],
                type: try row[4], abstract: try row[5], urgency: try row[6], pages: try row[7],
                signer: try row[8])
        }
    }

    package func files(of id: ID<Document>) throws -> [StoredDocumentFile] {
        try connection.rows(
            """
            SELECT ordinal, kind, hash, size, name, media_type, pages FROM document_file
            WHERE document_id = \(id) ORDER BY ordinal
            """
        ) { row in
            StoredDocumentFile(
                ordinal: try row[0], kind: try row[1],
                file: FileReference(
                    hash: try row[2], size: try row[3], name: try row[4], mediaType: try row[5],
                    pages: try row[6]))
        }
    }
}

package struct DocumentTypeTable {
    let connection: Connection

    package func insert(_ type: DocumentType, rank: Int) throws {
        try connection.execute(
            """
            INSERT INTO document_type (slug, name, abbreviation, rank)
            VALUES (\(type.slug), \(type.name), \(type.abbreviation), \(rank))
            """)
    }

    package func all() throws -> [DocumentType] {
        try connection.rows("SELECT slug, name, abbreviation FROM document_type ORDER BY rank", Self.read)
    }

    package func find(_ slug: String) throws -> DocumentType? {
        try connection.first(
            "SELECT slug, name, abbreviation FROM document_type WHERE slug = \(slug)", Self.read)
    }

    private static func read(_ row: Row) throws -> DocumentType {
        DocumentType(slug: try row[0], name: try row[1], abbreviation: try row[2])
    }
}
