// Danh sách khóa đang dùng, for administrators: whose, until when, and whether wrong PINs have locked it. Never the key.
import Domain
import DualSQL

package struct KeyRow: Sendable {
    package let ownerName: String
    package let subjectName: String
    package let expiresAt: Instant
    package let isLocked: Bool
    package let kind: KeyKind
    package let device: String
}

extension SigningKeyTable {
    package func inUse() throws -> [KeyRow] {
        try connection.rows(
            """
            SELECT coalesce(a.login, g.slug), k.subject_name, k.expires_at, k.locked_at, k.kind, k.device
            FROM signing_key k
            LEFT JOIN account a ON a.id = k.account_id LEFT JOIN agency g ON g.id = k.agency_id
            WHERE k.replaced_at IS NULL ORDER BY 1
            """
        ) { row in
            KeyRow(
                ownerName: try row[0], subjectName: try row[1], expiresAt: try row[2],
                isLocked: try row.optional(3) as Instant? != nil, kind: try row[4], device: try row[5])
        }
    }
}

/// One line of the register of certificates (D12): a person of the agency, or the agency itself, with the
/// certificate in use and the request that is open.
package struct CertificateRow: Sendable, Equatable {
    package let owner: KeyOwner
    package let name: String
    /// The person's post; empty for the agency.
    package let title: String
    package let role: Role?
    package let certificate: CertificateInUse?
    package let openRequest: CertificateRequestKind?
}

package struct CertificateInUse: Sendable, Equatable {
    package let id: ID<SigningCertificate>
    package let kind: KeyKind
    /// The name in the certificate.
    package let subjectName: String
    package let device: String
    package let expiresAt: Instant
    package let isLocked: Bool
    package let lastTest: KeyTest?
}

extension SigningKeyTable {
    /// The agency first, then its people in the order of rank.
    package func register(of agency: Agency) throws -> [CertificateRow] {
        let tables = Tables(connection)
        let open = try tables.certificateRequests.openKinds(of: agency.id)
        let own = KeyOwner.agency(agency.id)
        var rows = [
            CertificateRow(
                owner: own, name: agency.name, title: "", role: nil, certificate: try inUse(own),
                openRequest: open[own])
        ]
        var seen: Set<ID<Account>> = []
        let certificates = try ofPeople(in: agency.id)
        for position in try tables.positions.inAgency(agency.id) where seen.insert(position.account).inserted
        {
            let owner = KeyOwner.person(position.account)
            rows.append(
                CertificateRow(
                    owner: owner, name: position.personName, title: position.title, role: position.role,
                    certificate: certificates[position.account], openRequest: open[owner]))
        }
        return rows
    }

    /// What is known of the owner's certificate without its key.
    package func inUse(_ owner: KeyOwner) throws -> CertificateInUse? {
        let which: SQL =
            switch owner {
            case .person(let account): "k.account_id = \(account)"
            case .agency(let agency): "k.agency_id = \(agency)"
            }
        return try connection.first(
            "SELECT " + Self.publicColumns + " FROM signing_key k WHERE k.replaced_at IS NULL AND " + which
        ) { try Self.readPublic($0, from: 0) }
    }

    private func ofPeople(in agency: ID<Agency>) throws -> [ID<Account>: CertificateInUse] {
        let rows = try connection.rows(
            "SELECT k.account_id, " + Self.publicColumns
                + """
                 FROM position p JOIN signing_key k ON k.account_id = p.account_id AND k.replaced_at IS NULL
                WHERE p.agency_id = \(agency) AND p.ended_at IS NULL
                """
        ) { (try $0[0] as ID<Account>, try Self.readPublic($0, from: 1)) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    private static let publicColumns: SQL =
        "k.id, k.kind, k.subject_name, k.device, k.expires_at, k.locked_at, k.tested_at, k.test_result"

    private static func readPublic(_ row: Row, from start: Int) throws -> CertificateInUse {
        CertificateInUse(
            id: try row[start], kind: try row[start + 1], subjectName: try row[start + 2],
            device: try row[start + 3],
            expiresAt: try row[start + 4], isLocked: try row.optional(start + 5) as Instant? != nil,
            lastTest: try KeyTest.read(at: row.optional(start + 6), row.optional(start + 7)))
    }
}
