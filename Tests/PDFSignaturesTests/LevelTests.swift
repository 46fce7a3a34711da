import Foundation
import Testing

@testable import PDFSignatures

/// The level that a signature reaches is what was checked and found enough, not what lies in the file.
@Suite struct LevelTests {
    /// Everything of its time: timestamp, certificates and lists in the document.
    private func longTerm() throws -> HandmadePDF {
        try VerdictTests.signed(stampedAt: VerdictTests.signing) {
            $0.addStore(
                certificates: [SmallPKI.signer, SmallPKI.authority, SmallPKI.clock],
                lists: [VerdictTests.rootList, try VerdictTests.list()])
        }
    }

    @Test("D9: B-B, B-T, B-LT and B-LTA as they are built up, each checked")
    func levels() throws {
        let evidence = try VerdictTests.lists()
        #expect(try VerdictTests.verdict(VerdictTests.signed(), evidence: evidence).level == .basic)
        let stamped = try VerdictTests.signed(stampedAt: VerdictTests.signing)
        #expect(try VerdictTests.verdict(stamped, evidence: evidence).level == .timestamped)
        var pdf = try longTerm()
        #expect(try VerdictTests.verdict(pdf).level == .longTerm)
        try pdf.stamp(by: SmallPKI.clock, at: VerdictTests.soon)
        let verdict = try VerdictTests.verdict(pdf)
        #expect(verdict.level == .archival && verdict.indication == .totalPassed)
        #expect(verdict.modifications == .none && verdict.provenTime == "2024-03-01T07:00:00+07:00")
        let stamp = try VerdictTests.verdict(pdf, field: "Dau")
        #expect(stamp.kind == .documentTimestamp && stamp.level == nil && stamp.signer == "Đồng hồ")
        #expect(stamp.provenTime == "2024-03-02T07:00:00+07:00" && stamp.indication == .totalPassed)
    }

    @Test("D9: what is only present does not count: a store without the signer's list, a stamp by a stranger")
    func presence() throws {
        let partial = try VerdictTests.signed(stampedAt: VerdictTests.signing) {
            $0.addStore(certificates: [SmallPKI.authority], lists: [VerdictTests.rootList])
        }
        let evidence = try VerdictTests.lists()
        #expect(try VerdictTests.verdict(partial, evidence: evidence).level == .timestamped)
        var strange = try longTerm()
        let stranger = try SmallPKI.certificate(
            "Đồng hồ lạ", key: 5, by: nil, from: day(2010, 1), to: day(2035, 1),
            [.usage(0), .purpose(TimestampToken.purpose, isCritical: true)])
        try strange.stamp(by: stranger, at: VerdictTests.soon)
        #expect(try VerdictTests.verdict(strange).level == .longTerm)
        // A stamp before the store came in does not cover it.
        var early = try VerdictTests.signed(stampedAt: VerdictTests.signing)
        try early.stamp(by: SmallPKI.clock, at: VerdictTests.signing)
        early.addStore(
            certificates: [SmallPKI.signer, SmallPKI.authority],
            lists: [VerdictTests.rootList, try VerdictTests.list()])
        #expect(try VerdictTests.verdict(early).level == .longTerm)
    }

    @Test("D9: archived: years later, signer and first clock expired, the file still proves itself")
    func archived() throws {
        let first = try SmallPKI.clock("Đồng hồ một", key: 5, from: day(2020, 1), to: day(2026, 1))
        var pdf = try VerdictTests.signed(stampedAt: VerdictTests.signing, clock: first) {
            $0.addStore(
                certificates: [SmallPKI.signer, SmallPKI.authority, first],
                lists: [VerdictTests.rootList, try VerdictTests.list()])
        }
        // The first clock expired and nothing newer vouches for it.
        let open = try VerdictTests.verdict(pdf, at: day(2030, 1))
        #expect(open.indication == .indeterminate && open.subIndication == .outOfBoundsNoProof)
        #expect(open.provenTime == nil)
        let second = try SmallPKI.clock("Đồng hồ hai", key: 6, from: day(2020, 1), to: day(2031, 1))
        try pdf.stamp("Mot", by: second, at: day(2025, 6))
        let verdict = try VerdictTests.verdict(pdf, at: day(2030, 1))
        #expect(verdict.indication == .totalPassed, "\(verdict.findings)")
        #expect(verdict.level == .archival && verdict.provenTime == "2024-03-01T07:00:00+07:00")
        // Then the second expires: renewed in time it holds on, otherwise not.
        #expect(try VerdictTests.verdict(pdf, at: day(2033, 1)).indication == .indeterminate)
        try pdf.stamp("Hai", by: SmallPKI.clock, at: day(2030, 6))
        let renewed = try VerdictTests.verdict(pdf, at: day(2033, 1))
        #expect(renewed.indication == .totalPassed && renewed.level == .archival, "\(renewed.findings)")
        #expect(try VerdictTests.verdict(pdf, at: day(2033, 1), field: "Mot").indication == .totalPassed)
    }

    @Test("D9: a stamp over what was changed since proves only what it covers")
    func proofOfOthers() throws {
        // The signature came after the stamp.
        var pdf = HandmadePDF()
        try pdf.stamp(by: SmallPKI.clock, at: day(2024, 2))
        try pdf.sign { digest, _ in
            try SmallPKI.signature(
                by: SmallPKI.signer, over: digest,
                certificates: [SmallPKI.signer, SmallPKI.authority].map(\.certificate))
        }
        let verdict = try VerdictTests.verdict(pdf, evidence: VerdictTests.lists())
        #expect(verdict.provenTime == nil && verdict.level == .basic && verdict.indication == .totalPassed)
    }
}
