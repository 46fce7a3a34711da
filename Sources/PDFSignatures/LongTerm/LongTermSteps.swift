import Foundation

/// What one saving appends, and the field that it signs, if it signs one.
struct Appendix {
    let bytes: [UInt8]
    var signedField: String?
}

/// One of the savings that make up a level; `nil` when it has nothing to add.
typealias RevisionStep = (PDFFile) throws -> Appendix?

/// The savings after a signature that make it last (ETSI EN 319 142-1, 6): evidence, and a timestamp over
/// signature and evidence together.
struct LongTermSteps {
    let services: LongTermServices

    /// - Parameter field: The signature whose evidence is wanted; that of all signatures and timestamps when `nil`.
    func steps(to level: SignatureLevel, field: String?) -> [RevisionStep] {
        var steps: [RevisionStep] = []
        if level >= .longTerm {
            steps.append { try evidence(in: $0, field: field, beforeTimestamp: level >= .archival) }
        }
        if level >= .archival { steps.append { try DocumentTimestamp.appendix(to: $0, services) } }
        return steps
    }

    /// Raises signatures that were made before, or renews their archive timestamp: first a date for signatures that
    /// have none from a trusted clock.
    func raising(to level: SignatureLevel) -> [RevisionStep] {
        var steps: [RevisionStep] = []
        if level >= .timestamped {
            steps.append { file in
                let all = try file.signatureContents()
                guard all.contains(where: { !$0.isTimestamp }) else { throw SigningError.notSigned }
                let last = all.last { $0.isTimestamp && $0.token != nil }?.end ?? 0
                let undated = all.contains {
                    !$0.isTimestamp && $0.end > last
                        && !$0.record.signer.signatureTimestamps.contains { $0 != nil }
                }
                return undated ? try DocumentTimestamp.appendix(to: file, services) : nil
            }
        }
        return steps + self.steps(to: level, field: nil)
    }

    private func evidence(
        in file: PDFFile, field: String?, beforeTimestamp: Bool
    ) throws(SigningError) -> Appendix? {
        let all = try file.signatureContents()
        var writer = try SecurityStoreWriter(file)
        var known: Evidence
        do throws(PDFError) { known = try SecurityStore(file).evidence } catch { throw .unreadable(error) }
        for one in all where field == nil || one.field == field {
            known.add(one.record.evidence)
            let found = try evidence(about: one, among: all, known: known)
            known.add(found)
            try writer.add(found, for: one.contents)
        }
        // What a signature timestamp of a moment ago does not tell: who will sign the coming document timestamp.
        if beforeTimestamp, field == nil { try writer.add(evidenceAboutAuthority(known)) }
        return try writer.finished().map { Appendix(bytes: $0) }
    }

    /// A document timestamp cannot carry the evidence about itself; a trial timestamp tells whose certificate it will
    /// be, so that the evidence can lie in the file before.
    private func evidenceAboutAuthority(_ known: Evidence) throws(SigningError) -> Evidence {
        let nothing = FileBytes((0..<32).map { _ in UInt8.random(in: .min ... .max) })
        let trial = try services.token(over: [nothing], pool: known.certificates)
        guard let signer = trial.signer() else { return Evidence() }
        return try evidence(signer, trial.certificates, moments: [], known: known)
    }

    /// About the signer's certificate and those of the timestamps inside. What was already provable at a moment
    /// that a later timestamp vouches for is not asked for again: it may no longer be had.
    private func evidence(
        about one: SignatureContents, among all: [SignatureContents], known: Evidence
    ) throws(SigningError) -> Evidence {
        let later = all.filter { $0.end > one.end }.compactMap { $0.token?.time }
        let inside = one.record.signer.signatureTimestamps.compactMap { $0 }
        let pool = one.record.certificates + inside.flatMap(\.certificates)
        guard
            let signer = one.record.certificate(for: one.record.signer, among: pool + known.certificates)
        else { throw .resultNotValid(field: one.field, reason: "signer certificate missing") }
        var found = try evidence(signer, pool, moments: inside.map(\.time) + later, known: known)
        for authority in inside.compactMap({ $0.signer(others: known.certificates) }) {
            found.add(try evidence(authority, pool, moments: later, known: known))
        }
        return found
    }

    private func evidence(
        _ certificate: CertificateRecord, _ pool: [[UInt8]], moments: [Date], known: Evidence
    ) throws(SigningError) -> Evidence {
        for moment in moments {
            var collector = collector(known, exchange: NoExchange(), moment: moment)
            if (try? collector.collect(for: certificate.der, pool: pool)) != nil { return collector.evidence }
        }
        var collector = collector(known, exchange: services.exchange, moment: services.clock())
        do throws(EvidenceProblem) { try collector.collect(for: certificate.der, pool: pool) } catch {
            throw .evidence(error)
        }
        return collector.evidence
    }

    private func collector(
        _ known: Evidence, exchange: any WebExchange, moment: Date
    ) -> EvidenceCollector {
        EvidenceCollector(
            roots: services.roots, certificates: services.certificates, known: known, exchange: exchange,
            moment: moment)
    }
}

/// Answers nothing: for asking whether what is at hand is enough.
struct NoExchange: WebExchange {
    func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer { throw .refused("offline") }
}
