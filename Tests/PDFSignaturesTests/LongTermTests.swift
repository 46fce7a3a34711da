import Foundation
import Testing

@testable import PDFSignatures

/// The levels B-T, B-LT and B-LTA, judged by pyHanko from the file alone.
@Suite struct LongTermTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Judges/long_term.py")

    private func services(
        _ authority: TestAuthority, _ exchange: TestExchange? = nil, clock: Date? = nil
    ) throws -> LongTermServices {
        LongTermServices(
            timestampAuthority: TestExchange.tsa, exchange: exchange ?? TestExchange(authority: authority),
            roots: [try authority.read("root.crt")], clock: { clock ?? Date() })
    }

    private func request(_ key: any SigningKey, _ level: SignatureLevel, field: String = "ChuKy")
        -> SigningRequest
    {
        SigningRequest(field: field, key: key, signingTime: Date(), level: level)
    }

    private func signed(
        _ authority: TestAuthority, _ level: SignatureLevel, pdf: [UInt8] = SmallLetter.pdf(),
        exchange: TestExchange? = nil
    ) throws -> [UInt8] {
        let key = try authority.key()
        return try PAdES.sign(
            pdf, request(key, level), with: key, services: services(authority, exchange))
    }

    struct Judgement: Decodable {
        struct Signature: Decodable {
            var field, modifications, withTime, longTerm: String
            var keptUp: String?
            var timestamped: Bool
        }

        struct Store: Decodable {
            var certificates, ocspResponses, revocationLists: Int
            var entries: [String]
        }

        var signatures: [Signature]
        var timestamps: [String]
        var store: Store?
        /// Names under which evidence should stand.
        var wanted: [String]
    }

    /// `nil` where there is no pyHanko.
    private func judged(_ pdf: [UInt8], _ authority: TestAuthority, at moment: Date? = nil) throws
        -> Judgement?
    {
        guard let python = Outside.python else { return nil }
        return try Outside.withFolder { folder in
            let file = folder.appendingPathComponent("a.pdf")
            try Data(pdf).write(to: file)
            let later = moment.map { ["--at", ISO8601DateFormatter().string(from: $0)] } ?? []
            let done = try Outside.run(
                python, [LongTermTests.script.path, file.path, authority.path("root.pem")] + later)
            let start = try #require(done.output.firstIndex(of: "{"), "\(done.output)")
            guard done.status == 0 else {
                Issue.record("\(done.output)")
                return nil
            }
            return try JSONDecoder().decode(Judgement.self, from: Data(done.output[start...].utf8))
        }
    }

    @Test("D9: B-T carries a date from a trusted clock in the signature; pyHanko agrees")
    func timestamped() throws {
        guard let authority = TestAuthority.shared else { return }
        let pdf = try signed(authority, .timestamped)
        guard let judged = try judged(pdf, authority) else { return }
        #expect(judged.signatures.map(\.withTime) == ["OK"])
        #expect(judged.signatures.map(\.timestamped) == [true])
        #expect(judged.store == nil && judged.timestamps.isEmpty)
    }

    @Test("D9: B-LT carries all evidence, under the name of its signature; pyHanko asks nobody")
    func longTerm() throws {
        guard let authority = TestAuthority.shared else { return }
        let pdf = try signed(authority, .longTerm)
        #expect(try PDFFile(pdf).revisionCount == 3)
        guard let judged = try judged(pdf, authority, at: Date() + 60 * 86_400) else { return }
        #expect(judged.signatures.map(\.longTerm) == ["OK"])
        #expect(judged.signatures.map(\.keptUp) == ["OK"])
        #expect(judged.store?.entries == judged.wanted)
        #expect(judged.store.map { [$0.certificates, $0.ocspResponses, $0.revocationLists] } == [5, 2, 1])
    }

    @Test("D9: B-LTA is whole after the signer's certificate expired; B-B is not")
    func archival() throws {
        guard let authority = TestAuthority.shared else { return }
        let pdf = try signed(authority, .archival)
        #expect(try PDFFile(pdf).revisionCount == 4)
        let later = Date() + 60 * 86_400
        guard let judged = try judged(pdf, authority, at: later) else { return }
        #expect(judged.timestamps == ["DauThoiGian1"])
        #expect(judged.signatures.map(\.longTerm) == ["OK"])
        #expect(judged.signatures.map(\.keptUp) == ["OK"])
        #expect(judged.signatures.map(\.modifications) == ["LTA_UPDATES"])
        let plain = try #require(try self.judged(signed(authority, .basic), authority, at: later))
        #expect(plain.signatures.map(\.longTerm) != ["OK"] && plain.signatures.map(\.keptUp) != ["OK"])
    }

    @Test("D9: two signatures at B-LTA, number and date filled between, on both kinds of cross-reference")
    func letter() throws {
        guard let authority = TestAuthority.shared else { return }
        let key = try authority.key()
        for letter in [SmallLetter.pdf(), try packed(SmallLetter.pdf())].compactMap({ $0 }) {
            var pdf = try SmallLetter.prepared(letter)
            pdf = try PAdES.sign(
                pdf, request(key, .archival, field: FieldName.signer), with: key,
                services: services(authority))
            pdf = try SmallLetter.filled(pdf)
            pdf = try PAdES.sign(
                pdf, request(key, .archival, field: FieldName.seal), with: key, services: services(authority))
            guard let judged = try judged(pdf, authority) else { return }
            #expect(judged.signatures.map(\.longTerm) == ["OK", "OK"])
            #expect(judged.timestamps == ["DauThoiGian1", "DauThoiGian2"])
            // The last timestamp's own evidence comes with the next renewal.
            #expect(Set(judged.wanted).subtracting(judged.store?.entries ?? []).count == 2)
        }
    }

    /// With object streams and a cross-reference stream; `nil` where there is no qpdf.
    private func packed(_ pdf: [UInt8]) throws -> [UInt8]? {
        guard let qpdf = Outside.program("qpdf") else { return nil }
        return try Outside.withFolder { folder in
            let (plain, packed) = (
                folder.appendingPathComponent("a.pdf"), folder.appendingPathComponent("b.pdf")
            )
            try Data(pdf).write(to: plain)
            try Outside.run(qpdf, ["--object-streams=generate", plain.path, packed.path])
            return try Outside.read(packed)
        }
    }

    @Test(
        "D9: the archive timestamp is renewed with the evidence of the one before; nothing is asked in vain")
    func renewal() throws {
        guard let authority = TestAuthority.shared else { return }
        let first = try signed(authority, .archival)
        // Of all that was proven before, nothing can be had any more; only the timestamp authority's is.
        let late = TestExchange(authority: authority, faults: ["inter.crt": .down, "inter.crl": .down])
        let second = try PAdES.extend(first, to: .archival, services: services(authority, late))
        #expect(second.starts(with: first))
        let third = try PAdES.extend(second, to: .archival, services: services(authority, late))
        #expect(third.starts(with: second))
        guard let judged = try judged(third, authority) else { return }
        #expect(judged.timestamps == ["DauThoiGian1", "DauThoiGian2", "DauThoiGian3"])
        #expect(judged.signatures.map(\.longTerm) == ["OK"])
        #expect(Set(judged.wanted).subtracting(judged.store?.entries ?? []).count == 1)
    }

    @Test("D9: a B-T signature made before is raised to each level, with what is missing and no more")
    func raised() throws {
        guard let authority = TestAuthority.shared else { return }
        let dated = try signed(authority, .timestamped)
        let again = try PAdES.extend(dated, to: .timestamped, services: services(authority))
        #expect(again == dated)
        let lasting = try PAdES.extend(dated, to: .longTerm, services: services(authority))
        let complete = try PAdES.extend(lasting, to: .longTerm, services: services(authority))
        #expect(complete == lasting)
        let archived = try PAdES.extend(lasting, to: .archival, services: services(authority))
        for pdf in [lasting, archived] {
            guard let judged = try judged(pdf, authority) else { return }
            #expect(judged.signatures.map(\.longTerm) == ["OK"])
        }
    }

    @Test("D9: a B-B signature gets its date by a timestamp over the document; an unsigned file is refused")
    func raisedFromBasic() throws {
        guard let authority = TestAuthority.shared else { return }
        let plain = try signed(authority, .basic)
        let archived = try PAdES.extend(plain, to: .archival, services: services(authority))
        let all = try PDFFile(archived).signatureContents()
        #expect(all.map(\.isTimestamp) == [false, true, true])
        #expect(all.last?.end == archived.count)
        #expect(throws: SigningError.notSigned) {
            try PAdES.extend(SmallLetter.pdf(), to: .archival, services: services(authority))
        }
        guard let judged = try judged(archived, authority) else { return }
        #expect(judged.timestamps.count == 2 && judged.signatures.map(\.modifications) == ["LTA_UPDATES"])
        #expect(Set(judged.wanted).subtracting(judged.store?.entries ?? []).count == 1)
    }

    @Test("D9: two phases reach every level too")
    func twoPhases() throws {
        guard let authority = TestAuthority.shared else { return }
        let key = try authority.key()
        let pdf = FileBytes(SmallLetter.pdf())
        let prepared = try PAdES.prepare(pdf, request(key, .archival))
        let kept = try JSONDecoder().decode(PreparedSignature.self, from: JSONEncoder().encode(prepared))
        let value = try key.sign(kept.toBeSigned)
        #expect(throws: SigningError.noTimestampAuthority) {
            try kept.embed(signatureValue: value, into: pdf)
        }
        let done = try kept.embed(signatureValue: value, into: pdf, services: services(authority))
        guard let judged = try judged([UInt8](done), authority) else { return }
        #expect(judged.signatures.map(\.longTerm) == ["OK"] && judged.timestamps.count == 1)
    }

    @Test("D9: without a timestamp or without evidence nothing is handed on, and the reason is told")
    func refused() throws {
        guard let authority = TestAuthority.shared else { return }
        func error(
            _ level: SignatureLevel, _ faults: [String: TestExchange.Fault], key name: String = "signer"
        ) throws
            -> SigningError?
        {
            let key = try authority.key(name)
            do {
                _ = try PAdES.sign(
                    SmallLetter.pdf(), request(key, level), with: key,
                    services: services(authority, TestExchange(authority: authority, faults: faults)))
            } catch { return error as? SigningError }
            return nil
        }
        #expect(try error(.timestamped, ["tsa": .slow]) == .timestamp(.failed(.timedOut)))
        #expect(try error(.archival, ["tsa": .otherImprint]) == .timestamp(.wrongImprint))
        #expect(try error(.timestamped, ["ocsp": .down]) == nil)
        guard case .evidence(let missing)? = try error(.longTerm, ["ocsp": .down, "inter.crl": .slow]) else {
            Issue.record("evidence was missing and not missed")
            return
        }
        #expect(missing.attempts.map(\.url).contains("http://pki.test/inter.crl"))
        guard case .evidence(let revoked)? = try error(.longTerm, [:], key: "revoked"),
            case .revoked = revoked.reason
        else {
            Issue.record("a revoked certificate signed for the archive")
            return
        }
        let key = try authority.key()
        #expect(throws: SigningError.noTimestampAuthority) {
            try PAdES.sign(SmallLetter.pdf(), request(key, .timestamped), with: key)
        }
    }

    @Test("D9: a hole too small for signature and timestamp is an error")
    func tooSmall() throws {
        guard let authority = TestAuthority.shared else { return }
        let key = try authority.key()
        var small = request(key, .timestamped)
        small.reservedBytes = 2_000
        #expect(throws: SigningError.self) {
            try PAdES.sign(SmallLetter.pdf(), small, with: key, services: services(authority))
        }
        var narrow = try services(authority)
        narrow.timestampRoom = 500
        #expect(throws: SigningError.self) {
            try PAdES.sign(SmallLetter.pdf(), request(key, .archival), with: key, services: narrow)
        }
    }

    @Test("D9: security stores of others are read, with direct and indirect lists, and grow in place")
    func storesOfOthers() throws {
        guard let authority = TestAuthority.shared else { return }
        let files = Outside.files(in: "corpora").filter { $0.lastPathComponent.hasPrefix("pades-lta") }
        for url in files {
            let file = try PDFFile(Outside.read(url))
            let before = try SecurityStore(file).evidence
            #expect(!before.certificates.isEmpty, "\(url.lastPathComponent)")
            for bytes in before.ocspResponses { _ = try OCSPResponse(bytes) }
            for bytes in before.revocationLists { _ = try CertificateList(bytes) }
            var writer = try SecurityStoreWriter(file)
            try writer.add(before, for: Array("một chữ ký khác".utf8))
            try writer.add(Evidence(certificates: [authority.read("signer.crt")]), for: [1])
            let tail = try #require(try writer.finished())
            let after = try SecurityStore(PDFFile(Array(file.reader.bytes) + tail)).evidence
            #expect(after.certificates.count == before.certificates.count + 1, "\(url.lastPathComponent)")
            #expect(
                after.ocspResponses == before.ocspResponses && after.revocationLists == before.revocationLists
            )
        }
    }
}
