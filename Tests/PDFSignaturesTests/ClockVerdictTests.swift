import Foundation
import Testing

@testable import PDFSignatures

/// Clocks that prove something and clocks that do not; then what needs no certificate to be told: form, digests,
/// algorithms.
@Suite struct ClockVerdictTests {
    @Test("D9: an unknown, expired, revoked or wrongly commissioned clock proves nothing")
    func badClocks() throws {
        let stranger = try SmallPKI.certificate(
            "Đồng hồ lạ", key: 5, by: nil, from: day(2010, 1), to: day(2035, 1),
            [.usage(0), .purpose(TimestampToken.purpose, isCritical: true)])
        let expired = try SmallPKI.clock("Đồng hồ cũ", key: 5, from: day(2010, 1), to: day(2024, 2))
        let plain = try SmallPKI.certificate(
            "Không phải đồng hồ", key: 5, by: SmallPKI.root, from: day(2010, 1), to: day(2035, 1), [.usage(0)]
        )
        let revoked = try SmallPKI.clock("Đồng hồ hỏng", key: 5, from: day(2010, 1), to: day(2035, 1))
        let rootList = try SmallPKI.list(
            by: SmallPKI.root, at: VerdictTests.signing, next: day(2030, 1),
            revoked: [.init(serial: 25, at: day(2024, 1), reason: 1)])
        for clock in [stranger, expired, plain, revoked] {
            var evidence = try VerdictTests.lists()
            evidence.add(revocationList: rootList)
            let verdict = try VerdictTests.verdict(
                VerdictTests.signed(stampedAt: VerdictTests.signing, clock: clock), evidence: evidence)
            VerdictTests.expect(verdict, .totalPassed, nil, .timestampInvalid)
            #expect(verdict.provenTime == nil && verdict.level == .basic, "\(verdict)")
            #expect(verdict.timestamps.first?.indication != .totalPassed)
        }
    }

    @Test("D9: a clock taken out of service for an ordinary reason still vouches for what it stamped before")
    func retiredClock() throws {
        for (reason, counts) in [(4, true), (5, true), (1, false)] {
            let retired = try SmallPKI.clock("Đồng hồ cũ", key: 5, from: day(2010, 1), to: day(2035, 1))
            let rootList = try SmallPKI.list(
                by: SmallPKI.root, at: day(2024, 5), next: day(2030, 1),
                revoked: [.init(serial: 25, at: day(2024, 4), reason: reason)])
            let evidence = Evidence(revocationLists: [
                rootList, try VerdictTests.list(at: day(2024, 5), next: day(2024, 6)),
            ])
            let verdict = try VerdictTests.verdict(
                VerdictTests.signed(stampedAt: VerdictTests.signing, clock: retired), at: day(2024, 5, 2),
                evidence: evidence)
            #expect((verdict.provenTime != nil) == counts, "\(reason)")
        }
    }

    @Test("D9: a timestamp over another signature is no proof for this one")
    func foreignTimestamp() throws {
        var pdf = HandmadePDF()
        try pdf.sign { digest, _ in
            try SmallPKI.signature(
                by: SmallPKI.signer, over: digest,
                certificates: [SmallPKI.signer, SmallPKI.authority].map(\.certificate),
                unsigned: { _ in
                    try SmallPKI.timestamped(by: SmallPKI.clock, at: VerdictTests.signing)([1, 2, 3])
                })
        }
        let verdict = try VerdictTests.verdict(pdf, evidence: VerdictTests.lists())
        VerdictTests.expect(verdict, .totalPassed, nil, .timestampInvalid)
        #expect(verdict.timestamps.first?.subIndication == .hashFailure && verdict.level == .basic)
    }

    @Test("D9: clocks that contradict one another: TIMESTAMP_ORDER_FAILURE")
    func order() throws {
        var pdf = try VerdictTests.signed(stampedAt: VerdictTests.signing)
        try pdf.stamp(by: SmallPKI.clock, at: day(2024, 2))
        VerdictTests.expect(
            try VerdictTests.verdict(pdf, evidence: VerdictTests.lists()), .indeterminate,
            .timestampOrderFailure,
            .timestampOrder)
        var stamped = try VerdictTests.signed()
        try stamped.stamp("Mot", by: SmallPKI.clock, at: VerdictTests.signing)
        try stamped.stamp("Hai", by: SmallPKI.clock, at: day(2024, 2))
        VerdictTests.expect(
            try VerdictTests.verdict(stamped, evidence: VerdictTests.lists(), field: "Mot"), .indeterminate,
            .timestampOrderFailure)
    }

    // MARK: Form, digests, algorithms

    @Test("D9: a changed byte: HASH_FAILURE; another key: SIG_CRYPTO_FAILURE; no certificate: none found")
    func cryptography() throws {
        var changed = HandmadePDF()
        try changed.sign { digest, _ in
            try SmallPKI.signature(by: SmallPKI.signer, over: digest.map { $0 ^ 1 })
        }
        VerdictTests.expect(try VerdictTests.verdict(changed), .totalFailed, .hashFailure)
        var forged = HandmadePDF()
        let impostor = Party(
            name: SmallPKI.signer.name, key: SmallPKI.keys[7], certificate: SmallPKI.signer.certificate)
        try forged.sign { digest, _ in try SmallPKI.signature(by: impostor, over: digest) }
        VerdictTests.expect(try VerdictTests.verdict(forged), .totalFailed, .signatureCryptoFailure)
        var bare = HandmadePDF()
        try bare.sign { digest, _ in
            try SmallPKI.signature(by: SmallPKI.signer, over: digest, certificates: [])
        }
        VerdictTests.expect(try VerdictTests.verdict(bare), .indeterminate, .noSigningCertificateFound)
        bare.addStore(
            certificates: [SmallPKI.signer, SmallPKI.authority],
            lists: [VerdictTests.rootList, try VerdictTests.list()])
        VerdictTests.expect(try VerdictTests.verdict(bare), .totalPassed, nil)
        var empty = HandmadePDF()
        try empty.sign { _, _ in [0x30, 3, 2, 1, 1] }
        VerdictTests.expect(try VerdictTests.verdict(empty), .totalFailed, .formatFailure)
    }

    @Test("D9: a signature over SHA-1 is doubted, unless a clock shows that it is from the time of SHA-1")
    func oldDigest() throws {
        let old = try SmallPKI.certificate(
            "Người ký cũ", key: 5, by: SmallPKI.root, from: day(2010, 6), to: day(2030, 1), [SmallPKI.end])
        for (stamped, passes) in [(day(2011, 1), true), (VerdictTests.signing, false), (nil, false)] {
            var pdf = HandmadePDF()
            try pdf.sign(subFilter: "adbe.pkcs7.sha1") { _, covered in
                let content = DigestFunction.hash("1.3.14.3.2.26", covered) ?? []
                return try SmallPKI.signature(
                    by: old, over: DigestAlgorithm.sha256.hash(content), content: content,
                    unsigned: stamped.map { SmallPKI.timestamped(by: SmallPKI.clock, at: $0) } ?? { _ in [] })
            }
            let verdict = try VerdictTests.verdict(pdf)
            VerdictTests.expect(
                verdict, passes ? .totalPassed : .indeterminate,
                passes ? nil : .cryptoConstraintsFailureNoProof, .weakDigest)
        }
    }

    @Test("D9: SHA-1 used when it was broken already, as a clock shows: CRYPTO_CONSTRAINTS_FAILURE")
    func brokenDigest() throws {
        let signer = try SmallPKI.certificate(
            "Người ký", key: 5, by: SmallPKI.root, from: day(2010, 6), to: day(2030, 1), [SmallPKI.end])
        var pdf = HandmadePDF()
        try pdf.stamp(by: SmallPKI.clock, at: VerdictTests.signing)
        try pdf.sign(subFilter: "adbe.pkcs7.sha1") { _, covered in
            let content = DigestFunction.hash("1.3.14.3.2.26", covered) ?? []
            return try SmallPKI.signature(
                by: signer, over: DigestAlgorithm.sha256.hash(content), content: content)
        }
        VerdictTests.expect(try VerdictTests.verdict(pdf), .indeterminate, .cryptoConstraintsFailure)
    }

    @Test("D9: without roots nothing is more than INDETERMINATE")
    func noRoots() throws {
        let verdict = try VerdictTests.verdict(
            VerdictTests.signed(), trust: .empty, evidence: VerdictTests.lists())
        VerdictTests.expect(verdict, .indeterminate, .noCertificateChainFound, .noTrustedPath)
        #expect(verdict.signer == "Lâm Khánh Toàn")
    }
}
