// What can be said of the signatures on a file: judged against the office's trusted certificates, and
// remembered by the file's hash, since neither the bytes nor the roots change while the server runs. A bad
// file is a result, not an error.
import BlobStorage
import Domain
import Foundation
import PDFSignatures
import Synchronization

package struct SignatureFindings: Sendable, Equatable {
    /// In the order of signing; empty where there are none.
    package let signatures: [SignatureVerdict]
    /// Why the file could not be read at all.
    package let unreadable: PDFError?

    package init(signatures: [SignatureVerdict], unreadable: PDFError? = nil) {
        self.signatures = signatures
        self.unreadable = unreadable
    }
}

package struct SignatureReports: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    /// `moment` is when the office had the file: at issuing or arrival. Certificates must have been valid
    /// then. Takes its time on a large file: not for a thread that answers requests.
    package func report(_ hash: String, at moment: Instant? = nil) -> SignatureFindings {
        let key = SignatureReportCache.Key(hash: hash, moment: moment)
        if let known = office.signatureReports.find(key) { return known }
        guard let blob = BlobHash(hex: hash), let bytes = try? office.blobs.read(blob) else {
            return SignatureFindings(signatures: [], unreadable: .damaged("no such file"))
        }
        let report = report(on: bytes, at: moment)
        office.signatureReports.put(report, key)
        return report
    }

    /// Of bytes that are not stored yet.
    func report(on bytes: [UInt8], at moment: Instant? = nil) -> SignatureFindings {
        let at = (moment ?? office.clock.now).date
        do throws(PDFError) {
            let report = try Verification.verify(
                bytes, trust: TrustStore(roots: office.trust.certificates), at: at)
            return SignatureFindings(signatures: report.signatures)
        } catch { return SignatureFindings(signatures: [], unreadable: error) }
    }
}

extension SignatureVerdict {
    /// Right, and nothing but form filling and signing came after it. Where nobody could be asked today whether the
    /// certificate was revoked, that is for a later look. An office without trusted certificates can only say that
    /// it is whole.
    func isWhole(trusted roots: TrustRoots) -> Bool {
        guard modifications <= .formFilling else { return false }
        if indication == .totalPassed { return true }
        let isRevoked = findings.contains { $0.code == .certificateRevoked }
        if indication == .indeterminate, subIndication == .tryLater, !isRevoked { return true }
        return roots.certificates.isEmpty && indication == .indeterminate
            && subIndication == .noCertificateChainFound
    }
}

/// The last few hundred reports; what is pushed out is judged again.
package final class SignatureReportCache: Sendable {
    struct Key: Hashable {
        let hash: String
        let moment: Instant?
    }

    private struct Shelf {
        var reports: [Key: SignatureFindings] = [:]
        var order: [Key] = []
    }

    private static let limit = 500
    private let shelf = Mutex(Shelf())

    package init() {}

    func find(_ key: Key) -> SignatureFindings? { shelf.withLock { $0.reports[key] } }

    func put(_ report: SignatureFindings, _ key: Key) {
        shelf.withLock { shelf in
            if shelf.reports.updateValue(report, forKey: key) != nil { return }
            shelf.order.append(key)
            guard shelf.order.count > Self.limit else { return }
            shelf.reports[shelf.order.removeFirst()] = nil
        }
    }
}
