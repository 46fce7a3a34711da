// Nhật ký: chains that only grow. Triggers refuse any change to an entry.

extension OfficeSchema {
    static let journal = """
        -- artefact: one chain an agency; chain is the agency's id, or 'installation'
        CREATE TABLE journal (
            chain {text} NOT NULL,
            sequence {int} NOT NULL,
            agency_id {id} REFERENCES agency (id),
            at {instant} NOT NULL,
            actor {text} NOT NULL,
            position_id {id} REFERENCES position (id),
            verb {text} NOT NULL,
            subject {id} NOT NULL,
            particulars {text} NOT NULL,
            previous_hash {bytes} NOT NULL,
            hash {bytes} NOT NULL,
            PRIMARY KEY (chain, sequence)
        ) {strict};
        CREATE INDEX journal_by_subject ON journal (subject, sequence);

        -- cache: the last link of each chain; locked last in every transaction
        CREATE TABLE journal_head (
            chain {text} PRIMARY KEY,
            sequence {int} NOT NULL,
            hash {bytes} NOT NULL
        ) {strict};

        --sqlite: CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
        --sqlite: CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
        --postgres: CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the journal is only added to'; END $$;
        --postgres: CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
        --postgres: CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change();
        """
}
