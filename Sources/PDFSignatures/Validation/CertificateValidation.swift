import Foundation

/// Whose certificate this is, as far as it can be known for one moment: the ways up to a trusted root, what
/// each certificate on the way may do, whether it was valid and not revoked (ETSI EN 319 102-1, 5.2.6).
struct CertificateValidation {
    let pool: CertificatePool
    let revocation: RevocationCheck
    let fetcher: EvidenceFetcher?

    struct Question {
        let certificate: CertificateRecord
        let purpose: PathRules.Purpose
        /// At which the certificates must be valid and not revoked.
        let moment: Date
        /// Of which the evidence must speak.
        let freshAt: Date
        /// Since when what was signed is known to exist; weak algorithms are forgiven when that is early enough.
        let proof: Date?
    }

    struct Outcome {
        var subIndication: SubIndication?
        var findings: [Finding] = []
        var path: [CertificateRecord] = []
        /// One for each certificate of the path.
        var revocations: [RevocationSummary] = []
        var statements: [RevocationStatement] = []
        /// Where what was revoked or expired was the signer's own certificate.
        var revokedAt: Date?
        var expiredAt: Date?
        /// Evidence for some certificate that offers it is not among the statements.
        var lacksEvidence = false
        var leafHasEvidence = false
        /// What says that the signer's own certificate was not revoked.
        fileprivate var leafStatement: RevocationStatement?
        /// What stays open about revocation; expiry weighs more.
        fileprivate var open: [Finding] = []

        mutating func fail(_ subIndication: SubIndication, _ finding: Finding) {
            self.subIndication = self.subIndication ?? subIndication
            note(finding)
        }

        mutating func note(_ finding: Finding) {
            if !findings.contains(finding) { findings.append(finding) }
        }
    }

    func judge(_ question: Question) -> Outcome {
        let found = search(question.certificate)
        guard !found.paths.isEmpty else { return withoutPath(found, question) }
        var best: Outcome?
        for path in found.paths {
            let outcome = judge(path, question)
            if outcome.subIndication == nil { return outcome }
            if best.map({ rank(outcome) < rank($0) }) ?? true { best = outcome }
        }
        return best ?? withoutPath(found, question)
    }

    /// With several ways, none of which holds, the one that comes nearest is told of.
    private func rank(_ outcome: Outcome) -> Int {
        switch outcome.subIndication {
        case nil: 0
        case .tryLater?: 1
        case .cryptoConstraintsFailureNoProof?: 2
        case .outOfBoundsNoProof?, .outOfBoundsNotRevoked?, .notYetValid?: 3
        case .revokedNoProof?, .revokedAuthorityNoProof?: 4
        default: 5
        }
    }

    private func search(_ certificate: CertificateRecord) -> PathBuilder.Found {
        let builder = PathBuilder(pool: pool)
        var found = builder.paths(from: certificate)
        var rounds = 0
        while found.paths.isEmpty, rounds < PathBuilder.lengthLimit, let fetcher, !pool.anchors.isEmpty,
            let last = found.partial.last, fetcher.fetchIssuers(of: last)
        {
            found = builder.paths(from: certificate)
            rounds += 1
        }
        return found
    }

    private func withoutPath(_ found: PathBuilder.Found, _ question: Question) -> Outcome {
        var outcome = Outcome(path: found.partial)
        outcome.revocations = found.partial.map { _ in RevocationSummary(status: .notChecked) }
        outcome.lacksEvidence = true
        if question.purpose == .documentSigning, !question.certificate.maySignDocuments {
            outcome.fail(.chainConstraintsFailure, Finding(.keyUsageNotForSigning))
        }
        if pool.anchors.isEmpty {
            outcome.fail(.noCertificateChainFound, Finding(.noTrustedPath, "no roots configured"))
        } else if found.sawWrongSignature {
            outcome.fail(
                .certificateChainGeneralFailure, Finding(.certificateSignatureWrong, found.partial.last?.name)
            )
        } else if let algorithm = found.unusable {
            outcome.fail(.certificateChainGeneralFailure, Finding(.unsupportedAlgorithm, algorithm))
        } else {
            let end = found.partial.last
            let issuer = end.flatMap { DistinguishedName.value("2.5.4.3", in: $0.issuer) }
            outcome.fail(.noCertificateChainFound, Finding(.noTrustedPath, issuer))
        }
        for finding in fetcher?.failures ?? [] { outcome.note(finding) }
        noteWeaknesses(of: [question.certificate], question, into: &outcome)
        return outcome
    }

    // MARK: One path

    private func judge(_ path: CertificatePath, _ question: Question) -> Outcome {
        var outcome = Outcome(path: path.certificates)
        for breach in PathRules(path: path, purpose: question.purpose).breaches() {
            outcome.fail(breach.subIndication, breach.finding)
        }
        var summaries = [RevocationSummary(status: .notNeeded)]
        var revokedAbove: Date?
        let pairs = zip(path.certificates, path.certificates.dropFirst())
        for (index, pair) in pairs.enumerated().reversed() {
            let status = revocation.status(
                .init(
                    certificate: pair.0, issuer: pair.1, moment: question.moment, freshAt: question.freshAt,
                    provenBefore: revokedAbove,
                    isTimestampAuthority: index == 0 && question.purpose == .timestamping))
            summaries.insert(take(status, pair.0, isLeaf: index == 0, into: &outcome), at: 0)
            if case .revoked(_, let date) = status { revokedAbove = min(date, revokedAbove ?? date) }
            if case .revokedLater(_, let date) = status { revokedAbove = min(date, revokedAbove ?? date) }
        }
        outcome.revocations = summaries
        settle(path, question, into: &outcome)
        return outcome
    }

    private func take(
        _ status: RevocationCheck.Status, _ certificate: CertificateRecord, isLeaf: Bool,
        into outcome: inout Outcome
    ) -> RevocationSummary {
        switch status {
        case .good(let statement), .revokedLater(let statement, _):
            outcome.statements.append(statement)
            if isLeaf {
                outcome.leafHasEvidence = true
                outcome.leafStatement = statement
            }
            guard case .revokedLater(_, let date) = status else { return statement.summary(.good) }
            outcome.note(Finding(.certificateRevoked, "\(certificate.name), \(CivilTime.iso(date))"))
            return statement.summary(.revoked)
        case .revoked(let statement, let date):
            outcome.statements.append(statement)
            // What is on hold may come back, or be revoked for good.
            let final: SubIndication = isLeaf ? .revokedNoProof : .revokedAuthorityNoProof
            outcome.fail(
                statement.isHold ? .tryLater : final,
                Finding(.certificateRevoked, "\(certificate.name), \(CivilTime.iso(date))"))
            if isLeaf { outcome.revokedAt = date }
            return statement.summary(.revoked)
        case .unproven:
            outcome.lacksEvidence = true
            outcome.fail(.revokedAuthorityNoProof, Finding(.evidenceUnusable, certificate.name))
            return RevocationSummary(status: .unknown)
        case .unknown(let isStale, let rejected):
            outcome.lacksEvidence = true
            let detail = ([certificate.name] + rejected).joined(separator: "; ")
            outcome.open.append(Finding(isStale ? .revocationNotFresh : .revocationUnknown, detail))
            return RevocationSummary(status: .unknown)
        case .notOffered(let isStale):
            outcome.note(Finding(isStale ? .revocationNotFresh : .revocationNotChecked))
            return RevocationSummary(status: .notOffered)
        case .notNeeded:
            if isLeaf { outcome.leafHasEvidence = true }
            return RevocationSummary(status: .notNeeded)
        }
    }

    /// Times, then what stays open, then algorithms.
    private func settle(_ path: CertificatePath, _ question: Question, into outcome: inout Outcome) {
        for (index, certificate) in path.certificates.dropLast().enumerated() {
            checkValidity(of: certificate, isLeaf: index == 0, question, into: &outcome)
        }
        for finding in outcome.open { outcome.fail(.tryLater, finding) }
        if !outcome.open.isEmpty { for finding in fetcher?.failures ?? [] { outcome.note(finding) } }
        noteWeaknesses(of: path.certificates.dropLast(), question, into: &outcome)
    }

    private func checkValidity(
        of certificate: CertificateRecord, isLeaf: Bool, _ question: Question, into outcome: inout Outcome
    ) {
        guard let from = certificate.notBefore, let to = certificate.notAfter else {
            outcome.fail(
                .certificateChainGeneralFailure,
                Finding(.certificatePathBroken, "\(certificate.name): no validity"))
            return
        }
        func detail(_ date: Date) -> String {
            isLeaf ? CivilTime.iso(date) : "\(certificate.name), \(CivilTime.iso(date))"
        }
        if question.moment < from {
            outcome.fail(.notYetValid, Finding(.certificateNotYetValid, detail(from)))
        } else if question.moment > to {
            let last = isLeaf ? outcome.leafStatement : nil
            let wasGood = last.map { $0.revokedAt == nil && $0.thisUpdate >= to } ?? false
            outcome.fail(
                wasGood ? .outOfBoundsNotRevoked : .outOfBoundsNoProof,
                Finding(.certificateExpired, detail(to)))
            if isLeaf { outcome.expiredAt = to }
        }
    }

    private func noteWeaknesses(
        of certificates: some Collection<CertificateRecord>, _ question: Question, into outcome: inout Outcome
    ) {
        for certificate in certificates {
            let digest = certificate.signed.flatMap(AlgorithmLimits.weakness(ofSignatureOn:))
            let key = AlgorithmLimits.weakness(ofKeyIn: certificate)
            for weakness in [digest, key].compactMap({ $0 }) {
                if weakness.until > question.moment { continue }
                if let proof = question.proof, proof < weakness.until {
                    outcome.note(weakness.finding)
                } else {
                    outcome.fail(.cryptoConstraintsFailureNoProof, weakness.finding)
                }
            }
        }
    }
}
