// Liên thông beyond this installation: the agencies letters go to and come from, by which channel; requests to take
// back or to correct what was sent; messages of other systems until they are entries; channels that are held.
//
// SQLite cannot change what a column refers to, so the three references to `agency` that now mean any agency of the
// catalogue are rewritten in its own schema table, as its documentation of ALTER TABLE describes.

extension OfficeSchema {
    static let exchange = """
        --sqlite: PRAGMA writable_schema = ON;
        --sqlite: UPDATE sqlite_schema SET sql = replace(sql, 'recipient_id TEXT NOT NULL REFERENCES agency (id)', 'recipient_id TEXT NOT NULL REFERENCES correspondent (id)') WHERE type = 'table' AND name = 'delivery';
        --sqlite: UPDATE sqlite_schema SET sql = replace(sql, 'sender_id TEXT NOT NULL REFERENCES agency (id)', 'sender_id TEXT NOT NULL REFERENCES correspondent (id)') WHERE type = 'table' AND name = 'receipt';
        --sqlite: PRAGMA writable_schema = RESET;
        --postgres: ALTER TABLE delivery DROP CONSTRAINT delivery_recipient_id_fkey;
        --postgres: ALTER TABLE receipt DROP CONSTRAINT receipt_sender_id_fkey;

        -- truth: danh bạ cơ quan; an agency of this installation stands here under its own id
        CREATE TABLE correspondent (
            id {id} PRIMARY KEY,
            name {text} NOT NULL,
            code {text} NOT NULL DEFAULT '',
            code_qcvn102 {text} NOT NULL DEFAULT '',
            superior_name {text} NOT NULL DEFAULT '',
            kind {text} NOT NULL DEFAULT 'state' CHECK (kind IN ('state', 'party', 'massOrganisation', 'outside')),
            hosted {flag} NOT NULL DEFAULT 0 CHECK (hosted IN (0, 1)),
            channel {text} NOT NULL CHECK (channel IN ('loopback', 'vanthu', 'axis', 'lgsp', 'mail', 'paper')),
            partner {text} NOT NULL DEFAULT '',
            mail {text} NOT NULL DEFAULT '',
            address {text} NOT NULL DEFAULT '',
            valid_from {text} NOT NULL DEFAULT '',
            valid_to {text} NOT NULL DEFAULT '',
            successor_id {id} REFERENCES correspondent (id),
            sort_key {text} NOT NULL,
            search_text {text} NOT NULL,
            updated_at {instant} NOT NULL,
            CHECK ((hosted = 1) = (channel = 'loopback'))
        ) {strict};
        --postgres: ALTER TABLE correspondent ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
        CREATE INDEX correspondent_by_name ON correspondent (sort_key, id);
        CREATE INDEX correspondent_by_code ON correspondent (code) WHERE code <> '';
        CREATE INDEX correspondent_by_code_qcvn102 ON correspondent (code_qcvn102) WHERE code_qcvn102 <> '';
        CREATE INDEX correspondent_by_mail ON correspondent (mail) WHERE mail <> '';
        INSERT INTO correspondent (id, name, hosted, channel, sort_key, search_text, updated_at)
            SELECT id, name, 1, 'loopback', sort_key, search_text, 0 FROM agency;
        --postgres: ALTER TABLE delivery ADD CONSTRAINT delivery_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES correspondent (id);
        --postgres: ALTER TABLE receipt ADD CONSTRAINT receipt_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES correspondent (id);

        ALTER TABLE delivery ADD COLUMN channel {text} NOT NULL DEFAULT 'loopback';
        ALTER TABLE delivery ADD COLUMN message_key {text} NOT NULL DEFAULT '';
        ALTER TABLE delivery ADD COLUMN carried_at {instant};
        ALTER TABLE delivery ADD COLUMN accept_due_at {instant};
        ALTER TABLE delivery ADD COLUMN recalled_at {instant};
        CREATE INDEX delivery_by_message ON delivery (message_key) WHERE message_key <> '';

        ALTER TABLE receipt ADD COLUMN channel {text} NOT NULL DEFAULT 'loopback';
        ALTER TABLE receipt ADD COLUMN partner {text} NOT NULL DEFAULT '';
        ALTER TABLE receipt ADD COLUMN message_key {text} NOT NULL DEFAULT '';
        ALTER TABLE receipt ADD COLUMN business {text} NOT NULL DEFAULT 'new';
        ALTER TABLE receipt ADD COLUMN replaces {text} NOT NULL DEFAULT '';
        ALTER TABLE receipt ADD COLUMN findings {text} NOT NULL DEFAULT '';
        ALTER TABLE receipt ADD COLUMN frozen_at {instant};
        CREATE UNIQUE INDEX receipt_by_message ON receipt (agency_id, sender_id, message_key, business)
            WHERE message_key <> '';

        -- truth: the sender's side of a request to take a document back or to take up a correction
        CREATE TABLE delivery_request (
            id {id} PRIMARY KEY,
            delivery_id {id} NOT NULL REFERENCES delivery (id),
            kind {text} NOT NULL CHECK (kind IN ('recall', 'update')),
            note {text} NOT NULL,
            asked_by {id} NOT NULL REFERENCES position (id),
            asked_at {instant} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('asked', 'agreed', 'refused')),
            answered_at {instant},
            answer {text} NOT NULL DEFAULT '',
            CHECK ((state = 'asked') = (answered_at IS NULL))
        ) {strict};
        CREATE INDEX delivery_request_by_delivery ON delivery_request (delivery_id, asked_at);

        -- truth: the receiver's side; written by the receiver only, `id` is the asker's
        CREATE TABLE receipt_request (
            id {id} PRIMARY KEY,
            receipt_id {id} NOT NULL REFERENCES receipt (id),
            kind {text} NOT NULL CHECK (kind IN ('recall', 'update')),
            note {text} NOT NULL,
            asked_at {instant} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('asked', 'agreed', 'refused')),
            decided_at {instant},
            decided_by {id} REFERENCES position (id),
            reason {text} NOT NULL DEFAULT '',
            CHECK ((state = 'asked') = (decided_at IS NULL))
        ) {strict};
        CREATE INDEX receipt_request_by_receipt ON receipt_request (receipt_id, asked_at);

        -- truth: what an issued document replaces
        CREATE TABLE issuance_replacement (
            issuance_id {id} NOT NULL REFERENCES issuance (id),
            replaced_id {id} NOT NULL REFERENCES issuance (id),
            PRIMARY KEY (issuance_id, replaced_id)
        ) {strict};

        -- truth: messages that still have to be carried, now by channel; a dead one waits for a person
        CREATE TABLE outbox_by_channel (
            id {id} PRIMARY KEY,
            kind {text} NOT NULL CHECK (kind IN ('document', 'status', 'recall', 'update')),
            channel {text} NOT NULL CHECK (channel IN ('loopback', 'vanthu', 'axis', 'lgsp', 'mail')),
            partner {text} NOT NULL DEFAULT '',
            from_agency {id} NOT NULL REFERENCES correspondent (id),
            to_agency {id} NOT NULL REFERENCES correspondent (id),
            delivery_id {id} NOT NULL,
            document_id {id} REFERENCES document (id),
            request_id {id},
            status {int} NOT NULL,
            note {text} NOT NULL,
            at {instant} NOT NULL,
            available_at {instant} NOT NULL,
            leased_until {instant},
            attempts {int} NOT NULL DEFAULT 0,
            error {text} NOT NULL DEFAULT '',
            dead_at {instant},
            CHECK (kind <> 'document' OR document_id IS NOT NULL),
            CHECK (kind NOT IN ('recall', 'update') OR request_id IS NOT NULL)
        ) {strict};
        INSERT INTO outbox_by_channel (id, kind, channel, from_agency, to_agency, delivery_id, document_id, status,
                note, at, available_at, attempts, error)
            SELECT id, kind, 'loopback', from_agency, to_agency, delivery_id, document_id, status, note, at,
                available_at, attempts, error FROM outbox;
        DROP TABLE outbox;
        ALTER TABLE outbox_by_channel RENAME TO outbox;
        CREATE INDEX outbox_next ON outbox (channel, available_at, id);
        CREATE INDEX outbox_by_delivery ON outbox (delivery_id);

        -- truth: what a channel handed over, kept until it has become an entry or somebody has decided
        CREATE TABLE inbound_message (
            id {id} PRIMARY KEY,
            channel {text} NOT NULL CHECK (channel IN ('vanthu', 'axis', 'lgsp', 'mail')),
            partner {text} NOT NULL,
            external_id {text} NOT NULL,
            hash {text} NOT NULL,
            size {int} NOT NULL,
            received_at {instant} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'dismissed')),
            available_at {instant} NOT NULL,
            leased_until {instant},
            attempts {int} NOT NULL DEFAULT 0,
            error {text} NOT NULL DEFAULT '',
            sender {text} NOT NULL DEFAULT '',
            subject {text} NOT NULL DEFAULT '',
            UNIQUE (channel, partner, external_id)
        ) {strict};
        CREATE INDEX inbound_message_next ON inbound_message (state, available_at, id);
        CREATE INDEX inbound_message_by_hash ON inbound_message (hash);

        -- truth: a channel, or one partner of it, that an administrator has stopped
        CREATE TABLE exchange_hold (
            channel {text} NOT NULL,
            partner {text} NOT NULL DEFAULT '',
            reason {text} NOT NULL CHECK (reason <> ''),
            held_by {id} NOT NULL REFERENCES position (id),
            held_at {instant} NOT NULL,
            PRIMARY KEY (channel, partner)
        ) {strict};

        -- artefact: how a channel's last conversations with a partner went
        CREATE TABLE exchange_health (
            channel {text} NOT NULL,
            partner {text} NOT NULL DEFAULT '',
            good_at {instant},
            bad_at {instant},
            error {text} NOT NULL DEFAULT '',
            failures {int} NOT NULL DEFAULT 0,
            PRIMARY KEY (channel, partner)
        ) {strict};
        """
}
