// Whose a lease is, so that what a dead worker had in hand can be given back.

extension OfficeSchema {
    static let leases = """
        ALTER TABLE outbox ADD COLUMN leased_by {text} NOT NULL DEFAULT '';
        ALTER TABLE inbound_message ADD COLUMN leased_by {text} NOT NULL DEFAULT '';
        """
}
