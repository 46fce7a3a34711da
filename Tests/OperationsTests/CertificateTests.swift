import Domain
import DualSQL
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// The register of certificates and the requests about them, on both databases.
struct CertificateTests {
    @Test(
        "D12: the register says who has a certificate, until when and whether it works; an officer sees the own line",
        arguments: DatabaseKind.available)
    func register(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap", "cv1.tuphap"], seals: ["phong-tu-phap"])
            let agency = try await world.agency("phong-tu-phap")
            let head = try await world.position("tp.tuphap"), officer = try await world.position("cv1.tuphap")
            let all = try await world.office.certificates(of: agency, as: head)
            #expect(all.map(\.name).first == agency.name)
            #expect(all.count == 6)
            #expect(
                Set(all.filter { $0.certificate != nil }.map(\.name)) == [
                    agency.name, head.personName, officer.personName,
                ])
            let own = try await world.office.certificates(of: agency, as: officer)
            #expect(own.map(\.name) == [agency.name, officer.personName])
            let stranger = try await world.position("tp.noivu")
            await #expect(throws: Refused(.notFound)) {
                _ = try await world.office.certificates(of: agency, as: stranger)
            }
        }
    }

    @Test(
        "D12: a self-test signs and judges a page of its own; a wrong PIN counts, and only the owner may",
        arguments: DatabaseKind.available)
    func selfTest(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let head = try await world.position("tp.tuphap"), clerk = try await world.position("vt.tuphap")
            let testing = KeyTesting(office: world.office)
            let own = KeyOwner.person(head.account), seal = KeyOwner.agency(head.agency)
            #expect(try await testing.test(own, pin: StoryWorld.pin, as: head).result == .works)
            #expect(try await testing.test(seal, pin: StoryWorld.pin, as: clerk).result == .works)
            let found = try await world.office.read { try $0.signingKeys.inUse(own)?.lastTest?.result }
            #expect(found == .works)
            await #expect(throws: Refused(.wrongPIN(attemptsLeft: 4))) {
                _ = try await testing.test(own, pin: "000000", as: head)
            }
            for (owner, person) in [(own, clerk), (seal, head)] {
                await #expect(throws: Refused(.notFound)) {
                    _ = try await testing.test(owner, pin: StoryWorld.pin, as: person)
                }
            }
        }
    }

    @Test("D12: a certificate that leads to nobody the office trusts is found out by the test")
    func untrusted() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            let head = try await world.position("tp.tuphap")
            let stranger = try IssuingAuthority.make(name: "Nơi cấp lạ")
            let file = try stranger.keyFile(
                name: head.personName, organisation: "", identifier: "x", at: StoryWorld.morning)
            let key = try await SigningKeys(office: world.office).lockAway(
                file.bytes, passphrase: file.passphrase, pin: StoryWorld.pin,
                picture: Ink.signature(name: "x"),
                for: .person(head.account), named: head.personName, expiresAt: file.expiresAt)
            try await world.runner.run(IssueKey(key: key), as: .system(name: "Cài đặt ban đầu", agency: nil))
            let test = try await KeyTesting(office: world.office).test(
                .person(head.account), pin: StoryWorld.pin, as: head)
            #expect(test.result == .notTrusted)
        }
    }

    @Test("D12: thirty days before its end the owner is told, for the agency's its clerk too")
    func expiry() async throws {
        try await TemporaryOffice.with(.sqlite) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let head = try await world.position("tp.tuphap"), clerk = try await world.position("vt.tuphap")
            let end = StoryWorld.morning.adding(seconds: 31 * 86_400)
            try await world.office.database.write { connection in
                try connection.execute("UPDATE signing_key SET expires_at = \(end)")
            }
            func days(_ person: Position, at now: Instant) async throws -> [Int] {
                try await world.office.read {
                    try ExpiringCertificate.of(person, $0, now: now).map(\.daysLeft)
                }
            }
            #expect(try await days(head, at: StoryWorld.morning) == [])
            #expect(try await days(head, at: StoryWorld.morning.adding(seconds: 86_400)) == [30])
            #expect(try await days(clerk, at: end.adding(seconds: -60)) == [0])
            #expect(try await days(clerk, at: end.adding(seconds: 60)) == [-1])
        }
    }

    @Test(
        "D12: a person asks, the focal unit of another agency collects and answers, and everyone sees what is theirs",
        arguments: DatabaseKind.available)
    func requests(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let head = try await world.position("tp.tuphap"), clerk = try await world.position("vt.tuphap")
            let officer = try await world.position("cv1.tuphap"),
                focal = try await world.position("cv1.noivu")
            let administrator = Actor.system(name: "Cài đặt ban đầu", agency: nil)
            try await world.runner.run(AppointFocal(focal.id), as: administrator)
            let own = try await world.runner.run(
                RequestCertificate(.issue, for: .person(officer.account), details: ""), as: .position(officer)
            )
            let seals = try await world.runner.run(
                RequestCertificate(.recover, for: .agency(clerk.agency), details: "Thiết bị báo khóa."),
                as: .position(clerk))
            await #expect(throws: Refused(.requestOpenAlready)) {
                _ = try await world.runner.run(
                    RequestCertificate(.renew, for: .person(officer.account), details: ""),
                    as: .position(officer))
            }
            func seen(_ person: Position) async throws -> Set<ID<CertificateRequest>> {
                try await world.office.read { tables in
                    let scope = try FocalDuty(person, tables).scope
                    return Set(
                        try tables.certificateRequests.page(scope, openOnly: true, after: nil, limit: 50)
                            .map(\.request.id))
                }
            }
            #expect(try await seen(officer) == [own])
            #expect(try await seen(head) == [own, seals])
            #expect(try await seen(focal) == [own, seals])
            #expect(try await seen(try await world.position("tp.noivu")) == [])
            try await Self.answers(world, own, focal)
            #expect(try await seen(focal) == [seals])
            let open = try await world.office.read { try $0.certificateRequests.openCount(.installation) }
            #expect(open == 1)
        }
    }

    private static func answers(_ world: StoryWorld, _ id: ID<CertificateRequest>, _ focal: Position)
        async throws
    {
        func act(_ kind: CertificateAnswerKind, _ comment: String = "") async throws {
            try await world.runner.run(
                AnswerCertificateRequest(id, kind, comment: comment), as: .position(focal))
        }
        try await act(.collected)
        await #expect(throws: Refused(.stale)) { try await act(.collected) }
        await #expect(throws: Refused(.missing(.comment))) { try await act(.refused) }
        try await act(.done, "Đã nhận chứng thư.")
        await #expect(throws: Refused(.stale)) { try await act(.refused, "muộn") }
        let row = try await world.office.read { try $0.certificateRequests.row(id) }
        #expect(row?.request.state == .done)
        #expect(row?.answer?.comment == "Đã nhận chứng thư.")
        let entries = try await world.office.read {
            try $0.journal.history(of: [id.uuid], in: focal.agency).map(\.entry.verb)
        }
        #expect(entries == [.certificateRequestAnswered, .certificateRequestAnswered])
    }

    @Test(
        "H5, D12: nobody asks for another, answers without the duty, or withdraws what others asked",
        arguments: DatabaseKind.available)
    func rights(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let head = try await world.position("tp.tuphap"), officer = try await world.position("cv1.tuphap")
            let stranger = try await world.position("tp.noivu")
            await #expect(throws: Refused(.notYours)) {
                _ = try await world.runner.run(
                    RequestCertificate(.issue, for: .person(head.account), details: ""),
                    as: .position(officer))
            }
            await #expect(throws: Refused(.notForYourRole)) {
                _ = try await world.runner.run(
                    RequestCertificate(.issue, for: .agency(head.agency), details: ""), as: .position(head))
            }
            await #expect(throws: Refused([.missing(.requestDetails)])) {
                _ = try await world.runner.run(
                    RequestCertificate(.revoke, for: .person(head.account), details: " "), as: .position(head)
                )
            }
            let id = try await world.runner.run(
                RequestCertificate(.renew, for: .person(officer.account), details: ""), as: .position(officer)
            )
            let answer = AnswerCertificateRequest(id, .done, comment: "")
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(answer, as: .position(head))
            }
            for person in [stranger, try await world.position("cv2.tuphap")] {
                await #expect(throws: Refused(.notFound)) {
                    try await world.runner.run(answer, as: .position(person))
                }
                await #expect(throws: Refused(.notFound)) {
                    try await world.runner.run(WithdrawCertificateRequest(id), as: .position(person))
                }
            }
            try await world.runner.run(WithdrawCertificateRequest(id), as: .position(officer))
            await #expect(throws: Refused(.stale)) {
                try await world.runner.run(WithdrawCertificateRequest(id), as: .position(officer))
            }
            for login in ["tp.tuphap", "vt.tuphap"] {
                let actor = try await world.actor(login)
                await #expect(throws: Refused(.notForYourRole)) {
                    try await world.runner.run(AppointFocal(officer.id), as: actor)
                }
            }
        }
    }

    @Test(
        "a key on a token, at a service or at the person's computer is entered with its certificate only",
        arguments: DatabaseKind.available)
    func places(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let head = try await world.position("tp.tuphap"), owner = KeyOwner.person(head.account)
            let file = try StoryKeys.file(
                for: "tp.tuphap", name: head.personName, organisation: "Phòng Tư pháp")
            let certificate = try PKCS12Key(file.bytes, passphrase: file.passphrase).certificate
            let places: [KeyPlace] = [
                .token(TokenPlace(token: "may-chu", keyLabel: "tp")),
                .remote(RemotePlace(service: "smartca", account: "091000", credential: "c-1")), .handOver,
            ]
            let keys = SigningKeys(office: world.office)
            for place in places {
                let record = try keys.enter(
                    certificate: certificate, at: place, picture: Ink.signature(name: head.personName),
                    for: owner,
                    named: head.personName, chain: [[1, 2], [3]], device: "STB-017")
                try await world.runner.run(
                    IssueKey(key: record), as: .system(name: "Cài đặt ban đầu", agency: nil))
                let found = try #require(try await world.office.read { try $0.signingKeys.find(owner) })
                #expect(found.place == place && found.chain == [[1, 2], [3]] && found.device == "STB-017")
                #expect(found.pkcs12.isEmpty && found.wrappedPassphrase.isEmpty)
                let refusal: Refusal = place.kind == .token ? .tokenUnreachable : .keyNotAtHand
                await #expect(throws: Refused(refusal)) {
                    _ = try await keys.unlock(owner, pin: StoryWorld.pin)
                }
            }
        }
    }

    @Test(
        "H5: the name in a certificate is its owner's, whatever its capitals; an added title is none of ours")
    func names() {
        #expect(CertificateNames.agree("HÀ MINH ĐƯƠNG", "Hà Minh Đương"))
        #expect(CertificateNames.agree("Hà  Minh Đương, Trưởng phòng", "Hà Minh Đương"))
        #expect(!CertificateNames.agree("Hà Minh Dương", "Hà Minh Đương"))
        #expect(!CertificateNames.agree("", ""))
        #expect(!CertificateNames.agree("Hà Minh Đương Anh", "Hà Minh Đương"))
    }
}
