import Foundation

/// Whether a certificate was revoked at the moment that counts, by evidence that speaks of that moment
/// (ETSI EN 319 102-1, 5.2.5 and 5.2.6).
struct RevocationCheck {
    let reading: RevocationReading
    let proofs: ProofsOfExistence
    let fetcher: EvidenceFetcher?

    /// What is asked about one certificate.
    struct Question {
        let certificate: CertificateRecord
        let issuer: CertificateRecord
        /// Revoked later than this does not matter.
        let moment: Date
        /// The evidence must not be older than this, or must have been current then.
        let freshAt: Date
        /// Since the issuer was revoked, its key may say anything: only evidence proven older counts.
        let provenBefore: Date?
        let isTimestampAuthority: Bool
    }

    enum Status {
        case good(RevocationStatement)
        case revoked(RevocationStatement, at: Date)
        /// Revoked after the moment.
        case revokedLater(RevocationStatement, at: Date)
        /// The certificate names places to ask, and none of them gave anything usable.
        case unknown(isStale: Bool, rejected: [String])
        /// Evidence there is, but only from an issuer that was itself revoked.
        case unproven
        case notOffered(isStale: Bool)
        case notNeeded
    }

    func status(_ question: Question) -> Status {
        let certificate = question.certificate
        if certificate.isExemptFromRevocationCheck || certificate.isShortTerm { return .notNeeded }
        var found = reading.statements(about: certificate, issuer: question.issuer)
        if let settled = settle(found, question) { return settled }
        let isOver = certificate.notAfter.map { $0 < question.freshAt } ?? false
        if let fetcher, !isOver {
            if fetcher.fetchOCSP(about: certificate, issuer: question.issuer) {
                found = reading.statements(about: certificate, issuer: question.issuer)
                if let settled = settle(found, question) { return settled }
            }
            if fetcher.fetchLists(about: certificate) {
                found = reading.statements(about: certificate, issuer: question.issuer)
                if let settled = settle(found, question) { return settled }
            }
        }
        if question.provenBefore != nil, !found.statements.isEmpty { return .unproven }
        guard certificate.namesRevocationSource else {
            return .notOffered(isStale: !found.statements.isEmpty)
        }
        return .unknown(isStale: !found.statements.isEmpty, rejected: found.rejected)
    }

    private func settle(_ found: RevocationReading.Found, _ question: Question) -> Status? {
        if let revoked = revocation(found.statements), let date = revoked.revokedAt {
            if date > question.moment { return .revokedLater(revoked, at: date) }
            return isHarmless(revoked, date, question)
                ? .revokedLater(revoked, at: date) : .revoked(revoked, at: date)
        }
        let good = found.statements.filter { statement in
            statement.revokedAt == nil && statement.isFresh(at: question.freshAt)
                && speaksOfExpired(statement, question.certificate) && isProven(statement, question)
        }
        return good.max { $0.thisUpdate < $1.thisUpdate }.map { .good($0) }
    }

    /// A certificate that was revoked stays so, whatever is said later; one on hold may come back.
    private func revocation(_ statements: [RevocationStatement]) -> RevocationStatement? {
        let revoked = statements.filter { $0.revokedAt != nil }
        if let final = revoked.filter({ !$0.isHold }).min(by: {
            ($0.revokedAt ?? .distantFuture) < ($1.revokedAt ?? .distantFuture)
        }) {
            return final
        }
        guard let newest = statements.max(by: { $0.thisUpdate < $1.thisUpdate }) else { return nil }
        return newest.revokedAt == nil ? nil : newest
    }

    /// What a clock stamped before it was taken out of service for an ordinary reason still counts (RFC 3161, 4.1).
    private func isHarmless(_ statement: RevocationStatement, _ date: Date, _ question: Question) -> Bool {
        question.isTimestampAuthority && date > question.freshAt
            && [0, 3, 4, 5].contains(statement.reason ?? -1)
    }

    /// Authorities forget expired certificates, unless they say that they do not.
    private func speaksOfExpired(_ statement: RevocationStatement, _ certificate: CertificateRecord) -> Bool {
        guard let end = certificate.notAfter else { return false }
        return statement.thisUpdate <= end || statement.remembersExpired
    }

    private func isProven(_ statement: RevocationStatement, _ question: Question) -> Bool {
        guard let limit = question.provenBefore else { return true }
        return statement.position.flatMap { proofs.time(at: $0) }.map { $0 < limit } ?? false
    }
}

extension CertificateRecord {
    /// It says where to ask whether it was revoked.
    var namesRevocationSource: Bool { !ocspAddresses.isEmpty || !listDistributionPoints.isEmpty }

    /// Valid for so short a time that nobody revokes it (ETSI EN 319 412-1, 5.2).
    var isShortTerm: Bool { self.extension("0.4.0.194121.2.1") != nil }
}
