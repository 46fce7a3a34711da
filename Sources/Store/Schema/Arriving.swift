// What comes from elsewhere and is not plainly somebody's here: recipients that a message names and nobody here is, whom
// the channel itself named, who looks after the installation, and paper that is to follow what came electronically.

extension OfficeSchema {
    static let arriving = """
        ALTER TABLE inbound_message ADD COLUMN addressed_to {text} NOT NULL DEFAULT '';

        -- truth: a recipient of a document that came, by a code no agency here has; its sender is told once, in the
        -- name of an agency that has the document
        CREATE TABLE unknown_recipient (
            delivery_id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            sender_id {id} NOT NULL REFERENCES correspondent (id),
            code {text} NOT NULL CHECK (code <> ''),
            name {text} NOT NULL,
            message_key {text} NOT NULL,
            document_code {text} NOT NULL,
            document_date {text} NOT NULL,
            told_at {instant} NOT NULL
        ) {strict};

        -- truth: quản trị hệ thống, a duty of a position in any agency (decision 35)
        CREATE TABLE installation_administrator (
            position_id {id} PRIMARY KEY REFERENCES position (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            appointed_at {instant} NOT NULL
        ) {strict};
        INSERT INTO installation_administrator (position_id, agency_id, appointed_at)
            SELECT id, agency_id, 0 FROM position WHERE role = 'administrator' AND ended_at IS NULL
                AND (SELECT count(*) FROM agency) = 1;

        -- truth: the paper that a rule says comes with an arrival, and the day it came
        CREATE TABLE arrival_paper (
            arrival_id {id} PRIMARY KEY REFERENCES arrival (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            year {int} NOT NULL,
            number {int} NOT NULL,
            medium {text} NOT NULL CHECK (medium IN ('dien_tu_va_giay', 'giay')),
            rule_name {text} NOT NULL,
            basis {text} NOT NULL,
            came_on {text} NOT NULL DEFAULT '',
            recorded_by {id} REFERENCES position (id),
            recorded_at {instant},
            CHECK ((came_on = '') = (recorded_by IS NULL))
        ) {strict};
        CREATE INDEX arrival_paper_awaited ON arrival_paper (agency_id, year, number) WHERE came_on = '';
        """
}
