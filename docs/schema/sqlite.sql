CREATE TABLE access_log (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    account_id TEXT REFERENCES account (id),
    login TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('signedIn', 'wrongPassword', 'unknownLogin', 'slowedDown',
        'locked', 'signedOut', 'denied')),
    address TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE INDEX access_log_by_account ON access_log (account_id, at);

CREATE INDEX access_log_by_address ON access_log (address, at);

CREATE INDEX access_log_by_login ON access_log (login, at);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    person_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
    locked_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE act (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    location TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX act_by_age ON act (at);

CREATE TABLE agency (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    superior_line TEXT NOT NULL,
    abbreviation TEXT NOT NULL,
    place TEXT NOT NULL,
    agency_group TEXT NOT NULL CHECK (agency_group IN ('thanh-pho', 'phong-ban', 'phuong-xa')),
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL
) STRICT;

CREATE TABLE api_token (
    id TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    position_id TEXT NOT NULL REFERENCES position (id),
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE arrival (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    document_id TEXT NOT NULL REFERENCES document (id),
    register_id TEXT NOT NULL REFERENCES register (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    arrived_at INTEGER NOT NULL,
    registered_by TEXT NOT NULL REFERENCES position (id),
    director_id TEXT NOT NULL REFERENCES position (id),
    due_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('registered', 'assigned', 'working', 'closed')),
    closed_at INTEGER,
    receipt_id TEXT UNIQUE REFERENCES receipt (id),
    twin_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (register_id, year, number),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;

CREATE INDEX arrival_by_director ON arrival (director_id);

CREATE INDEX arrival_by_document ON arrival (document_id);

CREATE INDEX arrival_by_state ON arrival (agency_id, state, year, number);

CREATE INDEX arrival_list ON arrival (agency_id, year, number);

CREATE INDEX arrival_twin ON arrival (agency_id, year, twin_key);

CREATE TABLE arrival_paper (
    arrival_id TEXT PRIMARY KEY REFERENCES arrival (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    medium TEXT NOT NULL CHECK (medium IN ('dien_tu_va_giay', 'giay')),
    rule_name TEXT NOT NULL,
    basis TEXT NOT NULL,
    came_on TEXT NOT NULL DEFAULT '',
    recorded_by TEXT REFERENCES position (id),
    recorded_at INTEGER, difference TEXT NOT NULL DEFAULT '',
    CHECK ((came_on = '') = (recorded_by IS NULL))
) STRICT;

CREATE INDEX arrival_paper_awaited ON arrival_paper (agency_id, year, number) WHERE came_on = '';

CREATE TABLE arrival_stamp (
    arrival_id TEXT PRIMARY KEY REFERENCES arrival (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    source_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    certificate_hash TEXT NOT NULL,
    stamped_by TEXT NOT NULL REFERENCES position (id),
    stamped_at INTEGER NOT NULL
) STRICT;

CREATE INDEX arrival_stamp_by_hash ON arrival_stamp (hash);

CREATE INDEX arrival_stamp_by_source_hash ON arrival_stamp (source_hash);

CREATE TABLE assignment (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    arrival_id TEXT NOT NULL REFERENCES arrival (id),
    directive_id TEXT NOT NULL REFERENCES directive (id),
    position_id TEXT NOT NULL REFERENCES position (id),
    kind TEXT NOT NULL CHECK (kind IN ('lead', 'cooperate', 'inform')),
    due_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('assigned', 'working', 'done', 'endedByAnswer')),
    state_at INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (arrival_id, position_id)
) STRICT;

CREATE INDEX assignment_by_position ON assignment (position_id, arrival_id);

CREATE TABLE calendar_day (
    day TEXT PRIMARY KEY,
    works INTEGER NOT NULL CHECK (works IN (0, 1)),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE certificate_answer (
    id TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES certificate_request (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    position_id TEXT NOT NULL REFERENCES position (id),
    kind TEXT NOT NULL CHECK (kind IN ('collected', 'done', 'refused')),
    comment TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX certificate_answer_by_request ON certificate_answer (request_id, id);

CREATE TABLE certificate_focal (
    position_id TEXT PRIMARY KEY REFERENCES position (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    appointed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE certificate_request (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    account_id TEXT REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('issue', 'change', 'recover', 'renew', 'revoke')),
    requested_by TEXT NOT NULL REFERENCES position (id),
    requested_at INTEGER NOT NULL,
    details TEXT NOT NULL,
    withdrawn_at INTEGER
) STRICT;

CREATE INDEX certificate_request_by_account ON certificate_request (account_id);

CREATE INDEX certificate_request_by_time ON certificate_request (requested_at, id);

CREATE INDEX certificate_request_list ON certificate_request (agency_id, requested_at, id);

CREATE TABLE certified_copy (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    issuance_id TEXT NOT NULL REFERENCES issuance (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    notation TEXT NOT NULL,
    date TEXT NOT NULL,
    copies INTEGER NOT NULL CHECK (copies > 0),
    authority TEXT NOT NULL,
    signer TEXT NOT NULL,
    signer_id TEXT NOT NULL REFERENCES position (id),
    made_by TEXT NOT NULL REFERENCES position (id),
    made_at INTEGER NOT NULL,
    UNIQUE (agency_id, year, number)
) STRICT;

CREATE INDEX certified_copy_by_issuance ON certified_copy (issuance_id);

CREATE TABLE check_code (
    code TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    issuance_id TEXT NOT NULL UNIQUE REFERENCES issuance (id),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE correspondent (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    code_qcvn102 TEXT NOT NULL DEFAULT '',
    superior_name TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'state' CHECK (kind IN ('state', 'party', 'massOrganisation', 'outside')),
    hosted INTEGER NOT NULL DEFAULT 0 CHECK (hosted IN (0, 1)),
    channel TEXT NOT NULL CHECK (channel IN ('loopback', 'vanthu', 'axis', 'lgsp', 'mail', 'paper')),
    partner TEXT NOT NULL DEFAULT '',
    mail TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    valid_from TEXT NOT NULL DEFAULT '',
    valid_to TEXT NOT NULL DEFAULT '',
    successor_id TEXT REFERENCES correspondent (id),
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    updated_at INTEGER NOT NULL, place INTEGER NOT NULL DEFAULT 0, list_name TEXT NOT NULL DEFAULT '', listed_mail TEXT NOT NULL DEFAULT '', listed_address TEXT NOT NULL DEFAULT '', self_declared INTEGER NOT NULL DEFAULT 0,
    CHECK ((hosted = 1) = (channel = 'loopback'))
) STRICT;

CREATE INDEX correspondent_by_code ON correspondent (code) WHERE code <> '';

CREATE INDEX correspondent_by_code_qcvn102 ON correspondent (code_qcvn102) WHERE code_qcvn102 <> '';

CREATE INDEX correspondent_by_kind ON correspondent (kind, place);

CREATE INDEX correspondent_by_mail ON correspondent (mail) WHERE mail <> '';

CREATE INDEX correspondent_by_name ON correspondent (sort_key, id);

CREATE INDEX correspondent_by_place ON correspondent (place);

CREATE INDEX correspondent_by_successor ON correspondent (successor_id) WHERE successor_id IS NOT NULL;

CREATE INDEX correspondent_current ON correspondent (sort_key, id) WHERE valid_to = '';

CREATE INDEX correspondent_ended ON correspondent (sort_key, id) WHERE valid_to <> '';

CREATE INDEX correspondent_hosted ON correspondent (sort_key, id) WHERE hosted = 1;

CREATE TABLE correspondent_duty (
    correspondent_id TEXT NOT NULL REFERENCES correspondent (id),
    duty TEXT NOT NULL CHECK (duty IN ('kiem-tra-van-ban', 'cong-bao', 'csdl-phap-luat')),
    PRIMARY KEY (correspondent_id, duty)
) STRICT;

CREATE TABLE correspondent_former_code (
    code TEXT NOT NULL CHECK (code <> ''),
    correspondent_id TEXT NOT NULL REFERENCES correspondent (id),
    PRIMARY KEY (code, correspondent_id)
) STRICT;

CREATE VIRTUAL TABLE correspondent_text USING fts5 (words, detail = none, prefix = '1 2 3 4 5 6', tokenize = "ascii tokenchars '#'");

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    issuance_id TEXT NOT NULL REFERENCES issuance (id),
    recipient_id TEXT NOT NULL REFERENCES correspondent (id),
    status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 6),
    status_at INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT 'loopback', message_key TEXT NOT NULL DEFAULT '', carried_at INTEGER, accept_due_at INTEGER, recalled_at INTEGER, answer_by TEXT NOT NULL DEFAULT '', answered_at INTEGER, partner TEXT NOT NULL DEFAULT '', sending INTEGER NOT NULL DEFAULT 1, told_on TEXT NOT NULL DEFAULT '',
    UNIQUE (issuance_id, recipient_id)
) STRICT;

CREATE INDEX delivery_by_message ON delivery (message_key, recipient_id) WHERE message_key <> '';

CREATE INDEX delivery_unanswered ON delivery (agency_id, answer_by) WHERE answer_by <> '' AND answered_at IS NULL;

CREATE TABLE delivery_answer (
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    receipt_id TEXT NOT NULL REFERENCES receipt (id),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (delivery_id, receipt_id)
) STRICT;

CREATE INDEX delivery_answer_by_receipt ON delivery_answer (receipt_id);

CREATE TABLE delivery_event (
    id TEXT PRIMARY KEY,
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    status INTEGER NOT NULL,
    at INTEGER NOT NULL,
    note TEXT NOT NULL,
    taken INTEGER NOT NULL CHECK (taken IN (0, 1))
, noted_by TEXT REFERENCES position (id)) STRICT;

CREATE INDEX delivery_event_by_delivery ON delivery_event (delivery_id, at);

CREATE TABLE delivery_request (
    id TEXT PRIMARY KEY,
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    kind TEXT NOT NULL CHECK (kind IN ('recall', 'update')),
    note TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES position (id),
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'refused')),
    answered_at INTEGER,
    answer TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'asked') = (answered_at IS NULL))
) STRICT;

CREATE INDEX delivery_request_by_delivery ON delivery_request (delivery_id, asked_at);

CREATE TABLE delivery_sending (
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    sending INTEGER NOT NULL CHECK (sending > 1),
    sent_by TEXT NOT NULL REFERENCES position (id),
    sent_at INTEGER NOT NULL,
    note TEXT NOT NULL CHECK (note <> ''),
    PRIMARY KEY (delivery_id, sending)
) STRICT;

CREATE TABLE desk_item (
    position_id TEXT NOT NULL REFERENCES position (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    kind TEXT NOT NULL,
    urgency INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    detail TEXT NOT NULL,
    path TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (position_id, kind, subject)
) STRICT;

CREATE INDEX desk_item_by_subject ON desk_item (subject);

CREATE INDEX desk_item_queue ON desk_item (position_id, urgency DESC, due_at, subject);

CREATE TABLE directive (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    arrival_id TEXT NOT NULL REFERENCES arrival (id),
    position_id TEXT NOT NULL REFERENCES position (id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX directive_by_arrival ON directive (arrival_id, at);

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    issued_by TEXT REFERENCES agency (id),
    issuing_agency TEXT NOT NULL,
    number TEXT NOT NULL,
    notation TEXT NOT NULL,
    date TEXT NOT NULL,
    type_slug TEXT NOT NULL REFERENCES document_type (slug),
    abstract TEXT NOT NULL,
    urgency INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 3),
    pages INTEGER NOT NULL CHECK (pages > 0),
    signer TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE document_file (
    document_id TEXT NOT NULL REFERENCES document (id),
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('main', 'enclosure', 'original')),
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) STRICT;

CREATE INDEX document_file_by_hash ON document_file (hash);

CREATE TABLE document_type (
    slug TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    abbreviation TEXT NOT NULL,
    rank INTEGER NOT NULL
) STRICT;

CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    code INTEGER NOT NULL,
    drafter_id TEXT NOT NULL REFERENCES position (id),
    type_slug TEXT NOT NULL REFERENCES document_type (slug),
    abstract TEXT NOT NULL,
    urgency INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 3),
    notation TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    due_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('drafting', 'climbing', 'signed', 'numbered', 'issued')),
    current_version INTEGER NOT NULL DEFAULT 0,
    search_text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (agency_id, code)
) STRICT;

CREATE INDEX draft_by_drafter ON draft (drafter_id);

CREATE INDEX draft_by_state ON draft (agency_id, state, code);

CREATE TABLE draft_answer (
    draft_id TEXT NOT NULL REFERENCES draft (id),
    arrival_id TEXT NOT NULL REFERENCES arrival (id),
    PRIMARY KEY (draft_id, arrival_id)
) STRICT;

CREATE INDEX draft_answer_by_arrival ON draft_answer (arrival_id);

CREATE TABLE draft_counter (
    agency_id TEXT PRIMARY KEY REFERENCES agency (id),
    last_code INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_file (
    id TEXT PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES draft (id),
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('enclosure', 'supporting')),
    source_hash TEXT NOT NULL,
    source_size INTEGER NOT NULL,
    source_name TEXT NOT NULL,
    source_type TEXT NOT NULL,
    pdf_hash TEXT,
    pdf_size INTEGER,
    pdf_pages INTEGER,
    conversion TEXT CHECK (conversion IN ('waiting', 'done', 'failed')),
    fault TEXT,
    UNIQUE (draft_id, ordinal),
    CHECK ((kind = 'supporting') = (conversion IS NULL)),
    CHECK (coalesce(conversion = 'done', false) = (pdf_hash IS NOT NULL))
) STRICT;

CREATE INDEX draft_file_by_pdf_hash ON draft_file (pdf_hash);

CREATE INDEX draft_file_by_source_hash ON draft_file (source_hash);

CREATE TABLE draft_recipient (
    draft_id TEXT NOT NULL REFERENCES draft (id),
    recipient_id TEXT NOT NULL REFERENCES correspondent (id),
    ordinal INTEGER NOT NULL,
    chosen TEXT NOT NULL DEFAULT '' CHECK (chosen IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
    signed TEXT NOT NULL DEFAULT '' CHECK (signed IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
    PRIMARY KEY (draft_id, recipient_id)
) STRICT;

CREATE TABLE draft_sending (
    draft_id TEXT PRIMARY KEY REFERENCES draft (id),
    subject TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    answer_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE draft_sending_change (
    draft_id TEXT NOT NULL REFERENCES draft (id),
    ordinal INTEGER NOT NULL,
    changed_by TEXT NOT NULL REFERENCES position (id),
    changed_at INTEGER NOT NULL,
    added TEXT NOT NULL,
    left_out TEXT NOT NULL,
    rerouted TEXT NOT NULL,
    answer_before TEXT NOT NULL,
    answer_after TEXT NOT NULL,
    PRIMARY KEY (draft_id, ordinal)
) STRICT;

CREATE TABLE draft_version (
    id TEXT PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES draft (id),
    ordinal INTEGER NOT NULL,
    source_hash TEXT NOT NULL,
    source_size INTEGER NOT NULL,
    source_name TEXT NOT NULL,
    source_type TEXT NOT NULL,
    pdf_hash TEXT,
    pdf_size INTEGER,
    pdf_pages INTEGER,
    conversion TEXT NOT NULL CHECK (conversion IN ('waiting', 'done', 'failed')),
    fault TEXT,
    created_by TEXT NOT NULL REFERENCES position (id),
    created_at INTEGER NOT NULL,
    UNIQUE (draft_id, ordinal),
    CHECK ((conversion = 'done') = (pdf_hash IS NOT NULL))
) STRICT;

CREATE INDEX draft_version_by_pdf_hash ON draft_version (pdf_hash);

CREATE INDEX draft_version_by_source_hash ON draft_version (source_hash);

CREATE TABLE entry_key (number INTEGER PRIMARY KEY, entry_id TEXT NOT NULL UNIQUE) STRICT;

CREATE VIRTUAL TABLE entry_text USING fts5 (scope, folded, tokenize = 'unicode61');

CREATE TABLE exchange_health (
    channel TEXT NOT NULL,
    partner TEXT NOT NULL DEFAULT '',
    direction TEXT NOT NULL,
    good_at INTEGER,
    bad_at INTEGER,
    error TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, partner, direction)
) STRICT;

CREATE TABLE exchange_hold (
    channel TEXT NOT NULL,
    partner TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL CHECK (reason <> ''),
    held_by TEXT NOT NULL REFERENCES position (id),
    held_at INTEGER NOT NULL,
    PRIMARY KEY (channel, partner)
) STRICT;

CREATE TABLE handover (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    position_id TEXT NOT NULL REFERENCES position (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('signDraft', 'sealLetter', 'sealEnclosure', 'stampArrival')),
    draft_id TEXT REFERENCES draft (id),
    version_ordinal INTEGER,
    pdf_hash TEXT,
    issuance_id TEXT REFERENCES issuance (id),
    draft_file_id TEXT,
    arrival_id TEXT REFERENCES arrival (id),
    served_hash TEXT NOT NULL,
    served_size INTEGER NOT NULL,
    served_name TEXT NOT NULL,
    served_pages INTEGER NOT NULL,
    override_reason TEXT NOT NULL DEFAULT '',
    certificate_hash TEXT NOT NULL,
    download_hash BLOB UNIQUE,
    upload_hash BLOB UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('opened', 'fetched', 'returned', 'refused', 'cancelled',
        'timedOut')),
    fault TEXT,
    detail TEXT NOT NULL DEFAULT '',
    returned_hash TEXT,
    returned_size INTEGER,
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    fetched_at INTEGER,
    upload_taken_at INTEGER,
    closed_at INTEGER, draft_revision INTEGER,
    CHECK ((purpose = 'signDraft') = (pdf_hash IS NOT NULL)),
    CHECK ((purpose IN ('sealLetter', 'sealEnclosure')) = (issuance_id IS NOT NULL)),
    CHECK ((purpose = 'sealEnclosure') = (draft_file_id IS NOT NULL)),
    CHECK ((purpose = 'stampArrival') = (arrival_id IS NOT NULL)),
    CHECK ((draft_id IS NULL) = (arrival_id IS NOT NULL)),
    CHECK ((state IN ('opened', 'fetched')) = (closed_at IS NULL)),
    CHECK ((state = 'returned') = (returned_hash IS NOT NULL)),
    CHECK ((state = 'refused') = (fault IS NOT NULL))
) STRICT;

CREATE INDEX handover_by_returned_hash ON handover (returned_hash);

CREATE INDEX handover_by_served_hash ON handover (served_hash);

CREATE INDEX handover_expiring ON handover (expires_at) WHERE state IN ('opened', 'fetched');

CREATE INDEX handover_of_arrival ON handover (arrival_id);

CREATE INDEX handover_of_draft ON handover (draft_id);

CREATE INDEX handover_of_issuance ON handover (issuance_id);

CREATE UNIQUE INDEX handover_open_arrival ON handover (arrival_id)
    WHERE arrival_id IS NOT NULL AND state IN ('opened', 'fetched');

CREATE UNIQUE INDEX handover_open_draft ON handover (draft_id)
    WHERE draft_id IS NOT NULL AND state IN ('opened', 'fetched');

CREATE TABLE held_form (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    path TEXT NOT NULL,
    fields TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX held_form_by_account ON held_form (account_id, at);

CREATE TABLE inbound_message (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('vanthu', 'axis', 'lgsp', 'mail')),
    partner TEXT NOT NULL,
    external_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'dismissed')),
    available_at INTEGER NOT NULL,
    leased_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    sender TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '', addressed_to TEXT NOT NULL DEFAULT '', leased_by TEXT NOT NULL DEFAULT '',
    UNIQUE (channel, partner, external_id)
) STRICT;

CREATE INDEX inbound_message_by_hash ON inbound_message (hash);

CREATE INDEX inbound_message_next ON inbound_message (state, available_at, id);

CREATE TABLE installation_administrator (
    position_id TEXT PRIMARY KEY REFERENCES position (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    appointed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE issuance (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    draft_id TEXT NOT NULL REFERENCES draft (id),
    register_id TEXT NOT NULL REFERENCES register (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    notation TEXT NOT NULL,
    date TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('numbered', 'issued', 'void')),
    numbered_by TEXT NOT NULL REFERENCES position (id),
    numbered_at INTEGER NOT NULL,
    recipients TEXT NOT NULL,
    issued_at INTEGER,
    document_id TEXT UNIQUE REFERENCES document (id),
    void_reason TEXT NOT NULL DEFAULT '',
    search_text TEXT NOT NULL,
    UNIQUE (agency_id, register_id, year, number),
    CHECK ((state = 'issued') = (document_id IS NOT NULL)),
    CHECK (state <> 'void' OR void_reason <> '')
) STRICT;

CREATE INDEX issuance_list ON issuance (agency_id, numbered_at, id);

CREATE UNIQUE INDEX issuance_notation ON issuance (agency_id, year, number, notation);

CREATE UNIQUE INDEX issuance_of_draft ON issuance (draft_id) WHERE state <> 'void';

CREATE TABLE issuance_medium (
    issuance_id TEXT NOT NULL REFERENCES issuance (id),
    recipient_id TEXT NOT NULL REFERENCES correspondent (id),
    medium TEXT NOT NULL CHECK (medium IN ('dien_tu', 'dien_tu_va_giay', 'giay')),
    ruled TEXT NOT NULL CHECK (ruled IN ('dien_tu', 'dien_tu_va_giay', 'giay')),
    ground TEXT NOT NULL CHECK (ground IN ('rule', 'byDefault', 'notReachable', 'notSigned')),
    rule_id TEXT REFERENCES medium_rule (id),
    subject TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (issuance_id, recipient_id),
    CHECK (medium = ruled OR reason <> '')
) STRICT;

CREATE TABLE issuance_recipient_change (
    issuance_id TEXT NOT NULL REFERENCES issuance (id),
    recipient_id TEXT NOT NULL REFERENCES correspondent (id),
    signed TEXT NOT NULL CHECK (signed IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
    sent TEXT NOT NULL CHECK (sent IN ('', 'dien_tu', 'dien_tu_va_giay', 'giay')),
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (issuance_id, recipient_id),
    CHECK (signed <> sent)
) STRICT;

CREATE TABLE issuance_replacement (
    issuance_id TEXT NOT NULL REFERENCES issuance (id),
    replaced_id TEXT NOT NULL REFERENCES issuance (id),
    PRIMARY KEY (issuance_id, replaced_id)
) STRICT;

CREATE INDEX issuance_replacement_by_replaced ON issuance_replacement (replaced_id);

CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('convertVersion', 'convertFile')),
    subject TEXT NOT NULL,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    available_at INTEGER NOT NULL,
    leased_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, subject)
) STRICT;

CREATE INDEX job_next ON job (available_at, id);

CREATE TABLE journal (
    chain TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    agency_id TEXT REFERENCES agency (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    position_id TEXT REFERENCES position (id),
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    particulars TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (chain, sequence)
) STRICT;

CREATE INDEX journal_by_subject ON journal (subject, sequence);

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TABLE journal_head (
    chain TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE kept_evidence (
    file_hash TEXT NOT NULL,
    request TEXT NOT NULL,
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer_hash TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY (file_hash, request)
) STRICT;

CREATE INDEX kept_evidence_by_answer ON kept_evidence (answer_hash);

CREATE TABLE medium_rule (
    id TEXT PRIMARY KEY,
    agency_id TEXT REFERENCES agency (id),
    catalogue TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    type_slug TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL CHECK (scope IN ('any', 'kind', 'duty', 'agency')),
    scope_value TEXT NOT NULL DEFAULT '',
    direction TEXT NOT NULL CHECK (direction IN ('gui', 'nhan')),
    medium TEXT NOT NULL CHECK (medium IN ('dien_tu', 'dien_tu_va_giay', 'giay')),
    basis TEXT NOT NULL CHECK (basis <> ''),
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL DEFAULT '',
    entered_at INTEGER NOT NULL,
    CHECK ((scope = 'any') = (scope_value = ''))
) STRICT;

CREATE INDEX medium_rule_by_agency ON medium_rule (agency_id, catalogue, ordinal);

CREATE TABLE "outbox" (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('document', 'status', 'recall', 'update')),
    channel TEXT NOT NULL CHECK (channel IN ('loopback', 'vanthu', 'axis', 'lgsp', 'mail')),
    partner TEXT NOT NULL DEFAULT '',
    from_agency TEXT NOT NULL REFERENCES correspondent (id),
    to_agency TEXT NOT NULL REFERENCES correspondent (id),
    delivery_id TEXT NOT NULL,
    document_id TEXT REFERENCES document (id),
    request_id TEXT,
    status INTEGER NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL,
    available_at INTEGER NOT NULL,
    leased_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    dead_at INTEGER, leased_by TEXT NOT NULL DEFAULT '', in_doubt INTEGER NOT NULL DEFAULT 0,
    CHECK (kind <> 'document' OR document_id IS NOT NULL),
    CHECK (kind NOT IN ('recall', 'update') OR request_id IS NOT NULL)
) STRICT;

CREATE INDEX outbox_by_delivery ON outbox (delivery_id);

CREATE INDEX outbox_by_sender ON outbox (from_agency, at, id);

CREATE INDEX outbox_next ON outbox (channel, available_at, id);

CREATE TABLE paper_dispatch (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    issuance_id TEXT NOT NULL REFERENCES issuance (id),
    delivery_id TEXT NOT NULL UNIQUE REFERENCES delivery (id),
    recipient_id TEXT NOT NULL REFERENCES correspondent (id),
    state TEXT NOT NULL CHECK (state IN ('cho-in', 'da-in', 'da-gui')),
    copy_id TEXT REFERENCES certified_copy (id),
    printed_at INTEGER,
    printed_by TEXT REFERENCES position (id),
    posting_year INTEGER,
    posting_number INTEGER,
    posted_on TEXT NOT NULL DEFAULT '',
    way TEXT NOT NULL DEFAULT '' CHECK (way IN ('', 'buu-dien', 'buu-chinh-kt1', 'giao-lien', 'nhan-truc-tiep')),
    carrier TEXT NOT NULL DEFAULT '',
    envelopes INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    posted_by TEXT REFERENCES position (id),
    posted_at INTEGER,
    CHECK ((state = 'cho-in') = (printed_at IS NULL)),
    CHECK (state = 'cho-in' OR copy_id IS NOT NULL),
    CHECK ((state = 'da-gui') = (posting_number IS NOT NULL)),
    CHECK ((posting_number IS NULL) = (posted_at IS NULL))
) STRICT;

CREATE INDEX paper_dispatch_by_issuance ON paper_dispatch (issuance_id, recipient_id);

CREATE UNIQUE INDEX paper_dispatch_posting ON paper_dispatch (agency_id, posting_year, posting_number)
    WHERE posting_number IS NOT NULL;

CREATE INDEX paper_dispatch_queue ON paper_dispatch (agency_id, state, id);

CREATE TABLE paper_series (
    agency_id TEXT NOT NULL REFERENCES agency (id),
    kind TEXT NOT NULL CHECK (kind IN ('copy', 'posting')),
    year INTEGER NOT NULL,
    last_number INTEGER NOT NULL CHECK (last_number > 0),
    PRIMARY KEY (agency_id, kind, year)
) STRICT;

CREATE TABLE position (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('clerk', 'officer', 'unitHead', 'deputyUnitHead', 'officeHead',
        'deputyOfficeHead', 'deputyHead', 'head', 'administrator')),
    title TEXT NOT NULL,
    rank INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX position_by_account ON position (account_id);

CREATE INDEX position_by_agency ON position (agency_id, rank);

CREATE TABLE prepared_file (
    draft_id TEXT PRIMARY KEY REFERENCES draft (id),
    version_ordinal INTEGER NOT NULL,
    pdf_hash TEXT NOT NULL,
    layout TEXT NOT NULL,
    prepared_hash TEXT NOT NULL,
    prepared_size INTEGER NOT NULL
) STRICT;

CREATE INDEX prepared_file_by_hash ON prepared_file (prepared_hash);

CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    sender_id TEXT NOT NULL REFERENCES correspondent (id),
    delivery_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES document (id),
    declared_files INTEGER NOT NULL,
    declared_pages INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused')),
    arrived_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by TEXT REFERENCES position (id),
    reason TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT 'loopback', partner TEXT NOT NULL DEFAULT '', message_key TEXT NOT NULL DEFAULT '', business TEXT NOT NULL DEFAULT 'new', replaces TEXT NOT NULL DEFAULT '', findings TEXT NOT NULL DEFAULT '', frozen_at INTEGER, sending INTEGER NOT NULL DEFAULT 1, content TEXT NOT NULL DEFAULT '', repetitions INTEGER NOT NULL DEFAULT 0, sent_at INTEGER, earlier_of TEXT,
    CHECK ((state = 'waiting') = (decided_at IS NULL)),
    CHECK (state <> 'refused' OR reason <> '')
) STRICT;

CREATE INDEX receipt_by_agency ON receipt (agency_id, state, arrived_at, id);

CREATE INDEX receipt_by_document ON receipt (document_id);

CREATE UNIQUE INDEX receipt_by_message ON receipt (agency_id, sender_id, message_key, business, sending)
    WHERE message_key <> '';

CREATE INDEX receipt_earlier_of ON receipt (earlier_of) WHERE earlier_of IS NOT NULL;

CREATE INDEX receipt_replacing ON receipt (agency_id, sender_id) WHERE business = 'replace';

CREATE INDEX receipt_taken_back ON receipt (agency_id, frozen_at, id) WHERE frozen_at IS NOT NULL;

CREATE TABLE receipt_request (
    id TEXT PRIMARY KEY,
    receipt_id TEXT NOT NULL REFERENCES receipt (id),
    kind TEXT NOT NULL CHECK (kind IN ('recall', 'update')),
    note TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'refused')),
    decided_at INTEGER,
    decided_by TEXT REFERENCES position (id),
    reason TEXT NOT NULL DEFAULT '', corrected_id TEXT REFERENCES document (id), former_id TEXT REFERENCES document (id), declared_files INTEGER NOT NULL DEFAULT 0, declared_pages INTEGER NOT NULL DEFAULT 0, removal INTEGER NOT NULL DEFAULT 0, findings TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'asked') = (decided_at IS NULL))
) STRICT;

CREATE INDEX receipt_request_by_corrected ON receipt_request (corrected_id) WHERE corrected_id IS NOT NULL;

CREATE INDEX receipt_request_by_former ON receipt_request (former_id) WHERE former_id IS NOT NULL;

CREATE INDEX receipt_request_by_receipt ON receipt_request (receipt_id, asked_at);

CREATE TABLE recipient_group (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    name TEXT NOT NULL CHECK (name <> ''),
    sort_key TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (agency_id, sort_key)
) STRICT;

CREATE TABLE recipient_group_member (
    group_id TEXT NOT NULL REFERENCES recipient_group (id),
    recipient_id TEXT NOT NULL REFERENCES correspondent (id),
    PRIMARY KEY (group_id, recipient_id)
) STRICT;

CREATE TABLE register (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (agency_id, direction, slug)
) STRICT;

CREATE TABLE register_type (
    agency_id TEXT NOT NULL REFERENCES agency (id),
    direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    type_slug TEXT NOT NULL REFERENCES document_type (slug),
    register_id TEXT NOT NULL REFERENCES register (id),
    PRIMARY KEY (agency_id, direction, type_slug)
) STRICT;

CREATE TABLE register_year (
    register_id TEXT NOT NULL REFERENCES register (id),
    year INTEGER NOT NULL,
    first_number INTEGER NOT NULL DEFAULT 1 CHECK (first_number > 0),
    last_number INTEGER NOT NULL,
    last_date TEXT NOT NULL,
    PRIMARY KEY (register_id, year),
    CHECK (last_number >= first_number - 1)
) STRICT;

CREATE TABLE routing_decision (
    id TEXT PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES draft (id),
    position_id TEXT NOT NULL REFERENCES position (id),
    act TEXT NOT NULL CHECK (act IN ('submitted', 'initialled', 'submittedOnward', 'newVersion', 'returned',
        'takenBack', 'signed', 'returnedByClerk')),
    version_ordinal INTEGER NOT NULL,
    pdf_hash TEXT NOT NULL,
    comment TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX routing_decision_by_draft ON routing_decision (draft_id, at);

CREATE INDEX routing_decision_by_position ON routing_decision (position_id);

CREATE TABLE routing_step (
    id TEXT PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES draft (id),
    ordinal INTEGER NOT NULL,
    position_id TEXT NOT NULL REFERENCES position (id),
    kind TEXT NOT NULL CHECK (kind IN ('sign', 'approve')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'current', 'done')),
    opened_at INTEGER,
    UNIQUE (draft_id, ordinal)
) STRICT;

CREATE INDEX routing_step_by_position ON routing_step (position_id);

CREATE TABLE schema_migration (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at_us INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    id_hash BLOB PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    position_id TEXT REFERENCES position (id),
    csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE signature_verdict (
    hash TEXT NOT NULL,
    trust TEXT NOT NULL,
    edition INTEGER NOT NULL,
    value TEXT NOT NULL CHECK (value IN ('original', 'partlySigned', 'unverified', 'broken', 'unsigned',
        'unchecked')),
    held_at INTEGER NOT NULL,
    judged_at INTEGER NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (hash, trust, edition)
) STRICT;

CREATE TABLE signed_file (
    id TEXT PRIMARY KEY,
    draft_id TEXT NOT NULL REFERENCES draft (id),
    version_ordinal INTEGER NOT NULL,
    layout TEXT NOT NULL,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    signed_by TEXT NOT NULL REFERENCES position (id),
    signer_name TEXT NOT NULL,
    certificate_hash TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    override_reason TEXT NOT NULL DEFAULT '',
    voided_at INTEGER
, level TEXT NOT NULL DEFAULT 'B-B'
    CHECK (level IN ('B-B', 'B-T', 'B-LT', 'B-LTA')), raise_to TEXT NOT NULL DEFAULT ''
    CHECK (raise_to IN ('', 'B-T', 'B-LT', 'B-LTA')), raise_at INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX signed_file_by_hash ON signed_file (hash);

CREATE INDEX signed_file_to_raise ON signed_file (raise_at) WHERE raise_to <> '' AND voided_at IS NULL;

CREATE UNIQUE INDEX signed_file_valid ON signed_file (draft_id) WHERE voided_at IS NULL;

CREATE TABLE signing_batch (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    position_id TEXT NOT NULL REFERENCES position (id),
    started_at INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    cancelled_at INTEGER,
    ended_at INTEGER
) STRICT;

CREATE INDEX signing_batch_by_position ON signing_batch (position_id, started_at);

CREATE INDEX signing_batch_open ON signing_batch (leased_until) WHERE ended_at IS NULL;

CREATE TABLE signing_batch_item (
    batch_id TEXT NOT NULL REFERENCES signing_batch (id),
    ordinal INTEGER NOT NULL,
    draft_id TEXT NOT NULL REFERENCES draft (id),
    version_ordinal INTEGER NOT NULL,
    pdf_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'signing', 'signed', 'notSigned')),
    reasons TEXT NOT NULL DEFAULT '',
    state_at INTEGER NOT NULL, draft_revision INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch_id, ordinal),
    UNIQUE (batch_id, draft_id),
    CHECK ((state = 'notSigned') = (reasons <> ''))
) STRICT;

CREATE TABLE signing_key (
    id TEXT PRIMARY KEY,
    account_id TEXT REFERENCES account (id),
    agency_id TEXT REFERENCES agency (id),
    certificate BLOB NOT NULL,
    subject_name TEXT NOT NULL,
    pkcs12 BLOB NOT NULL,
    wrapped_passphrase BLOB NOT NULL,
    salt BLOB NOT NULL,
    picture BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    wrong_pins INTEGER NOT NULL DEFAULT 0,
    locked_at INTEGER,
    replaced_at INTEGER,
    created_at INTEGER NOT NULL, kind TEXT NOT NULL DEFAULT 'file'
    CHECK (kind IN ('file', 'token', 'remote', 'handOver')), holder TEXT NOT NULL DEFAULT '', holder_account TEXT NOT NULL DEFAULT '', key_name TEXT NOT NULL DEFAULT '', chain TEXT NOT NULL DEFAULT '', device TEXT NOT NULL DEFAULT '', tested_at INTEGER, test_result TEXT
    CHECK (test_result IN ('works', 'notTrusted', 'unreachable', 'wrongSignature')),
    CHECK ((account_id IS NULL) <> (agency_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX signing_key_of_account ON signing_key (account_id) WHERE replaced_at IS NULL;

CREATE UNIQUE INDEX signing_key_of_agency ON signing_key (agency_id) WHERE replaced_at IS NULL;

CREATE TABLE staged_file (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX staged_file_by_age ON staged_file (created_at);

CREATE INDEX staged_file_by_hash ON staged_file (hash);

CREATE TABLE unknown_recipient (
    delivery_id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    sender_id TEXT NOT NULL REFERENCES correspondent (id),
    code TEXT NOT NULL CHECK (code <> ''),
    name TEXT NOT NULL,
    message_key TEXT NOT NULL,
    document_code TEXT NOT NULL,
    document_date TEXT NOT NULL,
    told_at INTEGER NOT NULL
) STRICT;

CREATE TABLE verdict_wish (
    hash TEXT PRIMARY KEY,
    held_at INTEGER NOT NULL,
    available_at INTEGER NOT NULL,
    leased_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX verdict_wish_next ON verdict_wish (available_at, hash);

CREATE TABLE waiting_signature (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    draft_id TEXT NOT NULL REFERENCES draft (id),
    version_ordinal INTEGER NOT NULL,
    pdf_hash TEXT NOT NULL,
    prepared_hash TEXT NOT NULL,
    tail_hash TEXT NOT NULL,
    position_id TEXT NOT NULL REFERENCES position (id),
    key_id TEXT NOT NULL REFERENCES signing_key (id),
    override_reason TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('asking', 'waiting', 'signed', 'notSigned', 'cancelled',
        'dropped')),
    pending TEXT NOT NULL DEFAULT '',
    reasons TEXT NOT NULL DEFAULT '',
    asked_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ask_again_at INTEGER NOT NULL,
    ended_at INTEGER, draft_revision INTEGER NOT NULL DEFAULT 0,
    CHECK ((state IN ('asking', 'waiting')) = (ended_at IS NULL)),
    CHECK ((state = 'notSigned') = (reasons <> ''))
) STRICT;

CREATE INDEX waiting_signature_by_draft ON waiting_signature (draft_id, asked_at);

CREATE INDEX waiting_signature_by_prepared_hash ON waiting_signature (prepared_hash);

CREATE INDEX waiting_signature_by_tail_hash ON waiting_signature (tail_hash);

CREATE INDEX waiting_signature_next ON waiting_signature (ask_again_at) WHERE ended_at IS NULL;

CREATE UNIQUE INDEX waiting_signature_open ON waiting_signature (draft_id) WHERE ended_at IS NULL;
