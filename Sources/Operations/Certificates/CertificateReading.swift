// Sổ chứng thư số (D12): who has a certificate, until when, whether it works, which request is open. Leaders, the
// clerk and administrators see the whole agency; everybody else sees the own line and the agency's.
import Domain
import Foundation
import Store

extension Office {
    package func certificates(of agency: Agency, as person: Position) async throws -> [CertificateRow] {
        guard agency.id == person.agency else { throw Refused(.notFound) }
        let rows = try await read { try $0.signingKeys.register(of: agency) }
        if CertificateAccess.readsAll(person.role) { return rows }
        let own: Set<KeyOwner> = [.person(person.account), .agency(agency.id)]
        return rows.filter { own.contains($0.owner) }
    }
}

/// A certificate whose end is near, or past.
package struct ExpiringCertificate: Sendable, Equatable {
    /// The agency's, which its clerk looks after.
    package let isAgencys: Bool
    package let expiresAt: Instant
    /// Negative when it has ended.
    package let daysLeft: Int

    /// What a person has to be told of now: the own certificate, and for a clerk the agency's.
    package static func of(_ person: Position, _ tables: Tables, now: Instant) throws -> [ExpiringCertificate]
    {
        var owners: [KeyOwner] = [.person(person.account)]
        if person.role == .clerk { owners.append(.agency(person.agency)) }
        return try owners.compactMap { owner in
            guard let certificate = try tables.signingKeys.inUse(owner),
                let days = CertificateExpiry.daysToWarnOf(certificate.expiresAt, now: now)
            else { return nil }
            return ExpiringCertificate(
                isAgencys: owner == .agency(person.agency), expiresAt: certificate.expiresAt, daysLeft: days)
        }
    }
}
