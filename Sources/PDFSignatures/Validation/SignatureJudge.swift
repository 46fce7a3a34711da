import Foundation

/// The verdict on one signature: by the moment asked about, and, where that leaves it open, by the time since
/// when the signature is proven to exist (ETSI EN 319 102-1, 5.3, 5.5 and 5.6).
struct SignatureJudge {
    let process: ValidationProcess
    let signature: InspectedSignature

    /// Clocks of two authorities may differ this much before their order counts as wrong.
    static let orderTolerance = 60.0

    private struct State {
        var subIndication: SubIndication?
        /// A clock proves the worst.
        var isProven = false
        var findings: [Finding]
        var stamps: [TimestampJudge.Judgement] = []
        var summaries: [TimestampSummary] = []
        /// Since when the signature is known to exist.
        var proof: Date?
        /// Before which it is known not to have existed.
        var earliest: Date?
        var outcome: CertificateValidation.Outcome?

        mutating func fail(_ subIndication: SubIndication, _ finding: Finding) {
            self.subIndication = self.subIndication ?? subIndication
            note([finding])
        }

        mutating func note(_ more: [Finding]) {
            for finding in more where !findings.contains(finding) { findings.append(finding) }
        }
    }

    func judge() -> SignatureVerdict {
        var state = State(findings: signature.findings)
        if signature.isIntact { judgeTimestamps(into: &state) }
        if let certificate = signature.certificate { judge(certificate, into: &state) }
        judgeAlgorithms(into: &state)
        let verdict = Verdict(state.subIndication, integrity: signature, isProven: state.isProven)
        let level = LevelReached(process: process, signature: signature).level(
            outcome: state.outcome, proof: state.proof, stamps: state.stamps)
        return SignatureVerdict(
            field: signature.field, indication: verdict.indication, subIndication: verdict.subIndication,
            level: level, signer: signature.certificate?.displayName,
            claimedTime: signature.claimedTime.map(CivilTime.iso),
            provenTime: signature.isIntact ? state.proof.map(CivilTime.iso) : nil,
            coversWholeFile: signature.coversWholeFile, modifications: signature.modifications,
            findings: state.findings, chain: state.outcome.map(process.summaries) ?? [],
            timestamps: state.summaries)
    }

    // MARK: Time

    private func judgeTimestamps(into state: inout State) {
        guard let signer = signature.record?.signer, let place = signature.range?.hole.lowerBound else {
            return
        }
        let judge = TimestampJudge(process: process)
        for token in signer.signatureTimestamps {
            guard let token else {
                state.note([Finding(.timestampInvalid, "unreadable")])
                continue
            }
            let judgement = judge.judgeInside(token, dates: token.dates(signer.signature), position: place)
            state.summaries.append(judge.summary(judgement, kind: .signature))
            state.stamps.append(judgement)
            if judgement.isValid {
                process.proofs.add(token.time, forValueAt: place)
            } else {
                tell(judgement, into: &state)
            }
        }
        judgeContentTimestamps(signer, judge, place, into: &state)
        state.proof = process.proofs.time(ofSignatureAt: place)
        state.earliest = [state.earliest, process.proofs.latest(before: place)].compactMap { $0 }.max()
        checkOrder(place, into: &state)
    }

    private func tell(_ judgement: TimestampJudge.Judgement, into state: inout State) {
        let reasons =
            [judgement.subIndication?.rawValue].compactMap { $0 }
            + judgement.findings.map { $0.code.rawValue }
        state.note([Finding(.timestampInvalid, reasons.joined(separator: ", "))])
    }

    /// Over the same bytes as the signature, made before it.
    private func judgeContentTimestamps(
        _ signer: CMSSigner, _ judge: TimestampJudge, _ place: Int, into state: inout State
    ) {
        guard let range = signature.range else { return }
        for token in signer.contentTimestamps {
            let dates = range.digest(token.algorithm, of: process.file.reader.bytes) == token.imprint
            let judgement = judge.judgeInside(token, dates: dates, position: place)
            state.summaries.append(judge.summary(judgement, kind: .content))
            if judgement.isValid {
                state.earliest = max(token.time, state.earliest ?? token.time)
            } else {
                tell(judgement, into: &state)
            }
        }
    }

    /// What was made first must be dated first (ETSI EN 319 102-1, 5.5.4).
    private func checkOrder(_ place: Int, into state: inout State) {
        let own = state.stamps.filter(\.isValid).map(\.time)
        let around = process.proofs.stamps.filter { $0.covers(place) }.map(\.time)
        let tolerance = SignatureJudge.orderTolerance
        let wrong = own.contains { time in
            around.contains { $0 < time - tolerance }
                || (state.earliest.map { $0 > time + tolerance } ?? false)
        }
        if wrong { state.fail(.timestampOrderFailure, Finding(.timestampOrder)) }
    }

    // MARK: Certificates

    private func judge(_ certificate: CertificateRecord, into state: inout State) {
        let basic = process.certificates.judge(question(certificate, at: process.moment, state.proof))
        var outcome = basic
        if let open = basic.subIndication, open.canBeProven, let proof = state.proof, proof < process.moment {
            outcome = process.certificates.judge(question(certificate, at: proof, proof))
            if outcome.subIndication == nil { outcome.note(Finding(.provenInTime, open.rawValue)) }
        }
        state.outcome = outcome
        state.note(outcome.findings)
        state.subIndication = state.subIndication ?? outcome.subIndication
        applyKnownTimes(certificate, outcome, into: &state)
    }

    private func question(
        _ certificate: CertificateRecord, at moment: Date, _ proof: Date?
    ) -> CertificateValidation.Question {
        .init(
            certificate: certificate, purpose: .documentSigning, moment: moment, freshAt: moment, proof: proof
        )
    }

    /// What stays open becomes final where clocks show the order of things (ETSI EN 319 102-1, 5.3.4).
    private func applyKnownTimes(
        _ certificate: CertificateRecord, _ outcome: CertificateValidation.Outcome, into state: inout State
    ) {
        if let earliest = state.earliest {
            if let revoked = outcome.revokedAt, revoked <= earliest, state.subIndication == .revokedNoProof {
                state.subIndication = .revoked
            } else if let expired = outcome.expiredAt, expired < earliest,
                state.subIndication == .outOfBoundsNoProof || state.subIndication == .outOfBoundsNotRevoked
            {
                state.subIndication = .expired
            }
        }
        if let proof = state.proof, let from = certificate.notBefore,
            proof < from - RevocationStatement.clockTolerance
        {
            state.subIndication = .notYetValid
            state.isProven = true
            state.note([Finding(.timestampBeforeCertificate, CivilTime.iso(from))])
        }
    }

    // MARK: Algorithms

    private func judgeAlgorithms(into state: inout State) {
        for weakness in signature.weaknesses where weakness.until <= process.moment {
            if let proof = state.proof, proof < weakness.until { continue }
            let wasBroken = state.earliest.map { $0 >= weakness.until } ?? false
            state.fail(
                wasBroken ? .cryptoConstraintsFailure : .cryptoConstraintsFailureNoProof, weakness.finding)
        }
    }
}
