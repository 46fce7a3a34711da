// What an examination of a file's signatures found, as it is kept: the engine's verdicts, or why there are none. A bad file is
// a result, not an error.
import Domain
import Foundation
import PDFSignatures

package struct SignatureFindings: Sendable, Equatable, Codable {
    /// In the order of signing; empty where there are none.
    package let signatures: [SignatureVerdict]
    /// Why the file could not be read.
    package let unreadable: UnreadableFile?
    /// Why it could not be examined at all.
    package let fault: ExaminationFault?

    package init(
        signatures: [SignatureVerdict], unreadable: UnreadableFile? = nil, fault: ExaminationFault? = nil
    ) {
        self.signatures = signatures
        self.unreadable = unreadable
        self.fault = fault
    }

    /// Raised whenever the same bytes may be judged otherwise than before; everything is then examined anew.
    package static let edition = 1

    package var legalValue: LegalValue {
        if unreadable != nil || fault != nil { return .unchecked }
        return LegalValue.of(signatures.compactMap(\.standing))
    }
}

package enum UnreadableFile: String, Sendable, Codable, CaseIterable {
    case notPDF, damaged, encrypted, overLimit

    init(_ error: PDFError) {
        self =
            switch error {
            case .notPDF: .notPDF
            case .damaged: .damaged
            case .encrypted: .encrypted
            case .overLimit: .overLimit
            }
    }
}

/// Why the child process brought no result: never the fault of the page that asks.
package enum ExaminationFault: String, Sendable, Codable, Error, CaseIterable {
    /// Longer than an examination may take.
    case timedOut
    /// Ended before its time: too much memory asked for, or a defect that the file hit.
    case crashed
    /// It could not be started, or gave an answer that makes no sense.
    case machine
    /// The bytes are no longer there.
    case gone
}

extension SignatureVerdict {
    /// Whether a seal or a name that only agencies have.
    package var isAgency: Bool {
        field == FieldName.seal || signer.map(CertificateHolder.isAgency) ?? false
    }

    /// Nil for what is nobody's signature.
    package var standing: SignatureStanding? {
        if kind == .documentTimestamp { return nil }
        if modifications > .formFilling { return SignatureStanding(.broken, isAgency: isAgency) }
        let soundness: SignatureStanding.Soundness =
            switch indication {
            case .totalPassed: .sound
            case .indeterminate: .open
            case .totalFailed: .broken
            }
        return SignatureStanding(soundness, isAgency: isAgency)
    }
}
