import Foundation

/// Everything at hand that speaks of revocation, each read once, with where it came from: what lies in the file
/// has a place there, by which timestamps can prove its age.
final class EvidencePool {
    struct Item<Value> {
        let number: Int
        let value: Value
        let source: RevocationSummary.Source
        /// Where in the file its bytes lie.
        let position: Int?
    }

    private(set) var answers: [Item<OCSPResponse>] = []
    private(set) var lists: [Item<CertificateList>] = []
    private var known: Set<EncodedKey> = []
    /// Grows with every piece, so that what was concluded before can be told from what would be concluded now.
    private(set) var version = 0

    private static let limit = 1_000

    func add(_ evidence: Evidence, source: RevocationSummary.Source, position: Int? = nil) {
        for bytes in evidence.ocspResponses { add(ocsp: bytes, source: source, position: position) }
        for bytes in evidence.revocationLists { add(list: bytes, source: source, position: position) }
    }

    /// What cannot be read is passed over: it proves nothing.
    func add(ocsp bytes: [UInt8], source: RevocationSummary.Source, position: Int? = nil) {
        guard isNew(bytes), let value = try? OCSPResponse(bytes) else { return }
        answers.append(Item(number: version, value: value, source: source, position: position))
    }

    func add(list bytes: [UInt8], source: RevocationSummary.Source, position: Int? = nil) {
        guard isNew(bytes), let value = try? CertificateList(bytes) else { return }
        lists.append(Item(number: version, value: value, source: source, position: position))
    }

    /// The first place counts: the file's own evidence is added in the order of its age.
    private func isNew(_ bytes: [UInt8]) -> Bool {
        guard known.count < EvidencePool.limit, known.insert(EncodedKey(bytes)).inserted else {
            return false
        }
        version += 1
        return true
    }
}

/// One usable piece of evidence about one certificate: signed by whom it must be, and about this certificate.
struct RevocationStatement {
    let kind: RevocationSummary.Kind
    let source: RevocationSummary.Source
    let number: Int
    let position: Int?
    let thisUpdate: Date
    let nextUpdate: Date?
    /// `nil` for "not revoked".
    let revokedAt: Date?
    let reason: Int?
    /// Whether it still speaks of a certificate that has expired before it was made.
    let remembersExpired: Bool

    /// An answer without a term is taken for current for a day.
    static let ordinaryTerm = 86_400.0
    /// Clocks of signers, authorities and responders run a little apart.
    static let clockTolerance = 300.0

    /// Made after the moment, or current at it.
    func isFresh(at moment: Date) -> Bool {
        let end = nextUpdate ?? thisUpdate + RevocationStatement.ordinaryTerm
        return max(end, thisUpdate) + RevocationStatement.clockTolerance >= moment
    }

    /// On hold, not for good.
    var isHold: Bool { reason == 6 }

    static let reasons = [
        0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged", 4: "superseded",
        5: "cessationOfOperation", 6: "certificateHold", 8: "removeFromCRL", 9: "privilegeWithdrawn",
        10: "aACompromise",
    ]

    func summary(_ status: RevocationSummary.Status) -> RevocationSummary {
        RevocationSummary(
            status: status, source: source, kind: kind, time: CivilTime.iso(thisUpdate),
            revokedAt: revokedAt.map(CivilTime.iso),
            reason: reason.flatMap { RevocationStatement.reasons[$0] })
    }
}
