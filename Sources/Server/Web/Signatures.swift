// The verdict on a file's signatures in the page's words. The engine says what it found; here it becomes a sentence a
// clerk understands.
import Domain
import Foundation
import Operations
import PDFSignatures
import Pages
import Store

extension Visit {
    /// Nil for what is not a PDF. `moment` is when the office had the file.
    func signatures(of file: FileReference?, at moment: Instant? = nil) async throws -> Pages.SignatureReport?
    {
        guard let file, file.mediaType == "application/pdf" else { return nil }
        let office = office
        let findings = await OwnThread.run {
            SignatureReports(office: office).report(file.hash, at: moment)
        }
        return Pages.SignatureReport(
            signatures: findings.signatures.map(Pages.SignatureReport.Signature.init), checkedAt: moment)
    }
}

extension Pages.SignatureReport.Signature {
    init(_ verdict: SignatureVerdict) {
        let kept = verdict.modifications <= .formFilling
        self.init(
            signer: verdict.signer ?? "không rõ người ký", isAgency: verdict.field == FieldName.seal,
            signedAt: verdict.claimedTime.flatMap { try? Date($0, strategy: .iso8601) }.map { Instant($0) },
            verdict: Self.verdict(verdict), changedAfterwards: !kept, reasons: Self.reasons(verdict))
    }

    private static func verdict(_ verdict: SignatureVerdict) -> Pages.SignatureReport.Verdict {
        switch verdict.indication {
        case .totalPassed: .valid
        case .indeterminate: .untrusted
        case .totalFailed: .invalid
        }
    }

    private static func reasons(_ verdict: SignatureVerdict) -> [String] {
        if verdict.indication == .totalPassed { return [] }
        guard let sub = verdict.subIndication else { return [] }
        switch sub {
        case .hashFailure: return ["Nội dung đã bị thay đổi sau khi ký."]
        case .signatureCryptoFailure: return ["Chữ ký không khớp với chứng thư của người ký."]
        case .noCertificateChainFound:
            return ["Nơi cấp chứng thư không nằm trong danh sách tin cậy của hệ thống."]
        case .formatFailure: return ["Chữ ký không đúng định dạng nên không kiểm tra được."]
        default: return ["Kết quả kiểm tra: \(sub.rawValue)."]
        }
    }
}

extension SignedFileRecord {
    var file: FileReference {
        FileReference(hash: hash, size: size, name: "da-ky.pdf", mediaType: "application/pdf", pages: pages)
    }
}
