import Foundation
import Testing

@testable import PDFSignatures

/// Responders, lists and publishers of the test world, honest and not: what each of them makes of a good signature.
@Suite struct WorldVerdictTests {
    /// Waits shorter than a person would, for the slow ones.
    private struct Impatient: WebExchange {
        func send(_ request: WebRequest) throws(WebFailure) -> WebAnswer {
            var request = request
            request.patience = min(request.patience, 1)
            request.answerLimit = min(request.answerLimit, 1 << 20)
            return try LoopbackExchange().send(request)
        }
    }

    private func verdict(_ world: TestWorld, _ name: String) throws -> SignatureVerdict {
        let key = try world.key(name)
        var request = SmallLetter.request("ChuKy", key)
        request.signingTime = Date()
        let pdf = try PAdES.sign(SmallLetter.pdf(), request, with: key)
        let report = try Verification.verify(pdf, trust: world.trust(), exchange: Impatient())
        return try #require(report.signatures.first)
    }

    /// We ask OCSP without a nonce, so one that is wrong or missing is not seen.
    private static let honest: Set = ["good", "by-key", "direct", "wrong-nonce", "no-nonce"]

    @Test(
        "D9: an OCSP answer counts only when it is about this certificate, of its time, and by whom it must be"
    )
    func responders() throws {
        guard let world = TestWorld.shared else { return }
        for mode in world.ocspModes {
            let verdict = try verdict(world, "ocsp-\(mode)")
            if Self.honest.contains(mode) {
                #expect(verdict.indication == .totalPassed, "\(mode): \(verdict)")
            } else {
                #expect(verdict.indication == .indeterminate, "\(mode): \(verdict)")
                #expect(verdict.subIndication == .tryLater, "\(mode): \(verdict)")
            }
        }
    }

    @Test("D9: a revocation list counts only when it is whole, of its time, and of this issuer")
    func lists() throws {
        guard let world = TestWorld.shared else { return }
        for mode in world.crlModes {
            let verdict = try verdict(world, "crl-\(mode)")
            #expect(
                verdict.indication == (mode == "good" ? .totalPassed : .indeterminate), "\(mode): \(verdict)")
            #expect(verdict.subIndication == (mode == "good" ? nil : .tryLater), "\(mode): \(verdict)")
        }
    }

    @Test("D9: a missing issuer is fetched in whatever form it is published; without it there is no path")
    func issuers() throws {
        guard let world = TestWorld.shared else { return }
        for mode in world.issuersModes {
            let verdict = try verdict(world, "issuers-\(mode)")
            if ["good", "bundle", "pem"].contains(mode) {
                #expect(verdict.indication == .totalPassed, "\(mode): \(verdict)")
            } else {
                #expect(verdict.indication == .indeterminate, "\(mode): \(verdict)")
                #expect(verdict.subIndication == .noCertificateChainFound, "\(mode): \(verdict)")
            }
        }
    }

    @Test("D9: every signer of the world is what its truth says")
    func signers() throws {
        guard let world = TestWorld.shared else { return }
        for (name, signer) in world.signers
        where signer.truth.split(separator: " ").count != 2 || name == "on-hold" {
            let verdict = try verdict(world, name)
            let passes = signer.truth == "good"
            #expect((verdict.indication == .totalPassed) == passes, "\(name): \(verdict)")
            if signer.truth.hasPrefix("revoked") {
                #expect(verdict.findings.contains { $0.code == .certificateRevoked }, "\(name): \(verdict)")
            }
        }
        for name in ["revoked", "revoked-ec", "crl-only-revoked", "revoked-later", "on-hold"] {
            #expect(try verdict(world, name).indication != .totalPassed, "\(name)")
        }
    }
}
