import Foundation
import Testing

@testable import PDFSignatures

/// Key files, algorithms, certificates and trust.
@Suite struct KeyTests {
    static func kinds() throws -> [(String, PKCS12Key)] {
        [
            ("RSA-3072", try TestKeys.key("Khóa dài", "2", type: .rsa(bits: 3_072))),
            ("RSA-4096", try TestKeys.key("Khóa dài nhất", "7", type: .rsa(bits: 4_096))),
            ("RSA-PSS", try TestKeys.key("Khóa PSS", "3", pss: true)),
            ("P-256", try TestKeys.key("Đường cong", "4", type: .p256)),
            ("P-384", try TestKeys.key("Đường cong dài", "5", type: .p384)),
        ]
    }

    @Test("D1: RSA, RSA-PSS and elliptic curves sign and verify")
    func algorithms() throws {
        for (name, key) in try Self.kinds() {
            let signed = try PAdES.sign(SmallLetter.pdf(), SmallLetter.request("ChuKy", key), with: key)
            #expect(try SmallLetter.verify(signed).map(\.indication) == [.totalPassed], "\(name)")
        }
    }

    @Test("a wrong passphrase, a file that is no key, and a short key are told apart")
    func keyFiles() throws {
        let file = try CertificateFactory.issue(
            .init(commonName: "A"), from: TestKeys.root, passphrase: "đúng")
        #expect(throws: SigningError.wrongPassphrase) { try PKCS12Key(file, passphrase: "sai") }
        #expect(throws: SigningError.badKeyFile("no key and certificate inside")) {
            try PKCS12Key([1, 2], passphrase: "")
        }
        #expect(throws: SigningError.unsupportedKey("RSA of 1024 bits")) {
            try TestKeys.key("Ngắn", "6", type: .rsa(bits: 1_024))
        }
        #expect(try PKCS12Key(file, passphrase: "đúng").chain == [TestKeys.root.certificate])
    }

    @Test("D10: without roots, or with a stranger's, the signer is not known")
    func trust() throws {
        let signed = try SmallLetter.signedSmall()
        for store in [TrustStore.empty, TrustStore(roots: [TestKeys.otherRoot.certificate])] {
            let verdict = try #require(try SmallLetter.verify(signed, trust: store).first)
            #expect(verdict.indication == .indeterminate)
            #expect(verdict.subIndication == .noCertificateChainFound)
            #expect(verdict.modifications == .none)
        }
    }

    @Test("D10 D12: a certificate that has run out, or has not begun, leaves the signature open")
    func validity() throws {
        let signed = try SmallLetter.signedSmall()
        func verdict(_ year: Int) throws -> SignatureVerdict? {
            let date = CivilTime.date(year: year, month: 6, day: 1, hour: 0, minute: 0, second: 0)
            return try Verification.verify(signed, trust: TestKeys.trust, at: date).signatures.first
        }
        #expect(try verdict(2_026)?.indication == .totalPassed)
        #expect(try verdict(2_035)?.subIndication == .outOfBoundsNoProof)
        #expect(try verdict(2_022)?.subIndication == .notYetValid)
    }

    @Test("a certificate that may only issue certificates may not sign documents")
    func keyUsage() throws {
        let file = try CertificateFactory.pkcs12(
            TestKeys.root, root: TestKeys.root, name: "gốc", passphrase: "p")
        let key = try PKCS12Key(file, passphrase: "p")
        let signed = try PAdES.sign(SmallLetter.pdf(), SmallLetter.request("ChuKy", key), with: key)
        let verdict = try #require(try SmallLetter.verify(signed).first)
        #expect(verdict.indication == .indeterminate && verdict.subIndication == .chainConstraintsFailure)
    }

    @Test("what scripts read has exactly the keys of the contract, null where nothing is known")
    func contract() throws {
        let report = try Verification.verify(SmallLetter.signedSmall())
        let data = try JSONEncoder().encode(report.signatures.map(VerdictLine.init))
        let lines = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        let wanted = [
            "field", "indication", "subIndication", "level", "signer", "claimedTime", "provenTime",
            "coversWholeFile", "modifications", "findings",
        ]
        #expect(Set(try #require(lines.first).keys) == Set(wanted))
        #expect(lines.first?["provenTime"] is NSNull)
        #expect(lines.first?["indication"] as? String == "INDETERMINATE")
    }

    @Test("a report is kept as JSON and read back, also one written before chains were told")
    func keptReport() throws {
        let report = try Verification.verify(SmallLetter.signedSmall())
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(VerificationReport.self, from: data) == report)
        let old = """
            {"field":"a","indication":"TOTAL-PASSED","subIndication":null,"level":"B-B","signer":"An",\
            "claimedTime":null,"provenTime":null,"coversWholeFile":true,"modifications":"none","findings":[]}
            """
        let verdict = try JSONDecoder().decode(SignatureVerdict.self, from: Data(old.utf8))
        #expect(verdict.kind == .signature && verdict.chain.isEmpty && verdict.signer == "An")
    }

    @Test("H2: another certificate for the same key does not pass for the signer's")
    func certificateSwapped() throws {
        let prepared = try PAdES.prepare(SmallLetter.pdf(), SmallLetter.request("ChuKy", TestKeys.head))
        let value = try TestKeys.head.sign(prepared.toBeSigned)
        let other = try CertificateRecord(TestKeys.agency.certificate)
        let swapped = try CMSWriter(
            signer: other, chain: [], algorithm: .rsaPKCS1(.sha256), signedAttributes: prepared.toBeSigned,
            signature: value
        ).encode()
        let record = try CMSSignature(swapped)
        #expect(SigningCertificateAttribute.check(record.signer, against: other) == .differs)
        #expect(
            SigningCertificateAttribute.check(
                record.signer, against: try CertificateRecord(TestKeys.head.certificate)) == .matches)
    }

    @Test("signed attributes hold type, digest and certificate, and no signing time")
    func attributes() throws {
        let signer = try CertificateRecord(TestKeys.head.certificate)
        let bytes = try SignedAttributes.encode(
            messageDigest: [UInt8](repeating: 7, count: 32), signer: signer)
        let parts = try BERNode.first(in: bytes[...]).children()
        let names = try parts.map { try $0.children()[0].objectIdentifier() }
        #expect(Set(names) == ["1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"])
        #expect(
            parts.map { Array($0.encoded) }
                == parts.map { Array($0.encoded) }.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test("indefinite lengths are read to their end, and nesting has a limit")
    func indefiniteLength() throws {
        let bytes: [UInt8] = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0x41, 0x04, 0x01, 0x42, 0, 0, 0, 0, 0xFF]
        let node = try BERNode.first(in: bytes[...])
        #expect(node.encoded.count == 14)
        #expect(try node.children()[0].octets() == [0x41, 0x42])
        let deep = (0..<8_000).map { $0 % 2 == 0 ? UInt8(0x30) : UInt8(0x80) }
        #expect(throws: CMSError.self) { try BERNode.first(in: deep[...]) }
    }
}
