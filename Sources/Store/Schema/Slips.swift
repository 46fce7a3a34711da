// What a signature is asked for under: the draft as its signer saw it, with recipients and everything beside the PDF. And the
// way back from a document to what replaced it.

extension OfficeSchema {
    static let slips = """
        -- the draft's row version on the page that asked; what was asked before this is asked again
        ALTER TABLE signing_batch_item ADD COLUMN draft_revision {int} NOT NULL DEFAULT 0;
        ALTER TABLE waiting_signature ADD COLUMN draft_revision {int} NOT NULL DEFAULT 0;
        ALTER TABLE handover ADD COLUMN draft_revision {int};
        CREATE INDEX issuance_replacement_by_replaced ON issuance_replacement (replaced_id);
        """
}
