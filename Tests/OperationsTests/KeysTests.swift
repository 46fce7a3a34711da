import Domain
import DualSQL
import Foundation
import Operations
import PDFSignatures
import Store
import TestKit
import Testing

/// Keys at rest, on both databases.
struct KeysTests {
    @Test(
        "H5: a key opens for its owner with the right PIN, and for nobody else",
        arguments: DatabaseKind.available)
    func opens(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: ["phong-tu-phap"])
            let head = try await world.position("tp.tuphap"), deputy = try await world.position("pp.tuphap")
            let keys = SigningKeys(office: world.office)
            let opened = try await keys.unlock(.person(head.account), pin: StoryWorld.pin)
            #expect(opened.record.subjectName == head.personName)
            #expect(opened.key.certificate == opened.record.certificate)
            _ = try await keys.unlock(.agency(head.agency), pin: StoryWorld.pin)
            await #expect(throws: Refused(.noKey)) {
                _ = try await keys.unlock(.person(deputy.account), pin: StoryWorld.pin)
            }
        }
    }

    @Test(
        "five wrong PINs lock the key, a right one in between forgets them, and the right one no longer helps",
        arguments: DatabaseKind.available)
    func wrongPIN(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let owner = KeyOwner.person(try await world.position("tp.tuphap").account)
            let keys = SigningKeys(office: world.office)
            for left in [4, 3] {
                await #expect(throws: Refused(.wrongPIN(attemptsLeft: left))) {
                    _ = try await keys.unlock(owner, pin: "000000")
                }
            }
            _ = try await keys.unlock(owner, pin: StoryWorld.pin)
            for left in [4, 3, 2, 1] {
                await #expect(throws: Refused(.wrongPIN(attemptsLeft: left))) {
                    _ = try await keys.unlock(owner, pin: "000000")
                }
            }
            for pin in ["000000", StoryWorld.pin] {
                await #expect(throws: Refused(.keyLocked)) { _ = try await keys.unlock(owner, pin: pin) }
            }
            try await world.issueKeys(["tp.tuphap"], seals: [])
            _ = try await keys.unlock(owner, pin: StoryWorld.pin)
        }
    }

    @Test("ten guesses at once are never more than five", arguments: DatabaseKind.available)
    func manyGuesses(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let owner = KeyOwner.person(try await world.position("tp.tuphap").account)
            let keys = SigningKeys(office: world.office)
            await withTaskGroup(of: Void.self) { group in
                for _ in 1...10 { group.addTask { _ = try? await keys.unlock(owner, pin: "999999") } }
            }
            let record = try await world.office.read { try $0.signingKeys.find(owner) }
            #expect(record?.wrongPINs == 5)
            #expect(record?.isLocked == true)
        }
    }

    @Test("H5: a key whose row was moved to another owner does not open", arguments: DatabaseKind.available)
    func moved(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap"), deputy = try await world.position("pp.tuphap")
            try await world.office.database.write { connection in
                try connection.execute(
                    "UPDATE signing_key SET account_id = \(deputy.account) WHERE account_id = \(head.account)"
                )
            }
            await #expect(throws: Refused(.wrongPIN(attemptsLeft: 4))) {
                _ = try await SigningKeys(office: world.office).unlock(
                    .person(deputy.account), pin: StoryWorld.pin)
            }
        }
    }

    @Test("an expired key is refused, and a PIN of four digits is none", arguments: DatabaseKind.available)
    func expired(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let head = try await world.position("tp.tuphap")
            try await world.office.database.write { connection in
                try connection.execute("UPDATE signing_key SET expires_at = \(StoryWorld.morning)")
            }
            await #expect(throws: Refused(.keyExpired)) {
                _ = try await SigningKeys(office: world.office).unlock(
                    .person(head.account), pin: StoryWorld.pin)
            }
            await #expect(throws: Refused(.malformed(.pin))) {
                _ = try await world.personKey("tp.tuphap", pin: "1234")
            }
        }
    }

    @Test(
        "only an administrator gives keys, and an agency's own only to its own people",
        arguments: DatabaseKind.available)
    func administrators(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let key = try await world.personKey("tp.tuphap")
            for login in ["tp.tuphap", "vt.tuphap", "cv1.tuphap"] {
                let actor = try await world.actor(login)
                await #expect(throws: Refused(.notForYourRole)) {
                    _ = try await world.runner.run(IssueKey(key: key), as: actor)
                }
            }
            let clerk = try await world.position("vt.noivu")
            let neighbour = Position(
                id: clerk.id, agency: clerk.agency, account: clerk.account, personName: clerk.personName,
                role: .administrator, title: "Quản trị")
            await #expect(throws: Refused(.notFound)) {
                _ = try await world.runner.run(IssueKey(key: key), as: .position(neighbour))
            }
            try await world.issueKeys(["tp.tuphap"], seals: [])
            let entries = try await world.office.read {
                try $0.journal.entries(of: nil, after: 0, limit: 1000)
            }
            let issued = entries.filter { $0.entry.verb == .keyIssued }
            #expect(issued.count == 1)
            #expect(!issued.contains { $0.entry.particulars.values.contains(StoryWorld.pin) })
        }
    }

    @Test("trusted certificates are read as DER and as PEM, several in one file") func trust() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "vanthu-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let root = try StoryKeys.authority.get().certificate
        let pem =
            "-----BEGIN CERTIFICATE-----\n\(Data(root).base64EncodedString(options: .lineLength64Characters))\n-----END CERTIFICATE-----\n"
        try Data(root).write(to: folder.appending(path: "a.cer"))
        try Data((pem + pem).utf8).write(to: folder.appending(path: "b.pem"))
        try Data("x".utf8).write(to: folder.appending(path: "notes.txt"))
        #expect(try TrustRoots(folder: folder.path()).certificates == [root, root, root])
        #expect(try TrustRoots(folder: folder.path() + "none") == .none)
    }
}
