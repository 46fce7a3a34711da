// Whether the other side may have a message whose answer was lost. What is certainly not there can be taken back without a word.

extension OfficeSchema {
    static let doubts = """
        ALTER TABLE outbox ADD COLUMN in_doubt {flag} NOT NULL DEFAULT 0;
        UPDATE outbox SET in_doubt = 1 WHERE attempts > 0;
        """
}
