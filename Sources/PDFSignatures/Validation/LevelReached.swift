import Foundation

/// Which level a signature truly reaches (ETSI EN 319 142-1, 6): not by what is present, but by what was checked
/// and found enough.
struct LevelReached {
    let process: ValidationProcess
    let signature: InspectedSignature

    /// - Parameters:
    ///   - proof: Since when the signature is proven to exist.
    ///   - stamps: The timestamps inside the signature.
    func level(
        outcome: CertificateValidation.Outcome?, proof: Date?, stamps: [TimestampJudge.Judgement]
    ) -> SignatureLevel? {
        guard signature.isIntact, let basic = signature.level else { return nil }
        guard let proof else { return basic }
        guard process.store.isPresent, let outcome, let own = resting(outcome, proof) else {
            return .timestamped
        }
        let clocks = stamps.filter(\.isValid).compactMap(\.outcome)
        guard clocks.allSatisfy(\.restsOnFile) else { return .timestamped }
        let statements = own.statements + clocks.flatMap(\.statements)
        return isArchived(statements) ? .archival : .longTerm
    }

    /// The judgement by what the file brings along, when that is enough for the time of the signature.
    private func resting(_ outcome: CertificateValidation.Outcome, _ proof: Date)
        -> CertificateValidation.Outcome?
    {
        guard let certificate = signature.certificate else { return nil }
        var found = outcome
        if found.subIndication != nil || !found.restsOnFile {
            let question = CertificateValidation.Question(
                certificate: certificate, purpose: .documentSigning, moment: proof, freshAt: proof,
                proof: proof)
            found = process.withoutFetching.judge(question)
        }
        guard found.subIndication == nil, found.restsOnFile, found.leafHasEvidence else { return nil }
        return hasCertificates(found.path) ? found : nil
    }

    /// All but the root, which whoever checks must have anyway.
    private func hasCertificates(_ path: [CertificateRecord]) -> Bool {
        let embedded = process.store.certificates.map(\.bytes) + (signature.record?.certificates ?? [])
        return path.allSatisfy { process.pool.isTrusted($0) || embedded.contains($0.der) }
    }

    /// A document timestamp that passed covers the signature and what proves it.
    private func isArchived(_ statements: [RevocationStatement]) -> Bool {
        guard let place = signature.range?.hole.lowerBound else { return false }
        return process.proofs.stamps.contains { stamp in
            stamp.covers(place) && statements.allSatisfy { $0.position.map(stamp.covers) ?? false }
        }
    }
}
