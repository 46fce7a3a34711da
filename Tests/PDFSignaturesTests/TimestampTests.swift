import Foundation
import Testing

@testable import PDFSignatures

/// Timestamps by `openssl ts`: what we ask is understood, what comes back is checked before it is used.
@Suite struct TimestampTests {
    private let digest = DigestAlgorithm.sha256.hash(Array("văn bản".utf8))

    private func problem(
        _ exchange: TestExchange, _ authority: TimestampAuthority = TestExchange.tsa, now: Date = Date()
    ) -> TimestampProblem? {
        do { _ = try authority.token(over: digest, using: exchange, now: now) } catch { return error }
        return nil
    }

    @Test("D9: a timestamp says what, when, by whom and how exactly")
    func good() throws {
        guard let authority = TestAuthority.shared else { return }
        let exchange = TestExchange(authority: authority)
        let token = try TestExchange.tsa.token(over: digest, using: exchange, now: Date())
        #expect(token.imprint == digest && token.dates(Array("văn bản".utf8)))
        #expect(!token.dates(Array("văn bảo".utf8)))
        #expect(abs(token.time.timeIntervalSinceNow) < 60)
        #expect(token.accuracy == 1.5 && token.policy == "1.2.704.1")
        let tsa = try authority.certificate("tsa")
        #expect(token.signer() == tsa && token.authority == .directory(tsa.subject))
        var other = TestExchange.tsa
        other.policy = "1.2.704.2"
        other.digest = .sha384
        let second = try other.token(
            over: DigestAlgorithm.sha384.hash(Array("văn bản".utf8)), using: exchange, now: Date())
        #expect(second.policy == "1.2.704.2" && second.dates(Array("văn bản".utf8)))
    }

    @Test("D9: an authority that is down, slow, refuses, or answers something else is told apart")
    func bad() throws {
        guard let authority = TestAuthority.shared else { return }
        func problem(_ fault: TestExchange.Fault) -> TimestampProblem? {
            self.problem(TestExchange(authority: authority, faults: ["tsa": fault]))
        }
        #expect(problem(.down) == .failed(.unreachable("connection refused")))
        #expect(problem(.slow) == .failed(.timedOut))
        #expect(problem(.errorPage) == .status(503))
        #expect(problem(.otherImprint) == .wrongImprint)
        #expect(problem(.otherNonce) == .wrongNonce)
        guard case .unreadable? = problem(.rubbish) else {
            Issue.record("rubbish was read")
            return
        }
        guard case .refused(2, [15], _)? = problem(.refusing) else {
            Issue.record("\(String(describing: problem(.refusing)))")
            return
        }
        let good = TestExchange(authority: authority)
        guard case .clockApart? = self.problem(good, now: Date() + 7 * 3_600) else {
            Issue.record("a clock seven hours wrong was not noticed")
            return
        }
    }

    @Test("D9: name and password go along where the authority asks for them")
    func credentials() throws {
        guard let authority = TestAuthority.shared else { return }
        var exchange = TestExchange(authority: authority)
        exchange.expectedAuthorization = "Basic " + Data("vp:mật khẩu".utf8).base64EncodedString()
        #expect(problem(exchange) == .status(401))
        var tsa = TestExchange.tsa
        tsa.credentials = .init(user: "vp", password: "mật khẩu")
        #expect(problem(exchange, tsa) == nil)
    }

    @Test("D9: no byte of a timestamp can change unnoticed")
    func everyByte() throws {
        guard let authority = TestAuthority.shared else { return }
        let token = try TestExchange.tsa.token(
            over: digest, using: TestExchange(authority: authority), now: Date())
        #expect(token.flaws().isEmpty)
        let signature = token.record.signer.signature
        for index in token.der.indices {
            var changed = token.der
            changed[index] ^= 0x01
            guard let read = try? TimestampToken(changed), read.flaws().isEmpty else { continue }
            // Versions, lengths of nothing and unused parameters say nothing about what was dated.
            #expect(read.imprint == digest && read.time == token.time, "byte \(index)")
            #expect(read.record.signer.signature == signature, "byte \(index)")
            #expect(read.signer()?.publicKey == token.signer()?.publicKey, "byte \(index)")
        }
    }
}
