// A letter that its recipient refused and that is sent there once more: how often, by whom and with what words. On the other side,
// which delivery an earlier receipt was of, and when its sender says that it sent it. And what recipients on paper or by mail told
// the clerk, since nothing comes back from them by itself; and in what paper that came later differs from what came first.

extension OfficeSchema {
    static let sentAgain = """
        ALTER TABLE delivery ADD COLUMN sending {int} NOT NULL DEFAULT 1;

        -- truth: each further time that a letter went to the same recipient
        CREATE TABLE delivery_sending (
            delivery_id {id} NOT NULL REFERENCES delivery (id),
            sending {int} NOT NULL CHECK (sending > 1),
            sent_by {id} NOT NULL REFERENCES position (id),
            sent_at {instant} NOT NULL,
            note {text} NOT NULL CHECK (note <> ''),
            PRIMARY KEY (delivery_id, sending)
        ) {strict};

        -- By the sender's own clock; it tells a new sending from a message that comes twice.
        ALTER TABLE receipt ADD COLUMN sent_at {instant};
        -- Within the installation both sides call a delivery by one name, which is the last receipt's.
        ALTER TABLE receipt ADD COLUMN earlier_of {id};
        CREATE INDEX receipt_earlier_of ON receipt (earlier_of) WHERE earlier_of IS NOT NULL;

        -- The day on which the recipient told the clerk how it stands; empty where its system did.
        ALTER TABLE delivery ADD COLUMN told_on {text} NOT NULL DEFAULT '';
        ALTER TABLE delivery_event ADD COLUMN noted_by {id} REFERENCES position (id);

        -- In what the paper that came differs from the electronic letter; empty where it is the same.
        ALTER TABLE arrival_paper ADD COLUMN difference {text} NOT NULL DEFAULT '';
        """
}
