// Mã kiểm tra: the code that stands on print-outs of an issued document, by which anyone may ask whether it was issued here.
// It says nothing by itself and cannot be guessed.
import Domain
import DualSQL

/// What anyone who holds the code may learn: nothing of the content.
package struct CheckedIssuance: Sendable, Equatable {
    package let agencyName: String
    package let number: Int
    package let notation: String
    package let date: OfficeDate
    package let signer: String
    /// Of the letter itself.
    package let fileHash: String

    package init(
        agencyName: String, number: Int, notation: String, date: OfficeDate, signer: String, fileHash: String
    ) {
        self.agencyName = agencyName
        self.number = number
        self.notation = notation
        self.date = date
        self.signer = signer
        self.fileHash = fileHash
    }
}

package struct CheckCodeTable {
    let connection: Connection

    package func insert(_ code: String, of issuance: ID<Issuance>, agency: ID<Agency>, at now: Instant) throws
    {
        try connection.execute(
            """
            INSERT INTO check_code (code, agency_id, issuance_id, created_at)
            VALUES (\(code), \(agency), \(issuance), \(now))
            """)
    }

    package func find(of issuance: ID<Issuance>) throws -> String? {
        try connection.first("SELECT code FROM check_code WHERE issuance_id = \(issuance)") { try $0[0] }
    }

    package func issuance(_ code: String) throws -> CheckedIssuance? {
        try connection.first(
            """
            SELECT a.name, i.number, i.notation, i.date, d.signer, f.hash
            FROM check_code c JOIN issuance i ON i.id = c.issuance_id AND i.state = 'issued'
            JOIN agency a ON a.id = i.agency_id JOIN document d ON d.id = i.document_id
            JOIN document_file f ON f.document_id = d.id AND f.ordinal = 1
            WHERE c.code = \(code)
            """
        ) { row in
            CheckedIssuance(
                agencyName: try row[0], number: try row[1], notation: try row[2], date: try row[3],
                signer: try row[4], fileHash: try row[5])
        }
    }
}

extension Tables {
    package var checkCodes: CheckCodeTable { CheckCodeTable(connection: connection) }
}
