// Đề nghị về chứng thư số, and what the focal unit answered. A request's state is its last answer; nothing but the
// withdrawal is ever written on the request itself.
import Domain
import DualSQL
import Foundation

package enum CertificateAnswer {}

/// One line of the list of requests.
package struct CertificateRequestRow: Sendable, Equatable {
    package let request: CertificateRequest
    package let agencyName: String
    /// Whose certificate: the person, or the agency.
    package let subjectName: String
    package let requester: String
    package let requesterTitle: String
    package let answer: CertificateAnswerRow?
}

package struct CertificateAnswerRow: Sendable, Equatable {
    package let kind: CertificateAnswerKind
    package let comment: String
    package let at: Instant
    package let by: String
}

/// A place in the list, newest first.
package struct CertificateRequestKey: Sendable, Equatable {
    let requestedAt: Instant
    let id: ID<CertificateRequest>

    package init(_ request: CertificateRequest) { (requestedAt, id) = (request.requestedAt, request.id) }

    package init?(_ text: String) {
        let parts = text.split(separator: "_")
        guard parts.count == 2, let moment = Int64(parts[0]),
            let id = ID<CertificateRequest>(String(parts[1]))
        else { return nil }
        (self.requestedAt, self.id) = (Instant(microseconds: moment), id)
    }

    package var text: String { "\(requestedAt.microseconds)_\(id)" }
}

/// Whose requests are listed.
package enum CertificateRequestScope: Sendable, Equatable {
    /// Of all agencies, for the focal unit.
    case installation
    case agency(ID<Agency>)
    /// Made by this account, or about it.
    case own(ID<Account>, ID<Agency>)
}

package struct CertificateRequestTable {
    let connection: Connection

    package func insert(_ request: CertificateRequest) throws {
        var account: ID<Account>?
        if case .person(let id) = request.subject { account = id }
        try connection.execute(
            """
            INSERT INTO certificate_request (id, agency_id, account_id, kind, requested_by, requested_at, details)
            VALUES (\(request.id), \(request.agency), \(account), \(request.kind), \(request.requestedBy),
                \(request.requestedAt), \(request.details))
            """)
    }

    package func find(_ id: ID<CertificateRequest>) throws -> CertificateRequest? {
        try connection.first(Self.selection + " WHERE r.id = \(id)") { try Self.read($0).request }
    }

    /// Locked until commit; the answers are read after it.
    package func lock(_ id: ID<CertificateRequest>) throws -> CertificateRequest? {
        _ = try connection.first(
            "SELECT id FROM certificate_request WHERE id = \(id)" + connection.forUpdate)
        return try find(id)
    }

    package func withdraw(_ id: ID<CertificateRequest>, at now: Instant) throws {
        try connection.execute("UPDATE certificate_request SET withdrawn_at = \(now) WHERE id = \(id)")
    }

    package func answer(
        _ request: ID<CertificateRequest>, _ kind: CertificateAnswerKind, comment: String,
        by person: Position,
        id: ID<CertificateAnswer>, at now: Instant
    ) throws {
        try connection.execute(
            """
            INSERT INTO certificate_answer (id, request_id, agency_id, position_id, kind, comment, at)
            VALUES (\(id), \(request), \(person.agency), \(person.id), \(kind), \(comment), \(now))
            """)
    }

    /// Newest first. `openOnly` leaves out what is done, refused or withdrawn.
    package func page(
        _ scope: CertificateRequestScope, openOnly: Bool, after: CertificateRequestKey?, limit: Int
    ) throws -> [CertificateRequestRow] {
        var filter = Self.filter(scope)
        if openOnly {
            filter += " AND r.withdrawn_at IS NULL AND coalesce(a.kind, 'collected') = 'collected'"
        }
        if let after { filter += " AND (r.requested_at, r.id) < (\(after.requestedAt), \(after.id))" }
        return try connection.rows(
            Self.selection + filter + " ORDER BY r.requested_at DESC, r.id DESC LIMIT \(limit)", Self.read)
    }

    package func row(_ id: ID<CertificateRequest>) throws -> CertificateRequestRow? {
        try connection.first(Self.selection + " WHERE r.id = \(id)", Self.read)
    }

    package func openCount(_ scope: CertificateRequestScope) throws -> Int {
        try connection.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM certificate_request r\(sql: Self.lastAnswer)\(sql: Self.filter(scope))
                AND r.withdrawn_at IS NULL AND coalesce(a.kind, 'collected') = 'collected' LIMIT 1001) AS listed
            """
        ) { try $0[0] } ?? 0
    }

    /// Which kind of request is open for whom in the agency.
    package func openKinds(of agency: ID<Agency>) throws -> [KeyOwner: CertificateRequestKind] {
        let open = try page(.agency(agency), openOnly: true, after: nil, limit: 1000)
        return Dictionary(
            open.map { ($0.request.subject, $0.request.kind) }, uniquingKeysWith: { first, _ in first })
    }

    package func hasOpen(_ subject: KeyOwner, in agency: ID<Agency>) throws -> Bool {
        try openKinds(of: agency)[subject] != nil
    }

    private static func filter(_ scope: CertificateRequestScope) -> SQL {
        switch scope {
        case .installation: " WHERE r.requested_at > 0"
        case .agency(let agency): " WHERE r.agency_id = \(agency)"
        case .own(let account, let agency):
            """
             WHERE r.agency_id = \(agency) AND (r.account_id = \(account) OR r.requested_by IN
                (SELECT id FROM position WHERE account_id = \(account)))
            """
        }
    }

    private static let lastAnswer: SQL = """
         LEFT JOIN certificate_answer a ON a.id =
            (SELECT n.id FROM certificate_answer n WHERE n.request_id = r.id ORDER BY n.id DESC LIMIT 1)
        """

    private static let selection: SQL =
        """
        SELECT r.id, r.agency_id, r.account_id, r.kind, r.requested_by, r.requested_at, r.details, r.withdrawn_at,
            g.name, s.person_name, q.person_name, p.title, a.kind, a.comment, a.at, w.person_name
        FROM certificate_request r JOIN agency g ON g.id = r.agency_id JOIN position p ON p.id = r.requested_by
            JOIN account q ON q.id = p.account_id LEFT JOIN account s ON s.id = r.account_id
        """ + lastAnswer + """
             LEFT JOIN position v ON v.id = a.position_id LEFT JOIN account w ON w.id = v.account_id
            """

    private static func read(_ row: Row) throws -> CertificateRequestRow {
        let account: ID<Account>? = try row.optional(2)
        let withdrawn: Instant? = try row.optional(7)
        let answered: CertificateAnswerKind? = try row.optional(12)
        let answer = try answered.map { kind in
            CertificateAnswerRow(kind: kind, comment: try row[13], at: try row[14], by: try row[15])
        }
        let agency: ID<Agency> = try row[1]
        let name: String = try row[8]
        let request = CertificateRequest(
            id: try row[0], agency: agency, kind: try row[3],
            subject: account.map { .person($0) } ?? .agency(agency),
            requestedBy: try row[4], requestedAt: try row[5], details: try row[6],
            state: withdrawn != nil ? .withdrawn : answered.map(CertificateRequestState.init) ?? .open)
        return CertificateRequestRow(
            request: request, agencyName: name, subjectName: try row.optional(9) ?? name,
            requester: try row[10], requesterTitle: try row[11], answer: answer)
    }
}

extension CertificateRequestState {
    init(_ answer: CertificateAnswerKind) {
        switch answer {
        case .collected: self = .collected
        case .done: self = .done
        case .refused: self = .refused
        }
    }
}

/// Đầu mối chứng thư số: positions with the duty of collecting the requests of all agencies.
package struct CertificateFocalTable {
    let connection: Connection

    package func appoint(_ position: Position, at now: Instant) throws {
        try connection.execute(
            """
            INSERT INTO certificate_focal (position_id, agency_id, appointed_at)
            VALUES (\(position.id), \(position.agency), \(now)) ON CONFLICT (position_id) DO NOTHING
            """)
    }

    package func end(_ position: ID<Position>) throws {
        try connection.execute("DELETE FROM certificate_focal WHERE position_id = \(position)")
    }

    package func holds(_ position: ID<Position>) throws -> Bool {
        try connection.first("SELECT 1 FROM certificate_focal WHERE position_id = \(position)") != nil
    }

    /// Present posts with the duty, with the agency's name.
    package func all() throws -> [(position: ID<Position>, name: String, title: String, agency: String)] {
        try connection.rows(
            """
            SELECT p.id, c.person_name, p.title, g.name FROM certificate_focal f
            JOIN position p ON p.id = f.position_id AND p.ended_at IS NULL JOIN account c ON c.id = p.account_id
            JOIN agency g ON g.id = p.agency_id ORDER BY f.appointed_at
            """
        ) { (try $0[0], try $0[1], try $0[2], try $0[3]) }
    }
}

extension Tables {
    package var certificateRequests: CertificateRequestTable {
        CertificateRequestTable(connection: connection)
    }
    package var certificateFocals: CertificateFocalTable { CertificateFocalTable(connection: connection) }
}
