// States that are kept in two tables must say the same: a draft and its number, its signature, its way; an arrival and its
// parts. A crash between two transactions may leave work half way, never these apart (decision 3).
import Domain
import DualSQL

/// A thing named as people name it, and whose it is.
package struct NamedThing: Sendable, Equatable {
    package let agencyName: String
    package let name: String
}

package struct StateAgreement {
    let connection: Connection

    /// Drafts said to be numbered or issued without such an issuance, or the other way round.
    package func draftsApartFromIssuances() throws -> [NamedThing] {
        try drafts(
            """
            LEFT JOIN issuance i ON i.draft_id = d.id AND i.state <> 'void'
            WHERE (d.state IN ('numbered', 'issued') OR i.id IS NOT NULL) AND (i.id IS NULL OR i.state <> d.state)
            """)
    }

    /// Waiting for the clerk without the file that was signed.
    package func draftsWithoutSignedFile() throws -> [NamedThing] {
        try drafts(
            """
            WHERE d.state IN ('signed', 'numbered') AND NOT EXISTS
                (SELECT 1 FROM signed_file f WHERE f.draft_id = d.id AND f.voided_at IS NULL)
            """)
    }

    /// On their way, and at no step or at two.
    package func draftsAtNoStep() throws -> [NamedThing] {
        try drafts(
            """
            WHERE d.state = 'climbing' AND
                (SELECT count(*) FROM routing_step s WHERE s.draft_id = d.id AND s.state = 'current') <> 1
            """)
    }

    /// Closed with a part still open, directed without any part, or waiting for a directive with one.
    package func arrivalsApartFromParts() throws -> [NamedThing] {
        try connection.rows(
            """
            SELECT a.name, n.number, n.year FROM arrival n JOIN agency a ON a.id = n.agency_id
            WHERE (n.state = 'closed' AND EXISTS (SELECT 1 FROM assignment s WHERE s.arrival_id = n.id
                    AND s.state IN ('assigned', 'working')))
                OR (n.state IN ('assigned', 'working')
                    AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.arrival_id = n.id))
                OR (n.state = 'registered' AND EXISTS (SELECT 1 FROM assignment s WHERE s.arrival_id = n.id))
            """
        ) { NamedThing(agencyName: try $0[0], name: "\(try $0[1] as Int)/\(try $0[2] as Int)") }
    }

    /// Numbered before the moment and not issued since.
    package func numberedBefore(_ moment: Instant) throws -> [NamedThing] {
        try connection.rows(
            """
            SELECT a.name, i.number, i.notation FROM issuance i JOIN agency a ON a.id = i.agency_id
            WHERE i.state = 'numbered' AND i.numbered_at < \(moment) ORDER BY i.numbered_at
            """
        ) { NamedThing(agencyName: try $0[0], name: "\(try $0[1] as Int)/\(try $0[2] as String)") }
    }

    private func drafts(_ condition: SQL) throws -> [NamedThing] {
        try connection.rows(
            "SELECT a.name, d.code FROM draft d JOIN agency a ON a.id = d.agency_id " + condition
        ) { NamedThing(agencyName: try $0[0], name: "DT-\(try $0[1] as Int)") }
    }
}

extension Tables {
    package var stateAgreement: StateAgreement { StateAgreement(connection: connection) }
}
