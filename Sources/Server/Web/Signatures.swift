// The verdict on a file's signatures as the page shows it. The engine says what it found, the kept verdict what it is worth;
// here both become the page's values, and the words for them stand in Pages/Text.
import Domain
import Foundation
import Operations
import PDFSignatures
import Pages
import Store

extension Visit {
    /// Nil for what is not a PDF; "đang kiểm tra" until the worker has looked at it.
    func signatures(of file: FileReference?) async throws -> Pages.SignatureReport? {
        guard let file, file.mediaType == "application/pdf" else { return nil }
        return Pages.SignatureReport(try await SignatureReports(office: office).known(file.hash))
    }
}

extension Pages.SignatureReport {
    init(_ known: KnownVerdict?) {
        guard let known else {
            self = .pending
            return
        }
        let reason =
            known.findings.unreadable.map(UncheckedReason.init)
            ?? known.findings.fault.map(UncheckedReason.init)
        if let reason {
            self.init(unchecked: reason, checkedAt: known.judgedAt)
        } else {
            self.init(
                signatures: known.findings.signatures.map(Signature.init), value: known.value,
                checkedAt: known.judgedAt)
        }
    }

    /// Of the person who signed first, for the clerk's checks: the agency has not signed yet.
    var signerMark: StateMark {
        guard value != nil else { return mark }
        guard let first = signatures.first(where: { $0.holder != .clock }) else { return mark }
        switch first.verdict {
        case _ where first.changedAfterwards: return StateMark(.late, "Bị sửa sau khi ký")
        case .valid: return StateMark(.ok, "Hợp lệ")
        case .open: return StateMark(.warn, "Chưa xác minh")
        case .invalid: return StateMark(.late, "Không hợp lệ")
        }
    }
}

extension Pages.SignatureReport.Signature {
    init(_ verdict: SignatureVerdict) {
        self.init(
            signer: verdict.signer ?? "không rõ người ký", holder: Self.holder(verdict),
            signedAt: Self.moment(verdict.claimedTime), verdict: Self.verdict(verdict.indication),
            problem: verdict.subIndication.map(SignatureProblem.init),
            changedAfterwards: verdict.modifications > .formFilling)
        provenAt = Self.moment(verdict.provenTime)
        timestampAuthority = verdict.timestampAuthority ?? ""
        degree = verdict.level.map(SignatureDegree.init)
        wasCompleted = verdict.modifications == .formFilling
        changes = Self.words(verdict.findings) { $0.isChange }
        notes = Self.words(verdict.findings) { !$0.isChange && !$0.isUsual }
        chain = verdict.chain.map(Pages.SignatureReport.Certificate.init)
    }

    private static func holder(_ verdict: SignatureVerdict) -> Pages.SignatureReport.Holder {
        switch verdict.kind {
        case .documentTimestamp: .clock
        case .signature: verdict.isAgency ? .agency : .person
        }
    }

    private static func verdict(_ indication: Indication) -> Pages.SignatureReport.Verdict {
        switch indication {
        case .totalPassed: .valid
        case .indeterminate: .open
        case .totalFailed: .invalid
        }
    }

    static func moment(_ text: String?) -> Instant? {
        text.flatMap { try? Date($0, strategy: .iso8601) }.map { Instant($0) }
    }

    /// Each thing once, in the order found; a code that has no words yet says itself.
    private static func words(_ findings: [Finding], _ isWanted: (SignatureNote) -> Bool) -> [String] {
        var words: [String] = []
        for finding in findings {
            guard let note = SignatureNote(rawValue: finding.code.rawValue), isWanted(note) else { continue }
            let text = note.words(finding.detail)
            if !words.contains(text) { words.append(text) }
        }
        return words
    }
}

extension Pages.SignatureReport.Certificate {
    init(_ summary: CertificateSummary) {
        let state: RevocationState =
            switch summary.revocation.status {
            case .good: .good
            case .revoked: .revoked
            case .unknown: .unknown
            case .notOffered: .notOffered
            case .notNeeded: .notNeeded
            case .notChecked: .notChecked
            }
        let time = state == .revoked ? summary.revocation.revokedAt : summary.revocation.time
        self.init(
            name: summary.subject.isEmpty ? "không có tên" : summary.subject, isTrusted: summary.isTrusted,
            revocation: summary.isTrusted
                ? "" : state.words(Pages.SignatureReport.Signature.moment(time).map(Vi.fullMoment) ?? ""))
    }
}

extension SignatureProblem {
    init(_ reason: SubIndication) {
        self =
            switch reason {
            case .formatFailure: .formatFailure
            case .hashFailure: .hashFailure
            case .signatureCryptoFailure: .signatureCryptoFailure
            case .revoked: .revoked
            case .expired: .expired
            case .notYetValid: .notYetValid
            case .signatureConstraintsFailure: .signatureConstraintsFailure
            case .chainConstraintsFailure: .chainConstraintsFailure
            case .certificateChainGeneralFailure: .certificateChainGeneralFailure
            case .cryptoConstraintsFailure: .cryptoConstraintsFailure
            case .cryptoConstraintsFailureNoProof: .cryptoConstraintsFailureNoProof
            case .policyProcessingError: .policyProcessingError
            case .noSigningCertificateFound: .noSigningCertificateFound
            case .noCertificateChainFound: .noCertificateChainFound
            case .revokedNoProof: .revokedNoProof
            case .revokedAuthorityNoProof: .revokedAuthorityNoProof
            case .outOfBoundsNotRevoked: .outOfBoundsNotRevoked
            case .outOfBoundsNoProof: .outOfBoundsNoProof
            case .timestampOrderFailure: .timestampOrderFailure
            case .noProof: .noProof
            case .tryLater: .tryLater
            case .signedDataNotFound: .signedDataNotFound
            case .generic: .generic
            }
    }
}

extension SignatureDegree {
    init(_ level: SignatureLevel) {
        self =
            switch level {
            case .basic: .basic
            case .timestamped: .timestamped
            case .longTerm: .longTerm
            case .archival: .archival
            }
    }
}

extension UncheckedReason {
    init(_ unreadable: UnreadableFile) {
        self =
            switch unreadable {
            case .notPDF: .notPDF
            case .damaged: .damaged
            case .encrypted: .encrypted
            case .overLimit: .overLimit
            }
    }

    init(_ fault: ExaminationFault) {
        self =
            switch fault {
            case .timedOut: .timedOut
            case .crashed: .crashed
            case .machine: .machine
            case .gone: .gone
            }
    }
}

extension SignedFileRecord {
    var file: FileReference {
        FileReference(hash: hash, size: size, name: "da-ky.pdf", mediaType: "application/pdf", pages: pages)
    }
}
