// By which names a channel's messages are known here, and what of those that a partner lists could not be had.
import Domain
import DualSQL

extension InboundTable {
    package func known(among externalIDs: [String], from route: Route) throws -> Set<String> {
        Set(
            try connection.rows(
                """
                SELECT external_id FROM inbound_message WHERE channel = \(route.channel)
                    AND partner = \(route.partner) AND external_id IN (\(list: externalIDs))
                """
            ) { try $0[0] as String })
    }
}

/// What is known here of a message that a partner lists.
package struct ListedMessage: Sendable {
    package let id: ID<InboundMessage>
    package let state: InboundState
    /// False: the partner could not hand it over; only its name is kept.
    package let isHere: Bool
    /// How often it was asked for in vain.
    package let attempts: Int
    /// When it may be asked for again.
    package let dueAt: Instant
}

extension InboundTable {
    /// By their names.
    package func listed(_ externalIDs: [String], by route: Route) throws -> [String: ListedMessage] {
        let rows = try connection.rows(
            """
            SELECT external_id, id, state, hash, attempts, available_at FROM inbound_message
            WHERE channel = \(route.channel) AND partner = \(route.partner) AND external_id IN (\(list: externalIDs))
            """
        ) { row in
            (
                try row[0] as String,
                ListedMessage(
                    id: try row[1], state: try row[2], isHere: !(try row[3] as String).isEmpty,
                    attempts: try row[4], dueAt: try row[5])
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// It could not be had this time either.
    package func leave(_ id: ID<InboundMessage>, until: Instant, error: String) throws {
        try connection.execute(
            """
            UPDATE inbound_message SET attempts = attempts + 1, available_at = \(until), error = \(error)
            WHERE id = \(id) AND state = 'failed' AND hash = ''
            """)
    }

    /// It could be had after all, and is to be read. False when somebody has decided about it meanwhile.
    package func bring(
        _ id: ID<InboundMessage>, hash: String, size: Int, addressedTo codes: [String], at now: Instant
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE inbound_message SET state = 'waiting', hash = \(hash), size = \(size), attempts = 0, error = '',
                available_at = \(now), addressed_to = \(codes.joined(separator: " "))
            WHERE id = \(id) AND state = 'failed' AND hash = ''
            """) == 1
    }
}
