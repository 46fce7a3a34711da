import Foundation
import Testing

@testable import PDFSignatures

/// What OpenSSL's programs answer, read by us: OCSP, revocation lists, timestamps; and what we ask, understood by
/// them.
@Suite struct EvidenceTests {
    private func collector(
        _ exchange: TestExchange, roots: [[UInt8]]? = nil, moment: Date = Date()
    ) throws -> EvidenceCollector {
        EvidenceCollector(
            roots: try roots ?? [exchange.authority.read("root.crt")], exchange: exchange, moment: moment)
    }

    @Test("D9: a certificate's extensions are read as OpenSSL wrote them")
    func extensions() throws {
        guard let authority = TestAuthority.shared else { return }
        let signer = try authority.certificate("signer")
        #expect(signer.ocspAddresses == ["http://pki.test/ocsp"])
        #expect(signer.issuerAddresses == ["http://pki.test/inter.crt"])
        #expect(signer.listAddresses == ["http://pki.test/inter.crl"])
        #expect(signer.basicConstraints == .init(isAuthority: false))
        #expect(signer.mayUse(.nonRepudiation) && !signer.mayUse(.certificateSigning))
        #expect(signer.subjectAlternativeNames == [.email("toan@pki.test")])
        let inter = try authority.certificate("inter")
        #expect(inter.basicConstraints == .init(isAuthority: true, pathLength: 0))
        #expect(inter.certificatePolicies == ["2.16.704.1.1"])
        #expect(inter.mayUse(.listSigning) && !inter.maySignDocuments)
        #expect(signer.authorityKeyIdentifier?.key == inter.subjectKeyIdentifier)
        let root = try authority.certificate("root")
        #expect(signer.isIssued(by: inter) && inter.isIssued(by: root) && !signer.isIssued(by: root))
        let tsa = try authority.certificate("tsa")
        #expect(tsa.extendedKeyUsage == [TimestampToken.purpose])
        #expect(tsa.criticalExtensions.contains("2.5.29.37"))
        #expect(try authority.certificate("ocsp").isExemptFromRevocationCheck)
    }

    @Test("D9: all evidence up to the root is found, the missing authority by its address")
    func complete() throws {
        guard let authority = TestAuthority.shared else { return }
        var collector = try collector(TestExchange(authority: authority))
        try collector.collect(for: authority.read("signer.crt"))
        let evidence = collector.evidence
        for name in ["signer", "inter", "root", "ocsp"] {
            #expect(evidence.certificates.contains(try authority.read("\(name).crt")), "\(name)")
        }
        #expect(evidence.ocspResponses.count == 1)
        let lists = [try authority.read("root.crl")]
        #expect(evidence.revocationLists == lists)
        // Nothing is asked or kept twice.
        try collector.collect(for: authority.read("signer.crt"))
        try collector.collect(for: authority.read("tsa.crt"))
        #expect(collector.evidence.ocspResponses.count == 2)
        #expect(collector.evidence.revocationLists.count == 1)
    }

    @Test("D9: evidence that is at hand and current is not asked for again")
    func known() throws {
        guard let authority = TestAuthority.shared else { return }
        var first = try collector(TestExchange(authority: authority))
        try first.collect(for: authority.read("signer.crt"))
        let dead = TestExchange(
            authority: authority,
            faults: ["ocsp": .down, "inter.crl": .down, "root.crl": .down, "inter.crt": .down])
        func again(at moment: Date) throws -> Evidence {
            var collector = EvidenceCollector(
                roots: [try authority.read("root.crt")], known: first.evidence, exchange: dead, moment: moment
            )
            try collector.collect(for: authority.read("signer.crt"))
            return collector.evidence
        }
        let repeated = try again(at: Date())
        #expect(repeated.ocspResponses == first.evidence.ocspResponses)
        #expect(throws: EvidenceProblem.self) { try again(at: Date() + 8 * 86_400) }
    }

    @Test("D9: where OCSP does not answer, the list does")
    func fallback() throws {
        guard let authority = TestAuthority.shared else { return }
        for fault in [TestExchange.Fault.down, .slow, .errorPage, .rubbish] {
            var collector = try collector(TestExchange(authority: authority, faults: ["ocsp": fault]))
            try collector.collect(for: authority.read("signer.crt"))
            #expect(collector.evidence.ocspResponses.isEmpty)
            #expect(collector.evidence.revocationLists.count == 2)
        }
    }

    @Test("D9: which certificate, which address and why stand in the error")
    func problems() throws {
        guard let authority = TestAuthority.shared else { return }
        func problem(_ name: String, _ faults: [String: TestExchange.Fault] = [:], roots: [[UInt8]]? = nil)
            throws
            -> EvidenceProblem?
        {
            var collector = try collector(TestExchange(authority: authority, faults: faults), roots: roots)
            let certificate = try authority.read("\(name).crt")
            do throws(EvidenceProblem) { try collector.collect(for: certificate) } catch { return error }
            return nil
        }
        let silent = try problem("signer", ["ocsp": .down, "inter.crl": .errorPage])
        #expect(silent?.certificate == "Lâm Khánh Toàn" && silent?.reason == .noAnswer)
        #expect(
            silent?.attempts == [
                .init(
                    kind: .ocsp, url: "http://pki.test/ocsp",
                    problem: .failed(.unreachable("connection refused"))),
                .init(kind: .list, url: "http://pki.test/inter.crl", problem: .status(503)),
            ])
        let orphan = try problem("signer", ["inter.crt": .slow])
        #expect(orphan?.reason == .issuerMissing)
        #expect(orphan?.attempts.first?.problem == .failed(.timedOut))
        let mute = try problem("silent")
        #expect(mute?.reason == .issuerMissing)
        let foreign = try problem("signer", roots: [authority.read("other.crt")])
        #expect(foreign?.reason == .issuerMissing)
        guard case .revoked(let date?, _)? = try problem("revoked")?.reason else {
            Issue.record("a revoked certificate was not noticed")
            return
        }
        #expect(abs(date.timeIntervalSinceNow) < 3_600)
        guard case .revoked? = try problem("revoked", ["ocsp": .down])?.reason else {
            Issue.record("an entry in the list was not noticed")
            return
        }
    }

    @Test("D9: an answer must come from whom the issuer commissioned, about this certificate, unchanged")
    func ocspAnswers() throws {
        guard let authority = TestAuthority.shared else { return }
        let exchange = TestExchange(authority: authority)
        let (signer, inter) = (try authority.certificate("signer"), try authority.certificate("inter"))
        for algorithm in [OCSPCertificateID.sha1, DigestAlgorithm.sha256.identifier] {
            let id = try #require(OCSPCertificateID(signer, issuer: inter, algorithm: algorithm))
            let bytes = try exchange.send(
                WebRequest(
                    url: "http://pki.test/ocsp", body: OCSPRequest(id: id, nonce: [1, 2, 3, 4]).encode())
            ).body
            let response = try OCSPResponse(bytes)
            let answer = try #require(response.answer(for: signer, issuer: inter))
            #expect(answer.status == .good && answer.nextUpdate.map { $0 > Date() } == true)
            guard case .delegated(let responder) = response.signer(issuer: inter) else {
                Issue.record("\(response.signer(issuer: inter))")
                return
            }
            let expected = try authority.certificate("ocsp")
            #expect(responder == expected)
            #expect(response.answer(for: try authority.certificate("tsa"), issuer: inter) == nil)
            guard case .notAuthorized = response.signer(issuer: try authority.certificate("root")) else {
                Issue.record("a responder of another authority was believed")
                return
            }
            try everyByteCounts(bytes, signer, inter)
        }
    }

    /// No byte of the signed part can change without the answer becoming unusable.
    private func everyByteCounts(
        _ bytes: [UInt8], _ certificate: CertificateRecord, _ issuer: CertificateRecord
    ) throws {
        let signed = try OCSPResponse(bytes).signed.part.encoded
        let start = try #require(Array(bytes).firstRange(of: Array(signed))).lowerBound
        for index in start..<(start + signed.count) {
            var changed = bytes
            changed[index] ^= 0x01
            guard let response = try? OCSPResponse(changed) else { continue }
            if case .delegated = response.signer(issuer: issuer) { Issue.record("byte \(index)") }
        }
    }

    @Test("D9: a list is searched where it lies, and one for other purposes is not used")
    func lists() throws {
        guard let authority = TestAuthority.shared else { return }
        let list = try CertificateList(authority.read("inter.crl"))
        let inter = try authority.certificate("inter")
        #expect(list.unusable == nil && list.check(issuer: inter) == .right)
        #expect(list.check(issuer: try authority.certificate("root")) == .wrong)
        let revoked = try list.entry(for: authority.certificate("revoked").serialNumber)
        let good = try list.entry(for: authority.certificate("signer").serialNumber)
        #expect(revoked != nil && good == nil)
        #expect(list.covers(try authority.certificate("listed")))
        #expect(!list.covers(inter))
        for index in stride(from: 0, to: list.der.count, by: 1) {
            var changed = list.der
            changed[index] ^= 0x40
            guard let read = try? CertificateList(changed),
                read.signed.part.encoded != list.signed.part.encoded
            else { continue }
            #expect(read.check(issuer: inter) != .right, "byte \(index)")
        }
    }

    @Test("D9: hostile answers are refused, never a crash")
    func cutOff() throws {
        guard let authority = TestAuthority.shared else { return }
        let exchange = TestExchange(authority: authority)
        let token = try TestExchange.tsa.token(
            over: DigestAlgorithm.sha256.hash(Array("a".utf8)), using: exchange, now: Date())
        var ocsp = EvidenceCollector(
            roots: [try authority.read("root.crt")], exchange: exchange, moment: Date())
        try ocsp.collect(for: authority.read("signer.crt"))
        let answer = try #require(ocsp.evidence.ocspResponses.first)
        let list = try authority.read("inter.crl")
        for count in 0..<max(token.der.count, answer.count, list.count) {
            _ = try? TimestampToken(Array(token.der.prefix(count)))
            _ = try? TimestampResponse(Array(token.der.prefix(count)))
            _ = try? OCSPResponse(Array(answer.prefix(count)))
            if let cut = try? CertificateList(Array(list.prefix(count))) {
                _ = try? cut.entry(for: [2, 1, 1])
            }
        }
        for index in token.der.indices {
            var changed = token.der
            changed[index] = ~changed[index]
            if let read = try? TimestampToken(changed) { _ = read.flaws() }
        }
    }
}
