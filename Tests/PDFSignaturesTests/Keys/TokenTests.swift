import Foundation
import Testing

@testable import PDFSignatures

/// Keys on tokens: SoftHSM as it is, and with the moods of real tokens.
@Suite struct TokenTests {
    private func open(
        _ label: String = "Main", module: String = SoftTokens.module, pin: String = SoftTokens.pin
    )
        throws -> PKCS11Token
    {
        try PKCS11Token(module: module, label: label, pin: pin)
    }

    private func failure<R>(_ body: () throws -> R) -> TokenError? {
        do {
            _ = try body()
            return nil
        } catch { return error as? TokenError }
    }

    private func verdict(_ key: some SigningKey) throws -> Indication? {
        let signed = try PAdES.sign(SmallLetter.pdf(), SmallLetter.request("ChuKy", key), with: key)
        return try SmallLetter.verify(signed).first?.indication
    }

    @Test("D1: RSA, RSA-PSS and elliptic curves on a token sign and verify, with the chain from the token")
    func kinds() throws {
        guard SoftTokens.shared != nil else { return }
        let token = try open()
        for label in ["Con dấu", "RSA dài", "P-384", "Hỏi mỗi lần"] {
            let key = try token.key(.label(label))
            #expect(try verdict(key) == .totalPassed, "\(label)")
            #expect(key.chain == [TestKeys.root.certificate], "\(label)")
        }
        for digest in DigestAlgorithm.allCases {
            #expect(try verdict(token.key(.label("Con dấu"), digest: digest)) == .totalPassed, "\(digest)")
            #expect(try verdict(token.key(.label("RSA dài"), digest: digest, pss: true)) == .totalPassed)
        }
        #expect(try token.key(.label("P-384")).algorithm == .ecdsa(.sha384))
    }

    @Test("D1: a key is found by its own label, its certificate's label or their identifier")
    func names() throws {
        guard SoftTokens.shared != nil else { return }
        let token = try open()
        let byLabel = try token.key(.label("Con dấu"))
        #expect(try token.key(.label("Chứng thư Con dấu")).certificate == byLabel.certificate)
        #expect(try token.key(.identifier([1])).certificate == byLabel.certificate)
        #expect(failure { try token.key(.label("Không có")) } == .keyNotFound("Không có"))
        #expect(failure { try token.key(.identifier([0xAB])) } == .keyNotFound("AB"))
        #expect(failure { try token.key(.label("Trơ trọi")) } == .keyWithoutCertificate("Trơ trọi"))
        #expect(failure { try token.key(.label("Trùng tên")) } == .keyAmbiguous("Trùng tên"))
        #expect(failure { try token.key(.label("Ngắn")) } == .unsupportedKey("RSA of 1024 bits"))
    }

    @Test("D1: of two certificates for one key the newer counts")
    func renewed() throws {
        guard SoftTokens.shared != nil else { return }
        let key = try open().key(.label("P-256"))
        #expect(try CertificateRecord(key.certificate).displayName == "P-256")
        #expect(try verdict(key) == .totalPassed)
    }

    @Test("a module that is missing, or is something else, and a token that is not there are told apart")
    func absent() throws {
        guard SoftTokens.shared != nil else { return }
        for path in ["/nonexistent/module.so", "/etc/hostname", "/usr/lib/x86_64-linux-gnu/libz.so.1"] {
            guard case .moduleNotLoadable = failure({ try open(module: path) }) else {
                Issue.record("\(path)")
                continue
            }
        }
        #expect(failure { try open("Không cắm") } == .tokenAbsent("Không cắm"))
        let tokens = try PKCS11Token.tokens(module: SoftTokens.module)
        #expect(tokens.contains { $0.label == "Main" && !$0.isLocked && !$0.serialNumber.isEmpty })
    }

    @Test("D1: wrong PINs are told apart by what is left, and a locked token is reported as locked")
    func locked() throws {
        guard let tokens = SoftTokens.shared else { return }
        let module = try tokens.moody("LOCKS")
        #expect(failure { try open("Locks", module: module, pin: "") } == .wrongPIN(.notTold), "not counted")
        #expect(failure { try open("Locks", module: module, pin: "0000") } == .wrongPIN(.few))
        #expect(try PKCS11Token.tokens(module: module).first { $0.label == "Locks" }?.triesLeft == .few)
        #expect(failure { try open("Locks", module: module, pin: "0001") } == .wrongPIN(.one))
        #expect(try verdict(open("Locks", module: module).key(.label("Khóa"))) == .totalPassed)
        for (pin, expected) in [
            ("1", TokenError.wrongPIN(.few)), ("22", .wrongPIN(.one)), ("333", .pinLocked),
        ] {
            #expect(failure { try open("Locks", module: module, pin: pin) } == expected)
        }
        #expect(failure { try open("Locks", module: module) } == .pinLocked)
        #expect(try PKCS11Token.tokens(module: module).first { $0.label == "Locks" }?.isLocked == true)
    }

    @Test("H2: an open token is joined with its own PIN only, and does not answer many guesses")
    func joined() throws {
        guard SoftTokens.shared != nil else { return }
        let first = try open("Joined")
        #expect(try open("Joined").key(.label("Khóa")).certificate == first.key(.label("Khóa")).certificate)
        for guess in ["1", "2469", "246"] {
            #expect(failure { try open("Joined", pin: guess) } == .wrongPIN(.notTold))
        }
        #expect(failure { try open("Joined") } == .wrongPIN(.notTold))
        #expect(try verdict(first.key(.label("Khóa"))) == .totalPassed)
    }

    @Test("D9: eight threads sign at once, also where the token has room for few sessions or for one thread")
    func together() async throws {
        guard let tokens = SoftTokens.shared else { return }
        for (label, module) in [
            ("Main", SoftTokens.module), ("Narrow", try tokens.moody("NARROW")),
            ("OneThread", try tokens.moody("ONE_THREAD")),
        ] {
            let key = try open(label, module: module).key(.label(label == "Main" ? "Con dấu" : "Khóa"))
            let texts = (0..<8).map { thread in (0..<12).map { Array("\(label) \(thread) \($0)".utf8) } }
            let values = try await withThrowingTaskGroup(of: [([UInt8], [UInt8])].self) { group in
                for share in texts { group.addTask { try share.map { ($0, try key.sign($0)) } } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(values.count == 96 && Set(values.map(\.1)).count == 96, "\(label)")
            let scheme = try SignatureScheme(key.algorithm.identifier, nil)
            for (text, value) in values {
                let outcome = scheme.check(certificate: key.certificate, first: text[...], signature: value)
                #expect(outcome == .right, "\(label)")
            }
        }
    }

    @Test("D1: a token that signs digests only is given digests")
    func plain() throws {
        guard let tokens = SoftTokens.shared else { return }
        let token = try open("Plain", module: try tokens.moody("PLAIN"))
        for digest in DigestAlgorithm.allCases {
            #expect(try verdict(token.key(.label("Khóa"), digest: digest)) == .totalPassed, "\(digest)")
            #expect(try verdict(token.key(.label("Khóa"), digest: digest, pss: true)) == .totalPassed)
        }
        #expect(try verdict(token.key(.label("Đường cong"))) == .totalPassed)
    }

    @Test("D9: a token pulled out and put back is opened once more; one that stays away is reported")
    func pulled() throws {
        guard let tokens = SoftTokens.shared else { return }
        let back = try open("Pulled", module: try tokens.moody("PULLED")).key(.label("Khóa"))
        for number in 1...5 { #expect(try verdict(back) == .totalPassed, "\(number)") }
        let gone = try open("Gone", module: try tokens.moody("GONE")).key(.label("Khóa"))
        for _ in 1...2 { #expect(try verdict(gone) == .totalPassed) }
        #expect(failure { try gone.sign([1]) } == .tokenLost)
        #expect(failure { try gone.sign([1]) } == .tokenAbsent("Gone"))
    }

    @Test("two numbers of fixed room become two integers without needless zeros and never negative")
    func rawValues() {
        func raw(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
            let pad = { (bytes: [UInt8]) in [UInt8](repeating: 0, count: 32 - bytes.count) + bytes }
            return pad(first) + pad(second)
        }
        #expect(ECDSAValue.der(fromRaw: raw([1], [0x80])) == [0x30, 7, 2, 1, 1, 2, 2, 0, 0x80])
        #expect(ECDSAValue.der(fromRaw: raw([], [0x7F, 0])) == [0x30, 7, 2, 1, 0, 2, 2, 0x7F, 0])
        let large = [UInt8](repeating: 0xFF, count: 66)
        #expect(ECDSAValue.der(fromRaw: large + large)?.prefix(6) == [0x30, 0x81, 138, 2, 67, 0])
        for count in [0, 1, 63, 65, 128] {
            #expect(ECDSAValue.der(fromRaw: [UInt8](repeating: 1, count: count)) == nil, "\(count)")
        }
    }
}
