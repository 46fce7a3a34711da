import Domain
import DualSQL
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Keys on tokens as the office uses them. The tokens themselves, with their modules, are tried in the engine's tests;
/// here a drawer of keys behind a PIN stands where they stand, and signs for real.
struct TokenSigningTests {
    private struct Drawer: SigningTokens {
        let key: PKCS12Key
        let state: Refusal?

        func open(_ place: TokenPlace, certificate: [UInt8], pin: String) throws -> any SigningKey {
            if let state { throw Refused(state) }
            guard place == TokenPlace(token: "may-chu", keyLabel: "tp") else {
                throw Refused(.tokenUnreachable)
            }
            guard pin == "2468" else { throw Refused(.tokenWrongPIN) }
            return key
        }
    }

    private static func office(_ world: StoryWorld, of login: String, state: Refusal? = nil) async throws
        -> StoryWorld
    {
        let person = try await world.position(login)
        let file = try StoryKeys.file(for: login, name: person.personName, organisation: "Phòng Tư pháp")
        let office = world.office
        return StoryWorld(
            office: Office(
                database: office.database, blobs: office.blobs, clock: office.clock,
                serverKey: office.serverKey,
                trust: office.trust,
                tokens: Drawer(key: try PKCS12Key(file.bytes, passphrase: file.passphrase), state: state)))
    }

    private static func enter(_ world: StoryWorld, for login: String) async throws -> Position {
        let head = try await world.position(login)
        let file = try StoryKeys.file(for: login, name: head.personName, organisation: "Phòng Tư pháp")
        let record = try SigningKeys(office: world.office).enter(
            certificate: try PKCS12Key(file.bytes, passphrase: file.passphrase).certificate,
            at: .token(TokenPlace(token: "may-chu", keyLabel: "tp")),
            picture: Ink.signature(name: head.personName), for: .person(head.account), named: head.personName,
            device: "STB-017")
        try await world.runner.run(IssueKey(key: record), as: .system(name: "Cài đặt ban đầu", agency: nil))
        return head
    }

    @Test(
        "D1: with a key on a token the head signs one draft, several together, and tries the certificate",
        arguments: DatabaseKind.available)
    func signs(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { plain in
            let world = try await Self.office(plain, of: "tp.tuphap")
            let head = try await Self.enter(world, for: "tp.tuphap")
            let drafts = try await world.draftsForSignature(3)
            let wish = try await world.signingWish(drafts[0], pin: "2468")
            guard
                case .done(let signed) = try await SignDraftService(office: world.office).sign(wish, as: head)
            else {
                Issue.record("the first press must sign")
                return
            }
            let report = SignatureReports(office: world.office).report(signed.hash).signatures
            #expect(report.map(\.indication) == [.totalPassed])
            let batches = BatchSigning(office: world.office)
            let together = try await world.batchWish(Array(drafts[1...]), pin: "2468")
            guard case .done(let id) = try await batches.start(together, as: head) else {
                Issue.record("a batch is begun once")
                return
            }
            await batches.wait(for: id)
            let items = try await world.office.signingBatch(id, as: head).items
            #expect(items.map(\.state) == [.signed, .signed])
            let test = try await KeyTesting(office: world.office).test(
                .person(head.account), pin: "2468", as: head)
            #expect(test.result == .works)
        }
    }

    @Test(
        "a wrong PIN, a locked, an absent token and another's key on it are told apart; nothing is signed or counted here",
        arguments: DatabaseKind.available)
    func refuses(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { plain in
            let world = try await Self.office(plain, of: "tp.tuphap")
            let head = try await Self.enter(world, for: "tp.tuphap")
            let draft = try await world.draftForSignature(enclosure: nil)
            let cases: [(StoryWorld, String, Refusal)] = [
                (world, "0000", .tokenWrongPIN),
                (try await Self.office(plain, of: "tp.tuphap", state: .tokenLocked), "2468", .tokenLocked),
                (
                    try await Self.office(plain, of: "tp.tuphap", state: .tokenUnreachable), "2468",
                    .tokenUnreachable
                ),
                (try await Self.office(plain, of: "pp.tuphap"), "2468", .keyOfSomeoneElse),
            ]
            for (office, pin, reason) in cases {
                let wish = try await world.signingWish(draft, pin: pin)
                await #expect(throws: Refused(reason)) {
                    _ = try await SignDraftService(office: office.office).sign(wish, as: head)
                }
            }
            let record = try await world.office.read { try $0.signingKeys.find(.person(head.account)) }
            #expect(record?.wrongPINs == 0)
            #expect(try await world.reread(draft).state == .climbing)
            let absent = try await KeyTesting(office: cases[2].0.office).test(
                .person(head.account), pin: "2468", as: head)
            #expect(absent.result == .unreachable)
        }
    }

    @Test("the settings of signing are refused when others can read them, or say what nobody knows")
    func settings() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        func write(_ text: String, mode: Int = 0o600) throws {
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path())
        }
        #expect(try SigningSettings.load(file.path()) == .none)
        try write(
            """
            {"timestamp": {"url": "http://tsa.example.vn"}, "withoutTimestamp": "signLower",
             "tokens": {"may-chu": {"module": "/usr/lib/m.so", "label": "UBND"}},
             "services": {"smartca": {"kind": "smartCA", "address": "https://gwsca.vnpt.vn", "client": "a", "secret": "b"}}}
            """)
        let read = try SigningSettings.load(file.path())
        #expect(read.signatureLevel == .longTerm && read.sealLevel == .longTerm)
        #expect(read.withoutTimestamp == .signLower)
        #expect(read.tokens["may-chu"]?.label == "UBND" && read.services["smartca"]?.kind == .smartCA)
        try write("{}", mode: 0o640)
        #expect(throws: SettingsProblem.readableByOthers) { try SigningSettings.load(file.path()) }
        try write("{\"tsa\": 1}")
        #expect(throws: SettingsProblem.unknownName("tsa")) { try SigningSettings.load(file.path()) }
        try write("{\"sealLevel\": \"B-LT\"}")
        #expect(throws: SettingsProblem.levelWithoutTimestamp) { try SigningSettings.load(file.path()) }
        try write("{\"withoutTimestamp\": \"maybe\"}")
        #expect(throws: SettingsProblem.self) { try SigningSettings.load(file.path()) }
    }
}
