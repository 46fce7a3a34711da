// How sending to a partner went and how what comes from it went are two stories: a mailbox that can be written from may not be
// readable. The former single row says nothing about either.

extension OfficeSchema {
    static let directions = """
        DROP TABLE exchange_health;

        -- artefact: how a channel's last conversations with a partner went, either way
        CREATE TABLE exchange_health (
            channel {text} NOT NULL,
            partner {text} NOT NULL DEFAULT '',
            direction {text} NOT NULL,
            good_at {instant},
            bad_at {instant},
            error {text} NOT NULL DEFAULT '',
            failures {int} NOT NULL DEFAULT 0,
            PRIMARY KEY (channel, partner, direction)
        ) {strict};
        """
}
