// What is asked once for every message and every stored file: which delivery a status speaks of, and whether anything still
// needs a file's bytes.

extension OfficeSchema {
    static let lookUps = """
        -- One document has one key at all its recipients, be they ten thousand.
        DROP INDEX delivery_by_message;
        CREATE INDEX delivery_by_message ON delivery (message_key, recipient_id) WHERE message_key <> '';

        CREATE INDEX staged_file_by_hash ON staged_file (hash);
        CREATE INDEX draft_version_by_source_hash ON draft_version (source_hash);
        CREATE INDEX draft_version_by_pdf_hash ON draft_version (pdf_hash);
        CREATE INDEX draft_file_by_source_hash ON draft_file (source_hash);
        CREATE INDEX draft_file_by_pdf_hash ON draft_file (pdf_hash);
        CREATE INDEX prepared_file_by_hash ON prepared_file (prepared_hash);
        CREATE INDEX signed_file_by_hash ON signed_file (hash);
        CREATE INDEX waiting_signature_by_prepared_hash ON waiting_signature (prepared_hash);
        CREATE INDEX waiting_signature_by_tail_hash ON waiting_signature (tail_hash);
        CREATE INDEX handover_by_served_hash ON handover (served_hash);
        CREATE INDEX handover_by_returned_hash ON handover (returned_hash);
        CREATE INDEX arrival_stamp_by_source_hash ON arrival_stamp (source_hash);
        CREATE INDEX arrival_stamp_by_hash ON arrival_stamp (hash);
        """
}
