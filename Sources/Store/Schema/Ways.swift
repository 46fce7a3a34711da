// By which partner a letter went. The catalogue says how an agency is reached now; who may report on a letter is whom it was
// handed to then.

extension OfficeSchema {
    static let ways = """
        ALTER TABLE delivery ADD COLUMN partner {text} NOT NULL DEFAULT '';
        -- What has left is gone from the outbox; the catalogue knows the partner where the agency has not changed its way.
        UPDATE delivery SET partner = coalesce(
            (SELECT o.partner FROM outbox o WHERE o.delivery_id = delivery.id AND o.kind = 'document'
                AND o.channel = 'vanthu'),
            (SELECT c.partner FROM correspondent c WHERE c.id = delivery.recipient_id AND c.channel = 'vanthu'), '')
            WHERE channel = 'vanthu';
        """
}
