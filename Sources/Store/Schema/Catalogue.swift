// Danh bạ cơ quan of the size the country has it (120,000 entries): an order of names, a text index of its own, which list
// an entry came from, and the codes an agency went by before.

extension OfficeSchema {
    static let catalogue = """
        -- Where the name stands in the dictionary; agencies that have ended stand behind all others.
        ALTER TABLE correspondent ADD COLUMN place {int} NOT NULL DEFAULT 0;
        -- Which list it comes from; empty for what people here added.
        ALTER TABLE correspondent ADD COLUMN list_name {text} NOT NULL DEFAULT '';
        -- What the list said last of mail and address, so that what people here changed is not undone.
        ALTER TABLE correspondent ADD COLUMN listed_mail {text} NOT NULL DEFAULT '';
        ALTER TABLE correspondent ADD COLUMN listed_address {text} NOT NULL DEFAULT '';
        UPDATE correspondent SET place = n.place
            FROM (SELECT id, row_number() OVER (ORDER BY sort_key, id) * 4294967296 AS place FROM correspondent) AS n
            WHERE n.id = correspondent.id;
        CREATE INDEX correspondent_by_place ON correspondent (place);
        CREATE INDEX correspondent_by_kind ON correspondent (kind, place);
        CREATE INDEX correspondent_hosted ON correspondent (sort_key, id) WHERE hosted = 1;
        CREATE INDEX correspondent_by_successor ON correspondent (successor_id) WHERE successor_id IS NOT NULL;
        CREATE INDEX correspondent_current ON correspondent (sort_key, id) WHERE valid_to = '';
        CREATE INDEX correspondent_ended ON correspondent (sort_key, id) WHERE valid_to <> '';

        -- truth: mã định danh trước đây; letters on their way still name the agency by it
        CREATE TABLE correspondent_former_code (
            code {text} NOT NULL CHECK (code <> ''),
            correspondent_id {id} NOT NULL REFERENCES correspondent (id),
            PRIMARY KEY (code, correspondent_id)
        ) {strict};

        -- truth: nhóm nơi nhận; one agency's own
        CREATE TABLE recipient_group (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            name {text} NOT NULL CHECK (name <> ''),
            sort_key {text} NOT NULL,
            changed_at {instant} NOT NULL,
            UNIQUE (agency_id, sort_key)
        ) {strict};
        CREATE TABLE recipient_group_member (
            group_id {id} NOT NULL REFERENCES recipient_group (id),
            recipient_id {id} NOT NULL REFERENCES correspondent (id),
            PRIMARY KEY (group_id, recipient_id)
        ) {strict};

        -- cache: the words an agency is found by, numbered by its place
        --sqlite: CREATE VIRTUAL TABLE correspondent_text USING fts5 (words, detail = none, prefix = '1 2 3 4 5 6', tokenize = "ascii tokenchars '#'");
        --sqlite: INSERT INTO correspondent_text (rowid, words) SELECT place, trim('#' || kind || ' ' || search_text) FROM correspondent ORDER BY place;
        --postgres: CREATE TABLE correspondent_text (place BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
        --postgres: INSERT INTO correspondent_text (place, words) SELECT place, array_to_tsvector(string_to_array(trim('#' || kind || ' ' || search_text), ' ')) FROM correspondent;
        --postgres: CREATE INDEX correspondent_text_words ON correspondent_text USING gin (words);
        """
}
