// What a message that came means: a correction with the files it brings, a letter sent again after it was refused, a sender
// that only says itself who it is; and two working hours that begin when a message has gone.

extension OfficeSchema {
    static let meanings = """
        -- What a request to take up a correction corrects to; what stood before it was agreed to; what was found in it.
        ALTER TABLE receipt_request ADD COLUMN corrected_id {id} REFERENCES document (id);
        ALTER TABLE receipt_request ADD COLUMN former_id {id} REFERENCES document (id);
        ALTER TABLE receipt_request ADD COLUMN declared_files {int} NOT NULL DEFAULT 0;
        ALTER TABLE receipt_request ADD COLUMN declared_pages {int} NOT NULL DEFAULT 0;
        ALTER TABLE receipt_request ADD COLUMN removal {flag} NOT NULL DEFAULT 0;
        ALTER TABLE receipt_request ADD COLUMN findings {text} NOT NULL DEFAULT '';
        CREATE INDEX receipt_request_by_corrected ON receipt_request (corrected_id) WHERE corrected_id IS NOT NULL;
        CREATE INDEX receipt_request_by_former ON receipt_request (former_id) WHERE former_id IS NOT NULL;
        CREATE INDEX receipt_by_document ON receipt (document_id);

        -- Which time its sender sent it, what it carried then, and how often the very same came again.
        ALTER TABLE receipt ADD COLUMN sending {int} NOT NULL DEFAULT 1;
        ALTER TABLE receipt ADD COLUMN content {text} NOT NULL DEFAULT '';
        ALTER TABLE receipt ADD COLUMN repetitions {int} NOT NULL DEFAULT 0;
        DROP INDEX receipt_by_message;
        CREATE UNIQUE INDEX receipt_by_message ON receipt (agency_id, sender_id, message_key, business, sending)
            WHERE message_key <> '';
        CREATE INDEX receipt_replacing ON receipt (agency_id, sender_id) WHERE business = 'replace';

        -- Tự khai báo: known from its own messages only, until a person or a list has confirmed it.
        ALTER TABLE correspondent ADD COLUMN self_declared {flag} NOT NULL DEFAULT 0;
        UPDATE correspondent SET self_declared = 1 WHERE hosted = 0 AND list_name = ''
            AND id IN (SELECT sender_id FROM receipt WHERE findings LIKE '%"unknownSender"%');

        UPDATE delivery SET accept_due_at = NULL WHERE carried_at IS NULL
            AND id IN (SELECT delivery_id FROM outbox WHERE kind = 'document');
        """
}
