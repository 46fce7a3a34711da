import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// People, posts, passwords and tokens as administrators look after them, on both databases.
struct AdministrationTests {
    private static let commandLine = Actor.system(name: "Dòng lệnh", agency: nil)

    @Test(
        "A3, A4: a locked account has no session left, cannot sign in, and can after it is unlocked",
        arguments: DatabaseKind.available)
    func locking(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let officer = try await world.position("cv1.tuphap")
            let signIn = SignIn(office: world.office)
            let session = try await signIn(
                login: "cv1.tuphap", password: StoryWorld.password, address: "10.0.0.1")
            try await world.runner.run(LockAccount(account: officer.account), as: Self.commandLine)
            let now = world.office.clock.now
            let hash = SessionToken.hash(session.token)
            #expect(try await world.office.read { try $0.sessions.find(hash: hash, at: now) == nil })
            await #expect(throws: Refused(.accountLocked)) {
                _ = try await signIn(login: "cv1.tuphap", password: StoryWorld.password, address: "10.0.0.1")
            }
            try await world.runner.run(UnlockAccount(account: officer.account), as: Self.commandLine)
            _ = try await signIn(login: "cv1.tuphap", password: StoryWorld.password, address: "10.0.0.1")
            let chain = try await world.office.read { try $0.journal.entries(of: nil, after: 0, limit: 1000) }
            #expect(chain.suffix(2).map(\.entry.verb) == [.accountLocked, .accountUnlocked])
            #expect(chain.last?.entry.actor == "Dòng lệnh")
        }
    }

    @Test(
        "A3: a reset password holds until the first sign-in and ends every session",
        arguments: DatabaseKind.available)
    func resetting(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let officer = try await world.position("cv1.tuphap")
            let signIn = SignIn(office: world.office)
            let before = try await signIn(
                login: "cv1.tuphap", password: StoryWorld.password, address: "10.0.0.1")
            let password = OneTimePassword.make()
            try await world.runner.run(
                ResetPassword(account: officer.account, passwordHash: Passwords.hash(password)),
                as: Self.commandLine)
            let now = world.office.clock.now
            let hash = SessionToken.hash(before.token)
            #expect(try await world.office.read { try $0.sessions.find(hash: hash, at: now) == nil })
            let after = try await signIn(login: "cv1.tuphap", password: password, address: "10.0.0.1")
            #expect(after.mustChangePassword)
        }
    }

    @Test(
        "A2: an agency's administration does not reach another agency's people, and nobody else administers",
        arguments: DatabaseKind.available)
    func otherAgency(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let officer = try await world.position("cv1.tuphap")
            let neighbour = Actor.system(name: "Quản trị", agency: try await world.agency("phong-noi-vu").id)
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(LockAccount(account: officer.account), as: neighbour)
            }
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(EndPosition(position: officer.id), as: neighbour)
            }
            await #expect(throws: Refused(.notFound)) {
                try await world.runner.run(
                    IssueToken(position: officer.id, label: "x", token: SessionToken.make()), as: neighbour)
            }
            let head = try await world.actor("tp.tuphap")
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(LockAccount(account: officer.account), as: head)
            }
        }
    }

    @Test(
        "A2: a post ends only when nothing waits for it alone; a new clerk finds what waits for all clerks",
        arguments: DatabaseKind.available)
    func posts(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            _ = try await world.register(number: "401", as: try await world.actor("vt.tuphap"))
            let head = try await world.position("tp.tuphap")
            await #expect(throws: PositionStillAwaited(waiting: 1)) {
                try await world.runner.run(EndPosition(position: head.id), as: Self.commandLine)
            }
            _ = try await world.issueDirectly(from: "vt.noivu", to: ["phong-tu-phap"])
            try await world.carry()
            let officer = try await world.position("cv2.tuphap")
            let clerk = try await world.runner.run(
                AddPosition(account: officer.account, agency: officer.agency, role: .clerk, title: "Văn thư"),
                as: Self.commandLine)
            let given = try await world.office.read {
                try $0.desk.queue(of: clerk.id, kind: .receive, limit: 10)
            }
            #expect(given.count == 1)
            #expect(try await OfficeVerification(world.office).run().faults == [])
            let former = try await world.position("vt.tuphap")
            try await world.runner.run(EndPosition(position: former.id), as: Self.commandLine)
            #expect(try await world.office.read { try $0.positions.find(former.id) == nil })
            #expect(try await OfficeVerification(world.office).run().faults == [])
        }
    }

    @Test(
        "H2: a token acts as its position until it is revoked, and is stored only as its hash",
        arguments: DatabaseKind.available)
    func tokens(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let clerk = try await world.position("vt.tuphap")
            let token = SessionToken.make()
            let id = try await world.runner.run(
                IssueToken(position: clerk.id, label: "Phần mềm một cửa", token: token), as: Self.commandLine)
            let hash = SessionToken.hash(token)
            #expect(try await world.office.read { try $0.apiTokens.holder(hash: hash) } == clerk)
            #expect(try await world.office.read { try $0.apiTokens.holder(hash: Array(token.utf8)) } == nil)
            try await world.runner.run(LockAccount(account: clerk.account), as: Self.commandLine)
            #expect(try await world.office.read { try $0.apiTokens.holder(hash: hash) } == nil)
            try await world.runner.run(UnlockAccount(account: clerk.account), as: Self.commandLine)
            try await world.runner.run(RevokeToken(token: id), as: Self.commandLine)
            #expect(try await world.office.read { try $0.apiTokens.holder(hash: hash) } == nil)
            await #expect(throws: Refused(.missing(.comment))) {
                try await world.runner.run(
                    IssueToken(position: clerk.id, label: " ", token: token), as: Self.commandLine)
            }
        }
    }
}
