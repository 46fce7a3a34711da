import Foundation

/// Whether a timestamp proves anything: the token itself, its authority's certificate at the moment asked about,
/// and, where that has since expired or been revoked, at the time to which a newer timestamp proves the token
/// (ETSI EN 319 102-1, 5.4 and 5.6.2.4).
struct TimestampJudge {
    let process: ValidationProcess

    struct Judgement {
        let time: Date
        var authority: CertificateRecord?
        var subIndication: SubIndication?
        var findings: [Finding] = []
        var outcome: CertificateValidation.Outcome?

        var isValid: Bool { subIndication == nil }

        mutating func fail(_ subIndication: SubIndication, _ finding: Finding) {
            self.subIndication = self.subIndication ?? subIndication
            findings.append(finding)
        }

        var indication: Indication {
            guard let subIndication else { return .totalPassed }
            return subIndication.isFinal ? .totalFailed : .indeterminate
        }
    }

    /// The token and its certificate by themselves were already looked at.
    ///
    /// - Parameter position: Where the token's bytes lie in the file.
    func judge(
        _ token: TimestampToken, authority: CertificateRecord, weaknesses: [Weakness], position: Int
    ) -> Judgement {
        var judgement = Judgement(time: token.time, authority: authority)
        guard token.time <= process.clock + RevocationStatement.clockTolerance else {
            judgement.fail(.signatureConstraintsFailure, Finding(.timestampInvalid, "from the future"))
            return judgement
        }
        let moment = max(process.moment, token.time)
        let proof = process.proofs.time(at: position)
        var outcome = process.certificates.judge(question(token, authority, at: moment, proof))
        if let open = outcome.subIndication, let proof, open.canBeProven {
            let earlier = process.certificates.judge(
                question(token, authority, at: max(proof, token.time), proof))
            if earlier.subIndication == nil {
                outcome = earlier
                outcome.note(Finding(.provenInTime, open.rawValue))
            }
        }
        if let subIndication = outcome.subIndication { judgement.subIndication = subIndication }
        judgement.findings += outcome.findings
        judgement.outcome = outcome
        for weakness in weaknesses
        where weakness.until <= moment && !(proof.map { $0 < weakness.until } ?? false) {
            judgement.fail(.cryptoConstraintsFailureNoProof, weakness.finding)
        }
        return judgement
    }

    private func question(
        _ token: TimestampToken, _ authority: CertificateRecord, at moment: Date, _ proof: Date?
    ) -> CertificateValidation.Question {
        .init(
            certificate: authority, purpose: .timestamping, moment: moment, freshAt: token.time, proof: proof)
    }

    /// A token inside a signature, from the beginning.
    func judgeInside(_ token: TimestampToken, dates: Bool, position: Int) -> Judgement {
        var judgement = Judgement(time: token.time)
        guard dates else {
            judgement.fail(.hashFailure, Finding(.digestMismatch, "timestamp"))
            return judgement
        }
        let others = process.pool.all.map(\.der)
        for flaw in token.flaws(others: others) where flaw != .purposeNotCritical {
            judgement.fail(flaw.subIndication, Finding(flaw.code, flaw.rawValue))
        }
        judgement.authority = token.signer(others: others)
        guard judgement.isValid, let authority = judgement.authority else { return judgement }
        return judge(token, authority: authority, weaknesses: token.weaknesses, position: position)
    }

    func summary(_ judgement: Judgement, kind: TimestampSummary.Kind) -> TimestampSummary {
        TimestampSummary(
            kind: kind, time: CivilTime.iso(judgement.time), authority: judgement.authority?.displayName,
            indication: judgement.indication, subIndication: judgement.subIndication,
            chain: judgement.outcome.map(process.summaries) ?? [])
    }
}

extension SubIndication {
    /// A proof that the signature is older may settle it (ETSI EN 319 102-1, 5.6.3.4).
    var canBeProven: Bool {
        switch self {
        case .revokedNoProof, .revokedAuthorityNoProof, .outOfBoundsNoProof, .outOfBoundsNotRevoked,
            .cryptoConstraintsFailureNoProof, .tryLater:
            true
        default: false
        }
    }
}

/// The verdict on a timestamp over the whole document; one that passes proves the age of everything before it.
struct DocumentTimestampJudge {
    let process: ValidationProcess

    func judge(_ signature: InspectedSignature) -> SignatureVerdict {
        var findings = signature.findings
        var subIndication = signature.failure
        var chain: [CertificateSummary] = []
        var proven: Date?
        if let token = signature.token, let authority = signature.certificate, let range = signature.range {
            var judgement = TimestampJudge(process: process).judge(
                token, authority: authority, weaknesses: signature.weaknesses, position: range.hole.lowerBound
            )
            // A newer timestamp over this one cannot bear an earlier time.
            if let proof = process.proofs.time(at: range.hole.lowerBound),
                proof < token.time - SignatureJudge.orderTolerance
            {
                judgement.fail(.timestampOrderFailure, Finding(.timestampOrder))
            }
            findings += judgement.findings.filter { !findings.contains($0) }
            subIndication = subIndication ?? judgement.subIndication
            chain = judgement.outcome.map(process.summaries) ?? []
            if subIndication == nil {
                proven = token.time
                process.proofs.add(.init(time: token.time, hole: range.hole, end: range.end))
            }
        }
        let verdict = Verdict(subIndication, integrity: signature)
        return SignatureVerdict(
            field: signature.field, kind: .documentTimestamp, indication: verdict.indication,
            subIndication: verdict.subIndication, signer: signature.certificate?.displayName,
            claimedTime: signature.claimedTime.map(CivilTime.iso), provenTime: proven.map(CivilTime.iso),
            coversWholeFile: signature.coversWholeFile, modifications: signature.modifications,
            findings: findings, chain: chain)
    }
}

/// The two words, from what was found: a document that was changed beyond what may be is no longer the one that
/// was signed, however right the signature.
struct Verdict {
    let indication: Indication
    let subIndication: SubIndication?

    init(_ subIndication: SubIndication?, integrity signature: InspectedSignature, isProven: Bool = false) {
        if let failure = signature.failure {
            indication = failure.isFinal ? .totalFailed : .indeterminate
            self.subIndication = failure
        } else if signature.modifications >= .unknown {
            indication = .totalFailed
            self.subIndication = .formatFailure
        } else if let subIndication {
            indication = subIndication.isFinal || isProven ? .totalFailed : .indeterminate
            self.subIndication = subIndication
        } else {
            indication = .totalPassed
            self.subIndication = nil
        }
    }
}
