import Foundation
import Testing

@testable import PDFSignatures

/// The test world answers as its other tests rely on.
@Suite struct TestWorldTests {
    @Test("every signer's key opens, signs, and brings the certificates above it where it should")
    func keys() throws {
        guard let world = TestWorld.shared else { return }
        for (name, signer) in world.signers {
            let key = try world.key(name)
            #expect(try CertificateRecord(key.certificate).displayName == signer.commonName)
            let above = name.hasPrefix("issuers-") || name == "under-root" || name == "stranger" ? 0 : 1
            #expect(key.chain.count == above, "\(name)")
        }
        for name in ["rsa2048", "rsa3072", "rsa4096", "pss", "p256", "p384"] {
            let key = try world.key(name, pss: name == "pss")
            let signed = try PAdES.sign(SmallLetter.pdf(), SmallLetter.request("ChuKy", key), with: key)
            let verdict = try #require(
                try Verification.verify(signed, trust: world.trust(), at: TestKeys.moment).signatures.first)
            #expect(verdict.subIndication != .noCertificateChainFound, "\(name): \(verdict)")
            #expect(verdict.modifications == .none)
        }
    }

    @Test("the exchange of the tests waits, gives up and stops reading as it is told")
    func exchange() throws {
        guard let world = TestWorld.shared else { return }
        let web = LoopbackExchange()
        func failure(_ url: String) -> WebFailure? {
            do throws(WebFailure) {
                _ = try web.send(WebRequest(url: url, answerLimit: 1 << 20, patience: 0.5))
                return nil
            } catch { return error }
        }
        let issuer = try web.send(WebRequest(url: world.issuers("intermediate-rsa")))
        #expect(try issuer.body == world.certificate("intermediate-rsa") && issuer.status == 200)
        #expect(issuer.header("content-type") == "application/pkix-cert")
        #expect(failure(world.list("intermediate-rsa", mode: "slow")) == .timedOut)
        #expect(failure(world.list("intermediate-rsa", mode: "trickle")) == .timedOut)
        #expect(failure(world.list("intermediate-rsa", mode: "endless")) == .answerTooLong)
        #expect(failure("http://192.0.2.1:80/x") == .refused("http://192.0.2.1:80/x"))
        for url in [world.refused, world.list("intermediate-rsa", mode: "hang-up")] {
            guard case .unreachable? = failure(url) else {
                Issue.record("\(url) answered")
                continue
            }
        }
        #expect(try web.send(WebRequest(url: world.list("root", mode: "http-500"))).status == 500)
    }
}
