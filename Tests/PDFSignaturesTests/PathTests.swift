import Foundation
import Testing

@testable import PDFSignatures

/// The way from a signer's certificate to a trusted root: every rule of RFC 5280 that we hold, broken once; and
/// ways that fork, run in circles or must first be fetched.
@Suite struct PathTests {
    private func authority(
        _ name: String = "Tổ chức", key: Int = 5, by issuer: Party = SmallPKI.root, serial: Int = 3,
        extensions: [Extension] = [.authority(), .usage(5, 6)]
    ) throws -> Party {
        try SmallPKI.certificate(
            name, key: key, by: issuer, from: day(2010, 1), to: day(2040, 1), serial: serial, extensions)
    }

    private func signer(
        by issuer: Party, key: Int = 6, _ extensions: [Extension] = [SmallPKI.end]
    ) throws -> Party {
        try SmallPKI.certificate("Người ký", key: key, by: issuer, serial: 31, extensions)
    }

    private func verdict(
        _ signer: Party, with others: [Party], trust: TrustStore = SmallPKI.trust,
        exchange: (any WebExchange)? = nil
    ) throws -> SignatureVerdict {
        try VerdictTests.verdict(
            VerdictTests.signed(by: signer, with: others), trust: trust, exchange: exchange)
    }

    private func expectBroken(
        _ verdict: SignatureVerdict, _ code: Finding.Code,
        _ subIndication: SubIndication = .certificateChainGeneralFailure,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(verdict.indication == .indeterminate, sourceLocation: sourceLocation)
        #expect(verdict.subIndication == subIndication, "\(verdict.findings)", sourceLocation: sourceLocation)
        #expect(
            verdict.findings.contains { $0.code == code }, "\(verdict.findings)",
            sourceLocation: sourceLocation)
    }

    @Test("D9: a certificate under one that is no authority, or may not sign certificates, leads nowhere")
    func notAuthority() throws {
        for extensions in [[], [.usage(5)], [.authority(), .usage(0)], [SmallPKI.end]] as [[Extension]] {
            let issuer = try authority(extensions: extensions)
            expectBroken(try verdict(signer(by: issuer), with: [issuer]), .notAuthority)
        }
        let sound = try authority()
        #expect(try verdict(signer(by: sound), with: [sound]).indication == .totalPassed)
    }

    @Test("D9: an authority's limit on the authorities below it")
    func pathLength() throws {
        let upper = try authority("Trên", extensions: [.authority(pathLength: 0), .usage(5, 6)])
        let lower = try authority("Dưới", key: 7, by: upper)
        expectBroken(try verdict(signer(by: lower), with: [upper, lower]), .pathTooLong)
        #expect(try verdict(signer(by: upper), with: [upper]).indication == .totalPassed)
    }

    @Test("D9: a critical extension that nobody here understands, in whatever certificate")
    func criticalExtension() throws {
        let odd = Extension(name: "1.2.3.4.5", isCritical: true, value: [5, 0])
        let issuer = try authority(extensions: [.authority(), .usage(5, 6), odd])
        expectBroken(try verdict(signer(by: issuer), with: [issuer]), .criticalExtensionUnknown)
        let plain = try authority()
        expectBroken(
            try verdict(signer(by: plain, [SmallPKI.end, odd]), with: [plain]), .criticalExtensionUnknown)
        let harmless = Extension(name: "1.2.3.4.5", value: [5, 0])
        #expect(
            try verdict(signer(by: plain, [SmallPKI.end, harmless]), with: [plain]).indication == .totalPassed
        )
    }

    @Test("D9: names outside what the authority may give")
    func names() throws {
        func constraint(_ tag: UInt8, _ name: [UInt8]) -> Extension {
            Extension(
                name: "2.5.29.30", isCritical: true,
                value: Der.sequence(Der.tagged(tag, Der.sequence(name))))
        }
        func mail(_ text: String) -> Extension {
            Extension(name: "2.5.29.17", value: Der.sequence(Der.tagged(0x81, Array(text.utf8))))
        }
        let domain = Der.tagged(0x81, Array("rachgia.example".utf8))
        for (rule, address, passes) in [
            (constraint(0xA0, domain), "an@rachgia.example", true),
            (constraint(0xA0, domain), "an@khac.example", false),
            (constraint(0xA1, domain), "an@rachgia.example", false),
            (constraint(0xA1, domain), "an@khac.example", true),
            // A subject that is not below the only name permitted.
            (constraint(0xA0, Der.explicit(4, Party.distinguished("Khác"))), "an@rachgia.example", false),
            (constraint(0xA0, Der.explicit(4, Party.distinguished("Người ký"))), "an@rachgia.example", true),
            (Extension(name: "2.5.29.30", isCritical: true, value: [1]), "an@rachgia.example", false),
        ] {
            let issuer = try authority(extensions: [.authority(), .usage(5, 6), rule])
            let found = try verdict(signer(by: issuer, [SmallPKI.end, mail(address)]), with: [issuer])
            if passes {
                #expect(found.indication == .totalPassed, "\(address) \(found.findings)")
            } else {
                expectBroken(found, .nameNotPermitted)
            }
        }
    }

    @Test("D9: a policy that an authority demands all the way down")
    func policies() throws {
        func policy(_ name: String) -> Extension {
            Extension(name: "2.5.29.32", value: Der.sequence(Der.sequence(Der.name(name))))
        }
        let demand = Extension(
            name: "2.5.29.36", isCritical: true, value: Der.sequence(Der.tagged(0x80, [0])))
        let issuer = try authority(extensions: [.authority(), .usage(5, 6), policy("2.16.704.1"), demand])
        for (own, passes) in [("2.16.704.1", true), ("2.16.704.2", false)] {
            let found = try verdict(signer(by: issuer, [SmallPKI.end, policy(own)]), with: [issuer])
            #expect((found.indication == .totalPassed) == passes)
            if !passes { expectBroken(found, .policyNotSatisfied) }
        }
        expectBroken(try verdict(signer(by: issuer), with: [issuer]), .policyNotSatisfied)
        let plain = try authority(extensions: [.authority(), .usage(5, 6), policy("2.16.704.1")])
        #expect(try verdict(signer(by: plain), with: [plain]).indication == .totalPassed)
    }

    @Test("D9: a certificate for servers, clocks or encryption does not sign documents")
    func purposes() throws {
        let issuer = try authority()
        for extensions in [
            [.usage(2)], [SmallPKI.end, .purpose("1.3.6.1.5.5.7.3.1")],
            [.usage(0), .purpose(TimestampToken.purpose)],
        ] as [[Extension]] {
            let found = try verdict(signer(by: issuer, extensions), with: [issuer])
            #expect(found.subIndication == .chainConstraintsFailure, "\(found.findings)")
        }
        let mail = try signer(by: issuer, [SmallPKI.end, .purpose("1.3.6.1.5.5.7.3.4")])
        #expect(try verdict(mail, with: [issuer]).indication == .totalPassed)
    }

    @Test("D9: a signature on a certificate that is not its issuer's")
    func wrongSignature() throws {
        let issuer = try authority()
        let impostor = Party(name: issuer.name, key: SmallPKI.keys[8], certificate: issuer.certificate)
        expectBroken(try verdict(signer(by: impostor), with: [issuer]), .certificateSignatureWrong)
    }

    @Test("D9: of several ways the one that holds is taken: cross-certificates, renewed keys, expired twins")
    func severalWays() throws {
        let other = try SmallPKI.certificate(
            "Gốc khác", key: 7, by: nil, from: day(2010, 1), to: day(2050, 1), [.authority(), .usage(5, 6)])
        let underOther = try authority("Chung", key: 5, by: other)
        let underRoot = try authority("Chung", key: 5, by: SmallPKI.root)
        let expired = try SmallPKI.certificate(
            "Chung", key: 5, by: SmallPKI.root, from: day(2010, 1), to: day(2020, 1), serial: 4,
            [.authority(), .usage(5, 6)])
        let person = try signer(by: underRoot)
        for order in [[underOther, expired, underRoot], [expired, underRoot, underOther]] {
            let found = try verdict(person, with: order)
            #expect(found.indication == .totalPassed, "\(found.findings)")
            #expect(found.chain.map(\.subject) == ["Người ký", "Chung", "Gốc"])
        }
        expectBroken(try verdict(person, with: [expired]), .certificateExpired, .outOfBoundsNoProof)
    }

    @Test("D9: authorities that certify one another in a circle end nowhere, and soon")
    func circles() throws {
        var parties: [Party] = []
        let names = (0..<6).map { "Vòng \($0)" }
        for (index, name) in names.enumerated() {
            for (above, other) in names.enumerated() where other != name {
                let issuer = Party(name: other, key: SmallPKI.keys[above % 9], certificate: [])
                parties.append(
                    try SmallPKI.certificate(
                        name, key: index, by: issuer, serial: 100 + above, [.authority(), .usage(5, 6)]))
            }
        }
        let first = try #require(parties.first)
        let found = try verdict(signer(by: first), with: parties)
        expectBroken(found, .noTrustedPath, .noCertificateChainFound)
        // The same crowd with one way out.
        let exit = try authority("Vòng 3", key: 3)
        #expect(try verdict(signer(by: first), with: parties + [exit]).indication == .totalPassed)
    }

    @Test("D9: odd certificates beside the signer's spoil nothing")
    func oddCertificates() throws {
        let issuer = try authority()
        let person = try signer(by: issuer)
        let odd: [[UInt8]] = [
            [0x30, 3, 2, 1, 1], Der.sequence(Der.sequence(Der.tagged(0x02, [0xFF, 0xFF]))),
            Array(issuer.certificate.dropLast(9)),
        ]
        var pdf = HandmadePDF()
        try pdf.sign { digest, _ in
            try SmallPKI.signature(
                by: person, over: digest,
                certificates: odd.prefix(2) + [person.certificate, issuer.certificate])
        }
        #expect(try VerdictTests.verdict(pdf).indication == .totalPassed)
        let trust = TrustStore(roots: odd + [SmallPKI.root.certificate], intermediates: odd)
        #expect(try VerdictTests.verdict(pdf, trust: trust).indication == .totalPassed)
    }

    // MARK: What is fetched

    /// Answers from a shelf, and notes what was asked for.
    private final class Shelf: WebExchange, @unchecked Sendable {
        private let answers: [String: [UInt8]]
        private let lock = NSLock()
        private var noted: [String] = []

        init(_ answers: [String: [UInt8]]) { self.answers = answers }

        var asked: [String] { lock.withLock { noted } }

        func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
            lock.withLock { noted.append(request.url) }
            guard let body = answers[request.url] else { throw .unreachable("nobody") }
            return body.isEmpty ? WebAnswer(status: 503) : WebAnswer(status: 200, body: body)
        }
    }

    @Test("D9: a missing issuer is fetched from where the certificate says, step by step up to the root")
    func missingIssuers() throws {
        let upper = try authority("Trên")
        let lower = try authority(
            "Dưới", key: 7, by: upper,
            extensions: [.authority(), .usage(5, 6), .sources(issuer: SmallPKI.url + "tren")])
        let person = try signer(by: lower, [SmallPKI.end, .sources(issuer: SmallPKI.url + "duoi")])
        let shelf = Shelf([
            SmallPKI.url + "duoi": lower.certificate, SmallPKI.url + "tren": upper.certificate,
        ])
        #expect(try verdict(person, with: [], exchange: shelf).indication == .totalPassed)
        #expect(shelf.asked == [SmallPKI.url + "duoi", SmallPKI.url + "tren"])
        expectBroken(try verdict(person, with: []), .noTrustedPath, .noCertificateChainFound)
        expectBroken(
            try verdict(person, with: [], exchange: Shelf([:])), .fetchFailed, .noCertificateChainFound)
    }

    @Test("D9: revocation is fetched where the document brings nothing: the responder first, then the list")
    func fetchedRevocation() throws {
        let answer = try SmallPKI.ocsp(
            about: SmallPKI.signer, issuer: SmallPKI.authority, by: SmallPKI.responder,
            at: VerdictTests.signing, next: day(2024, 4))
        let list = try VerdictTests.list()
        let root = SmallPKI.url + "root.crl"
        for (shelf, kind) in [
            (
                Shelf([SmallPKI.url + "ocsp": answer, root: VerdictTests.rootList]),
                RevocationSummary.Kind.ocsp
            ),
            (Shelf([SmallPKI.url + "ca.crl": list, root: VerdictTests.rootList]), .crl),
        ] {
            let found = try VerdictTests.verdict(VerdictTests.signed(), exchange: shelf)
            #expect(found.indication == .totalPassed, "\(found.findings)")
            #expect(
                found.chain.first?.revocation.kind == kind && found.chain.first?.revocation.source == .fetched
            )
        }
        let down = try VerdictTests.verdict(
            VerdictTests.signed(), exchange: Shelf([SmallPKI.url + "ocsp": [], root: VerdictTests.rootList]))
        #expect(down.subIndication == .tryLater)
        #expect(down.findings.contains(Finding(.fetchFailed, SmallPKI.url + "ocsp: HTTP 503")))
    }

    @Test("D9: what the document brings along is not asked for again")
    func nothingFetched() throws {
        let shelf = Shelf([:])
        let pdf = try VerdictTests.signed {
            $0.addStore(lists: [VerdictTests.rootList, try VerdictTests.list()])
        }
        #expect(try VerdictTests.verdict(pdf, exchange: shelf).indication == .totalPassed)
        #expect(shelf.asked.isEmpty)
    }
}
