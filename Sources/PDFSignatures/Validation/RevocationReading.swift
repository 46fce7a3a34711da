import Foundation

/// Finds what the evidence at hand says about one certificate: answers and lists signed by its issuer or by whom
/// the issuer commissioned (RFC 6960, 4.2.2.2; RFC 5280, 6.3). Nothing is said yet about the right time.
final class RevocationReading {
    let pool: CertificatePool
    let evidence: EvidencePool
    /// Now, by the clock on the wall: nothing may come from later than this.
    let clock: Date
    private var known: [Key: (version: Int, found: Found)] = [:]

    /// Lists can be long: the signature on each is checked once.
    private var signed: [Signed: Bool] = [:]

    private struct Signed: Hashable {
        let number: Int
        let issuer: EncodedKey
    }

    private struct Key: Hashable {
        let certificate: EncodedKey
        let issuer: EncodedKey
    }

    struct Found {
        var statements: [RevocationStatement] = []
        /// Evidence about this certificate that may not be used, and why.
        var rejected: [String] = []
    }

    init(pool: CertificatePool, evidence: EvidencePool, clock: Date) {
        self.pool = pool
        self.evidence = evidence
        self.clock = clock
    }

    func statements(about certificate: CertificateRecord, issuer: CertificateRecord) -> Found {
        let key = Key(certificate: EncodedKey(certificate.der), issuer: EncodedKey(issuer.der))
        if let known = known[key], known.version == evidence.version { return known.found }
        var found = Found()
        for item in evidence.answers { read(item, certificate, issuer, into: &found) }
        for item in evidence.lists { read(item, certificate, issuer, into: &found) }
        known[key] = (evidence.version, found)
        return found
    }

    // MARK: OCSP

    private func read(
        _ item: EvidencePool.Item<OCSPResponse>, _ certificate: CertificateRecord,
        _ issuer: CertificateRecord,
        into found: inout Found
    ) {
        guard let answer = item.value.answer(for: certificate, issuer: issuer) else { return }
        if let reason = objection(to: item.value, issuer: issuer) {
            found.rejected.append("OCSP: \(reason)")
            return
        }
        guard isPlausible(answer.thisUpdate, item.value.signed) else {
            found.rejected.append("OCSP: from the future, or with a broken digest")
            return
        }
        var revokedAt: Date?
        var reason: Int?
        switch answer.status {
        case .good: break
        case .revoked(let date, let given):
            revokedAt = date ?? answer.thisUpdate
            reason = given
        case .unknown:
            found.rejected.append("OCSP: certificate unknown to the responder")
            return
        }
        let remembers = answer.archiveCutoff.map { cutoff in
            certificate.notAfter.map { cutoff <= $0 } ?? false
        }
        found.statements.append(
            RevocationStatement(
                kind: .ocsp, source: item.source, number: item.number, position: item.position,
                thisUpdate: answer.thisUpdate, nextUpdate: answer.nextUpdate, revokedAt: revokedAt,
                reason: reason, remembersExpired: remembers ?? false))
    }

    private func objection(to response: OCSPResponse, issuer: CertificateRecord) -> String? {
        switch response.signer(issuer: issuer, others: pool.responders) {
        case .issuer: return nil
        case .delegated(let responder):
            guard responder.isValid(at: response.producedAt) else {
                return "responder's certificate out of time"
            }
            return isRevoked(responder, issuer, at: response.producedAt) ? "responder revoked" : nil
        case .missing: return "responder unknown"
        case .notAuthorized: return "responder not commissioned"
        case .signatureWrong: return "signature wrong"
        case .unusable(let algorithm): return "algorithm \(algorithm)"
        }
    }

    /// By the issuer's own lists only: a responder does not vouch for itself.
    private func isRevoked(_ responder: CertificateRecord, _ issuer: CertificateRecord, at moment: Date)
        -> Bool
    {
        guard !responder.isExemptFromRevocationCheck else { return false }
        var found = Found()
        for item in evidence.lists { read(item, responder, issuer, into: &found) }
        return found.statements.contains { $0.revokedAt.map { $0 <= moment } ?? false }
    }

    // MARK: Lists

    private func read(
        _ item: EvidencePool.Item<CertificateList>, _ certificate: CertificateRecord,
        _ issuer: CertificateRecord, into found: inout Found
    ) {
        let list = item.value
        guard DistinguishedName.matches(list.issuer, certificate.issuer) else { return }
        if let unusable = list.unusable {
            found.rejected.append("CRL: \(unusable.rawValue)")
            return
        }
        guard list.covers(certificate) else { return }
        guard isSigned(item, by: issuer) else {
            found.rejected.append("CRL: signature wrong")
            return
        }
        guard isPlausible(list.thisUpdate, list.signed) else {
            found.rejected.append("CRL: from the future, or with a broken digest")
            return
        }
        let entry: CertificateList.Entry?
        do throws(CMSError) { entry = try list.entry(for: certificate.serialNumber) } catch {
            found.rejected.append("CRL: \(error)")
            return
        }
        guard let entry else {
            keep(item, certificate, revokedAt: nil, reason: nil, into: &found)
            return
        }
        guard entry.reason != 8 else { return }
        keep(item, certificate, revokedAt: entry.date ?? list.thisUpdate, reason: entry.reason, into: &found)
    }

    private func keep(
        _ item: EvidencePool.Item<CertificateList>, _ certificate: CertificateRecord, revokedAt: Date?,
        reason: Int?, into found: inout Found
    ) {
        let cutoff = item.value.extensions.first { $0.name == "2.5.29.60" }.flatMap { try? $0.node() }
            .flatMap(
                ASN1Time.read)
        let remembers = cutoff.map { cutoff in certificate.notAfter.map { cutoff <= $0 } ?? false }
        found.statements.append(
            RevocationStatement(
                kind: .crl, source: item.source, number: item.number, position: item.position,
                thisUpdate: item.value.thisUpdate, nextUpdate: item.value.nextUpdate, revokedAt: revokedAt,
                reason: reason, remembersExpired: remembers ?? false))
    }

    /// An authority may sign its lists with another of its keys, certified by the same authority above it.
    private func isSigned(_ item: EvidencePool.Item<CertificateList>, by issuer: CertificateRecord) -> Bool {
        let key = Signed(number: item.number, issuer: EncodedKey(issuer.der))
        if let known = signed[key] { return known }
        let outcome = isSigned(item.value, by: issuer)
        signed[key] = outcome
        return outcome
    }

    private func isSigned(_ list: CertificateList, by issuer: CertificateRecord) -> Bool {
        if list.check(issuer: issuer) == .right { return true }
        return pool.namesakes(of: issuer).contains { other in
            isSibling(other, of: issuer) && list.check(issuer: other) == .right
        }
    }

    private func isSibling(_ other: CertificateRecord, of issuer: CertificateRecord) -> Bool {
        if pool.isTrusted(other) { return true }
        return pool.candidates(for: issuer).contains { above in
            pool.outcome(issuer, signedBy: above) == .right && pool.outcome(other, signedBy: above) == .right
        }
    }

    private func isPlausible(_ thisUpdate: Date, _ signed: SignedStructure) -> Bool {
        guard thisUpdate <= clock + RevocationStatement.clockTolerance else { return false }
        return AlgorithmLimits.weakness(ofSignatureOn: signed).map { thisUpdate < $0.until } ?? true
    }
}
