// Documents and their files, registers and their numbers, the text that is searched.

extension OfficeSchema {
    static let documents = """
        -- truth: the catalogue of types
        CREATE TABLE document_type (
            slug {text} PRIMARY KEY,
            name {text} NOT NULL,
            abbreviation {text} NOT NULL,
            rank {int} NOT NULL
        ) {strict};

        -- truth: content; what was issued here never changes
        CREATE TABLE document (
            id {id} PRIMARY KEY,
            issued_by {id} REFERENCES agency (id),
            issuing_agency {text} NOT NULL,
            number {text} NOT NULL,
            notation {text} NOT NULL,
            date {text} NOT NULL,
            type_slug {text} NOT NULL REFERENCES document_type (slug),
            abstract {text} NOT NULL,
            urgency {int} NOT NULL CHECK (urgency BETWEEN 0 AND 3),
            pages {int} NOT NULL CHECK (pages > 0),
            signer {text} NOT NULL,
            created_at {instant} NOT NULL
        ) {strict};

        CREATE TABLE document_file (
            document_id {id} NOT NULL REFERENCES document (id),
            ordinal {int} NOT NULL,
            kind {text} NOT NULL CHECK (kind IN ('main', 'enclosure', 'original')),
            hash {text} NOT NULL,
            size {int} NOT NULL,
            name {text} NOT NULL,
            media_type {text} NOT NULL,
            pages {int} NOT NULL,
            PRIMARY KEY (document_id, ordinal)
        ) {strict};
        CREATE INDEX document_file_by_hash ON document_file (hash);

        -- truth: sổ đăng ký
        CREATE TABLE register (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            direction {text} NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
            slug {text} NOT NULL,
            name {text} NOT NULL,
            UNIQUE (agency_id, direction, slug)
        ) {strict};

        -- truth: which register an agency enters a type in
        CREATE TABLE register_type (
            agency_id {id} NOT NULL REFERENCES agency (id),
            direction {text} NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
            type_slug {text} NOT NULL REFERENCES document_type (slug),
            register_id {id} NOT NULL REFERENCES register (id),
            PRIMARY KEY (agency_id, direction, type_slug)
        ) {strict};

        -- truth: the running number of a register in a year, opened at first use
        CREATE TABLE register_year (
            register_id {id} NOT NULL REFERENCES register (id),
            year {int} NOT NULL,
            first_number {int} NOT NULL DEFAULT 1 CHECK (first_number > 0),
            last_number {int} NOT NULL,
            last_date {text} NOT NULL,
            PRIMARY KEY (register_id, year),
            CHECK (last_number >= first_number - 1)
        ) {strict};
        """
}
