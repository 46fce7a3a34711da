// Dự thảo – Phiếu trình: drafts, their versions and files, the steps of their way, what was decided on it.

extension OfficeSchema {
    static let drafting = """
        -- truth: the next DT- code of an agency
        CREATE TABLE draft_counter (
            agency_id {id} PRIMARY KEY REFERENCES agency (id),
            last_code {int} NOT NULL
        ) {strict};

        -- truth: dự thảo
        CREATE TABLE draft (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            code {int} NOT NULL,
            drafter_id {id} NOT NULL REFERENCES position (id),
            type_slug {text} NOT NULL REFERENCES document_type (slug),
            abstract {text} NOT NULL,
            urgency {int} NOT NULL CHECK (urgency BETWEEN 0 AND 3),
            notation {text} NOT NULL,
            note {text} NOT NULL DEFAULT '',
            due_at {instant},
            state {text} NOT NULL CHECK (state IN ('drafting', 'climbing', 'signed', 'numbered', 'issued')),
            current_version {int} NOT NULL DEFAULT 0,
            search_text {text} NOT NULL,
            created_at {instant} NOT NULL,
            version {int} NOT NULL DEFAULT 1,
            UNIQUE (agency_id, code)
        ) {strict};
        CREATE INDEX draft_by_state ON draft (agency_id, state, code);
        CREATE INDEX draft_by_drafter ON draft (drafter_id);

        -- truth: the arrivals a draft answers
        CREATE TABLE draft_answer (
            draft_id {id} NOT NULL REFERENCES draft (id),
            arrival_id {id} NOT NULL REFERENCES arrival (id),
            PRIMARY KEY (draft_id, arrival_id)
        ) {strict};
        CREATE INDEX draft_answer_by_arrival ON draft_answer (arrival_id);

        -- truth: versions; source and pdf never change once set
        CREATE TABLE draft_version (
            id {id} PRIMARY KEY,
            draft_id {id} NOT NULL REFERENCES draft (id),
            ordinal {int} NOT NULL,
            source_hash {text} NOT NULL,
            source_size {int} NOT NULL,
            source_name {text} NOT NULL,
            source_type {text} NOT NULL,
            pdf_hash {text},
            pdf_size {int},
            pdf_pages {int},
            conversion {text} NOT NULL CHECK (conversion IN ('waiting', 'done', 'failed')),
            fault {text},
            created_by {id} NOT NULL REFERENCES position (id),
            created_at {instant} NOT NULL,
            UNIQUE (draft_id, ordinal),
            CHECK ((conversion = 'done') = (pdf_hash IS NOT NULL))
        ) {strict};

        -- truth: enclosures (issued with it) and supporting papers (never sent out)
        CREATE TABLE draft_file (
            id {id} PRIMARY KEY,
            draft_id {id} NOT NULL REFERENCES draft (id),
            ordinal {int} NOT NULL,
            kind {text} NOT NULL CHECK (kind IN ('enclosure', 'supporting')),
            source_hash {text} NOT NULL,
            source_size {int} NOT NULL,
            source_name {text} NOT NULL,
            source_type {text} NOT NULL,
            pdf_hash {text},
            pdf_size {int},
            pdf_pages {int},
            conversion {text} CHECK (conversion IN ('waiting', 'done', 'failed')),
            fault {text},
            UNIQUE (draft_id, ordinal),
            CHECK ((kind = 'supporting') = (conversion IS NULL)),
            CHECK (coalesce(conversion = 'done', false) = (pdf_hash IS NOT NULL))
        ) {strict};

        -- truth: the present plan of handlers
        CREATE TABLE routing_step (
            id {id} PRIMARY KEY,
            draft_id {id} NOT NULL REFERENCES draft (id),
            ordinal {int} NOT NULL,
            position_id {id} NOT NULL REFERENCES position (id),
            kind {text} NOT NULL CHECK (kind IN ('sign', 'approve')),
            state {text} NOT NULL CHECK (state IN ('waiting', 'current', 'done')),
            opened_at {instant},
            UNIQUE (draft_id, ordinal)
        ) {strict};
        CREATE INDEX routing_step_by_position ON routing_step (position_id);

        -- artefact: what was decided, by whom, about which version's PDF
        CREATE TABLE routing_decision (
            id {id} PRIMARY KEY,
            draft_id {id} NOT NULL REFERENCES draft (id),
            position_id {id} NOT NULL REFERENCES position (id),
            act {text} NOT NULL CHECK (act IN ('submitted', 'initialled', 'submittedOnward', 'newVersion', 'returned',
                'takenBack', 'signed', 'returnedByClerk')),
            version_ordinal {int} NOT NULL,
            pdf_hash {text} NOT NULL,
            comment {text} NOT NULL,
            at {instant} NOT NULL
        ) {strict};
        CREATE INDEX routing_decision_by_draft ON routing_decision (draft_id, at);
        CREATE INDEX routing_decision_by_position ON routing_decision (position_id);

        -- truth: the prepare revision of the version that awaits signature; dropped by any new version or return
        CREATE TABLE prepared_file (
            draft_id {id} PRIMARY KEY REFERENCES draft (id),
            version_ordinal {int} NOT NULL,
            pdf_hash {text} NOT NULL,
            layout {text} NOT NULL,
            prepared_hash {text} NOT NULL,
            prepared_size {int} NOT NULL
        ) {strict};

        -- truth: the file the competent person signed; voided_at when it came back unnumbered
        CREATE TABLE signed_file (
            id {id} PRIMARY KEY,
            draft_id {id} NOT NULL REFERENCES draft (id),
            version_ordinal {int} NOT NULL,
            layout {text} NOT NULL,
            hash {text} NOT NULL,
            size {int} NOT NULL,
            pages {int} NOT NULL,
            signed_by {id} NOT NULL REFERENCES position (id),
            signer_name {text} NOT NULL,
            certificate_hash {text} NOT NULL,
            signed_at {instant} NOT NULL,
            override_reason {text} NOT NULL DEFAULT '',
            voided_at {instant}
        ) {strict};
        CREATE UNIQUE INDEX signed_file_valid ON signed_file (draft_id) WHERE voided_at IS NULL;

        -- truth: keys of persons and agencies; the PKCS#12 and its wrapped passphrase (decision 31)
        CREATE TABLE signing_key (
            id {id} PRIMARY KEY,
            account_id {id} REFERENCES account (id),
            agency_id {id} REFERENCES agency (id),
            certificate {bytes} NOT NULL,
            subject_name {text} NOT NULL,
            pkcs12 {bytes} NOT NULL,
            wrapped_passphrase {bytes} NOT NULL,
            salt {bytes} NOT NULL,
            picture {bytes} NOT NULL,
            expires_at {instant} NOT NULL,
            wrong_pins {int} NOT NULL DEFAULT 0,
            locked_at {instant},
            replaced_at {instant},
            created_at {instant} NOT NULL,
            CHECK ((account_id IS NULL) <> (agency_id IS NULL))
        ) {strict};
        CREATE UNIQUE INDEX signing_key_of_account ON signing_key (account_id) WHERE replaced_at IS NULL;
        CREATE UNIQUE INDEX signing_key_of_agency ON signing_key (agency_id) WHERE replaced_at IS NULL;
        """
}
