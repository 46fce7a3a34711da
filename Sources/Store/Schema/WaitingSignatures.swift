// Signatures that wait for a person's phone, and how lasting a signature is.

extension OfficeSchema {
    static let waitingSignatures = """
        -- truth: signatures asked of a remote service; the prepared tail is a file of its own, pending what the service
        -- is asked again with
        CREATE TABLE waiting_signature (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            draft_id {id} NOT NULL REFERENCES draft (id),
            version_ordinal {int} NOT NULL,
            pdf_hash {text} NOT NULL,
            prepared_hash {text} NOT NULL,
            tail_hash {text} NOT NULL,
            position_id {id} NOT NULL REFERENCES position (id),
            key_id {id} NOT NULL REFERENCES signing_key (id),
            override_reason {text} NOT NULL DEFAULT '',
            state {text} NOT NULL CHECK (state IN ('asking', 'waiting', 'signed', 'notSigned', 'cancelled',
                'dropped')),
            pending {text} NOT NULL DEFAULT '',
            reasons {text} NOT NULL DEFAULT '',
            asked_at {instant} NOT NULL,
            expires_at {instant} NOT NULL,
            ask_again_at {instant} NOT NULL,
            ended_at {instant},
            CHECK ((state IN ('asking', 'waiting')) = (ended_at IS NULL)),
            CHECK ((state = 'notSigned') = (reasons <> ''))
        ) {strict};
        CREATE UNIQUE INDEX waiting_signature_open ON waiting_signature (draft_id) WHERE ended_at IS NULL;
        CREATE INDEX waiting_signature_next ON waiting_signature (ask_again_at) WHERE ended_at IS NULL;
        CREATE INDEX waiting_signature_by_draft ON waiting_signature (draft_id, asked_at);

        -- how lasting the leader's signature is, and what it shall still become before the letter has a number
        ALTER TABLE signed_file ADD COLUMN level {text} NOT NULL DEFAULT 'B-B'
            CHECK (level IN ('B-B', 'B-T', 'B-LT', 'B-LTA'));
        ALTER TABLE signed_file ADD COLUMN raise_to {text} NOT NULL DEFAULT ''
            CHECK (raise_to IN ('', 'B-T', 'B-LT', 'B-LTA'));
        ALTER TABLE signed_file ADD COLUMN raise_at {instant} NOT NULL DEFAULT 0;
        CREATE INDEX signed_file_to_raise ON signed_file (raise_at) WHERE raise_to <> '' AND voided_at IS NULL;
        """
}
