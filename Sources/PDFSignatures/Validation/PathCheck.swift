import COpenSSL
import Foundation

/// Whether the signer's certificate leads to a trusted root at a moment, and may sign documents at all
/// (ETSI EN 319 102-1, 5.2.6).
struct PathCheck {
    let trust: TrustStore
    let moment: Date
    let isTimestamp: Bool

    struct Outcome {
        var subIndication: SubIndication?
        var findings: [Finding] = []
    }

    func check(_ certificate: CertificateRecord, others: [[UInt8]]) -> Outcome {
        var outcome = Outcome()
        if !isTimestamp, !certificate.maySignDocuments {
            outcome.findings.append(Finding(.keyUsageNotForSigning))
            outcome.subIndication = .chainConstraintsFailure
        }
        guard !trust.roots.isEmpty else {
            outcome.findings.append(Finding(.noTrustedPath, "no roots configured"))
            outcome.subIndication = outcome.subIndication ?? .noCertificateChainFound
            return outcome
        }
        let (code, text) = path(certificate, others: others, at: moment)
        if code != 0 {
            let (subIndication, finding) = explain(code, text, certificate, others: others)
            outcome.findings.append(finding)
            outcome.subIndication = outcome.subIndication ?? subIndication
        } else {
            outcome.findings.append(Finding(.revocationNotChecked))
        }
        return outcome
    }

    private func path(_ certificate: CertificateRecord, others: [[UInt8]], at date: Date) -> (
        code: Int32, text: String
    ) {
        let between = (others + trust.intermediates).flatMap { $0 }
        let roots = trust.roots.flatMap { $0 }
        var depth: Int32 = 0
        var length: Int32 = 0
        var problem: UnsafePointer<CChar>?
        let seconds = Int64(max(-1e12, min(1e12, date.timeIntervalSince1970)))
        let code = copenssl_path(
            certificate.der, certificate.der.count, between, between.count, roots, roots.count, seconds,
            &depth,
            &length, &problem)
        return (code, problem.map { String(cString: $0) } ?? "certificate unreadable")
    }

    /// The numbers are libcrypto's X509_V_ERR codes.
    private func explain(
        _ code: Int32, _ text: String, _ certificate: CertificateRecord, others: [[UInt8]]
    ) -> (SubIndication, Finding) {
        switch code {
        case 10:
            return (
                .outOfBoundsNoProof, Finding(.certificateExpired, certificate.notAfter.map(CivilTime.iso))
            )
        case 9:
            return (.notYetValid, Finding(.certificateNotYetValid, certificate.notBefore.map(CivilTime.iso)))
        case 2, 18, 19, 20, 21, 27:
            return (.noCertificateChainFound, Finding(.noTrustedPath, text))
        default:
            return (.certificateChainGeneralFailure, Finding(.certificatePathBroken, text))
        }
    }
}
