// What can be said of the signatures on a file, judged against the office's trusted certificates for the moment when the
// office had the file. Verdicts are made by the worker and kept; what our own signing has just made is judged on the spot.
import BlobStorage
import Domain
import DualSQL
import Foundation
import PDFSignatures
import Store

/// A verdict as it is shown.
package struct KnownVerdict: Sendable, Equatable {
    package let findings: SignatureFindings
    package let value: LegalValue
    package let judgedAt: Instant

    package init(findings: SignatureFindings, judgedAt: Instant) {
        self.init(findings: findings, value: findings.legalValue, judgedAt: judgedAt)
    }

    init(findings: SignatureFindings, value: LegalValue, judgedAt: Instant) {
        (self.findings, self.value, self.judgedAt) = (findings, value, judgedAt)
    }
}

package struct SignatureReports: Sendable {
    let office: Office
    package init(office: Office) { self.office = office }

    // MARK: Files from outside

    /// Nil while it is still to be examined.
    package func known(_ hash: String) async throws -> KnownVerdict? {
        let basis = office.verdictBasis
        return try await office.read { tables in try tables.verdicts.find(hash, basis) }.flatMap(
            KnownVerdict.init)
    }

    /// What is known, or else found now; not for a page that people wait for.
    package func judged(_ hash: String, heldAt: Instant) async throws -> KnownVerdict {
        if let known = try await known(hash) { return known }
        let findings = await examine(hash, heldAt: heldAt)
        return try await keep(findings, of: hash, heldAt: heldAt)
    }

    /// Asks the child; what it lacks is fetched once, kept for this file, and the child asked again.
    func examine(_ hash: String, heldAt: Instant) async -> SignatureFindings {
        guard let blob = BlobHash(hex: hash), office.blobs.contains(blob) else {
            return SignatureFindings(signatures: [], fault: .gone)
        }
        let path = office.blobs.path(of: blob), evidence = EvidenceKeeping(office: office, file: hash)
        var examined = await office.examiner.signatures(
            of: path, trust: office.trust, at: heldAt.date, evidence: await evidence.kept())
        for _ in 0..<EvidenceKeeping.rounds where !examined.wanted.isEmpty {
            guard await evidence.fetch(examined.wanted) else { break }
            examined = await office.examiner.signatures(
                of: path, trust: office.trust, at: heldAt.date, evidence: await evidence.kept())
        }
        return examined.findings
    }

    @discardableResult
    func keep(_ findings: SignatureFindings, of hash: String, heldAt: Instant) async throws -> KnownVerdict {
        let record = VerdictRecord(
            hash: hash, value: findings.legalValue, heldAt: heldAt, judgedAt: office.clock.now,
            report: String(decoding: try JSONEncoder().encode(findings), as: UTF8.self))
        let basis = office.verdictBasis
        try await office.database.write { connection in
            let tables = Tables(connection)
            try tables.verdicts.put(record, basis)
            try tables.verdictWishes.remove(hash)
        }
        return KnownVerdict(findings: findings, value: record.value, judgedAt: record.judgedAt)
    }

    // MARK: Our own work

    /// In this process: only for what our own signing has just made. Takes its time on a large file: not for a thread that
    /// answers requests.
    package func report(on bytes: [UInt8], at moment: Instant? = nil) -> SignatureFindings {
        Examination.signatures(
            FileBytes(bytes), trust: office.trust, at: (moment ?? office.clock.now).date, evidence: []
        ).findings
    }

    /// The same, of our own work that is stored already.
    package func report(_ hash: String, at moment: Instant? = nil) -> SignatureFindings {
        guard let blob = BlobHash(hex: hash), let bytes = try? office.blobs.read(blob) else {
            return SignatureFindings(signatures: [], fault: .gone)
        }
        return report(on: bytes, at: moment)
    }
}

extension KnownVerdict {
    /// A verdict that cannot be read any more is made again.
    init?(_ record: VerdictRecord) {
        guard
            let findings = try? JSONDecoder().decode(SignatureFindings.self, from: Data(record.report.utf8))
        else { return nil }
        self.init(findings: findings, value: record.value, judgedAt: record.judgedAt)
    }
}

extension Office {
    /// On what verdicts rest here and now.
    package var verdictBasis: VerdictBasis {
        VerdictBasis(trust: trust.generation, edition: SignatureFindings.edition)
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
