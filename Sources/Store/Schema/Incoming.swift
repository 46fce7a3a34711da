// Văn bản đến, bút phê, phân công, and what comes through the exchange.

extension OfficeSchema {
    static let incoming = """
        -- truth: the recipient's side of a delivery; written by the recipient's own worker only
        CREATE TABLE receipt (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            sender_id {id} NOT NULL REFERENCES agency (id),
            delivery_id {id} NOT NULL UNIQUE,
            document_id {id} NOT NULL REFERENCES document (id),
            declared_files {int} NOT NULL,
            declared_pages {int} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
            arrived_at {instant} NOT NULL,
            due_at {instant} NOT NULL,
            decided_at {instant},
            decided_by {id} REFERENCES position (id),
            reason {text} NOT NULL DEFAULT '',
            CHECK ((state = 'waiting') = (decided_at IS NULL)),
            CHECK (state <> 'refused' OR reason <> '')
        ) {strict};
        CREATE INDEX receipt_by_agency ON receipt (agency_id, state, arrived_at, id);

        -- truth: văn bản đến
        CREATE TABLE arrival (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            document_id {id} NOT NULL REFERENCES document (id),
            register_id {id} NOT NULL REFERENCES register (id),
            year {int} NOT NULL,
            number {int} NOT NULL CHECK (number > 0),
            arrived_at {instant} NOT NULL,
            registered_by {id} NOT NULL REFERENCES position (id),
            director_id {id} NOT NULL REFERENCES position (id),
            due_at {instant},
            state {text} NOT NULL CHECK (state IN ('registered', 'assigned', 'working', 'closed')),
            closed_at {instant},
            receipt_id {id} UNIQUE REFERENCES receipt (id),
            twin_key {text} NOT NULL,
            search_text {text} NOT NULL,
            version {int} NOT NULL DEFAULT 1,
            UNIQUE (register_id, year, number),
            CHECK ((state = 'closed') = (closed_at IS NOT NULL))
        ) {strict};
        CREATE INDEX arrival_list ON arrival (agency_id, year, number);
        CREATE INDEX arrival_by_state ON arrival (agency_id, state, year, number);
        CREATE INDEX arrival_twin ON arrival (agency_id, year, twin_key);
        CREATE INDEX arrival_by_document ON arrival (document_id);
        CREATE INDEX arrival_by_director ON arrival (director_id);

        -- truth: ý kiến chỉ đạo
        CREATE TABLE directive (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            arrival_id {id} NOT NULL REFERENCES arrival (id),
            position_id {id} NOT NULL REFERENCES position (id),
            text {text} NOT NULL,
            at {instant} NOT NULL
        ) {strict};
        CREATE INDEX directive_by_arrival ON directive (arrival_id, at);

        -- truth: phân công
        CREATE TABLE assignment (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            arrival_id {id} NOT NULL REFERENCES arrival (id),
            directive_id {id} NOT NULL REFERENCES directive (id),
            position_id {id} NOT NULL REFERENCES position (id),
            kind {text} NOT NULL CHECK (kind IN ('lead', 'cooperate', 'inform')),
            due_at {instant},
            state {text} NOT NULL CHECK (state IN ('assigned', 'working', 'done', 'endedByAnswer')),
            state_at {instant} NOT NULL,
            note {text} NOT NULL DEFAULT '',
            UNIQUE (arrival_id, position_id)
        ) {strict};
        CREATE INDEX assignment_by_position ON assignment (position_id, arrival_id);

        -- cache: text that is searched, one row an entry; SQLite keeps it in FTS5, PostgreSQL in a tsvector
        --sqlite: CREATE TABLE entry_key (number INTEGER PRIMARY KEY, entry_id TEXT NOT NULL UNIQUE) STRICT;
        --sqlite: CREATE VIRTUAL TABLE entry_text USING fts5 (scope, folded, tokenize = 'unicode61');
        --postgres: CREATE TABLE entry_text (entry_id UUID PRIMARY KEY, words TSVECTOR NOT NULL);
        --postgres: CREATE INDEX entry_text_words ON entry_text USING gin (words);
        """
}
