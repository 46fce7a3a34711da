import Foundation

/// Judges every signature of a PDF (ETSI EN 319 102-1, 5.3): its form and cryptography, whose it is, and what
/// was changed after it.
public enum Verification {
    /// - Parameter at: The moment for which certificates must be valid; now, when not given.
    /// - Throws: only when the bytes are not a readable PDF.
    public static func verify(
        _ pdf: [UInt8], trust: TrustStore = .empty, at: Date? = nil, limits: PDFLimits = .default
    ) throws(PDFError) -> VerificationReport {
        try verify(FileBytes(pdf), trust: trust, at: at, limits: limits)
    }

    /// The same for a file of any size.
    public static func verify(
        _ pdf: FileBytes, trust: TrustStore = .empty, at: Date? = nil, limits: PDFLimits = .default
    ) throws(PDFError) -> VerificationReport {
        let file = try PDFFile(pdf, limits: limits)
        let inspected = try SignatureInspector(file: file).inspectAll()
        return VerificationReport(signatures: inspected.map { judge($0, trust: trust, moment: at ?? Date()) })
    }

    private static func judge(_ inspected: InspectedSignature, trust: TrustStore, moment: Date)
        -> SignatureVerdict
    {
        var findings = inspected.findings
        var subIndication = inspected.failure
        var pathProblem: SubIndication?
        if let certificate = inspected.certificate {
            let path = PathCheck(trust: trust, moment: moment, isTimestamp: inspected.timestamp != nil)
                .check(certificate, others: inspected.certificates)
            findings += path.findings
            pathProblem = path.subIndication
        }
        let indication: Indication
        if inspected.failure == .noSigningCertificateFound {
            indication = .indeterminate
        } else if inspected.failure != nil {
            indication = .totalFailed
        } else if inspected.modifications >= .unknown {
            // The signature is right for what was signed, which is no longer what is shown.
            indication = .totalFailed
            subIndication = .formatFailure
        } else if let open = pathProblem ?? inspected.doubt {
            indication = .indeterminate
            subIndication = open
        } else {
            indication = .totalPassed
        }
        return SignatureVerdict(
            field: inspected.field, indication: indication, subIndication: subIndication,
            level: inspected.level,
            signer: inspected.certificate?.displayName, claimedTime: inspected.claimedTime.map(CivilTime.iso),
            provenTime: indication == .totalPassed ? inspected.timestamp.map(CivilTime.iso) : nil,
            coversWholeFile: inspected.coversWholeFile, modifications: inspected.modifications,
            findings: findings)
    }
}
