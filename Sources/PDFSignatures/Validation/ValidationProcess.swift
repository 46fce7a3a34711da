import Foundation

/// The validation of one file: what is at hand is gathered, then the timestamps are judged, the newest first,
/// because each newer one can prove the age of what lies before it, then the signatures by what the timestamps
/// prove (ETSI EN 319 102-1, 5.6.3).
final class ValidationProcess {
    let file: PDFFile
    /// The moment that the caller asks about.
    let moment: Date
    /// Nothing honest comes from later than this.
    let clock: Date
    let pool: CertificatePool
    let evidence: EvidencePool
    let proofs: ProofsOfExistence
    let store: EmbeddedEvidence
    let certificates: CertificateValidation
    /// By what the file itself brings along, for the level.
    let withoutFetching: CertificateValidation

    init(
        file: PDFFile, trust: TrustStore, at: Date?, evidence supplied: Evidence,
        exchange: (any WebExchange)?
    ) {
        self.file = file
        let now = Date()
        moment = at ?? now
        clock = max(now, moment)
        let (pool, evidence, proofs) = (CertificatePool(trust: trust), EvidencePool(), ProofsOfExistence())
        (self.pool, self.evidence, self.proofs) = (pool, evidence, proofs)
        store = EmbeddedEvidence(file)
        let fetcher = exchange.map { EvidenceFetcher(exchange: $0, pool: pool, evidence: evidence) }
        let reading = RevocationReading(pool: pool, evidence: evidence, clock: clock)
        certificates = CertificateValidation(
            pool: pool, revocation: RevocationCheck(reading: reading, proofs: proofs, fetcher: fetcher),
            fetcher: fetcher)
        withoutFetching = CertificateValidation(
            pool: pool, revocation: RevocationCheck(reading: reading, proofs: proofs, fetcher: nil),
            fetcher: nil)
        gather(supplied)
    }

    func run() throws(PDFError) -> [SignatureVerdict] {
        let others = store.certificates.map(\.bytes) + pool.all.map(\.der)
        let inspected = try SignatureInspector(file: file, otherCertificates: others).inspectAll()
        for signature in inspected { gather(signature) }
        var verdicts: [Int: SignatureVerdict] = [:]
        for (index, signature) in inspected.enumerated().reversed() where signature.isTimestamp {
            verdicts[index] = DocumentTimestampJudge(process: self).judge(signature)
        }
        return inspected.enumerated().map { index, signature in
            verdicts[index] ?? SignatureJudge(process: self, signature: signature).judge()
        }
    }

    // MARK: What is at hand

    /// The oldest places first, so that what stands twice counts from where it stood first.
    private func gather(_ supplied: Evidence) {
        for piece in store.certificates { pool.add([piece.bytes]) }
        for piece in store.ocspResponses {
            evidence.add(ocsp: piece.bytes, source: .embedded, position: piece.position)
        }
        for piece in store.revocationLists {
            evidence.add(list: piece.bytes, source: .embedded, position: piece.position)
        }
        for bytes in supplied.ocspResponses { evidence.add(ocsp: bytes, source: .supplied) }
        for bytes in supplied.revocationLists { evidence.add(list: bytes, source: .supplied) }
        pool.add(supplied.certificates)
    }

    private func gather(_ signature: InspectedSignature) {
        guard let record = signature.record, let position = signature.range?.hole.lowerBound else { return }
        var tokens = record.signer.signatureTimestamps.compactMap { $0 }
        tokens += record.signer.contentTimestamps
        for inside in [record] + tokens.map(\.record) {
            pool.add(inside.certificates)
            evidence.add(inside.evidence, source: .embedded, position: position)
        }
        for answer in evidence.answers { pool.add(answer.value.certificates) }
    }

    // MARK: For the report

    func summaries(_ outcome: CertificateValidation.Outcome) -> [CertificateSummary] {
        zip(outcome.path, outcome.revocations).map { certificate, revocation in
            CertificateSummary(
                subject: certificate.displayName ?? "",
                organisation: DistinguishedName.value("2.5.4.10", in: certificate.subject),
                issuer: DistinguishedName.value("2.5.4.3", in: certificate.issuer)
                    ?? DistinguishedName.value("2.5.4.10", in: certificate.issuer) ?? "",
                serialNumber: ValidationProcess.hexadecimal(certificate.serialNumber),
                notBefore: certificate.notBefore.map(CivilTime.iso),
                notAfter: certificate.notAfter.map(CivilTime.iso), isTrusted: pool.isTrusted(certificate),
                revocation: revocation)
        }
    }

    private static func hexadecimal(_ integer: [UInt8]) -> String {
        let content = (try? BERNode.first(in: integer[...]).content) ?? []
        return content.drop { $0 == 0 }.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension CMSSigner {
    /// Content timestamps (ETSI EN 319 122-1, 5.2.8), those that can be read.
    var contentTimestamps: [TimestampToken] {
        (attributes["1.2.840.113549.1.9.16.2.20"] ?? []).compactMap { try? TimestampToken(Array($0.encoded)) }
    }
}

extension CertificateValidation.Outcome {
    /// Nothing but what lies in the file was needed.
    var restsOnFile: Bool { !lacksEvidence && statements.allSatisfy { $0.source == .embedded } }
}
