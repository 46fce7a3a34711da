import Foundation
import Testing

@testable import PDFSignatures

/// Damage of every kind: a signed file with one bit changed is never valid, and no bytes whatever bring the
/// reader or the validator down.
@Suite struct EveryByteTests {
    @Test("H2: no changed byte of the signed ranges stays valid")
    func signedBytes() throws {
        let signed = try SmallLetter.signedSmall()
        let prepared = try hole(of: signed)
        #expect(try isValid(signed))
        for place in signed.indices where !prepared.contains(place) {
            var changed = signed
            changed[place] ^= 0x01
            #expect(try !isValid(changed), "byte \(place)")
        }
    }

    /// The certificates that come along and a few header numbers are signed by nobody; they may differ, but
    /// who signed what may not.
    @Test(
        "H2: changing the signature's own hexadecimal digits fails, or the same signer still signed the same")
    func holeBytes() throws {
        let signed = try SmallLetter.signedSmall()
        let hole = try hole(of: signed)
        let original = try signedData(in: signed)
        for place in stride(from: hole.lowerBound, to: hole.upperBound, by: 5) {
            var changed = signed
            changed[place] ^= 0x01
            guard try isValid(changed) else { continue }
            let record = try signedData(in: changed)
            #expect(record.signer.signedAttributes == original.signer.signedAttributes, "byte \(place)")
            #expect(record.signer.signature == original.signer.signature, "byte \(place)")
            #expect(record.certificate(for: record.signer)?.der == TestKeys.head.certificate, "byte \(place)")
        }
        var small = signed
        let letter = try #require(hole.first { (0x41...0x46).contains(signed[$0]) })
        small[letter] |= 0x20
        #expect(try isValid(small))
    }

    private func hole(of pdf: [UInt8]) throws -> Range<Int> {
        let file = try PDFFile(pdf)
        let value = try #require(try file.fields().first { $0.type == "Sig" }?.value)
        let dictionary = try #require(try file.reader.dictionary(value))
        let place = value.reference.flatMap { file.reader.place(of: $0) }
        return try SignedRange(dictionary, at: place, in: file.reader).hole
    }

    private func signedData(in pdf: [UInt8]) throws -> CMSSignature {
        let file = try PDFFile(pdf)
        let value = try #require(try file.fields().first { $0.type == "Sig" }?.value)
        return try CMSSignature(try #require(try file.reader.dictionary(value)?["Contents"]?.string))
    }

    private func isValid(_ pdf: [UInt8]) throws -> Bool {
        guard let report = try? Verification.verify(pdf, trust: TestKeys.trust, at: TestKeys.moment) else {
            return false
        }
        return report.isSound
    }

    @Test("mutated files are opened or refused, never a crash, never a hang")
    func mutations() throws {
        var seeds = [
            try SmallLetter.signedSmall(),
            try SmallLetter.sealed(SmallLetter.filled(SmallLetter.signed(SmallLetter.prepared()))),
        ]
        for url in Outside.files(in: "corpora/pyhanko-pdf") {
            let bytes = try Outside.read(url)
            if bytes.count < 20_000 { seeds.append(bytes) }
        }
        var chance = Chance(20_260_512)
        let start = Date()
        var rounds = 0
        while rounds < 4_000, Date().timeIntervalSince(start) < 6 {
            var bytes = seeds[chance.below(seeds.count)]
            for _ in 0...chance.below(4) { mutate(&bytes, &chance) }
            let began = Date()
            _ = try? Verification.verify(bytes, trust: TestKeys.trust, at: TestKeys.moment)
            #expect(Date().timeIntervalSince(began) < 5)
            rounds += 1
        }
        print("mutated files tried: \(rounds)")
        #expect(rounds > 100)
    }

    private func mutate(_ bytes: inout [UInt8], _ chance: inout Chance) {
        guard bytes.count > 16 else { return }
        let place = chance.below(bytes.count)
        switch chance.below(6) {
        case 0: bytes[place] = UInt8(chance.below(256))
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + chance.below(40)))
        case 2:
            bytes.insert(
                contentsOf: bytes[place..<min(bytes.count, place + chance.below(60))],
                at: chance.below(bytes.count))
        case 3:
            let words = [
                "<<", ">>", "[", "(", "9999999999", "-1", "0 R", "stream", "/Prev 9", "/Kids[2 0 R]", "%%EOF",
                "R",
            ]
            bytes.replaceSubrange(place..<place, with: Array(words[chance.below(words.count)].utf8))
        case 4:
            // Numbers are where structure breaks.
            if let digit = bytes[place...].firstIndex(where: Lexer.isDigit) {
                bytes[digit] = 0x30 + UInt8(chance.below(10))
            }
        default: bytes.removeLast(min(bytes.count - 1, chance.below(200)))
        }
    }

    @Test("broken CMS is a finding, not a crash")
    func brokenSignedData() throws {
        let prepared = try PAdES.prepare(SmallLetter.pdf(), SmallLetter.request("ChuKy", TestKeys.head))
        let signer = try CertificateRecord(TestKeys.head.certificate)
        let cms = try CMSWriter(
            signer: signer, chain: TestKeys.head.chain, algorithm: TestKeys.head.algorithm,
            signedAttributes: prepared.toBeSigned, signature: TestKeys.head.sign(prepared.toBeSigned)
        ).encode()
        var chance = Chance(7)
        for _ in 0..<3_000 {
            var bytes = cms
            for _ in 0...chance.below(3) { mutate(&bytes, &chance) }
            guard let record = try? CMSSignature(bytes) else { continue }
            _ = record.certificate(for: record.signer)?.displayName
            _ = try? SignatureScheme(record.signer)
        }
    }

    private struct Chance {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed }

        mutating func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, limit)))
        }
    }
}
