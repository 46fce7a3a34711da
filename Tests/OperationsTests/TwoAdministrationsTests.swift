import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Hai cấp quản trị (decision 35): what of the exchange is the installation's and what an agency's, on both databases.
struct TwoAdministrationsTests {
    private static let commandLine = Actor.system(name: "Dòng lệnh", agency: nil)
    private static let route = Route(.axis)

    @Test(
        "A2, H6: an agency's administrator neither stops a channel nor lets it go on; one of the installation does",
        arguments: DatabaseKind.available)
    func channels(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let own = try await world.administrator(at: "phong-noi-vu")
            let keeper = try await world.administrator(at: "phong-tu-phap", ofInstallation: true)
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(
                    HoldChannel(route: Self.route, reason: "Bảo trì"), as: .position(own))
            }
            try await world.runner.run(
                HoldChannel(route: Self.route, reason: "Bảo trì"), as: .position(keeper))
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(ReleaseChannel(route: Self.route), as: .position(own))
            }
            #expect(try await world.office.read { try $0.exchangeConditions.holds() }.count == 1)
            try await world.runner.run(EndInstallationAdministrator(keeper.id), as: Self.commandLine)
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(ReleaseChannel(route: Self.route), as: .position(keeper))
            }
        }
    }

    @Test(
        "A2, E5: what came for nobody yet is the installation's; a letter in an agency's mailbox is its own too",
        arguments: DatabaseKind.available)
    func unread(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let own = try await world.administrator(at: "phong-noi-vu")
            let keeper = try await world.administrator(at: "phong-tu-phap", ofInstallation: true)
            let axis = try await world.unread(Self.route),
                mine = try await world.unread(Route(.mail, "phong-noi-vu"))
            let others = try await world.unread(Route(.mail, "phong-tu-phap"))
            func seen(_ position: Position) async throws -> Set<ID<InboundMessage>> {
                try await world.office.read { tables in
                    let scope = try ExchangeDuty(position, tables).inbound(tables)
                    let found = try scope.map { try tables.inbound.failed($0, limit: 9) } ?? []
                    let count = try scope.map { try tables.inbound.failedCount($0) } ?? 0
                    #expect(count == found.count)
                    return Set(found.map(\.id))
                }
            }
            #expect(try await seen(own) == [mine])
            #expect(try await seen(keeper) == [axis, mine, others])
            #expect(try await seen(try await world.position("vt.noivu")).isEmpty)
            for message in [axis, others] {
                await #expect(throws: Refused(.notFound)) {
                    try await world.runner.run(ReopenInbound(message: message), as: .position(own))
                }
                await #expect(throws: Refused(.notFound)) {
                    try await world.runner.run(
                        DismissInbound(message: message, reason: "Thư rác."), as: .position(own))
                }
            }
            try await world.runner.run(ReopenInbound(message: mine), as: .position(own))
            for message in [axis, others] {
                try await world.runner.run(
                    DismissInbound(message: message, reason: "Thư rác."), as: .position(keeper))
            }
            #expect(try await seen(keeper).isEmpty)
        }
    }

    @Test(
        "A2: nobody appoints oneself, and only an administrator can be appointed",
        arguments: DatabaseKind.available)
    func appointing(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let own = try await world.administrator(at: "phong-noi-vu")
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(
                    AppointInstallationAdministrator(own.id), as: .position(own))
            }
            let head = try await world.position("tp.noivu")
            await #expect(throws: Refused(.notForYourRole)) {
                try await world.runner.run(AppointInstallationAdministrator(head.id), as: Self.commandLine)
            }
            #expect(try await world.office.read { try $0.installationAdministrators.all() }.isEmpty)
            try await world.runner.run(AppointInstallationAdministrator(own.id), as: Self.commandLine)
            #expect(try await world.office.read { try $0.installationAdministrators.all() }.count == 1)
            let entries = try await world.office.read {
                try $0.journal.entries(of: nil, after: 0, limit: 1000)
            }
            #expect(entries.contains { $0.entry.verb == .installationAdministratorAppointed })
        }
    }
}

extension StoryWorld {
    func administrator(at slug: String, ofInstallation: Bool = false) async throws -> Position {
        let commandLine = Actor.system(name: "Dòng lệnh", agency: nil), agency = try await agency(slug).id
        let account = try await runner.run(
            AddPerson(
                login: "qt.\(slug)", name: "Trần Minh Quân", passwordHash: "x", mustChangePassword: false),
            as: commandLine)
        let position = try await runner.run(
            AddPosition(account: account, agency: agency, role: .administrator, title: "Quản trị"),
            as: commandLine)
        if ofInstallation {
            try await runner.run(AppointInstallationAdministrator(position.id), as: commandLine)
        }
        return position
    }

    /// A message that came that way and could not be read.
    fileprivate func unread(_ route: Route) async throws -> ID<InboundMessage> {
        let now = office.clock.now, id = ID<InboundMessage>(UUID())
        try await office.database.write { connection in
            let inbound = Tables(connection).inbound
            _ = try inbound.insert(
                InboundMessage(
                    id: id, route: route, externalID: "\(id)", hash: String(repeating: "0", count: 64),
                    size: 9,
                    receivedAt: now))
            try inbound.close(
                id, .failed, error: "Tệp nhận được không phải gói tin edXML.", sender: "", subject: "")
        }
        return id
    }
}
