import Foundation
import Testing

@testable import PDFSignatures

/// Timestamp authorities, responders and publishers of the test world, over HTTP on loopback: honest, slow, down or
/// lying. Each lie has its own name in the error, and nothing comes out.
@Suite struct LyingAuthorityTests {
    private func services(_ world: TestWorld, stamp: String = "good") throws -> LongTermServices {
        let url = try #require(world.timestamps[stamp])
        return LongTermServices(
            timestampAuthority: TimestampAuthority(url: url, patience: 2), exchange: LoopbackExchange(),
            roots: [try world.certificate("root")])
    }

    private func signed(
        _ world: TestWorld, _ signer: String, _ level: SignatureLevel, stamp: String = "good"
    ) throws -> [UInt8] {
        let key = try world.key(signer)
        let request = SigningRequest(field: "ChuKy", key: key, signingTime: Date(), level: level)
        return try PAdES.sign(
            SmallLetter.pdf(), request, with: key, services: services(world, stamp: stamp))
    }

    private func error(_ body: () throws -> [UInt8]) -> SigningError? {
        do { _ = try body() } catch { return error as? SigningError }
        return nil
    }

    private static let stampModes: [(String, String)] = [
        ("wrong-imprint", "wrongImprint"), ("wrong-nonce", "wrongNonce"), ("no-nonce", "wrongNonce"),
        ("wrong-key", "flawed signature wrong"), ("wrong-digest", "flawed digest"),
        ("stranger", "untrusted"), ("no-eku", "flawed not for timestamping"),
        ("expired", "flawed certificate not valid at that time"),
        ("no-certificate", "flawed certificate missing"), ("refused", "refused"), ("garbage", "unreadable"),
        ("empty", "unreadable"), ("html", "unreadable"), ("http-500", "status 500"), ("slow", "timedOut"),
        ("trickle", "timedOut"), ("endless", "answerTooLong"), ("hang-up", "unreachable"),
    ]

    private func name(_ problem: TimestampProblem) -> String {
        switch problem {
        case .failed(.refused): "not asked"
        case .failed(.unreachable): "unreachable"
        case .failed(.timedOut): "timedOut"
        case .failed(.answerTooLong): "answerTooLong"
        case .status(let code): "status \(code)"
        case .unreadable: "unreadable"
        case .refused: "refused"
        case .wrongImprint: "wrongImprint"
        case .wrongNonce: "wrongNonce"
        case .wrongPolicy: "wrongPolicy"
        case .clockApart: "clockApart"
        case .flawed(let flaws): "flawed " + flaws.map(\.rawValue).joined(separator: ", ")
        case .untrusted: "untrusted"
        }
    }

    @Test("D9: no lie of a timestamp authority gets into a signature", arguments: stampModes)
    func stamps(mode: String, expected: String) throws {
        guard let world = TestWorld.shared else { return }
        guard case .timestamp(let problem)? = error({ try signed(world, "p256", .timestamped, stamp: mode) })
        else {
            Issue.record("\(mode) was taken")
            return
        }
        #expect(name(problem) == expected)
    }

    private static let responderModes: [(String, EvidenceProblem.Problem)] = [
        ("unknown", .certificateUnknown), ("try-later", .unusable("status 3")), ("http-500", .status(500)),
        ("other-certificate", .notAboutThis), ("wrong-key", .signatureWrong), ("stranger", .notAuthorized),
        ("no-eku", .notAuthorized), ("expired-responder", .notAuthorized), ("stale", .notCurrent),
        ("future", .notCurrent),
    ]

    @Test("D9: no lie of an OCSP responder passes for evidence", arguments: responderModes)
    func responders(mode: String, expected: EvidenceProblem.Problem) throws {
        guard let world = TestWorld.shared else { return }
        guard case .evidence(let problem)? = error({ try signed(world, "ocsp-\(mode)", .longTerm) }) else {
            Issue.record("\(mode) was taken")
            return
        }
        #expect(problem.reason == .noAnswer && problem.attempts.map(\.problem) == [expected])
        #expect(problem.certificate == world.signers["ocsp-\(mode)"]?.commonName)
    }

    @Test("D9: an authority's direct answer, one named by key, lists and bundles of certificates all serve")
    func honest() throws {
        guard let world = TestWorld.shared else { return }
        for signer in [
            "ocsp-direct", "ocsp-by-key", "ocsp-no-nonce", "crl-good", "issuers-bundle", "issuers-pem",
        ] {
            let pdf = try signed(world, signer, .longTerm)
            let evidence = try SecurityStore(PDFFile(pdf)).evidence
            #expect(evidence.certificates.contains(try world.certificate("root")), "\(signer)")
        }
    }

    @Test("D9: lists that are old, of others, in part or forged do not serve; revoked is told with its date")
    func lists() throws {
        guard let world = TestWorld.shared else { return }
        for (mode, expected) in [
            ("stale", EvidenceProblem.Problem.notCurrent), ("wrong-key", .signatureWrong),
            ("other-issuer", .notAboutThis),
        ] {
            guard case .evidence(let problem)? = error({ try signed(world, "crl-\(mode)", .longTerm) }) else {
                Issue.record("\(mode) was taken")
                continue
            }
            #expect(problem.attempts.map(\.problem) == [expected], "\(mode)")
        }
        for signer in ["revoked", "crl-only-revoked"] {
            guard case .evidence(let problem)? = error({ try signed(world, signer, .longTerm) }),
                case .revoked(let date?, 1) = problem.reason
            else {
                Issue.record("\(signer) was taken")
                continue
            }
            #expect(CivilTime.iso(date) == "2025-06-01T07:00:00+07:00")
        }
    }

    @Test("D9: a renewal by another authority carries that authority's evidence too")
    func otherAuthority() throws {
        guard let world = TestWorld.shared else { return }
        let first = try signed(world, "p256", .archival)
        let renewed = try PAdES.extend(first, to: .archival, services: services(world, stamp: "ec"))
        let evidence = try SecurityStore(PDFFile(renewed)).evidence
        #expect(evidence.certificates.contains(try world.certificate("timestamp-ec")))
    }
}
