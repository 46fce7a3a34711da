import Foundation
import Testing

@testable import PDFSignatures

/// What can be done to the signature's own bytes, which no signature covers: none of it may pass.
@Suite struct CMSTrickTests {
    struct Trick: Sendable, CustomTestStringConvertible {
        let name: String
        /// Changes the parts of the signed data.
        let change: @Sendable (inout DERTree) throws -> Void
        var testDescription: String { name }

        init(_ name: String, _ change: @escaping @Sendable (inout DERTree) throws -> Void) {
            (self.name, self.change) = (name, change)
        }

        /// Changes the one signer's record: 2 digest algorithm, 3 signed attributes, 4 signature algorithm.
        static func signer(_ name: String, _ change: @escaping @Sendable (inout DERTree) throws -> Void)
            -> Trick
        {
            Trick(name) { signed in
                let last = signed.parts.count - 1
                try change(&signed.parts[last].parts[0])
            }
        }
    }

    private static let sha512 = DERTree.objectIdentifier([0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3])
    private static let sha1 = DERTree.objectIdentifier([0x2B, 0x0E, 3, 2, 0x1A])
    private static let messageDigest: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 4]

    private static func attribute(of signer: DERTree, _ name: [UInt8]) throws -> Int {
        try #require(signer.parts[3].parts.firstIndex { $0.parts[0].content == name })
    }

    static let tricks: [Trick] = [
        Trick("the signer twice") { signed in
            let last = signed.parts.count - 1
            signed.parts[last].parts.append(signed.parts[last].parts[0])
        },
        Trick("no signer") { signed in signed.parts[signed.parts.count - 1].parts = [] },
        Trick("content inside a detached signature") { signed in
            signed.parts[2].parts.append(DERTree(0xA0, parts: [DERTree(0x04, Array("khác".utf8))]))
        },
        Trick("another type of content") { signed in
            signed.parts[2].parts[0] = .objectIdentifier([
                0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 0x10, 1, 4,
            ])
        },
        Trick("another's certificate in the place of the signer's") { signed in
            let place = try #require(signed.parts.firstIndex { $0.tag == 0xA0 })
            signed.parts[place].parts = [try DERTree(TestKeys.agency.certificate)]
        },
        Trick("no certificates") { signed in signed.parts.removeAll { $0.tag == 0xA0 } },
        .signer("the digest of the document twice") { signer in
            let place = try attribute(of: signer, messageDigest)
            signer.parts[3].parts.append(signer.parts[3].parts[place])
        },
        .signer("two values for the digest of the document") { signer in
            let place = try attribute(of: signer, messageDigest)
            signer.parts[3].parts[place].parts[1].parts.append(
                DERTree(0x04, [UInt8](repeating: 1, count: 32)))
        },
        .signer("no digest of the document") { signer in
            signer.parts[3].parts.remove(at: try attribute(of: signer, messageDigest))
        },
        .signer("no signed attributes") { signer in signer.parts.remove(at: 3) },
        .signer("another digest algorithm") { signer in signer.parts[2].parts[0] = sha512 },
        .signer("a broken digest algorithm") { signer in signer.parts[2].parts[0] = sha1 },
        .signer("a signature algorithm with another digest") { signer in
            signer.parts[4].parts[0] = .objectIdentifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0D])
        },
        .signer("RSA-PSS for a signature that is not") { signer in
            signer.parts[4].parts = [.objectIdentifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0A])]
        },
        .signer("an elliptic curve for an RSA key") { signer in
            signer.parts[4].parts = [.objectIdentifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2])]
        },
        .signer("an algorithm that nobody knows") { signer in
            signer.parts[4].parts = [.objectIdentifier([0x2A, 3, 4, 5])]
        },
        .signer("no signature value") { signer in signer.parts[5].content = [] },
        .signer("a signature value of zeros") { signer in
            signer.parts[5].content = [UInt8](repeating: 0, count: signer.parts[5].content.count)
        },
    ]

    /// The letter with its signature's bytes changed.
    private func changed(_ letter: [UInt8], behind: [UInt8] = [], _ change: (inout DERTree) throws -> Void)
        throws
        -> [UInt8]
    {
        let word = Array("/Contents <".utf8)
        let start = try #require(letter.firstRange(of: word)).upperBound
        let end = try #require(letter[start...].firstIndex(of: 0x3E))
        let digits = letter[start..<end].compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        var bytes = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        var whole = try DERTree(bytes)
        try change(&whole.parts[1].parts[0])
        bytes = whole.bytes + behind
        let text = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        try #require(text.utf8.count <= end - start)
        let padding = [UInt8](repeating: 0x30, count: end - start - text.utf8.count)
        return letter[..<start] + Array(text.utf8) + padding + letter[end...]
    }

    @Test("the signature taken apart and put together again still passes")
    func unchanged() throws {
        let letter = try ForgeryTests.letter.get()
        #expect(try SmallLetter.verify(changed(letter) { _ in }).map(\.indication) == [.totalPassed])
        let behind = try SmallLetter.verify(changed(letter, behind: [0x30, 0]) { _ in })
        #expect(behind.map(\.indication) == [.totalFailed])
    }

    @Test("H2: no trick with the bytes of a signature passes", arguments: tricks)
    func noTrickPasses(_ trick: Trick) throws {
        let letter = try ForgeryTests.letter.get()
        let verdict = try #require(try SmallLetter.verify(changed(letter, trick.change)).first)
        #expect(verdict.indication != .totalPassed, "\(verdict.findings)")
        #expect(verdict.level == nil || verdict.indication == .totalFailed, "\(verdict)")
    }

    @Test("H2: another certificate of the same key does not become the signer")
    func certificateSwapped() throws {
        guard let world = TestWorld.shared else { return }
        let key = try world.key("rsa2048")
        let other = try world.certificate("same-key")
        let signed = try PAdES.sign(SmallLetter.pdf(), SmallLetter.request("ChuKy", key), with: key)
        let record = try CertificateRecord(other)
        let swapped = try changed(signed) { data in
            let place = try #require(data.parts.firstIndex { $0.tag == 0xA0 })
            data.parts[place].parts = [try DERTree(other)] + data.parts[place].parts.dropFirst()
            let last = data.parts.count - 1
            data.parts[last].parts[0].parts[1] = DERTree(
                0x30, parts: [try DERTree(record.issuer), try DERTree(record.serialNumber)])
        }
        let verdict = try #require(try Verification.verify(swapped, trust: world.trust()).signatures.first)
        #expect(verdict.indication == .indeterminate && verdict.subIndication == .noSigningCertificateFound)
        #expect(verdict.findings.contains { $0.code == .signingCertificateMismatch })
    }
}
