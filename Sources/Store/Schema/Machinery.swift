// What keeps the work moving: desks, outbox, jobs, staged files, one-time act ids, forms kept over a lost
// session.

extension OfficeSchema {
    static let machinery = """
        -- cache: việc của tôi; queue holds the order (urgent first), due_at then breaks ties
        CREATE TABLE desk_item (
            position_id {id} NOT NULL REFERENCES position (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            kind {text} NOT NULL,
            urgency {int} NOT NULL,
            due_at {instant} NOT NULL,
            subject {id} NOT NULL,
            title {text} NOT NULL,
            detail {text} NOT NULL,
            path {text} NOT NULL,
            created_at {instant} NOT NULL,
            PRIMARY KEY (position_id, kind, subject)
        ) {strict};
        CREATE INDEX desk_item_queue ON desk_item (position_id, urgency DESC, due_at, subject);
        CREATE INDEX desk_item_by_subject ON desk_item (subject);

        -- truth: messages between agencies that still have to be carried
        CREATE TABLE outbox (
            id {id} PRIMARY KEY,
            kind {text} NOT NULL CHECK (kind IN ('document', 'status')),
            from_agency {id} NOT NULL REFERENCES agency (id),
            to_agency {id} NOT NULL REFERENCES agency (id),
            delivery_id {id} NOT NULL,
            document_id {id} REFERENCES document (id),
            status {int} NOT NULL,
            note {text} NOT NULL,
            at {instant} NOT NULL,
            available_at {instant} NOT NULL,
            attempts {int} NOT NULL DEFAULT 0,
            error {text} NOT NULL DEFAULT '',
            CHECK ((kind = 'document') = (document_id IS NOT NULL))
        ) {strict};
        CREATE INDEX outbox_next ON outbox (available_at, id);
        CREATE INDEX outbox_by_delivery ON outbox (delivery_id);

        -- truth: work for machines, with a lease
        CREATE TABLE job (
            id {id} PRIMARY KEY,
            kind {text} NOT NULL CHECK (kind IN ('convertVersion', 'convertFile')),
            subject {id} NOT NULL,
            agency_id {id} NOT NULL REFERENCES agency (id),
            available_at {instant} NOT NULL,
            leased_until {instant},
            attempts {int} NOT NULL DEFAULT 0,
            error {text} NOT NULL DEFAULT '',
            UNIQUE (kind, subject)
        ) {strict};
        CREATE INDEX job_next ON job (available_at, id);

        -- truth: tệp tạm, swept after 24 hours
        CREATE TABLE staged_file (
            id {id} PRIMARY KEY,
            account_id {id} NOT NULL REFERENCES account (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            hash {text} NOT NULL,
            size {int} NOT NULL,
            name {text} NOT NULL,
            media_type {text} NOT NULL,
            pages {int} NOT NULL,
            created_at {instant} NOT NULL
        ) {strict};
        CREATE INDEX staged_file_by_age ON staged_file (created_at);

        -- truth: each form acts once
        CREATE TABLE act (
            id {text} PRIMARY KEY,
            account_id {id} NOT NULL REFERENCES account (id),
            location {text} NOT NULL,
            at {instant} NOT NULL
        ) {strict};
        CREATE INDEX act_by_age ON act (at);

        -- truth: what was typed when the session had ended, kept 30 minutes
        CREATE TABLE held_form (
            id {id} PRIMARY KEY,
            account_id {id} NOT NULL REFERENCES account (id),
            path {text} NOT NULL,
            fields {text} NOT NULL,
            at {instant} NOT NULL
        ) {strict};
        CREATE INDEX held_form_by_account ON held_form (account_id, at);
        """
}
