import Foundation

/// Judges every signature and document timestamp of a PDF by the process of ETSI EN 319 102-1 (5.6, validation
/// with archival data): form and cryptography, whose certificate it is and up to which root, whether that was
/// revoked or had expired at the time that counts, since when the signature is known to exist, which level it
/// reaches, and what was changed after it.
///
///     let report = try Verification.verify(bytes, trust: TrustStore(roots: [root]))
///     for verdict in report.signatures { print(verdict.field, verdict.indication.rawValue) }
///
/// Bad signatures are results; only bytes that are no readable PDF are an error.
public enum Verification {
    /// - Parameters:
    ///   - trust: The roots that are trusted as they stand, and certificates that help to reach them, in DER.
    ///     Without roots no signature can be more than INDETERMINATE.
    ///   - at: The moment to judge for; now, when not given. Certificates must be valid then, and a revocation
    ///     after it does not count; timestamps that are younger are judged by their own time.
    ///   - evidence: Certificates, OCSP answers and revocation lists that the caller has beside those in the file.
    ///   - exchange: The way out, by which missing issuers and current revocation information are fetched from the
    ///     addresses in the certificates. Without one nothing leaves the machine.
    ///   - limits: What a hostile file may cost at most.
    /// - Throws: only when the bytes are not a readable PDF.
    public static func verify(
        _ pdf: [UInt8], trust: TrustStore = .empty, at: Date? = nil, evidence: Evidence = Evidence(),
        exchange: (any WebExchange)? = nil, limits: PDFLimits = .default
    ) throws(PDFError) -> VerificationReport {
        try verify(
            FileBytes(pdf), trust: trust, at: at, evidence: evidence, exchange: exchange, limits: limits)
    }

    /// The same for a file of any size.
    public static func verify(
        _ pdf: FileBytes, trust: TrustStore = .empty, at: Date? = nil, evidence: Evidence = Evidence(),
        exchange: (any WebExchange)? = nil, limits: PDFLimits = .default
    ) throws(PDFError) -> VerificationReport {
        let file = try PDFFile(pdf, limits: limits)
        let process = ValidationProcess(
            file: file, trust: trust, at: at, evidence: evidence, exchange: exchange)
        return VerificationReport(signatures: try process.run())
    }
}
