import Foundation
import Testing

@testable import PDFSignatures

/// One case for each word of ETSI EN 319 102-1, table 6, with a small PKI whose every date is set: signed on
/// 1 March 2024 with a certificate of 2023 and 2024.
@Suite struct VerdictTests {
    static let signing = day(2024, 3)
    /// Next day, while everything is valid.
    static let soon = day(2024, 3, 2)
    /// After the signer's certificate has expired.
    static let late = day(2026, 6)

    /// A file with one signature.
    static func signed(
        by signer: Party = SmallPKI.signer, stampedAt: Date? = nil, clock: Party = SmallPKI.clock,
        with certificates: [Party] = [SmallPKI.authority],
        _ change: (inout HandmadePDF) throws -> Void = { _ in }
    ) throws -> HandmadePDF {
        var pdf = HandmadePDF()
        try pdf.sign(room: 6_000 + 800 * certificates.count) { digest, _ in
            try SmallPKI.signature(
                by: signer, over: digest, certificates: ([signer] + certificates).map(\.certificate),
                unsigned: stampedAt.map { SmallPKI.timestamped(by: clock, at: $0) } ?? { _ in [] })
        }
        try change(&pdf)
        return pdf
    }

    static func verdict(
        _ pdf: HandmadePDF, at moment: Date = soon, trust: TrustStore = SmallPKI.trust,
        evidence: Evidence = Evidence(), exchange: (any WebExchange)? = nil, field: String = "ChuKy"
    ) throws -> SignatureVerdict {
        let report = try Verification.verify(
            pdf.bytes, trust: trust, at: moment, evidence: evidence, exchange: exchange)
        return try #require(report.signatures.first { $0.field == field })
    }

    static let rootList = made { try SmallPKI.list(by: SmallPKI.root, at: signing, next: day(2030, 1)) }

    static func made(_ make: () throws -> [UInt8]) -> [UInt8] {
        do { return try make() } catch { preconditionFailure("test evidence: \(error)") }
    }

    static func list(
        at: Date = signing, next: Date? = day(2024, 4), revoked: [SmallPKI.Revoked] = []
    ) throws -> [UInt8] {
        try SmallPKI.list(by: SmallPKI.authority, at: at, next: next, revoked: revoked)
    }

    /// The lists of both authorities.
    static func lists(
        at: Date = signing, next: Date? = day(2024, 4), revoked: [SmallPKI.Revoked] = []
    ) throws -> Evidence {
        Evidence(revocationLists: [rootList, try list(at: at, next: next, revoked: revoked)])
    }

    static func expect(
        _ verdict: SignatureVerdict, _ indication: Indication, _ subIndication: SubIndication?,
        _ code: Finding.Code? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(verdict.indication == indication, "\(verdict)", sourceLocation: sourceLocation)
        #expect(verdict.subIndication == subIndication, "\(verdict)", sourceLocation: sourceLocation)
        guard let code else { return }
        #expect(
            verdict.findings.contains { $0.code == code }, "\(verdict.findings)",
            sourceLocation: sourceLocation)
    }

    // MARK: Revocation

    @Test(
        "D9: with current lists in the document the signature passes, and the report says how that is known")
    func embeddedLists() throws {
        let pdf = try Self.signed {
            $0.addStore(certificates: [SmallPKI.authority], lists: [Self.rootList, try Self.list()])
        }
        let verdict = try Self.verdict(pdf)
        Self.expect(verdict, .totalPassed, nil)
        #expect(verdict.chain.map(\.subject) == ["Lâm Khánh Toàn", "Tổ chức chứng thực", "Gốc"])
        #expect(verdict.chain.map(\.isTrusted) == [false, false, true])
        #expect(verdict.chain.map(\.revocation.status) == [.good, .good, .notNeeded])
        #expect(verdict.chain[0].revocation.kind == .crl && verdict.chain[0].revocation.source == .embedded)
        #expect(verdict.chain[0].revocation.time == "2024-03-01T07:00:00+07:00")
        #expect(verdict.modifications == .none)
    }

    @Test("D9: an OCSP answer of a commissioned responder counts, of anybody else it does not")
    func responders() throws {
        let stranger = try SmallPKI.certificate(
            "Kẻ lạ", key: 5, by: SmallPKI.authority, serial: 13, [.usage(0)])
        for (responder, passes) in [
            (SmallPKI.responder, true), (SmallPKI.authority, true), (stranger, false), (SmallPKI.root, false),
        ] {
            let answer = try SmallPKI.ocsp(
                about: SmallPKI.signer, issuer: SmallPKI.authority, by: responder, at: Self.signing,
                next: day(2024, 4))
            let evidence = Evidence(ocspResponses: [answer], revocationLists: [Self.rootList])
            let verdict = try Self.verdict(Self.signed(), evidence: evidence)
            if passes {
                Self.expect(verdict, .totalPassed, nil)
                #expect(verdict.chain[0].revocation.source == .supplied)
            } else {
                Self.expect(verdict, .indeterminate, .tryLater, .revocationUnknown)
            }
        }
    }

    @Test(
        "D9: a certificate that says where to ask and nobody answers: TRY_LATER; one that names nobody passes"
    )
    func nobodyToAsk() throws {
        Self.expect(try Self.verdict(Self.signed()), .indeterminate, .tryLater, .revocationUnknown)
        let silent = try SmallPKI.certificate("Người ký", key: 5, by: SmallPKI.root, [SmallPKI.end])
        let verdict = try Self.verdict(Self.signed(by: silent))
        Self.expect(verdict, .totalPassed, nil, .revocationNotChecked)
        #expect(verdict.chain.first?.revocation.status == .notOffered)
    }

    @Test("D9: information that has run out is not information about today")
    func staleList() throws {
        let evidence = try Self.lists(at: day(2024, 2), next: day(2024, 2, 8))
        Self.expect(
            try Self.verdict(Self.signed(), evidence: evidence), .indeterminate, .tryLater,
            .revocationNotFresh)
    }

    @Test("D9: a list signed by another key, of another kind, or only of changes is not used")
    func unusableLists() throws {
        let foreign = try SmallPKI.list(
            by: Party(name: SmallPKI.authority.name, key: SmallPKI.keys[6], certificate: []),
            at: Self.signing,
            next: day(2024, 4))
        let delta = try SmallPKI.list(
            by: SmallPKI.authority, at: Self.signing, next: day(2024, 4),
            [Extension(name: "2.5.29.27", isCritical: true, value: Der.integer(1))])
        let authoritiesOnly = try SmallPKI.list(
            by: SmallPKI.authority, at: Self.signing, next: day(2024, 4),
            [
                Extension(
                    name: "2.5.29.28", isCritical: true, value: Der.sequence(Der.tagged(0x82, [0xFF])))
            ])
        for list in [foreign, delta, authoritiesOnly] {
            let evidence = Evidence(revocationLists: [Self.rootList, list])
            Self.expect(try Self.verdict(Self.signed(), evidence: evidence), .indeterminate, .tryLater)
        }
    }

    @Test("D9: revoked, and nothing proves that the signature is older: REVOKED_NO_POE")
    func revoked() throws {
        let evidence = try Self.lists(revoked: [.init(serial: 11, at: day(2024, 2), reason: 1)])
        let verdict = try Self.verdict(Self.signed(), evidence: evidence)
        Self.expect(verdict, .indeterminate, .revokedNoProof, .certificateRevoked)
        #expect(verdict.chain[0].revocation.reason == "keyCompromise")
        #expect(verdict.chain[0].revocation.revokedAt == "2024-02-01T07:00:00+07:00")
        // Asked about a moment before the revocation, it was not revoked.
        Self.expect(
            try Self.verdict(Self.signed(), at: day(2024, 1, 15), evidence: evidence), .totalPassed, nil)
    }

    @Test("D9: revoked later than a clock stamped the signature: passes; earlier: REVOKED_NO_POE")
    func revokedWithProof() throws {
        let evidence = try Self.lists(
            at: day(2024, 5), next: day(2024, 6), revoked: [.init(serial: 11, at: day(2024, 4))])
        let moment = day(2024, 5, 2)
        let before = try Self.verdict(Self.signed(stampedAt: Self.signing), at: moment, evidence: evidence)
        Self.expect(before, .totalPassed, nil, .provenInTime)
        #expect(before.provenTime == "2024-03-01T07:00:00+07:00" && before.timestampAuthority == "Đồng hồ")
        let after = try Self.verdict(Self.signed(stampedAt: day(2024, 4, 2)), at: moment, evidence: evidence)
        Self.expect(after, .indeterminate, .revokedNoProof)
        #expect(after.provenTime == "2024-04-02T07:00:00+07:00")
    }

    @Test("D9: a clock stamped the document after the revocation and before the signature: REVOKED")
    func signedAfterRevocation() throws {
        let evidence = try Self.lists(revoked: [.init(serial: 11, at: day(2024, 2))])
        var pdf = HandmadePDF()
        try pdf.stamp(by: SmallPKI.clock, at: day(2024, 2, 20))
        try pdf.sign { digest, _ in
            try SmallPKI.signature(
                by: SmallPKI.signer, over: digest,
                certificates: [SmallPKI.signer, SmallPKI.authority].map(\.certificate))
        }
        Self.expect(try Self.verdict(pdf, evidence: evidence), .totalFailed, .revoked)
        Self.expect(try Self.verdict(pdf, evidence: evidence, field: "Dau"), .totalPassed, nil)
    }

    @Test("D9: a content timestamp after the revocation shows the same")
    func contentTimestamp() throws {
        let evidence = try Self.lists(revoked: [.init(serial: 11, at: day(2024, 2))])
        var pdf = HandmadePDF()
        try pdf.sign { digest, _ in
            let token = try SmallPKI.token(by: SmallPKI.clock, over: digest, at: day(2024, 2, 20))
            return try SmallPKI.signature(
                by: SmallPKI.signer, over: digest,
                certificates: [SmallPKI.signer, SmallPKI.authority].map(\.certificate),
                signed: [.init(name: "1.2.840.113549.1.9.16.2.20", value: token)])
        }
        let verdict = try Self.verdict(pdf, evidence: evidence)
        Self.expect(verdict, .totalFailed, .revoked)
        #expect(verdict.timestamps.map(\.kind) == [.content])
    }

    @Test("D9: an authority revoked: REVOKED_CA_NO_POE, also when only its own word dates from after")
    func authorityRevoked() throws {
        func evidence(_ at: Date) throws -> Evidence {
            let list = try SmallPKI.list(
                by: SmallPKI.root, at: day(2024, 5), next: day(2030, 1), revoked: [.init(serial: 2, at: at)])
            return Evidence(revocationLists: [list])
        }
        let own = try Self.list()
        let plain = try Self.signed { $0.addStore(lists: [own]) }
        Self.expect(
            try Self.verdict(plain, at: day(2024, 5, 2), evidence: evidence(day(2024, 4))), .indeterminate,
            .revokedAuthorityNoProof, .certificateRevoked)
        // The signature is proven older, the authority's own list is not.
        let stamped = try Self.signed(stampedAt: Self.signing) { $0.addStore(lists: [own]) }
        Self.expect(
            try Self.verdict(stamped, at: day(2024, 5, 2), evidence: evidence(day(2024, 4))), .indeterminate,
            .revokedAuthorityNoProof, .evidenceUnusable)
        // Now both are.
        var archived = stamped
        try archived.stamp(by: SmallPKI.clock, at: Self.soon)
        Self.expect(
            try Self.verdict(archived, at: day(2024, 5, 2), evidence: evidence(day(2024, 4))), .totalPassed,
            nil)
    }

    @Test("D9: a certificate on hold may come back; one revoked for good does not")
    func onHold() throws {
        let held = try Self.lists(revoked: [.init(serial: 11, at: day(2024, 2), reason: 6)])
        Self.expect(
            try Self.verdict(Self.signed(), evidence: held), .indeterminate, .tryLater, .certificateRevoked)
        func lists(_ reason: Int) throws -> Evidence {
            Evidence(revocationLists: [
                Self.rootList, try Self.list(revoked: [.init(serial: 11, at: day(2024, 2), reason: reason)]),
                try Self.list(at: Self.soon, next: day(2024, 5)),
            ])
        }
        Self.expect(
            try Self.verdict(Self.signed(), at: day(2024, 3, 3), evidence: lists(6)), .totalPassed, nil)
        Self.expect(
            try Self.verdict(Self.signed(), at: day(2024, 3, 3), evidence: lists(4)), .indeterminate,
            .revokedNoProof)
    }

    // MARK: Validity

    @Test("D9: expired without proof: OUT_OF_BOUNDS_NO_POE; known to have been good to the end: NOT_REVOKED")
    func expired() throws {
        Self.expect(
            try Self.verdict(Self.signed(), at: Self.late, evidence: Self.lists()), .indeterminate,
            .outOfBoundsNoProof, .certificateExpired)
        let remembering = try SmallPKI.list(
            by: SmallPKI.authority, at: day(2025, 2), next: day(2025, 3),
            [Extension(name: "2.5.29.60", value: Der.time(day(2010, 1)))])
        let evidence = Evidence(revocationLists: [Self.rootList, remembering])
        Self.expect(
            try Self.verdict(Self.signed(), at: day(2025, 2, 2), evidence: evidence), .indeterminate,
            .outOfBoundsNotRevoked)
        // An authority that forgets says nothing about a certificate that has expired.
        let forgetting = Evidence(revocationLists: [
            try SmallPKI.list(by: SmallPKI.root, at: day(2025, 2), next: day(2025, 3)),
            try Self.list(at: day(2025, 2), next: day(2025, 3)),
        ])
        Self.expect(
            try Self.verdict(Self.signed(), at: day(2025, 2, 2), evidence: forgetting), .indeterminate,
            .outOfBoundsNoProof)
    }

    @Test("D9: expired since, but stamped in time, with the lists of that time: passes")
    func expiredWithProof() throws {
        let pdf = try Self.signed(stampedAt: Self.signing) {
            $0.addStore(lists: [Self.rootList, try Self.list()])
        }
        let verdict = try Self.verdict(pdf, at: Self.late)
        Self.expect(verdict, .totalPassed, nil, .provenInTime)
        // Without anything about revocation at that time it stays open.
        Self.expect(
            try Self.verdict(Self.signed(stampedAt: Self.signing), at: Self.late), .indeterminate, .tryLater)
    }

    @Test("D9: signed after the certificate had expired, as a clock shows: EXPIRED")
    func signedAfterExpiry() throws {
        var pdf = HandmadePDF()
        try pdf.stamp(by: SmallPKI.clock, at: day(2025, 3))
        try pdf.sign { digest, _ in
            try SmallPKI.signature(
                by: SmallPKI.signer, over: digest,
                certificates: [SmallPKI.signer, SmallPKI.authority].map(\.certificate))
        }
        Self.expect(try Self.verdict(pdf, at: day(2025, 4), evidence: Self.lists()), .totalFailed, .expired)
    }

    @Test("D9: not yet valid at the moment asked about; proven older than its certificate: NOT_YET_VALID")
    func notYetValid() throws {
        Self.expect(
            try Self.verdict(Self.signed(), at: day(2022, 5), evidence: Self.lists()), .indeterminate,
            .notYetValid, .certificateNotYetValid)
        Self.expect(
            try Self.verdict(Self.signed(stampedAt: day(2022, 5)), evidence: Self.lists()), .totalFailed,
            .notYetValid, .timestampBeforeCertificate)
    }
}
