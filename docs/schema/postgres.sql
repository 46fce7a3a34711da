TABLE access_log
    id uuid NOT NULL
    at bigint NOT NULL
    account_id uuid
    login text NOT NULL
    outcome text NOT NULL
    address text NOT NULL
    detail text NOT NULL
    FOREIGN KEY (account_id) REFERENCES account(id)
    CHECK ((outcome = ANY (ARRAY['signedIn'::text, 'wrongPassword'::text, 'unknownLogin'::text, 'slowedDown'::text, 'locked'::text, 'signedOut'::text, 'denied'::text])))
    PRIMARY KEY (id)
    CREATE INDEX access_log_by_account ON access_log USING btree (account_id, at)
    CREATE INDEX access_log_by_address ON access_log USING btree (address, at)
    CREATE INDEX access_log_by_login ON access_log USING btree (login, at)
    CREATE UNIQUE INDEX access_log_pkey ON access_log USING btree (id)

TABLE account
    id uuid NOT NULL
    login text NOT NULL
    person_name text NOT NULL
    password_hash text NOT NULL
    must_change_password smallint NOT NULL DEFAULT 0
    locked_at bigint
    created_at bigint NOT NULL
    UNIQUE (login)
    CHECK ((must_change_password = ANY (ARRAY[0, 1])))
    PRIMARY KEY (id)
    CREATE UNIQUE INDEX account_login_key ON account USING btree (login)
    CREATE UNIQUE INDEX account_pkey ON account USING btree (id)

TABLE act
    id text NOT NULL
    account_id uuid NOT NULL
    location text NOT NULL
    at bigint NOT NULL
    FOREIGN KEY (account_id) REFERENCES account(id)
    PRIMARY KEY (id)
    CREATE INDEX act_by_age ON act USING btree (at)
    CREATE UNIQUE INDEX act_pkey ON act USING btree (id)

TABLE agency
    id uuid NOT NULL
    slug text NOT NULL
    name text NOT NULL
    superior_line text NOT NULL
    abbreviation text NOT NULL
    place text NOT NULL
    agency_group text NOT NULL
    sort_key text NOT NULL
    search_text text NOT NULL
    CHECK ((agency_group = ANY (ARRAY['thanh-pho'::text, 'phong-ban'::text, 'phuong-xa'::text])))
    PRIMARY KEY (id)
    UNIQUE (slug)
    CREATE UNIQUE INDEX agency_pkey ON agency USING btree (id)
    CREATE UNIQUE INDEX agency_slug_key ON agency USING btree (slug)

TABLE api_token
    id uuid NOT NULL
    token_hash bytea NOT NULL
    position_id uuid NOT NULL
    label text NOT NULL
    created_at bigint NOT NULL
    revoked_at bigint
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    UNIQUE (token_hash)
    CREATE UNIQUE INDEX api_token_pkey ON api_token USING btree (id)
    CREATE UNIQUE INDEX api_token_token_hash_key ON api_token USING btree (token_hash)

TABLE arrival
    id uuid NOT NULL
    agency_id uuid NOT NULL
    document_id uuid NOT NULL
    register_id uuid NOT NULL
    year bigint NOT NULL
    number bigint NOT NULL
    arrived_at bigint NOT NULL
    registered_by uuid NOT NULL
    director_id uuid NOT NULL
    due_at bigint
    state text NOT NULL
    closed_at bigint
    receipt_id uuid
    twin_key text NOT NULL
    search_text text NOT NULL
    version bigint NOT NULL DEFAULT 1
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL)))
    FOREIGN KEY (director_id) REFERENCES "position"(id)
    FOREIGN KEY (document_id) REFERENCES document(id)
    CHECK ((number > 0))
    PRIMARY KEY (id)
    FOREIGN KEY (receipt_id) REFERENCES receipt(id)
    UNIQUE (receipt_id)
    FOREIGN KEY (register_id) REFERENCES register(id)
    UNIQUE (register_id, year, number)
    FOREIGN KEY (registered_by) REFERENCES "position"(id)
    CHECK ((state = ANY (ARRAY['registered'::text, 'assigned'::text, 'working'::text, 'closed'::text])))
    CREATE INDEX arrival_by_director ON arrival USING btree (director_id)
    CREATE INDEX arrival_by_document ON arrival USING btree (document_id)
    CREATE INDEX arrival_by_state ON arrival USING btree (agency_id, state, year, number)
    CREATE INDEX arrival_list ON arrival USING btree (agency_id, year, number)
    CREATE UNIQUE INDEX arrival_pkey ON arrival USING btree (id)
    CREATE UNIQUE INDEX arrival_receipt_id_key ON arrival USING btree (receipt_id)
    CREATE UNIQUE INDEX arrival_register_id_year_number_key ON arrival USING btree (register_id, year, number)
    CREATE INDEX arrival_twin ON arrival USING btree (agency_id, year, twin_key)

TABLE arrival_paper
    arrival_id uuid NOT NULL
    agency_id uuid NOT NULL
    year bigint NOT NULL
    number bigint NOT NULL
    medium text NOT NULL
    rule_name text NOT NULL
    basis text NOT NULL
    came_on text NOT NULL DEFAULT ''::text
    recorded_by uuid
    recorded_at bigint
    difference text NOT NULL DEFAULT ''::text
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (arrival_id) REFERENCES arrival(id)
    CHECK (((came_on = ''::text) = (recorded_by IS NULL)))
    CHECK ((medium = ANY (ARRAY['dien_tu_va_giay'::text, 'giay'::text])))
    PRIMARY KEY (arrival_id)
    FOREIGN KEY (recorded_by) REFERENCES "position"(id)
    CREATE INDEX arrival_paper_awaited ON arrival_paper USING btree (agency_id, year, number) WHERE (came_on = ''::text)
    CREATE UNIQUE INDEX arrival_paper_pkey ON arrival_paper USING btree (arrival_id)

TABLE arrival_stamp
    arrival_id uuid NOT NULL
    agency_id uuid NOT NULL
    source_hash text NOT NULL
    hash text NOT NULL
    size bigint NOT NULL
    pages bigint NOT NULL
    certificate_hash text NOT NULL
    stamped_by uuid NOT NULL
    stamped_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (arrival_id) REFERENCES arrival(id)
    PRIMARY KEY (arrival_id)
    FOREIGN KEY (stamped_by) REFERENCES "position"(id)
    CREATE INDEX arrival_stamp_by_hash ON arrival_stamp USING btree (hash)
    CREATE INDEX arrival_stamp_by_source_hash ON arrival_stamp USING btree (source_hash)
    CREATE UNIQUE INDEX arrival_stamp_pkey ON arrival_stamp USING btree (arrival_id)

TABLE assignment
    id uuid NOT NULL
    agency_id uuid NOT NULL
    arrival_id uuid NOT NULL
    directive_id uuid NOT NULL
    position_id uuid NOT NULL
    kind text NOT NULL
    due_at bigint
    state text NOT NULL
    state_at bigint NOT NULL
    note text NOT NULL DEFAULT ''::text
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (arrival_id) REFERENCES arrival(id)
    UNIQUE (arrival_id, position_id)
    FOREIGN KEY (directive_id) REFERENCES directive(id)
    CHECK ((kind = ANY (ARRAY['lead'::text, 'cooperate'::text, 'inform'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CHECK ((state = ANY (ARRAY['assigned'::text, 'working'::text, 'done'::text, 'endedByAnswer'::text])))
    CREATE UNIQUE INDEX assignment_arrival_id_position_id_key ON assignment USING btree (arrival_id, position_id)
    CREATE INDEX assignment_by_position ON assignment USING btree (position_id, arrival_id)
    CREATE UNIQUE INDEX assignment_pkey ON assignment USING btree (id)

TABLE calendar_day
    day text NOT NULL
    works smallint NOT NULL
    name text NOT NULL
    PRIMARY KEY (day)
    CHECK ((works = ANY (ARRAY[0, 1])))
    CREATE UNIQUE INDEX calendar_day_pkey ON calendar_day USING btree (day)

TABLE certificate_answer
    id uuid NOT NULL
    request_id uuid NOT NULL
    agency_id uuid NOT NULL
    position_id uuid NOT NULL
    kind text NOT NULL
    comment text NOT NULL
    at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((kind = ANY (ARRAY['collected'::text, 'done'::text, 'refused'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    FOREIGN KEY (request_id) REFERENCES certificate_request(id)
    CREATE INDEX certificate_answer_by_request ON certificate_answer USING btree (request_id, id)
    CREATE UNIQUE INDEX certificate_answer_pkey ON certificate_answer USING btree (id)

TABLE certificate_focal
    position_id uuid NOT NULL
    agency_id uuid NOT NULL
    appointed_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (position_id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE UNIQUE INDEX certificate_focal_pkey ON certificate_focal USING btree (position_id)

TABLE certificate_request
    id uuid NOT NULL
    agency_id uuid NOT NULL
    account_id uuid
    kind text NOT NULL
    requested_by uuid NOT NULL
    requested_at bigint NOT NULL
    details text NOT NULL
    withdrawn_at bigint
    FOREIGN KEY (account_id) REFERENCES account(id)
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((kind = ANY (ARRAY['issue'::text, 'change'::text, 'recover'::text, 'renew'::text, 'revoke'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (requested_by) REFERENCES "position"(id)
    CREATE INDEX certificate_request_by_account ON certificate_request USING btree (account_id)
    CREATE INDEX certificate_request_by_time ON certificate_request USING btree (requested_at, id)
    CREATE INDEX certificate_request_list ON certificate_request USING btree (agency_id, requested_at, id)
    CREATE UNIQUE INDEX certificate_request_pkey ON certificate_request USING btree (id)

TABLE certified_copy
    id uuid NOT NULL
    agency_id uuid NOT NULL
    issuance_id uuid NOT NULL
    year bigint NOT NULL
    number bigint NOT NULL
    notation text NOT NULL
    date text NOT NULL
    copies bigint NOT NULL
    authority text NOT NULL
    signer text NOT NULL
    signer_id uuid NOT NULL
    made_by uuid NOT NULL
    made_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    UNIQUE (agency_id, year, number)
    CHECK ((copies > 0))
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    FOREIGN KEY (made_by) REFERENCES "position"(id)
    CHECK ((number > 0))
    PRIMARY KEY (id)
    FOREIGN KEY (signer_id) REFERENCES "position"(id)
    CREATE UNIQUE INDEX certified_copy_agency_id_year_number_key ON certified_copy USING btree (agency_id, year, number)
    CREATE INDEX certified_copy_by_issuance ON certified_copy USING btree (issuance_id)
    CREATE UNIQUE INDEX certified_copy_pkey ON certified_copy USING btree (id)

TABLE check_code
    code text NOT NULL
    agency_id uuid NOT NULL
    issuance_id uuid NOT NULL
    created_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    UNIQUE (issuance_id)
    PRIMARY KEY (code)
    CREATE UNIQUE INDEX check_code_issuance_id_key ON check_code USING btree (issuance_id)
    CREATE UNIQUE INDEX check_code_pkey ON check_code USING btree (code)

TABLE correspondent
    id uuid NOT NULL
    name text NOT NULL
    code text NOT NULL DEFAULT ''::text
    code_qcvn102 text NOT NULL DEFAULT ''::text
    superior_name text NOT NULL DEFAULT ''::text
    kind text NOT NULL DEFAULT 'state'::text
    hosted smallint NOT NULL DEFAULT 0
    channel text NOT NULL
    partner text NOT NULL DEFAULT ''::text
    mail text NOT NULL DEFAULT ''::text
    address text NOT NULL DEFAULT ''::text
    valid_from text NOT NULL DEFAULT ''::text
    valid_to text NOT NULL DEFAULT ''::text
    successor_id uuid
    sort_key text NOT NULL
    search_text text NOT NULL
    updated_at bigint NOT NULL
    place bigint NOT NULL DEFAULT 0
    list_name text NOT NULL DEFAULT ''::text
    listed_mail text NOT NULL DEFAULT ''::text
    listed_address text NOT NULL DEFAULT ''::text
    self_declared smallint NOT NULL DEFAULT 0
    CHECK ((channel = ANY (ARRAY['loopback'::text, 'vanthu'::text, 'axis'::text, 'lgsp'::text, 'mail'::text, 'paper'::text])))
    CHECK (((hosted = 1) = (channel = 'loopback'::text)))
    CHECK ((hosted = ANY (ARRAY[0, 1])))
    CHECK ((kind = ANY (ARRAY['state'::text, 'party'::text, 'massOrganisation'::text, 'outside'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (successor_id) REFERENCES correspondent(id)
    CREATE INDEX correspondent_by_code ON correspondent USING btree (code) WHERE (code <> ''::text)
    CREATE INDEX correspondent_by_code_qcvn102 ON correspondent USING btree (code_qcvn102) WHERE (code_qcvn102 <> ''::text)
    CREATE INDEX correspondent_by_kind ON correspondent USING btree (kind, place)
    CREATE INDEX correspondent_by_mail ON correspondent USING btree (mail) WHERE (mail <> ''::text)
    CREATE INDEX correspondent_by_name ON correspondent USING btree (sort_key, id)
    CREATE INDEX correspondent_by_place ON correspondent USING btree (place)
    CREATE INDEX correspondent_by_successor ON correspondent USING btree (successor_id) WHERE (successor_id IS NOT NULL)
    CREATE INDEX correspondent_current ON correspondent USING btree (sort_key, id) WHERE (valid_to = ''::text)
    CREATE INDEX correspondent_ended ON correspondent USING btree (sort_key, id) WHERE (valid_to <> ''::text)
    CREATE INDEX correspondent_hosted ON correspondent USING btree (sort_key, id) WHERE (hosted = 1)
    CREATE UNIQUE INDEX correspondent_pkey ON correspondent USING btree (id)

TABLE correspondent_duty
    correspondent_id uuid NOT NULL
    duty text NOT NULL
    FOREIGN KEY (correspondent_id) REFERENCES correspondent(id)
    CHECK ((duty = ANY (ARRAY['kiem-tra-van-ban'::text, 'cong-bao'::text, 'csdl-phap-luat'::text])))
    PRIMARY KEY (correspondent_id, duty)
    CREATE UNIQUE INDEX correspondent_duty_pkey ON correspondent_duty USING btree (correspondent_id, duty)

TABLE correspondent_former_code
    code text NOT NULL
    correspondent_id uuid NOT NULL
    CHECK ((code <> ''::text))
    FOREIGN KEY (correspondent_id) REFERENCES correspondent(id)
    PRIMARY KEY (code, correspondent_id)
    CREATE UNIQUE INDEX correspondent_former_code_pkey ON correspondent_former_code USING btree (code, correspondent_id)

TABLE correspondent_text
    place bigint NOT NULL
    words tsvector NOT NULL
    PRIMARY KEY (place)
    CREATE UNIQUE INDEX correspondent_text_pkey ON correspondent_text USING btree (place)
    CREATE INDEX correspondent_text_words ON correspondent_text USING gin (words)

TABLE delivery
    id uuid NOT NULL
    agency_id uuid NOT NULL
    issuance_id uuid NOT NULL
    recipient_id uuid NOT NULL
    status bigint NOT NULL
    status_at bigint NOT NULL
    note text NOT NULL DEFAULT ''::text
    channel text NOT NULL DEFAULT 'loopback'::text
    message_key text NOT NULL DEFAULT ''::text
    carried_at bigint
    accept_due_at bigint
    recalled_at bigint
    answer_by text NOT NULL DEFAULT ''::text
    answered_at bigint
    partner text NOT NULL DEFAULT ''::text
    sending bigint NOT NULL DEFAULT 1
    told_on text NOT NULL DEFAULT ''::text
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    UNIQUE (issuance_id, recipient_id)
    PRIMARY KEY (id)
    FOREIGN KEY (recipient_id) REFERENCES correspondent(id)
    CHECK (((status >= 0) AND (status <= 6)))
    CREATE INDEX delivery_by_message ON delivery USING btree (message_key, recipient_id) WHERE (message_key <> ''::text)
    CREATE UNIQUE INDEX delivery_issuance_id_recipient_id_key ON delivery USING btree (issuance_id, recipient_id)
    CREATE UNIQUE INDEX delivery_pkey ON delivery USING btree (id)
    CREATE INDEX delivery_unanswered ON delivery USING btree (agency_id, answer_by) WHERE ((answer_by <> ''::text) AND (answered_at IS NULL))

TABLE delivery_answer
    delivery_id uuid NOT NULL
    receipt_id uuid NOT NULL
    answered_at bigint NOT NULL
    FOREIGN KEY (delivery_id) REFERENCES delivery(id)
    PRIMARY KEY (delivery_id, receipt_id)
    FOREIGN KEY (receipt_id) REFERENCES receipt(id)
    CREATE INDEX delivery_answer_by_receipt ON delivery_answer USING btree (receipt_id)
    CREATE UNIQUE INDEX delivery_answer_pkey ON delivery_answer USING btree (delivery_id, receipt_id)

TABLE delivery_event
    id uuid NOT NULL
    delivery_id uuid NOT NULL
    status bigint NOT NULL
    at bigint NOT NULL
    note text NOT NULL
    taken smallint NOT NULL
    noted_by uuid
    FOREIGN KEY (delivery_id) REFERENCES delivery(id)
    FOREIGN KEY (noted_by) REFERENCES "position"(id)
    PRIMARY KEY (id)
    CHECK ((taken = ANY (ARRAY[0, 1])))
    CREATE INDEX delivery_event_by_delivery ON delivery_event USING btree (delivery_id, at)
    CREATE UNIQUE INDEX delivery_event_pkey ON delivery_event USING btree (id)

TABLE delivery_request
    id uuid NOT NULL
    delivery_id uuid NOT NULL
    kind text NOT NULL
    note text NOT NULL
    asked_by uuid NOT NULL
    asked_at bigint NOT NULL
    state text NOT NULL
    answered_at bigint
    answer text NOT NULL DEFAULT ''::text
    FOREIGN KEY (asked_by) REFERENCES "position"(id)
    CHECK (((state = 'asked'::text) = (answered_at IS NULL)))
    FOREIGN KEY (delivery_id) REFERENCES delivery(id)
    CHECK ((kind = ANY (ARRAY['recall'::text, 'update'::text])))
    PRIMARY KEY (id)
    CHECK ((state = ANY (ARRAY['asked'::text, 'agreed'::text, 'refused'::text])))
    CREATE INDEX delivery_request_by_delivery ON delivery_request USING btree (delivery_id, asked_at)
    CREATE UNIQUE INDEX delivery_request_pkey ON delivery_request USING btree (id)

TABLE delivery_sending
    delivery_id uuid NOT NULL
    sending bigint NOT NULL
    sent_by uuid NOT NULL
    sent_at bigint NOT NULL
    note text NOT NULL
    FOREIGN KEY (delivery_id) REFERENCES delivery(id)
    CHECK ((note <> ''::text))
    PRIMARY KEY (delivery_id, sending)
    CHECK ((sending > 1))
    FOREIGN KEY (sent_by) REFERENCES "position"(id)
    CREATE UNIQUE INDEX delivery_sending_pkey ON delivery_sending USING btree (delivery_id, sending)

TABLE desk_item
    position_id uuid NOT NULL
    agency_id uuid NOT NULL
    kind text NOT NULL
    urgency bigint NOT NULL
    due_at bigint NOT NULL
    subject uuid NOT NULL
    title text NOT NULL
    detail text NOT NULL
    path text NOT NULL
    created_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (position_id, kind, subject)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE INDEX desk_item_by_subject ON desk_item USING btree (subject)
    CREATE UNIQUE INDEX desk_item_pkey ON desk_item USING btree (position_id, kind, subject)
    CREATE INDEX desk_item_queue ON desk_item USING btree (position_id, urgency DESC, due_at, subject)

TABLE directive
    id uuid NOT NULL
    agency_id uuid NOT NULL
    arrival_id uuid NOT NULL
    position_id uuid NOT NULL
    text text NOT NULL
    at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (arrival_id) REFERENCES arrival(id)
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE INDEX directive_by_arrival ON directive USING btree (arrival_id, at)
    CREATE UNIQUE INDEX directive_pkey ON directive USING btree (id)

TABLE document
    id uuid NOT NULL
    issued_by uuid
    issuing_agency text NOT NULL
    number text NOT NULL
    notation text NOT NULL
    date text NOT NULL
    type_slug text NOT NULL
    abstract text NOT NULL
    urgency bigint NOT NULL
    pages bigint NOT NULL
    signer text NOT NULL
    created_at bigint NOT NULL
    FOREIGN KEY (issued_by) REFERENCES agency(id)
    CHECK ((pages > 0))
    PRIMARY KEY (id)
    FOREIGN KEY (type_slug) REFERENCES document_type(slug)
    CHECK (((urgency >= 0) AND (urgency <= 3)))
    CREATE UNIQUE INDEX document_pkey ON document USING btree (id)

TABLE document_file
    document_id uuid NOT NULL
    ordinal bigint NOT NULL
    kind text NOT NULL
    hash text NOT NULL
    size bigint NOT NULL
    name text NOT NULL
    media_type text NOT NULL
    pages bigint NOT NULL
    FOREIGN KEY (document_id) REFERENCES document(id)
    CHECK ((kind = ANY (ARRAY['main'::text, 'enclosure'::text, 'original'::text])))
    PRIMARY KEY (document_id, ordinal)
    CREATE INDEX document_file_by_hash ON document_file USING btree (hash)
    CREATE UNIQUE INDEX document_file_pkey ON document_file USING btree (document_id, ordinal)

TABLE document_type
    slug text NOT NULL
    name text NOT NULL
    abbreviation text NOT NULL
    rank bigint NOT NULL
    PRIMARY KEY (slug)
    CREATE UNIQUE INDEX document_type_pkey ON document_type USING btree (slug)

TABLE draft
    id uuid NOT NULL
    agency_id uuid NOT NULL
    code bigint NOT NULL
    drafter_id uuid NOT NULL
    type_slug text NOT NULL
    abstract text NOT NULL
    urgency bigint NOT NULL
    notation text NOT NULL
    note text NOT NULL DEFAULT ''::text
    due_at bigint
    state text NOT NULL
    current_version bigint NOT NULL DEFAULT 0
    search_text text NOT NULL
    created_at bigint NOT NULL
    version bigint NOT NULL DEFAULT 1
    UNIQUE (agency_id, code)
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (drafter_id) REFERENCES "position"(id)
    PRIMARY KEY (id)
    CHECK ((state = ANY (ARRAY['drafting'::text, 'climbing'::text, 'signed'::text, 'numbered'::text, 'issued'::text])))
    FOREIGN KEY (type_slug) REFERENCES document_type(slug)
    CHECK (((urgency >= 0) AND (urgency <= 3)))
    CREATE UNIQUE INDEX draft_agency_id_code_key ON draft USING btree (agency_id, code)
    CREATE INDEX draft_by_drafter ON draft USING btree (drafter_id)
    CREATE INDEX draft_by_state ON draft USING btree (agency_id, state, code)
    CREATE UNIQUE INDEX draft_pkey ON draft USING btree (id)

TABLE draft_answer
    draft_id uuid NOT NULL
    arrival_id uuid NOT NULL
    FOREIGN KEY (arrival_id) REFERENCES arrival(id)
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (draft_id, arrival_id)
    CREATE INDEX draft_answer_by_arrival ON draft_answer USING btree (arrival_id)
    CREATE UNIQUE INDEX draft_answer_pkey ON draft_answer USING btree (draft_id, arrival_id)

TABLE draft_counter
    agency_id uuid NOT NULL
    last_code bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (agency_id)
    CREATE UNIQUE INDEX draft_counter_pkey ON draft_counter USING btree (agency_id)

TABLE draft_file
    id uuid NOT NULL
    draft_id uuid NOT NULL
    ordinal bigint NOT NULL
    kind text NOT NULL
    source_hash text NOT NULL
    source_size bigint NOT NULL
    source_name text NOT NULL
    source_type text NOT NULL
    pdf_hash text
    pdf_size bigint
    pdf_pages bigint
    conversion text
    fault text
    CHECK (((kind = 'supporting'::text) = (conversion IS NULL)))
    CHECK ((COALESCE((conversion = 'done'::text), false) = (pdf_hash IS NOT NULL)))
    CHECK ((conversion = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    UNIQUE (draft_id, ordinal)
    CHECK ((kind = ANY (ARRAY['enclosure'::text, 'supporting'::text])))
    PRIMARY KEY (id)
    CREATE INDEX draft_file_by_pdf_hash ON draft_file USING btree (pdf_hash)
    CREATE INDEX draft_file_by_source_hash ON draft_file USING btree (source_hash)
    CREATE UNIQUE INDEX draft_file_draft_id_ordinal_key ON draft_file USING btree (draft_id, ordinal)
    CREATE UNIQUE INDEX draft_file_pkey ON draft_file USING btree (id)

TABLE draft_recipient
    draft_id uuid NOT NULL
    recipient_id uuid NOT NULL
    ordinal bigint NOT NULL
    chosen text NOT NULL DEFAULT ''::text
    signed text NOT NULL DEFAULT ''::text
    CHECK ((chosen = ANY (ARRAY[''::text, 'dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (draft_id, recipient_id)
    FOREIGN KEY (recipient_id) REFERENCES correspondent(id)
    CHECK ((signed = ANY (ARRAY[''::text, 'dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    CREATE UNIQUE INDEX draft_recipient_pkey ON draft_recipient USING btree (draft_id, recipient_id)

TABLE draft_sending
    draft_id uuid NOT NULL
    subject text NOT NULL DEFAULT ''::text
    reason text NOT NULL DEFAULT ''::text
    answer_by text NOT NULL DEFAULT ''::text
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (draft_id)
    CREATE UNIQUE INDEX draft_sending_pkey ON draft_sending USING btree (draft_id)

TABLE draft_sending_change
    draft_id uuid NOT NULL
    ordinal bigint NOT NULL
    changed_by uuid NOT NULL
    changed_at bigint NOT NULL
    added text NOT NULL
    left_out text NOT NULL
    rerouted text NOT NULL
    answer_before text NOT NULL
    answer_after text NOT NULL
    FOREIGN KEY (changed_by) REFERENCES "position"(id)
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (draft_id, ordinal)
    CREATE UNIQUE INDEX draft_sending_change_pkey ON draft_sending_change USING btree (draft_id, ordinal)

TABLE draft_version
    id uuid NOT NULL
    draft_id uuid NOT NULL
    ordinal bigint NOT NULL
    source_hash text NOT NULL
    source_size bigint NOT NULL
    source_name text NOT NULL
    source_type text NOT NULL
    pdf_hash text
    pdf_size bigint
    pdf_pages bigint
    conversion text NOT NULL
    fault text
    created_by uuid NOT NULL
    created_at bigint NOT NULL
    CHECK (((conversion = 'done'::text) = (pdf_hash IS NOT NULL)))
    CHECK ((conversion = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
    FOREIGN KEY (created_by) REFERENCES "position"(id)
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    UNIQUE (draft_id, ordinal)
    PRIMARY KEY (id)
    CREATE INDEX draft_version_by_pdf_hash ON draft_version USING btree (pdf_hash)
    CREATE INDEX draft_version_by_source_hash ON draft_version USING btree (source_hash)
    CREATE UNIQUE INDEX draft_version_draft_id_ordinal_key ON draft_version USING btree (draft_id, ordinal)
    CREATE UNIQUE INDEX draft_version_pkey ON draft_version USING btree (id)

TABLE entry_text
    entry_id uuid NOT NULL
    words tsvector NOT NULL
    PRIMARY KEY (entry_id)
    CREATE UNIQUE INDEX entry_text_pkey ON entry_text USING btree (entry_id)
    CREATE INDEX entry_text_words ON entry_text USING gin (words)

TABLE exchange_health
    channel text NOT NULL
    partner text NOT NULL DEFAULT ''::text
    direction text NOT NULL
    good_at bigint
    bad_at bigint
    error text NOT NULL DEFAULT ''::text
    failures bigint NOT NULL DEFAULT 0
    PRIMARY KEY (channel, partner, direction)
    CREATE UNIQUE INDEX exchange_health_pkey ON exchange_health USING btree (channel, partner, direction)

TABLE exchange_hold
    channel text NOT NULL
    partner text NOT NULL DEFAULT ''::text
    reason text NOT NULL
    held_by uuid NOT NULL
    held_at bigint NOT NULL
    FOREIGN KEY (held_by) REFERENCES "position"(id)
    PRIMARY KEY (channel, partner)
    CHECK ((reason <> ''::text))
    CREATE UNIQUE INDEX exchange_hold_pkey ON exchange_hold USING btree (channel, partner)

TABLE handover
    id uuid NOT NULL
    agency_id uuid NOT NULL
    position_id uuid NOT NULL
    purpose text NOT NULL
    draft_id uuid
    version_ordinal bigint
    pdf_hash text
    issuance_id uuid
    draft_file_id uuid
    arrival_id uuid
    served_hash text NOT NULL
    served_size bigint NOT NULL
    served_name text NOT NULL
    served_pages bigint NOT NULL
    override_reason text NOT NULL DEFAULT ''::text
    certificate_hash text NOT NULL
    download_hash bytea
    upload_hash bytea
    state text NOT NULL
    fault text
    detail text NOT NULL DEFAULT ''::text
    returned_hash text
    returned_size bigint
    opened_at bigint NOT NULL
    expires_at bigint NOT NULL
    fetched_at bigint
    upload_taken_at bigint
    closed_at bigint
    draft_revision bigint
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    FOREIGN KEY (arrival_id) REFERENCES arrival(id)
    CHECK (((purpose = 'signDraft'::text) = (pdf_hash IS NOT NULL)))
    CHECK (((purpose = ANY (ARRAY['sealLetter'::text, 'sealEnclosure'::text])) = (issuance_id IS NOT NULL)))
    CHECK (((purpose = 'sealEnclosure'::text) = (draft_file_id IS NOT NULL)))
    CHECK (((purpose = 'stampArrival'::text) = (arrival_id IS NOT NULL)))
    CHECK (((draft_id IS NULL) = (arrival_id IS NOT NULL)))
    CHECK (((state = ANY (ARRAY['opened'::text, 'fetched'::text])) = (closed_at IS NULL)))
    CHECK (((state = 'returned'::text) = (returned_hash IS NOT NULL)))
    CHECK (((state = 'refused'::text) = (fault IS NOT NULL)))
    UNIQUE (download_hash)
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CHECK ((purpose = ANY (ARRAY['signDraft'::text, 'sealLetter'::text, 'sealEnclosure'::text, 'stampArrival'::text])))
    CHECK ((state = ANY (ARRAY['opened'::text, 'fetched'::text, 'returned'::text, 'refused'::text, 'cancelled'::text, 'timedOut'::text])))
    UNIQUE (upload_hash)
    CREATE INDEX handover_by_returned_hash ON handover USING btree (returned_hash)
    CREATE INDEX handover_by_served_hash ON handover USING btree (served_hash)
    CREATE UNIQUE INDEX handover_download_hash_key ON handover USING btree (download_hash)
    CREATE INDEX handover_expiring ON handover USING btree (expires_at) WHERE (state = ANY (ARRAY['opened'::text, 'fetched'::text]))
    CREATE INDEX handover_of_arrival ON handover USING btree (arrival_id)
    CREATE INDEX handover_of_draft ON handover USING btree (draft_id)
    CREATE INDEX handover_of_issuance ON handover USING btree (issuance_id)
    CREATE UNIQUE INDEX handover_open_arrival ON handover USING btree (arrival_id) WHERE ((arrival_id IS NOT NULL) AND (state = ANY (ARRAY['opened'::text, 'fetched'::text])))
    CREATE UNIQUE INDEX handover_open_draft ON handover USING btree (draft_id) WHERE ((draft_id IS NOT NULL) AND (state = ANY (ARRAY['opened'::text, 'fetched'::text])))
    CREATE UNIQUE INDEX handover_pkey ON handover USING btree (id)
    CREATE UNIQUE INDEX handover_upload_hash_key ON handover USING btree (upload_hash)

TABLE held_form
    id uuid NOT NULL
    account_id uuid NOT NULL
    path text NOT NULL
    fields text NOT NULL
    at bigint NOT NULL
    FOREIGN KEY (account_id) REFERENCES account(id)
    PRIMARY KEY (id)
    CREATE INDEX held_form_by_account ON held_form USING btree (account_id, at)
    CREATE UNIQUE INDEX held_form_pkey ON held_form USING btree (id)

TABLE inbound_message
    id uuid NOT NULL
    channel text NOT NULL
    partner text NOT NULL
    external_id text NOT NULL
    hash text NOT NULL
    size bigint NOT NULL
    received_at bigint NOT NULL
    state text NOT NULL
    available_at bigint NOT NULL
    leased_until bigint
    attempts bigint NOT NULL DEFAULT 0
    error text NOT NULL DEFAULT ''::text
    sender text NOT NULL DEFAULT ''::text
    subject text NOT NULL DEFAULT ''::text
    addressed_to text NOT NULL DEFAULT ''::text
    leased_by text NOT NULL DEFAULT ''::text
    CHECK ((channel = ANY (ARRAY['vanthu'::text, 'axis'::text, 'lgsp'::text, 'mail'::text])))
    UNIQUE (channel, partner, external_id)
    PRIMARY KEY (id)
    CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text, 'dismissed'::text])))
    CREATE INDEX inbound_message_by_hash ON inbound_message USING btree (hash)
    CREATE UNIQUE INDEX inbound_message_channel_partner_external_id_key ON inbound_message USING btree (channel, partner, external_id)
    CREATE INDEX inbound_message_next ON inbound_message USING btree (state, available_at, id)
    CREATE UNIQUE INDEX inbound_message_pkey ON inbound_message USING btree (id)

TABLE installation_administrator
    position_id uuid NOT NULL
    agency_id uuid NOT NULL
    appointed_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (position_id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE UNIQUE INDEX installation_administrator_pkey ON installation_administrator USING btree (position_id)

TABLE issuance
    id uuid NOT NULL
    agency_id uuid NOT NULL
    draft_id uuid NOT NULL
    register_id uuid NOT NULL
    year bigint NOT NULL
    number bigint NOT NULL
    notation text NOT NULL
    date text NOT NULL
    state text NOT NULL
    numbered_by uuid NOT NULL
    numbered_at bigint NOT NULL
    recipients text NOT NULL
    issued_at bigint
    document_id uuid
    void_reason text NOT NULL DEFAULT ''::text
    search_text text NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    UNIQUE (agency_id, register_id, year, number)
    CHECK (((state = 'issued'::text) = (document_id IS NOT NULL)))
    CHECK (((state <> 'void'::text) OR (void_reason <> ''::text)))
    FOREIGN KEY (document_id) REFERENCES document(id)
    UNIQUE (document_id)
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    CHECK ((number > 0))
    FOREIGN KEY (numbered_by) REFERENCES "position"(id)
    PRIMARY KEY (id)
    FOREIGN KEY (register_id) REFERENCES register(id)
    CHECK ((state = ANY (ARRAY['numbered'::text, 'issued'::text, 'void'::text])))
    CREATE UNIQUE INDEX issuance_agency_id_register_id_year_number_key ON issuance USING btree (agency_id, register_id, year, number)
    CREATE UNIQUE INDEX issuance_document_id_key ON issuance USING btree (document_id)
    CREATE INDEX issuance_list ON issuance USING btree (agency_id, numbered_at, id)
    CREATE UNIQUE INDEX issuance_notation ON issuance USING btree (agency_id, year, number, notation)
    CREATE UNIQUE INDEX issuance_of_draft ON issuance USING btree (draft_id) WHERE (state <> 'void'::text)
    CREATE UNIQUE INDEX issuance_pkey ON issuance USING btree (id)

TABLE issuance_medium
    issuance_id uuid NOT NULL
    recipient_id uuid NOT NULL
    medium text NOT NULL
    ruled text NOT NULL
    ground text NOT NULL
    rule_id uuid
    subject text NOT NULL DEFAULT ''::text
    reason text NOT NULL DEFAULT ''::text
    CHECK (((medium = ruled) OR (reason <> ''::text)))
    CHECK ((ground = ANY (ARRAY['rule'::text, 'byDefault'::text, 'notReachable'::text, 'notSigned'::text])))
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    CHECK ((medium = ANY (ARRAY['dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    PRIMARY KEY (issuance_id, recipient_id)
    FOREIGN KEY (recipient_id) REFERENCES correspondent(id)
    FOREIGN KEY (rule_id) REFERENCES medium_rule(id)
    CHECK ((ruled = ANY (ARRAY['dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    CREATE UNIQUE INDEX issuance_medium_pkey ON issuance_medium USING btree (issuance_id, recipient_id)

TABLE issuance_recipient_change
    issuance_id uuid NOT NULL
    recipient_id uuid NOT NULL
    signed text NOT NULL
    sent text NOT NULL
    reason text NOT NULL DEFAULT ''::text
    CHECK ((signed <> sent))
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    PRIMARY KEY (issuance_id, recipient_id)
    FOREIGN KEY (recipient_id) REFERENCES correspondent(id)
    CHECK ((sent = ANY (ARRAY[''::text, 'dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    CHECK ((signed = ANY (ARRAY[''::text, 'dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    CREATE UNIQUE INDEX issuance_recipient_change_pkey ON issuance_recipient_change USING btree (issuance_id, recipient_id)

TABLE issuance_replacement
    issuance_id uuid NOT NULL
    replaced_id uuid NOT NULL
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    PRIMARY KEY (issuance_id, replaced_id)
    FOREIGN KEY (replaced_id) REFERENCES issuance(id)
    CREATE INDEX issuance_replacement_by_replaced ON issuance_replacement USING btree (replaced_id)
    CREATE UNIQUE INDEX issuance_replacement_pkey ON issuance_replacement USING btree (issuance_id, replaced_id)

TABLE job
    id uuid NOT NULL
    kind text NOT NULL
    subject uuid NOT NULL
    agency_id uuid NOT NULL
    available_at bigint NOT NULL
    leased_until bigint
    attempts bigint NOT NULL DEFAULT 0
    error text NOT NULL DEFAULT ''::text
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((kind = ANY (ARRAY['convertVersion'::text, 'convertFile'::text])))
    UNIQUE (kind, subject)
    PRIMARY KEY (id)
    CREATE UNIQUE INDEX job_kind_subject_key ON job USING btree (kind, subject)
    CREATE INDEX job_next ON job USING btree (available_at, id)
    CREATE UNIQUE INDEX job_pkey ON job USING btree (id)

TABLE journal
    chain text NOT NULL
    sequence bigint NOT NULL
    agency_id uuid
    at bigint NOT NULL
    actor text NOT NULL
    position_id uuid
    verb text NOT NULL
    subject uuid NOT NULL
    particulars text NOT NULL
    previous_hash bytea NOT NULL
    hash bytea NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (chain, sequence)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE INDEX journal_by_subject ON journal USING btree (subject, sequence)
    CREATE UNIQUE INDEX journal_pkey ON journal USING btree (chain, sequence)
    CREATE TRIGGER journal_no_change BEFORE DELETE OR UPDATE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()
    CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()

TABLE journal_head
    chain text NOT NULL
    sequence bigint NOT NULL
    hash bytea NOT NULL
    PRIMARY KEY (chain)
    CREATE UNIQUE INDEX journal_head_pkey ON journal_head USING btree (chain)

TABLE kept_evidence
    file_hash text NOT NULL
    request text NOT NULL
    url text NOT NULL
    status bigint NOT NULL
    answer_hash text NOT NULL
    fetched_at bigint NOT NULL
    PRIMARY KEY (file_hash, request)
    CREATE INDEX kept_evidence_by_answer ON kept_evidence USING btree (answer_hash)
    CREATE UNIQUE INDEX kept_evidence_pkey ON kept_evidence USING btree (file_hash, request)

TABLE medium_rule
    id uuid NOT NULL
    agency_id uuid
    catalogue text NOT NULL
    ordinal bigint NOT NULL
    name text NOT NULL
    type_slug text NOT NULL DEFAULT ''::text
    subject text NOT NULL DEFAULT ''::text
    scope text NOT NULL
    scope_value text NOT NULL DEFAULT ''::text
    direction text NOT NULL
    medium text NOT NULL
    basis text NOT NULL
    valid_from text NOT NULL
    valid_to text NOT NULL DEFAULT ''::text
    entered_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((basis <> ''::text))
    CHECK (((scope = 'any'::text) = (scope_value = ''::text)))
    CHECK ((direction = ANY (ARRAY['gui'::text, 'nhan'::text])))
    CHECK ((medium = ANY (ARRAY['dien_tu'::text, 'dien_tu_va_giay'::text, 'giay'::text])))
    PRIMARY KEY (id)
    CHECK ((scope = ANY (ARRAY['any'::text, 'kind'::text, 'duty'::text, 'agency'::text])))
    CREATE INDEX medium_rule_by_agency ON medium_rule USING btree (agency_id, catalogue, ordinal)
    CREATE UNIQUE INDEX medium_rule_pkey ON medium_rule USING btree (id)

TABLE outbox
    id uuid NOT NULL
    kind text NOT NULL
    channel text NOT NULL
    partner text NOT NULL DEFAULT ''::text
    from_agency uuid NOT NULL
    to_agency uuid NOT NULL
    delivery_id uuid NOT NULL
    document_id uuid
    request_id uuid
    status bigint NOT NULL
    note text NOT NULL
    at bigint NOT NULL
    available_at bigint NOT NULL
    leased_until bigint
    attempts bigint NOT NULL DEFAULT 0
    error text NOT NULL DEFAULT ''::text
    dead_at bigint
    leased_by text NOT NULL DEFAULT ''::text
    in_doubt smallint NOT NULL DEFAULT 0
    CHECK ((channel = ANY (ARRAY['loopback'::text, 'vanthu'::text, 'axis'::text, 'lgsp'::text, 'mail'::text])))
    CHECK (((kind <> 'document'::text) OR (document_id IS NOT NULL)))
    CHECK (((kind <> ALL (ARRAY['recall'::text, 'update'::text])) OR (request_id IS NOT NULL)))
    FOREIGN KEY (document_id) REFERENCES document(id)
    FOREIGN KEY (from_agency) REFERENCES correspondent(id)
    CHECK ((kind = ANY (ARRAY['document'::text, 'status'::text, 'recall'::text, 'update'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (to_agency) REFERENCES correspondent(id)
    CREATE UNIQUE INDEX outbox_by_channel_pkey ON outbox USING btree (id)
    CREATE INDEX outbox_by_delivery ON outbox USING btree (delivery_id)
    CREATE INDEX outbox_by_sender ON outbox USING btree (from_agency, at, id)
    CREATE INDEX outbox_next ON outbox USING btree (channel, available_at, id)

TABLE paper_dispatch
    id uuid NOT NULL
    agency_id uuid NOT NULL
    issuance_id uuid NOT NULL
    delivery_id uuid NOT NULL
    recipient_id uuid NOT NULL
    state text NOT NULL
    copy_id uuid
    printed_at bigint
    printed_by uuid
    posting_year bigint
    posting_number bigint
    posted_on text NOT NULL DEFAULT ''::text
    way text NOT NULL DEFAULT ''::text
    carrier text NOT NULL DEFAULT ''::text
    envelopes bigint NOT NULL DEFAULT 0
    note text NOT NULL DEFAULT ''::text
    posted_by uuid
    posted_at bigint
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK (((state = 'cho-in'::text) = (printed_at IS NULL)))
    CHECK (((state = 'cho-in'::text) OR (copy_id IS NOT NULL)))
    CHECK (((state = 'da-gui'::text) = (posting_number IS NOT NULL)))
    CHECK (((posting_number IS NULL) = (posted_at IS NULL)))
    FOREIGN KEY (copy_id) REFERENCES certified_copy(id)
    FOREIGN KEY (delivery_id) REFERENCES delivery(id)
    UNIQUE (delivery_id)
    FOREIGN KEY (issuance_id) REFERENCES issuance(id)
    PRIMARY KEY (id)
    FOREIGN KEY (posted_by) REFERENCES "position"(id)
    FOREIGN KEY (printed_by) REFERENCES "position"(id)
    FOREIGN KEY (recipient_id) REFERENCES correspondent(id)
    CHECK ((state = ANY (ARRAY['cho-in'::text, 'da-in'::text, 'da-gui'::text])))
    CHECK ((way = ANY (ARRAY[''::text, 'buu-dien'::text, 'buu-chinh-kt1'::text, 'giao-lien'::text, 'nhan-truc-tiep'::text])))
    CREATE INDEX paper_dispatch_by_issuance ON paper_dispatch USING btree (issuance_id, recipient_id)
    CREATE UNIQUE INDEX paper_dispatch_delivery_id_key ON paper_dispatch USING btree (delivery_id)
    CREATE UNIQUE INDEX paper_dispatch_pkey ON paper_dispatch USING btree (id)
    CREATE UNIQUE INDEX paper_dispatch_posting ON paper_dispatch USING btree (agency_id, posting_year, posting_number) WHERE (posting_number IS NOT NULL)
    CREATE INDEX paper_dispatch_queue ON paper_dispatch USING btree (agency_id, state, id)

TABLE paper_series
    agency_id uuid NOT NULL
    kind text NOT NULL
    year bigint NOT NULL
    last_number bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((kind = ANY (ARRAY['copy'::text, 'posting'::text])))
    CHECK ((last_number > 0))
    PRIMARY KEY (agency_id, kind, year)
    CREATE UNIQUE INDEX paper_series_pkey ON paper_series USING btree (agency_id, kind, year)

TABLE position
    id uuid NOT NULL
    agency_id uuid NOT NULL
    account_id uuid NOT NULL
    role text NOT NULL
    title text NOT NULL
    rank bigint NOT NULL
    ended_at bigint
    FOREIGN KEY (account_id) REFERENCES account(id)
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (id)
    CHECK ((role = ANY (ARRAY['clerk'::text, 'officer'::text, 'unitHead'::text, 'deputyUnitHead'::text, 'officeHead'::text, 'deputyOfficeHead'::text, 'deputyHead'::text, 'head'::text, 'administrator'::text])))
    CREATE INDEX position_by_account ON "position" USING btree (account_id)
    CREATE INDEX position_by_agency ON "position" USING btree (agency_id, rank)
    CREATE UNIQUE INDEX position_pkey ON "position" USING btree (id)

TABLE prepared_file
    draft_id uuid NOT NULL
    version_ordinal bigint NOT NULL
    pdf_hash text NOT NULL
    layout text NOT NULL
    prepared_hash text NOT NULL
    prepared_size bigint NOT NULL
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (draft_id)
    CREATE INDEX prepared_file_by_hash ON prepared_file USING btree (prepared_hash)
    CREATE UNIQUE INDEX prepared_file_pkey ON prepared_file USING btree (draft_id)

TABLE receipt
    id uuid NOT NULL
    agency_id uuid NOT NULL
    sender_id uuid NOT NULL
    delivery_id uuid NOT NULL
    document_id uuid NOT NULL
    declared_files bigint NOT NULL
    declared_pages bigint NOT NULL
    state text NOT NULL
    arrived_at bigint NOT NULL
    due_at bigint NOT NULL
    decided_at bigint
    decided_by uuid
    reason text NOT NULL DEFAULT ''::text
    channel text NOT NULL DEFAULT 'loopback'::text
    partner text NOT NULL DEFAULT ''::text
    message_key text NOT NULL DEFAULT ''::text
    business text NOT NULL DEFAULT 'new'::text
    replaces text NOT NULL DEFAULT ''::text
    findings text NOT NULL DEFAULT ''::text
    frozen_at bigint
    sending bigint NOT NULL DEFAULT 1
    content text NOT NULL DEFAULT ''::text
    repetitions bigint NOT NULL DEFAULT 0
    sent_at bigint
    earlier_of uuid
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK (((state = 'waiting'::text) = (decided_at IS NULL)))
    CHECK (((state <> 'refused'::text) OR (reason <> ''::text)))
    FOREIGN KEY (decided_by) REFERENCES "position"(id)
    UNIQUE (delivery_id)
    FOREIGN KEY (document_id) REFERENCES document(id)
    PRIMARY KEY (id)
    FOREIGN KEY (sender_id) REFERENCES correspondent(id)
    CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'refused'::text])))
    CREATE INDEX receipt_by_agency ON receipt USING btree (agency_id, state, arrived_at, id)
    CREATE INDEX receipt_by_document ON receipt USING btree (document_id)
    CREATE UNIQUE INDEX receipt_by_message ON receipt USING btree (agency_id, sender_id, message_key, business, sending) WHERE (message_key <> ''::text)
    CREATE UNIQUE INDEX receipt_delivery_id_key ON receipt USING btree (delivery_id)
    CREATE INDEX receipt_earlier_of ON receipt USING btree (earlier_of) WHERE (earlier_of IS NOT NULL)
    CREATE UNIQUE INDEX receipt_pkey ON receipt USING btree (id)
    CREATE INDEX receipt_replacing ON receipt USING btree (agency_id, sender_id) WHERE (business = 'replace'::text)
    CREATE INDEX receipt_taken_back ON receipt USING btree (agency_id, frozen_at, id) WHERE (frozen_at IS NOT NULL)

TABLE receipt_request
    id uuid NOT NULL
    receipt_id uuid NOT NULL
    kind text NOT NULL
    note text NOT NULL
    asked_at bigint NOT NULL
    state text NOT NULL
    decided_at bigint
    decided_by uuid
    reason text NOT NULL DEFAULT ''::text
    corrected_id uuid
    former_id uuid
    declared_files bigint NOT NULL DEFAULT 0
    declared_pages bigint NOT NULL DEFAULT 0
    removal smallint NOT NULL DEFAULT 0
    findings text NOT NULL DEFAULT ''::text
    CHECK (((state = 'asked'::text) = (decided_at IS NULL)))
    FOREIGN KEY (corrected_id) REFERENCES document(id)
    FOREIGN KEY (decided_by) REFERENCES "position"(id)
    FOREIGN KEY (former_id) REFERENCES document(id)
    CHECK ((kind = ANY (ARRAY['recall'::text, 'update'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (receipt_id) REFERENCES receipt(id)
    CHECK ((state = ANY (ARRAY['asked'::text, 'agreed'::text, 'refused'::text])))
    CREATE INDEX receipt_request_by_corrected ON receipt_request USING btree (corrected_id) WHERE (corrected_id IS NOT NULL)
    CREATE INDEX receipt_request_by_former ON receipt_request USING btree (former_id) WHERE (former_id IS NOT NULL)
    CREATE INDEX receipt_request_by_receipt ON receipt_request USING btree (receipt_id, asked_at)
    CREATE UNIQUE INDEX receipt_request_pkey ON receipt_request USING btree (id)

TABLE recipient_group
    id uuid NOT NULL
    agency_id uuid NOT NULL
    name text NOT NULL
    sort_key text NOT NULL
    changed_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    UNIQUE (agency_id, sort_key)
    CHECK ((name <> ''::text))
    PRIMARY KEY (id)
    CREATE UNIQUE INDEX recipient_group_agency_id_sort_key_key ON recipient_group USING btree (agency_id, sort_key)
    CREATE UNIQUE INDEX recipient_group_pkey ON recipient_group USING btree (id)

TABLE recipient_group_member
    group_id uuid NOT NULL
    recipient_id uuid NOT NULL
    FOREIGN KEY (group_id) REFERENCES recipient_group(id)
    PRIMARY KEY (group_id, recipient_id)
    FOREIGN KEY (recipient_id) REFERENCES correspondent(id)
    CREATE UNIQUE INDEX recipient_group_member_pkey ON recipient_group_member USING btree (group_id, recipient_id)

TABLE register
    id uuid NOT NULL
    agency_id uuid NOT NULL
    direction text NOT NULL
    slug text NOT NULL
    name text NOT NULL
    UNIQUE (agency_id, direction, slug)
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text])))
    PRIMARY KEY (id)
    CREATE UNIQUE INDEX register_agency_id_direction_slug_key ON register USING btree (agency_id, direction, slug)
    CREATE UNIQUE INDEX register_pkey ON register USING btree (id)

TABLE register_type
    agency_id uuid NOT NULL
    direction text NOT NULL
    type_slug text NOT NULL
    register_id uuid NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text])))
    PRIMARY KEY (agency_id, direction, type_slug)
    FOREIGN KEY (register_id) REFERENCES register(id)
    FOREIGN KEY (type_slug) REFERENCES document_type(slug)
    CREATE UNIQUE INDEX register_type_pkey ON register_type USING btree (agency_id, direction, type_slug)

TABLE register_year
    register_id uuid NOT NULL
    year bigint NOT NULL
    first_number bigint NOT NULL DEFAULT 1
    last_number bigint NOT NULL
    last_date text NOT NULL
    CHECK ((last_number >= (first_number - 1)))
    CHECK ((first_number > 0))
    PRIMARY KEY (register_id, year)
    FOREIGN KEY (register_id) REFERENCES register(id)
    CREATE UNIQUE INDEX register_year_pkey ON register_year USING btree (register_id, year)

TABLE routing_decision
    id uuid NOT NULL
    draft_id uuid NOT NULL
    position_id uuid NOT NULL
    act text NOT NULL
    version_ordinal bigint NOT NULL
    pdf_hash text NOT NULL
    comment text NOT NULL
    at bigint NOT NULL
    CHECK ((act = ANY (ARRAY['submitted'::text, 'initialled'::text, 'submittedOnward'::text, 'newVersion'::text, 'returned'::text, 'takenBack'::text, 'signed'::text, 'returnedByClerk'::text])))
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE INDEX routing_decision_by_draft ON routing_decision USING btree (draft_id, at)
    CREATE INDEX routing_decision_by_position ON routing_decision USING btree (position_id)
    CREATE UNIQUE INDEX routing_decision_pkey ON routing_decision USING btree (id)

TABLE routing_step
    id uuid NOT NULL
    draft_id uuid NOT NULL
    ordinal bigint NOT NULL
    position_id uuid NOT NULL
    kind text NOT NULL
    state text NOT NULL
    opened_at bigint
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    UNIQUE (draft_id, ordinal)
    CHECK ((kind = ANY (ARRAY['sign'::text, 'approve'::text])))
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CHECK ((state = ANY (ARRAY['waiting'::text, 'current'::text, 'done'::text])))
    CREATE INDEX routing_step_by_position ON routing_step USING btree (position_id)
    CREATE UNIQUE INDEX routing_step_draft_id_ordinal_key ON routing_step USING btree (draft_id, ordinal)
    CREATE UNIQUE INDEX routing_step_pkey ON routing_step USING btree (id)

TABLE schema_migration
    number bigint NOT NULL
    name text NOT NULL
    checksum text NOT NULL
    applied_at_us bigint NOT NULL
    PRIMARY KEY (number)
    CREATE UNIQUE INDEX schema_migration_pkey ON schema_migration USING btree (number)

TABLE session
    id_hash bytea NOT NULL
    account_id uuid NOT NULL
    position_id uuid
    csrf text NOT NULL
    created_at bigint NOT NULL
    seen_at bigint NOT NULL
    expires_at bigint NOT NULL
    FOREIGN KEY (account_id) REFERENCES account(id)
    PRIMARY KEY (id_hash)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE INDEX session_by_account ON session USING btree (account_id)
    CREATE UNIQUE INDEX session_pkey ON session USING btree (id_hash)

TABLE signature_verdict
    hash text NOT NULL
    trust text NOT NULL
    edition bigint NOT NULL
    value text NOT NULL
    held_at bigint NOT NULL
    judged_at bigint NOT NULL
    report text NOT NULL
    PRIMARY KEY (hash, trust, edition)
    CHECK ((value = ANY (ARRAY['original'::text, 'partlySigned'::text, 'unverified'::text, 'broken'::text, 'unsigned'::text, 'unchecked'::text])))
    CREATE UNIQUE INDEX signature_verdict_pkey ON signature_verdict USING btree (hash, trust, edition)

TABLE signed_file
    id uuid NOT NULL
    draft_id uuid NOT NULL
    version_ordinal bigint NOT NULL
    layout text NOT NULL
    hash text NOT NULL
    size bigint NOT NULL
    pages bigint NOT NULL
    signed_by uuid NOT NULL
    signer_name text NOT NULL
    certificate_hash text NOT NULL
    signed_at bigint NOT NULL
    override_reason text NOT NULL DEFAULT ''::text
    voided_at bigint
    level text NOT NULL DEFAULT 'B-B'::text
    raise_to text NOT NULL DEFAULT ''::text
    raise_at bigint NOT NULL DEFAULT 0
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    CHECK ((level = ANY (ARRAY['B-B'::text, 'B-T'::text, 'B-LT'::text, 'B-LTA'::text])))
    PRIMARY KEY (id)
    CHECK ((raise_to = ANY (ARRAY[''::text, 'B-T'::text, 'B-LT'::text, 'B-LTA'::text])))
    FOREIGN KEY (signed_by) REFERENCES "position"(id)
    CREATE INDEX signed_file_by_hash ON signed_file USING btree (hash)
    CREATE UNIQUE INDEX signed_file_pkey ON signed_file USING btree (id)
    CREATE INDEX signed_file_to_raise ON signed_file USING btree (raise_at) WHERE ((raise_to <> ''::text) AND (voided_at IS NULL))
    CREATE UNIQUE INDEX signed_file_valid ON signed_file USING btree (draft_id) WHERE (voided_at IS NULL)

TABLE signing_batch
    id uuid NOT NULL
    agency_id uuid NOT NULL
    position_id uuid NOT NULL
    started_at bigint NOT NULL
    leased_until bigint NOT NULL
    cancelled_at bigint
    ended_at bigint
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CREATE INDEX signing_batch_by_position ON signing_batch USING btree (position_id, started_at)
    CREATE INDEX signing_batch_open ON signing_batch USING btree (leased_until) WHERE (ended_at IS NULL)
    CREATE UNIQUE INDEX signing_batch_pkey ON signing_batch USING btree (id)

TABLE signing_batch_item
    batch_id uuid NOT NULL
    ordinal bigint NOT NULL
    draft_id uuid NOT NULL
    version_ordinal bigint NOT NULL
    pdf_hash text NOT NULL
    state text NOT NULL
    reasons text NOT NULL DEFAULT ''::text
    state_at bigint NOT NULL
    draft_revision bigint NOT NULL DEFAULT 0
    UNIQUE (batch_id, draft_id)
    FOREIGN KEY (batch_id) REFERENCES signing_batch(id)
    CHECK (((state = 'notSigned'::text) = (reasons <> ''::text)))
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    PRIMARY KEY (batch_id, ordinal)
    CHECK ((state = ANY (ARRAY['waiting'::text, 'signing'::text, 'signed'::text, 'notSigned'::text])))
    CREATE UNIQUE INDEX signing_batch_item_batch_id_draft_id_key ON signing_batch_item USING btree (batch_id, draft_id)
    CREATE UNIQUE INDEX signing_batch_item_pkey ON signing_batch_item USING btree (batch_id, ordinal)

TABLE signing_key
    id uuid NOT NULL
    account_id uuid
    agency_id uuid
    certificate bytea NOT NULL
    subject_name text NOT NULL
    pkcs12 bytea NOT NULL
    wrapped_passphrase bytea NOT NULL
    salt bytea NOT NULL
    picture bytea NOT NULL
    expires_at bigint NOT NULL
    wrong_pins bigint NOT NULL DEFAULT 0
    locked_at bigint
    replaced_at bigint
    created_at bigint NOT NULL
    kind text NOT NULL DEFAULT 'file'::text
    holder text NOT NULL DEFAULT ''::text
    holder_account text NOT NULL DEFAULT ''::text
    key_name text NOT NULL DEFAULT ''::text
    chain text NOT NULL DEFAULT ''::text
    device text NOT NULL DEFAULT ''::text
    tested_at bigint
    test_result text
    FOREIGN KEY (account_id) REFERENCES account(id)
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK (((account_id IS NULL) <> (agency_id IS NULL)))
    CHECK ((kind = ANY (ARRAY['file'::text, 'token'::text, 'remote'::text, 'handOver'::text])))
    PRIMARY KEY (id)
    CHECK ((test_result = ANY (ARRAY['works'::text, 'notTrusted'::text, 'unreachable'::text, 'wrongSignature'::text])))
    CREATE UNIQUE INDEX signing_key_of_account ON signing_key USING btree (account_id) WHERE (replaced_at IS NULL)
    CREATE UNIQUE INDEX signing_key_of_agency ON signing_key USING btree (agency_id) WHERE (replaced_at IS NULL)
    CREATE UNIQUE INDEX signing_key_pkey ON signing_key USING btree (id)

TABLE staged_file
    id uuid NOT NULL
    account_id uuid NOT NULL
    agency_id uuid NOT NULL
    hash text NOT NULL
    size bigint NOT NULL
    name text NOT NULL
    media_type text NOT NULL
    pages bigint NOT NULL
    created_at bigint NOT NULL
    FOREIGN KEY (account_id) REFERENCES account(id)
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    PRIMARY KEY (id)
    CREATE INDEX staged_file_by_age ON staged_file USING btree (created_at)
    CREATE INDEX staged_file_by_hash ON staged_file USING btree (hash)
    CREATE UNIQUE INDEX staged_file_pkey ON staged_file USING btree (id)

TABLE unknown_recipient
    delivery_id uuid NOT NULL
    agency_id uuid NOT NULL
    sender_id uuid NOT NULL
    code text NOT NULL
    name text NOT NULL
    message_key text NOT NULL
    document_code text NOT NULL
    document_date text NOT NULL
    told_at bigint NOT NULL
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK ((code <> ''::text))
    PRIMARY KEY (delivery_id)
    FOREIGN KEY (sender_id) REFERENCES correspondent(id)
    CREATE UNIQUE INDEX unknown_recipient_pkey ON unknown_recipient USING btree (delivery_id)

TABLE verdict_wish
    hash text NOT NULL
    held_at bigint NOT NULL
    available_at bigint NOT NULL
    leased_until bigint
    attempts bigint NOT NULL DEFAULT 0
    error text NOT NULL DEFAULT ''::text
    PRIMARY KEY (hash)
    CREATE INDEX verdict_wish_next ON verdict_wish USING btree (available_at, hash)
    CREATE UNIQUE INDEX verdict_wish_pkey ON verdict_wish USING btree (hash)

TABLE waiting_signature
    id uuid NOT NULL
    agency_id uuid NOT NULL
    draft_id uuid NOT NULL
    version_ordinal bigint NOT NULL
    pdf_hash text NOT NULL
    prepared_hash text NOT NULL
    tail_hash text NOT NULL
    position_id uuid NOT NULL
    key_id uuid NOT NULL
    override_reason text NOT NULL DEFAULT ''::text
    state text NOT NULL
    pending text NOT NULL DEFAULT ''::text
    reasons text NOT NULL DEFAULT ''::text
    asked_at bigint NOT NULL
    expires_at bigint NOT NULL
    ask_again_at bigint NOT NULL
    ended_at bigint
    draft_revision bigint NOT NULL DEFAULT 0
    FOREIGN KEY (agency_id) REFERENCES agency(id)
    CHECK (((state = ANY (ARRAY['asking'::text, 'waiting'::text])) = (ended_at IS NULL)))
    CHECK (((state = 'notSigned'::text) = (reasons <> ''::text)))
    FOREIGN KEY (draft_id) REFERENCES draft(id)
    FOREIGN KEY (key_id) REFERENCES signing_key(id)
    PRIMARY KEY (id)
    FOREIGN KEY (position_id) REFERENCES "position"(id)
    CHECK ((state = ANY (ARRAY['asking'::text, 'waiting'::text, 'signed'::text, 'notSigned'::text, 'cancelled'::text, 'dropped'::text])))
    CREATE INDEX waiting_signature_by_draft ON waiting_signature USING btree (draft_id, asked_at)
    CREATE INDEX waiting_signature_by_prepared_hash ON waiting_signature USING btree (prepared_hash)
    CREATE INDEX waiting_signature_by_tail_hash ON waiting_signature USING btree (tail_hash)
    CREATE INDEX waiting_signature_next ON waiting_signature USING btree (ask_again_at) WHERE (ended_at IS NULL)
    CREATE UNIQUE INDEX waiting_signature_open ON waiting_signature USING btree (draft_id) WHERE (ended_at IS NULL)
    CREATE UNIQUE INDEX waiting_signature_pkey ON waiting_signature USING btree (id)

