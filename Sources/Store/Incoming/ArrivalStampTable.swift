// Bản có dấu đến ký số: the agency's own copy of a letter that came, with its signed arrival stamp. The letter itself and
// its files never change (decisions 2 and 12); one arrival is stamped once.
import Domain
import DualSQL

package struct ArrivalStamp: Sendable, Equatable {
    package let arrival: ID<Arrival>
    package let agency: ID<Agency>
    /// The file as it came.
    package let source: String
    package let file: FileReference
    /// SHA-256 of the agency's certificate.
    package let certificate: String
    package let stampedBy: ID<Position>
    package let stampedAt: Instant

    package init(
        arrival: ID<Arrival>, agency: ID<Agency>, source: String, file: FileReference, certificate: String,
        stampedBy: ID<Position>, stampedAt: Instant
    ) {
        self.arrival = arrival
        self.agency = agency
        self.source = source
        self.file = file
        self.certificate = certificate
        self.stampedBy = stampedBy
        self.stampedAt = stampedAt
    }
}

package struct ArrivalStampTable {
    let connection: Connection

    package func insert(_ stamp: ArrivalStamp) throws {
        try connection.execute(
            """
            INSERT INTO arrival_stamp (arrival_id, agency_id, source_hash, hash, size, pages, certificate_hash,
                stamped_by, stamped_at)
            VALUES (\(stamp.arrival), \(stamp.agency), \(stamp.source), \(stamp.file.hash), \(stamp.file.size),
                \(stamp.file.pages), \(stamp.certificate), \(stamp.stampedBy), \(stamp.stampedAt))
            """)
    }

    package func remove(_ arrival: ID<Arrival>) throws {
        try connection.execute("DELETE FROM arrival_stamp WHERE arrival_id = \(arrival)")
    }

    package func find(_ arrival: ID<Arrival>) throws -> ArrivalStamp? {
        try connection.first(
            """
            SELECT arrival_id, agency_id, source_hash, hash, size, pages, certificate_hash, stamped_by, stamped_at
            FROM arrival_stamp WHERE arrival_id = \(arrival)
            """
        ) { row in
            ArrivalStamp(
                arrival: try row[0], agency: try row[1], source: try row[2],
                file: FileReference(
                    hash: try row[3], size: try row[4], name: "van-ban-den-co-dau-den.pdf",
                    mediaType: "application/pdf", pages: try row[5]),
                certificate: try row[6], stampedBy: try row[7], stampedAt: try row[8])
        }
    }
}

extension Tables {
    package var arrivalStamps: ArrivalStampTable { ArrivalStampTable(connection: connection) }
}
