// Nơi nhận in the draft, what was changed of it on the way and at issuing, and the day an answer is asked for.

extension OfficeSchema {
    static let sending = """
        -- truth: what a draft says about its sending, besides its recipients
        CREATE TABLE draft_sending (
            draft_id {id} PRIMARY KEY REFERENCES draft (id),
            subject {text} NOT NULL DEFAULT '',
            reason {text} NOT NULL DEFAULT '',
            answer_by {text} NOT NULL DEFAULT ''
        ) {strict};

        -- truth: nơi nhận of a draft; `signed` is the medium its signer saw, set with the signature
        CREATE TABLE draft_recipient (
            draft_id {id} NOT NULL REFERENCES draft (id),
            recipient_id {id} NOT NULL REFERENCES correspondent (id),
            ordinal {int} NOT NULL,
            chosen {text} NOT NULL DEFAULT '' CHECK (chosen IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
            signed {text} NOT NULL DEFAULT '' CHECK (signed IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
            PRIMARY KEY (draft_id, recipient_id)
        ) {strict};

        -- artefact: every change of it since the draft was first submitted; agencies as lists of ids
        CREATE TABLE draft_sending_change (
            draft_id {id} NOT NULL REFERENCES draft (id),
            ordinal {int} NOT NULL,
            changed_by {id} NOT NULL REFERENCES position (id),
            changed_at {instant} NOT NULL,
            added {text} NOT NULL,
            left_out {text} NOT NULL,
            rerouted {text} NOT NULL,
            answer_before {text} NOT NULL,
            answer_after {text} NOT NULL,
            PRIMARY KEY (draft_id, ordinal)
        ) {strict};

        -- truth: what the clerk did otherwise than the signer saw; empty where it was not there
        CREATE TABLE issuance_recipient_change (
            issuance_id {id} NOT NULL REFERENCES issuance (id),
            recipient_id {id} NOT NULL REFERENCES correspondent (id),
            signed {text} NOT NULL CHECK (signed IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
            sent {text} NOT NULL CHECK (sent IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
            reason {text} NOT NULL DEFAULT '',
            PRIMARY KEY (issuance_id, recipient_id),
            CHECK (signed <> sent)
        ) {strict};

        ALTER TABLE delivery ADD COLUMN answer_by {text} NOT NULL DEFAULT '';
        ALTER TABLE delivery ADD COLUMN answered_at {instant};
        CREATE INDEX delivery_unanswered ON delivery (agency_id, answer_by) WHERE answer_by <> '' AND answered_at IS NULL;

        -- truth: what came in answer to what this agency sent
        CREATE TABLE delivery_answer (
            delivery_id {id} NOT NULL REFERENCES delivery (id),
            receipt_id {id} NOT NULL REFERENCES receipt (id),
            answered_at {instant} NOT NULL,
            PRIMARY KEY (delivery_id, receipt_id)
        ) {strict};
        CREATE INDEX delivery_answer_by_receipt ON delivery_answer (receipt_id);
        """
}
