// By which names a channel's messages are known here.
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
