// Kinds of signing keys, signing several drafts at once, and the requests about certificates.

extension OfficeSchema {
    static let certificates = """
        -- truth: where the private key is; a key outside has an empty pkcs12, and holder names a token or a service
        -- of the server's settings
        ALTER TABLE signing_key ADD COLUMN kind {text} NOT NULL DEFAULT 'file'
            CHECK (kind IN ('file', 'token', 'remote', 'handOver'));
        ALTER TABLE signing_key ADD COLUMN holder {text} NOT NULL DEFAULT '';
        ALTER TABLE signing_key ADD COLUMN holder_account {text} NOT NULL DEFAULT '';
        ALTER TABLE signing_key ADD COLUMN key_name {text} NOT NULL DEFAULT '';
        ALTER TABLE signing_key ADD COLUMN chain {text} NOT NULL DEFAULT '';
        ALTER TABLE signing_key ADD COLUMN device {text} NOT NULL DEFAULT '';
        ALTER TABLE signing_key ADD COLUMN tested_at {instant};
        ALTER TABLE signing_key ADD COLUMN test_result {text}
            CHECK (test_result IN ('works', 'notTrusted', 'unreachable', 'wrongSignature'));

        -- truth: several drafts signed after one entry of the PIN; whoever holds the key in memory renews the lease
        CREATE TABLE signing_batch (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            position_id {id} NOT NULL REFERENCES position (id),
            started_at {instant} NOT NULL,
            leased_until {instant} NOT NULL,
            cancelled_at {instant},
            ended_at {instant}
        ) {strict};
        CREATE INDEX signing_batch_open ON signing_batch (leased_until) WHERE ended_at IS NULL;
        CREATE INDEX signing_batch_by_position ON signing_batch (position_id, started_at);

        CREATE TABLE signing_batch_item (
            batch_id {id} NOT NULL REFERENCES signing_batch (id),
            ordinal {int} NOT NULL,
            draft_id {id} NOT NULL REFERENCES draft (id),
            version_ordinal {int} NOT NULL,
            pdf_hash {text} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('waiting', 'signing', 'signed', 'notSigned')),
            reasons {text} NOT NULL DEFAULT '',
            state_at {instant} NOT NULL,
            PRIMARY KEY (batch_id, ordinal),
            UNIQUE (batch_id, draft_id),
            CHECK ((state = 'notSigned') = (reasons <> ''))
        ) {strict};

        -- truth: đề nghị về chứng thư số; account_id is null for the agency's own certificate
        CREATE TABLE certificate_request (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            account_id {id} REFERENCES account (id),
            kind {text} NOT NULL CHECK (kind IN ('issue', 'change', 'recover', 'renew', 'revoke')),
            requested_by {id} NOT NULL REFERENCES position (id),
            requested_at {instant} NOT NULL,
            details {text} NOT NULL,
            withdrawn_at {instant}
        ) {strict};
        CREATE INDEX certificate_request_list ON certificate_request (agency_id, requested_at, id);
        CREATE INDEX certificate_request_by_account ON certificate_request (account_id);
        CREATE INDEX certificate_request_by_time ON certificate_request (requested_at, id);

        -- artefact: what the focal unit did with it; the last one stands
        CREATE TABLE certificate_answer (
            id {id} PRIMARY KEY,
            request_id {id} NOT NULL REFERENCES certificate_request (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            position_id {id} NOT NULL REFERENCES position (id),
            kind {text} NOT NULL CHECK (kind IN ('collected', 'done', 'refused')),
            comment {text} NOT NULL,
            at {instant} NOT NULL
        ) {strict};
        CREATE INDEX certificate_answer_by_request ON certificate_answer (request_id, id);

        -- truth: đầu mối chứng thư số, a duty of a position in any agency
        CREATE TABLE certificate_focal (
            position_id {id} PRIMARY KEY REFERENCES position (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            appointed_at {instant} NOT NULL
        ) {strict};
        """
}
