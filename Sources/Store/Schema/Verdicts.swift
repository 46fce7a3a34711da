// What was found of the signatures on files, what still has to be looked at, what the network answered when it was asked,
// and the codes by which anyone may ask whether a document was issued here.

extension OfficeSchema {
    static let verdicts = """
        -- cache: one verdict a file for each set of trusted roots and edition of the examination
        CREATE TABLE signature_verdict (
            hash {text} NOT NULL,
            trust {text} NOT NULL,
            edition {int} NOT NULL,
            value {text} NOT NULL CHECK (value IN ('original', 'partlySigned', 'unverified', 'broken', 'unsigned',
                'unchecked')),
            held_at {instant} NOT NULL,
            judged_at {instant} NOT NULL,
            report {text} NOT NULL,
            PRIMARY KEY (hash, trust, edition)
        ) {strict};

        -- cache: files whose signatures are still to be examined, with a lease
        CREATE TABLE verdict_wish (
            hash {text} PRIMARY KEY,
            held_at {instant} NOT NULL,
            available_at {instant} NOT NULL,
            leased_until {instant},
            attempts {int} NOT NULL DEFAULT 0,
            error {text} NOT NULL DEFAULT ''
        ) {strict};
        CREATE INDEX verdict_wish_next ON verdict_wish (available_at, hash);

        -- artefact: what revocation services answered about the certificates on a file, and when
        CREATE TABLE kept_evidence (
            file_hash {text} NOT NULL,
            request {text} NOT NULL,
            url {text} NOT NULL,
            status {int} NOT NULL,
            answer_hash {text} NOT NULL,
            fetched_at {instant} NOT NULL,
            PRIMARY KEY (file_hash, request)
        ) {strict};
        CREATE INDEX kept_evidence_by_answer ON kept_evidence (answer_hash);

        -- truth: the code printed with an issued document
        CREATE TABLE check_code (
            code {text} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            issuance_id {id} NOT NULL UNIQUE REFERENCES issuance (id),
            created_at {instant} NOT NULL
        ) {strict};

        -- What an installation holds already is examined once.
        INSERT INTO verdict_wish (hash, held_at, available_at)
            SELECT hash, min(held_at), min(held_at) FROM (
                SELECT f.hash AS hash, d.created_at AS held_at FROM document_file f
                    JOIN document d ON d.id = f.document_id WHERE f.media_type = 'application/pdf'
                UNION ALL SELECT hash, created_at FROM staged_file WHERE media_type = 'application/pdf'
                UNION ALL SELECT hash, signed_at FROM signed_file
            ) AS held GROUP BY hash;
        """
}
