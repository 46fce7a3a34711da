// Bản giấy kèm theo văn bản đến điện tử (D7, D14): that paper is to come, by which rule, and the day it came.
import Domain
import DualSQL

package struct ArrivalPaper: Sendable, Equatable {
    package let arrival: ID<Arrival>
    package let expected: ExpectedPaper
    /// Nil while it is awaited.
    package let cameOn: OfficeDate?
    /// Who wrote that down.
    package let recordedBy: String
    /// In what it differs from the electronic letter; empty where it is the same.
    package let difference: String

    package init(
        arrival: ID<Arrival>, expected: ExpectedPaper, cameOn: OfficeDate? = nil, recordedBy: String = "",
        difference: String = ""
    ) {
        self.difference = difference
        self.arrival = arrival
        self.expected = expected
        self.cameOn = cameOn
        self.recordedBy = recordedBy
    }
}

package struct ArrivalPaperTable {
    let connection: Connection

    package func insert(_ expected: ExpectedPaper, with arrival: Arrival) throws {
        try connection.execute(
            """
            INSERT INTO arrival_paper (arrival_id, agency_id, year, number, medium, rule_name, basis)
            VALUES (\(arrival.id), \(arrival.agency), \(arrival.year), \(arrival.number), \(expected.medium),
                \(expected.ruleName), \(expected.basis))
            """)
    }

    package func find(_ arrival: ID<Arrival>) throws -> ArrivalPaper? {
        try connection.first(
            """
            SELECT p.medium, p.rule_name, p.basis, p.came_on, coalesce(c.person_name, ''), p.difference
            FROM arrival_paper p
            LEFT JOIN position h ON h.id = p.recorded_by LEFT JOIN account c ON c.id = h.account_id
            WHERE p.arrival_id = \(arrival)
            """
        ) { row in
            ArrivalPaper(
                arrival: arrival,
                expected: ExpectedPaper(medium: try row[0], ruleName: try row[1], basis: try row[2]),
                cameOn: OfficeDate(try row[3] as String), recordedBy: try row[4],
                difference: try row[5])
        }
    }

    /// False when it is not awaited, or not any more.
    package func setCame(
        _ arrival: ID<Arrival>, on day: OfficeDate, difference: String, by clerk: ID<Position>,
        at now: Instant
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE arrival_paper SET came_on = \(day), difference = \(difference), recorded_by = \(clerk), recorded_at = \(now)
            WHERE arrival_id = \(arrival) AND came_on = ''
            """) == 1
    }
}

extension Tables {
    package var arrivalPapers: ArrivalPaperTable { ArrivalPaperTable(connection: connection) }
}
