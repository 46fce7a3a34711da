// What the lists of the exchange go by: the messages of one agency in their order, and what was taken back from it.

extension OfficeSchema {
    static let exchangeLists = """
        CREATE INDEX outbox_by_sender ON outbox (from_agency, at, id);
        CREATE INDEX receipt_taken_back ON receipt (agency_id, frozen_at, id) WHERE frozen_at IS NOT NULL;
        """
}
