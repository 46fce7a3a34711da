import Foundation
import Testing

@testable import PDFSignatures

/// Signing services that look closely at what they are asked and sign for real (remote_services.py).
@Suite struct RemoteSigningTests {
    private typealias Services = RemoteServices

    private func failure<R>(_ body: () throws -> R) -> RemoteSigningError? {
        do {
            _ = try body()
            return nil
        } catch { return error as? RemoteSigningError }
    }

    /// Signs letters in one batch and has them judged.
    private func verdicts(
        _ signer: some RemoteSigner, _ credential: RemoteCredential, count: Int = 1,
        approval: RemoteApproval = RemoteApproval()
    ) throws -> (indications: [Indication?], questions: Int) {
        let prepared = try Services.prepared(count, for: credential)
        let begun = try signer.begin(Services.documents(prepared), with: credential, approval: approval)
        let (values, questions) = try Services.finish(begun, at: signer)
        let signed = try zip(prepared, values).map { try $0.embed(signatureValue: $1) }
        return (try signed.map { try SmallLetter.verify($0).first?.indication }, questions)
    }

    /// What a service's refusal becomes, after as many questions as it takes.
    private func end(
        _ signer: some RemoteSigner, approval: RemoteApproval = RemoteApproval()
    ) throws -> RemoteSigningError? {
        let credential = try #require(try signer.credentials().first)
        return failure { try verdicts(signer, credential, approval: approval) }
    }

    /// Whether the self-check stops what another key signed.
    private func isCaught(_ signer: some RemoteSigner) throws -> Bool {
        let credential = try #require(try signer.credentials().first)
        do {
            _ = try verdicts(signer, credential)
            return false
        } catch SigningError.resultNotValid { return true }
    }

    // MARK: CSC API v2

    private func cloud(
        _ user: String, _ services: RemoteServices, token: String = "service-token",
        change: (inout CloudSignature.Settings) -> Void = { _ in }
    ) -> CloudSignature {
        var settings = CloudSignature.Settings(address: services.address, account: .token(token), user: user)
        change(&settings)
        return CloudSignature(settings, web: services.web)
    }

    private let codes = RemoteApproval(codes: ["PIN": "1357", "OTP": "246810"])

    @Test("D1: CSC: PIN and a one-time password, RSA, RSA-PSS and elliptic curves, batches under one consent")
    func cloudExplicit() throws {
        guard let services = Services.shared else { return }
        for (user, pss) in [("agrees", false), ("agrees", true), ("bare", false), ("curves", false)] {
            let signer = cloud(user, services) { $0.prefersPSS = pss }
            let credentials = try signer.credentials()
            #expect(credentials.count == (user == "curves" ? 2 : 1))
            for credential in credentials {
                #expect(credential.chain == [TestKeys.root.certificate] && credential.batchLimit == 3)
                #expect(credential.codes.map(\.identifier) == ["PIN", "OTP"])
                #expect(credential.codes.map(\.isOneTime) == [false, true])
                if pss { #expect(credential.algorithm == .rsaPSS(.sha256)) }
                #expect(try signer.requestCode(credential.codes[1], for: credential) == nil)
                let (indications, _) = try verdicts(signer, credential, count: 3, approval: codes)
                #expect(indications == [.totalPassed, .totalPassed, .totalPassed], "\(user)")
            }
        }
    }

    @Test(
        "D1: CSC: agreed on the phone, signed later, with a token from the service's page, details asked one by one"
    )
    func cloudOtherWays() throws {
        guard let services = Services.shared else { return }
        let phone = cloud("phone", services)
        let later = cloud("later", services) { $0.isAsynchronous = true }
        for signer in [phone, later] {
            let credential = try #require(try signer.credentials().first)
            let (indications, questions) = try verdicts(signer, credential, count: 2)
            #expect(indications == [.totalPassed, .totalPassed] && questions == 2)
        }
        let page = cloud("page", services)
        let credential = try #require(try page.credentials().first)
        #expect(credential.needsToken && failure { try verdicts(page, credential) } == .codeMissing("token"))
        let approval = RemoteApproval(token: "credential-token")
        #expect(try verdicts(page, credential, approval: approval).indications == [.totalPassed])
        #expect(try cloud("short", services).credentials().map(\.identifier) == ["short/rsa"])
        #expect(try cloud("nobody", services).credentials().isEmpty)
    }

    @Test(
        "D1: CSC: wrong and missing codes, a locked credential, refusal, sleep and too many documents are told apart"
    )
    func cloudRefusals() throws {
        guard let services = Services.shared else { return }
        let signer = cloud("agrees", services)
        #expect(try end(signer) == .codeMissing("PIN"))
        #expect(
            try end(signer, approval: RemoteApproval(codes: ["PIN": "1", "OTP": "246810"])) == .wrongCode)
        #expect(try end(signer, approval: RemoteApproval(codes: ["PIN": "1357", "OTP": "1"])) == .wrongCode)
        #expect(try end(signer, approval: codes) == .wrongCode, "the OTP was not asked for")
        #expect(try end(cloud("locked", services), approval: codes) == .credentialLocked)
        #expect(try end(cloud("refuses", services)) == .refusedBySigner)
        #expect(try end(cloud("sleeps", services)) == .expired)
        let credential = try #require(try signer.credentials().first)
        #expect(
            failure { try verdicts(signer, credential, count: 4, approval: codes) }
                == .tooManyDocuments(limit: 3))
        #expect(try isCaught(cloud("swaps", services)))
    }

    @Test("D1: CSC: a token that ran out is fetched anew once; a wrong account is reported")
    func cloudAccounts() throws {
        guard let services = Services.shared else { return }
        let client = cloud("phone", services) {
            $0.account = .client(identifier: "van-thu", secret: "bí mật & 100%")
        }
        #expect(try client.credentials().count == 1)
        let wrongToken = cloud("phone", services, token: "no")
        #expect(failure { try wrongToken.credentials() } == .notAuthorized("invalid_token"))
        let wrongClient = cloud("phone", services) { $0.account = .client(identifier: "x", secret: "y") }
        #expect(failure { try wrongClient.credentials() } == .notAuthorized("invalid_client"))
    }

    // MARK: VNPT SmartCA

    private func smart(_ user: String, _ services: RemoteServices, password: String = "sp-secret") -> SmartCA
    {
        SmartCA(
            SmartCA.Settings(
                address: services.address, provider: "van-thu", password: password, user: user),
            web: services.web)
    }

    @Test("D1: SmartCA: a batch confirmed in the app, values matched to their documents")
    func smartBatch() throws {
        guard let services = Services.shared else { return }
        let signer = smart("agrees", services)
        let credentials = try signer.credentials()
        #expect(credentials.map(\.identifier) == ["54001234"])
        let credential = try #require(credentials.first)
        #expect(credential.chain == [TestKeys.root.certificate] && credential.codes.isEmpty)
        let (indications, questions) = try verdicts(signer, credential, count: 5)
        #expect(indications == Array(repeating: .totalPassed, count: 5) && questions == 2)
    }

    @Test(
        "D1: SmartCA: refusal, sleep, a failed confirmation, an unknown person and a wrong account are told apart"
    )
    func smartRefusals() throws {
        guard let services = Services.shared else { return }
        #expect(try end(smart("refuses", services)) == .refusedBySigner)
        #expect(try end(smart("sleeps", services)) == .expired)
        #expect(try end(smart("mistypes", services)) == .wrongCode)
        #expect(try end(smart("broke", services)) == .serviceDown(500))
        #expect(failure { try smart("stranger", services).credentials() } == .unknownSigner)
        #expect(
            failure { try smart("agrees", services, password: "x").credentials() }
                == .notAuthorized("CLIENT_INVALID"))
        let credential = try #require(try smart("agrees", services).credentials().first)
        #expect(
            failure { try verdicts(smart("agrees", services), credential, count: 51) }
                == .tooManyDocuments(limit: 50))
        #expect(
            failure { try verdicts(smart("loses", services), credential, count: 2) }
                == .badAnswer("1 signatures for 2 documents"))
        #expect(try isCaught(smart("swaps", services)))
    }

    // MARK: Viettel MySign

    private func mySign(_ user: String, _ services: RemoteServices, secret: String = "my-secret") -> MySign {
        MySign(
            MySign.Settings(
                address: services.address + "/", client: "van-thu", secret: secret,
                profile: "adss:ras:profile:001", user: user),
            web: services.web)
    }

    @Test("D1: MySign: a batch confirmed in the app, signing in again when the token has run out meanwhile")
    func mySignBatch() throws {
        guard let services = Services.shared else { return }
        let signer = mySign("CMT_agrees", services)
        let credentials = try signer.credentials()
        #expect(credentials.map(\.identifier) == ["CMT_agrees_rsa"])
        let credential = try #require(credentials.first)
        let (indications, questions) = try verdicts(signer, credential, count: 5)
        #expect(indications == Array(repeating: .totalPassed, count: 5) && questions == 3)
    }

    @Test(
        "D1: MySign: refusal, sleep, no signatures left, a revoked certificate and wrong accounts are told apart"
    )
    func mySignRefusals() throws {
        guard let services = Services.shared else { return }
        #expect(try end(mySign("CMT_refuses", services)) == .refusedBySigner)
        #expect(try end(mySign("CMT_sleeps", services)) == .expired)
        #expect(try end(mySign("CMT_poor", services)) == .quotaExhausted)
        #expect(try end(mySign("CMT_revoked", services)) == .credentialNotUsable(""))
        #expect(try end(mySign("CMT_broke", services)) == .serviceDown(50_000))
        #expect(failure { try mySign("CMT_stranger", services).credentials() } == .unknownSigner)
        #expect(
            failure { try mySign("CMT_agrees", services, secret: "x").credentials() }
                == .notAuthorized("Client secret is invalid"))
        #expect(try isCaught(mySign("CMT_swaps", services)))
    }

    @Test("D1: names for the phone are cut between letters so that their base64 fits")
    func shortNames() throws {
        for text in ["Tờ trình", String(repeating: "ữ", count: 100), String(repeating: "👩‍👩‍👧", count: 9), ""] {
            let short = MySign.shortened(text)
            let bytes = try #require(Data(base64Encoded: short))
            #expect(
                short.count <= 100
                    && text.precomposedStringWithCanonicalMapping.hasPrefix(
                        String(decoding: bytes, as: UTF8.self))
            )
        }
    }

    // MARK: All of them

    @Test("a service that is down, answers something else or is not there is reported as that")
    func down() throws {
        guard let services = Services.shared else { return }
        func all(_ address: String) -> [any RemoteSigner] {
            [
                CloudSignature(.init(address: address, account: .token("t")), web: services.web),
                SmartCA(.init(address: address, provider: "a", password: "b", user: "c"), web: services.web),
                MySign(
                    .init(address: address, client: "a", secret: "b", profile: "c", user: "d"),
                    web: services.web),
            ]
        }
        for signer in all(services.address + "/down") {
            #expect(failure { try signer.credentials() } == .serviceDown(503))
        }
        for signer in all(services.address + "/noise") {
            #expect(failure { try signer.credentials() } == .badAnswer("no JSON, HTTP 200"))
        }
        for signer in all("http://127.0.0.1:1") {
            guard case .unreachable = failure({ try signer.credentials() }) else {
                Issue.record("nobody there")
                continue
            }
        }
        for address in ["http://gwsca.vnpt.vn", "http://127.0.0.1.example.vn", "ftp://x", ""] {
            for signer in all(address) {
                #expect(failure { try signer.credentials() } == .unsupported("a service without https"))
            }
        }
    }

    @Test(
        "waiting ends with the patience, and a batch cannot hold two documents of one name or a wrong digest")
    func batches() throws {
        guard let services = Services.shared else { return }
        let signer = smart("agrees", services)
        let credential = try #require(try signer.credentials().first)
        let one = RemoteDocument(identifier: "a", name: "A", digest: [UInt8](repeating: 1, count: 32))
        #expect(failure { try signer.sign([one], with: credential, patience: 0) } == .expired)
        #expect(
            failure { try signer.begin([one, one], with: credential) }
                == .unsupported("two documents of the same name"))
        let short = RemoteDocument(identifier: "b", name: "B", digest: [1])
        #expect(
            failure { try signer.begin([short], with: credential) }
                == .unsupported("a digest of another length than the algorithm's"))
        #expect(failure { try signer.begin([], with: credential) } == .unsupported("nothing to sign"))
    }
}
