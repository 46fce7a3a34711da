// Văn bản đi: the outgoing register, the recipients, what is known of each delivery.

extension OfficeSchema {
    static let outgoing = """
        -- truth: văn bản đi; a void row keeps its number for ever
        CREATE TABLE issuance (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            draft_id {id} NOT NULL REFERENCES draft (id),
            register_id {id} NOT NULL REFERENCES register (id),
            year {int} NOT NULL,
            number {int} NOT NULL CHECK (number > 0),
            notation {text} NOT NULL,
            date {text} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('numbered', 'issued', 'void')),
            numbered_by {id} NOT NULL REFERENCES position (id),
            numbered_at {instant} NOT NULL,
            recipients {text} NOT NULL,
            issued_at {instant},
            document_id {id} UNIQUE REFERENCES document (id),
            void_reason {text} NOT NULL DEFAULT '',
            search_text {text} NOT NULL,
            UNIQUE (agency_id, register_id, year, number),
            CHECK ((state = 'issued') = (document_id IS NOT NULL)),
            CHECK (state <> 'void' OR void_reason <> '')
        ) {strict};
        CREATE UNIQUE INDEX issuance_notation ON issuance (agency_id, year, number, notation);
        CREATE UNIQUE INDEX issuance_of_draft ON issuance (draft_id) WHERE state <> 'void';
        CREATE INDEX issuance_list ON issuance (agency_id, numbered_at, id);

        -- truth: the sender's side; written by the sender only
        CREATE TABLE delivery (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            issuance_id {id} NOT NULL REFERENCES issuance (id),
            recipient_id {id} NOT NULL REFERENCES agency (id),
            status {int} NOT NULL CHECK (status BETWEEN 0 AND 6),
            status_at {instant} NOT NULL,
            note {text} NOT NULL DEFAULT '',
            UNIQUE (issuance_id, recipient_id)
        ) {strict};

        -- artefact: every status that came, taken or ignored
        CREATE TABLE delivery_event (
            id {id} PRIMARY KEY,
            delivery_id {id} NOT NULL REFERENCES delivery (id),
            status {int} NOT NULL,
            at {instant} NOT NULL,
            note {text} NOT NULL,
            taken {flag} NOT NULL CHECK (taken IN (0, 1))
        ) {strict};
        CREATE INDEX delivery_event_by_delivery ON delivery_event (delivery_id, at);
        """
}
