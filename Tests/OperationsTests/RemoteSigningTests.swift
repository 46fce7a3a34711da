import Domain
import DualSQL
import Foundation
import OfficeFiles
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Signing with a key at a remote service, on both databases, against services that check what they are asked.
struct RemoteSigningTests {
    @Test(
        "D1: the head confirms on the phone; the very version is signed by the expected certificate, through each service",
        arguments: DatabaseKind.available,
        [("csc", "phone"), ("smartca", "agrees"), ("mysign", "CMT_agrees")])
    func confirmed(_ kind: DatabaseKind, _ at: (service: String, account: String)) async throws {
        guard let service = try RemoteService.shared?.get() else { return }
        try await TemporaryOffice.with(kind) { plain in
            let world = plain.signing(service.settings)
            try await world.keepHeadsKey(
                at: at.service, account: at.account, certificate: service.certificate)
            let (id, draft, head) = try await Self.asked(world)
            let waiting = try await world.office.waitingSignature(id, as: head)
            #expect(waiting.state == .waiting)
            #expect(try await world.reread(draft).state == .climbing)
            // A server that was started again knows only what is in the tables.
            let again = plain.signing(service.settings)
            #expect(try await again.pollToTheEnd(id) == .signed)
            #expect(try await world.reread(draft).state == .signed)
            let signed = try #require(try await world.office.read { try $0.signedFiles.valid(of: draft.id) })
            let report = SignatureReports(office: world.office).report(signed.hash).signatures
            #expect(report.map(\.indication) == [.totalPassed])
            #expect(report.map(\.signer) == ["Hà Minh Đương"])
            #expect(signed.certificateHash == CertificateHash.hex(service.certificate))
            let entries = try await world.office.read {
                try $0.journal.history(of: [draft.id.uuid], in: head.agency).map(\.entry)
            }
            #expect(entries.suffix(2).map(\.verb) == [.remoteSignatureAsked, .draftSigned])
            #expect(entries.last?.particulars["request"] == id.description)
        }
    }

    @Test(
        "D1: refused, too late, or signed by another's key: nothing is taken, the draft waits as before, and the reason is kept",
        arguments: DatabaseKind.available,
        [
            ("csc", "refuses", Refusal.confirmationRefused), ("csc", "sleeps", .confirmationExpired),
            ("smartca", "refuses", .confirmationRefused), ("smartca", "swaps", .keyOfSomeoneElse),
        ])
    func notConfirmed(_ kind: DatabaseKind, _ at: (service: String, account: String, reason: Refusal))
        async throws
    {
        guard let service = try RemoteService.shared?.get() else { return }
        try await TemporaryOffice.with(kind) { plain in
            let world = plain.signing(service.settings)
            try await world.keepHeadsKey(
                at: at.service, account: at.account, certificate: service.certificate)
            let (id, draft, head) = try await Self.asked(world)
            #expect(try await world.pollToTheEnd(id) == .notSigned)
            #expect(try await world.office.waitingSignature(id, as: head).reasons == [at.reason])
            #expect(try await world.reread(draft).state == .climbing)
            #expect(try await world.office.read { try $0.signedFiles.valid(of: draft.id) } == nil)
        }
    }

    @Test(
        "H5: a service that cannot be reached, or keeps another's certificate, is not asked; a wrong account neither",
        arguments: DatabaseKind.available)
    func notAsked(_ kind: DatabaseKind) async throws {
        guard let service = try RemoteService.shared?.get() else { return }
        try await TemporaryOffice.with(kind) { plain in
            let world = plain.signing(service.settings)
            let draft = try await world.draftForSignature(enclosure: nil)
            let head = try await world.position("tp.tuphap")
            let wish = try await world.signingWish(draft)
            let strangers = try StoryKeys.authority.get().issue(
                name: "Hà Minh Đương", organisation: "", identifier: "x", at: StoryWorld.morning
            ).certificate
            let cases: [(String, String, [UInt8], Refusal)] = [
                ("nowhere", "phone", service.certificate, .signingServiceUnreachable),
                ("unknown", "phone", service.certificate, .signingServiceUnreachable),
                ("csc", "phone", strangers, .keyOfSomeoneElse),
                ("smartca", "stranger", service.certificate, .keyOfSomeoneElse),
            ]
            for (name, account, certificate, reason) in cases {
                try await world.keepHeadsKey(at: name, account: account, certificate: certificate)
                await #expect(throws: Refused(reason), "\(name) \(account)") {
                    _ = try await RemoteSigning(office: world.office).ask(wish, as: head)
                }
            }
            #expect(try await world.office.read { try $0.waitingSignatures.open(of: draft.id) } == nil)
            let testing = KeyTesting(office: world.office), owner = KeyOwner.person(head.account)
            for (name, certificate, result) in [
                ("csc", service.certificate, KeyTestResult.works),
                ("nowhere", service.certificate, .unreachable),
                ("csc", strangers, .wrongSignature),
            ] {
                try await world.keepHeadsKey(at: name, account: "phone", certificate: certificate)
                #expect(try await testing.test(owner, pin: "", as: head).result == result)
            }
            for login in ["cv1.tuphap", "vt.tuphap", "tp.noivu", "pp.tuphap"] {
                let person = try await world.position(login)
                await #expect(throws: Refused.self, "\(login)") {
                    _ = try await RemoteSigning(office: world.office).ask(wish, as: person)
                }
            }
        }
    }

    @Test(
        "C4: a new version drops the request, and what is confirmed afterwards signs nothing; so does cancelling",
        arguments: DatabaseKind.available)
    func dropped(_ kind: DatabaseKind) async throws {
        guard let service = try RemoteService.shared?.get() else { return }
        try await TemporaryOffice.with(kind) { plain in
            let world = plain.signing(service.settings)
            try await world.keepHeadsKey(at: "csc", account: "phone", certificate: service.certificate)
            let (id, draft, head) = try await Self.asked(world)
            let pdf = try await StoryPDFs.shared.pdf(of: "drafts/02-bao-cao-pho-bien-phap-luat.docx").bytes
            let letter = try await world.stage(pdf, name: "moi.pdf", pages: 2, for: .position(head))
            _ = try await world.runner.run(
                AddDraftVersion(SeenDraft(draft), file: letter), as: .position(head))
            #expect(try await world.pollToTheEnd(id) == .dropped)
            let (second, other, _) = try await Self.asked(world)
            let wish = try await world.signingWish(other)
            await #expect(throws: Refused(.signatureAlreadyAsked)) {
                _ = try await RemoteSigning(office: world.office).ask(wish, as: head)
            }
            let deputy = try await world.actor("pp.tuphap")
            await #expect(throws: Refused(.notFound)) {
                _ = try await world.runner.run(CancelRemoteSignature(second), as: deputy)
            }
            _ = try await world.runner.run(CancelRemoteSignature(second), as: .position(head))
            #expect(try await world.pollToTheEnd(second) == .cancelled)
            #expect(try await world.reread(other).state == .climbing)
            _ = try await RemoteSigning(office: world.office).ask(wish, as: head)
        }
    }

    @Test(
        "a server that dies while it asks leaves a request that ends by itself",
        arguments: DatabaseKind.available)
    func died(_ kind: DatabaseKind) async throws {
        guard let service = try RemoteService.shared?.get() else { return }
        try await TemporaryOffice.with(kind) { plain in
            let world = plain.signing(service.settings)
            try await world.keepHeadsKey(at: "csc", account: "phone", certificate: service.certificate)
            let (id, _, head) = try await Self.asked(world)
            try await world.office.database.write { connection in
                try connection.execute("UPDATE waiting_signature SET state = 'asking', pending = ''")
            }
            #expect(try await world.pollToTheEnd(id) == .notSigned)
            #expect(try await world.office.waitingSignature(id, as: head).reasons == [.signingInterrupted])
        }
    }

    private static func asked(
        _ world: StoryWorld
    ) async throws -> (ID<WaitingSignature>, Draft, Position) {
        let draft = try await world.draftForSignature(enclosure: nil)
        let head = try await world.position("tp.tuphap")
        let outcome = try await SigningByKey(office: world.office).sign(
            try await world.signingWish(draft), as: head, form: "ky-\(draft.code)", signed: "/da-ky"
        ) { "/tien-trinh/\($0)" }
        guard case .asked(let id) = outcome else { throw Refused(.stale) }
        return (id, draft, head)
    }
}
