// Hình thức gửi, nhận, and the paper channel: rules with their days, what was decided for each recipient with the number,
// certified copies with their series, and paper until it is posted.

extension OfficeSchema {
    static let paper = """
        -- truth: catalogues of media; a rule that is replaced gets its last day and stays
        CREATE TABLE medium_rule (
            id {id} PRIMARY KEY,
            agency_id {id} REFERENCES agency (id),
            catalogue {text} NOT NULL,
            ordinal {int} NOT NULL,
            name {text} NOT NULL,
            type_slug {text} NOT NULL DEFAULT '',
            subject {text} NOT NULL DEFAULT '',
            scope {text} NOT NULL CHECK (scope IN ('any', 'kind', 'duty', 'agency')),
            scope_value {text} NOT NULL DEFAULT '',
            direction {text} NOT NULL CHECK (direction IN ('gui', 'nhan')),
            medium {text} NOT NULL CHECK (medium IN ('dien_tu', 'dien_tu_va_giay', 'giay')),
            basis {text} NOT NULL CHECK (basis <> ''),
            valid_from {text} NOT NULL,
            valid_to {text} NOT NULL DEFAULT '',
            entered_at {instant} NOT NULL,
            CHECK ((scope = 'any') = (scope_value = ''))
        ) {strict};
        CREATE INDEX medium_rule_by_agency ON medium_rule (agency_id, catalogue, ordinal);

        -- truth: what an agency has to do with legal documents
        CREATE TABLE correspondent_duty (
            correspondent_id {id} NOT NULL REFERENCES correspondent (id),
            duty {text} NOT NULL CHECK (duty IN ('kiem-tra-van-ban', 'cong-bao', 'csdl-phap-luat')),
            PRIMARY KEY (correspondent_id, duty)
        ) {strict};

        -- truth: by which medium a document goes to each recipient, decided with its number
        CREATE TABLE issuance_medium (
            issuance_id {id} NOT NULL REFERENCES issuance (id),
            recipient_id {id} NOT NULL REFERENCES correspondent (id),
            medium {text} NOT NULL CHECK (medium IN ('dien_tu', 'dien_tu_va_giay', 'giay')),
            ruled {text} NOT NULL CHECK (ruled IN ('dien_tu', 'dien_tu_va_giay', 'giay')),
            ground {text} NOT NULL CHECK (ground IN ('rule', 'byDefault', 'notReachable', 'notSigned')),
            rule_id {id} REFERENCES medium_rule (id),
            subject {text} NOT NULL DEFAULT '',
            reason {text} NOT NULL DEFAULT '',
            PRIMARY KEY (issuance_id, recipient_id),
            CHECK (medium = ruled OR reason <> '')
        ) {strict};

        -- truth: the last number of the year in the series of copies and of postings
        CREATE TABLE paper_series (
            agency_id {id} NOT NULL REFERENCES agency (id),
            kind {text} NOT NULL CHECK (kind IN ('copy', 'posting')),
            year {int} NOT NULL,
            last_number {int} NOT NULL CHECK (last_number > 0),
            PRIMARY KEY (agency_id, kind, year)
        ) {strict};

        -- truth: the register of certified copies
        CREATE TABLE certified_copy (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            issuance_id {id} NOT NULL REFERENCES issuance (id),
            year {int} NOT NULL,
            number {int} NOT NULL CHECK (number > 0),
            notation {text} NOT NULL,
            date {text} NOT NULL,
            copies {int} NOT NULL CHECK (copies > 0),
            authority {text} NOT NULL,
            signer {text} NOT NULL,
            signer_id {id} NOT NULL REFERENCES position (id),
            made_by {id} NOT NULL REFERENCES position (id),
            made_at {instant} NOT NULL,
            UNIQUE (agency_id, year, number)
        ) {strict};
        CREATE INDEX certified_copy_by_issuance ON certified_copy (issuance_id);

        -- truth: paper on its way, with its line of the posting register
        CREATE TABLE paper_dispatch (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            issuance_id {id} NOT NULL REFERENCES issuance (id),
            delivery_id {id} NOT NULL UNIQUE REFERENCES delivery (id),
            recipient_id {id} NOT NULL REFERENCES correspondent (id),
            state {text} NOT NULL CHECK (state IN ('cho-in', 'da-in', 'da-gui')),
            copy_id {id} REFERENCES certified_copy (id),
            printed_at {instant},
            printed_by {id} REFERENCES position (id),
            posting_year {int},
            posting_number {int},
            posted_on {text} NOT NULL DEFAULT '',
            way {text} NOT NULL DEFAULT '' CHECK (way IN ('', 'buu-dien', 'buu-chinh-kt1', 'giao-lien', 'nhan-truc-tiep')),
            carrier {text} NOT NULL DEFAULT '',
            envelopes {int} NOT NULL DEFAULT 0,
            note {text} NOT NULL DEFAULT '',
            posted_by {id} REFERENCES position (id),
            posted_at {instant},
            CHECK ((state = 'cho-in') = (printed_at IS NULL)),
            CHECK (state = 'cho-in' OR copy_id IS NOT NULL),
            CHECK ((state = 'da-gui') = (posting_number IS NOT NULL)),
            CHECK ((posting_number IS NULL) = (posted_at IS NULL))
        ) {strict};
        CREATE INDEX paper_dispatch_queue ON paper_dispatch (agency_id, state, id);
        CREATE INDEX paper_dispatch_by_issuance ON paper_dispatch (issuance_id, recipient_id);
        CREATE UNIQUE INDEX paper_dispatch_posting ON paper_dispatch (agency_id, posting_year, posting_number)
            WHERE posting_number IS NOT NULL;
        """
}
