// Files given out to a signing program on somebody's own machine, and an agency's own stamped copies of what came.

extension OfficeSchema {
    static let handovers = """
        -- truth: a file given out to be signed elsewhere, and what came back; tokens are kept as hashes only
        CREATE TABLE handover (
            id {id} PRIMARY KEY,
            agency_id {id} NOT NULL REFERENCES agency (id),
            position_id {id} NOT NULL REFERENCES position (id),
            purpose {text} NOT NULL CHECK (purpose IN ('signDraft', 'sealLetter', 'sealEnclosure', 'stampArrival')),
            draft_id {id} REFERENCES draft (id),
            version_ordinal {int},
            pdf_hash {text},
            issuance_id {id} REFERENCES issuance (id),
            draft_file_id {id},
            arrival_id {id} REFERENCES arrival (id),
            served_hash {text} NOT NULL,
            served_size {int} NOT NULL,
            served_name {text} NOT NULL,
            served_pages {int} NOT NULL,
            override_reason {text} NOT NULL DEFAULT '',
            certificate_hash {text} NOT NULL,
            download_hash {bytes} UNIQUE,
            upload_hash {bytes} UNIQUE,
            state {text} NOT NULL CHECK (state IN ('opened', 'fetched', 'returned', 'refused', 'cancelled',
                'timedOut')),
            fault {text},
            detail {text} NOT NULL DEFAULT '',
            returned_hash {text},
            returned_size {int},
            opened_at {instant} NOT NULL,
            expires_at {instant} NOT NULL,
            fetched_at {instant},
            upload_taken_at {instant},
            closed_at {instant},
            CHECK ((purpose = 'signDraft') = (pdf_hash IS NOT NULL)),
            CHECK ((purpose IN ('sealLetter', 'sealEnclosure')) = (issuance_id IS NOT NULL)),
            CHECK ((purpose = 'sealEnclosure') = (draft_file_id IS NOT NULL)),
            CHECK ((purpose = 'stampArrival') = (arrival_id IS NOT NULL)),
            CHECK ((draft_id IS NULL) = (arrival_id IS NOT NULL)),
            CHECK ((state IN ('opened', 'fetched')) = (closed_at IS NULL)),
            CHECK ((state = 'returned') = (returned_hash IS NOT NULL)),
            CHECK ((state = 'refused') = (fault IS NOT NULL))
        ) {strict};
        CREATE UNIQUE INDEX handover_open_draft ON handover (draft_id)
            WHERE draft_id IS NOT NULL AND state IN ('opened', 'fetched');
        CREATE UNIQUE INDEX handover_open_arrival ON handover (arrival_id)
            WHERE arrival_id IS NOT NULL AND state IN ('opened', 'fetched');
        CREATE INDEX handover_of_issuance ON handover (issuance_id);
        CREATE INDEX handover_of_draft ON handover (draft_id);
        CREATE INDEX handover_of_arrival ON handover (arrival_id);
        CREATE INDEX handover_expiring ON handover (expires_at) WHERE state IN ('opened', 'fetched');

        -- truth: the agency's own copy of a letter that came, with its signed arrival stamp; the letter itself stays
        -- as it came
        CREATE TABLE arrival_stamp (
            arrival_id {id} PRIMARY KEY REFERENCES arrival (id),
            agency_id {id} NOT NULL REFERENCES agency (id),
            source_hash {text} NOT NULL,
            hash {text} NOT NULL,
            size {int} NOT NULL,
            pages {int} NOT NULL,
            certificate_hash {text} NOT NULL,
            stamped_by {id} NOT NULL REFERENCES position (id),
            stamped_at {instant} NOT NULL
        ) {strict};
        """
}
