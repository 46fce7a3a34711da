import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Lists that use codes again, and lists that could break the import (A9, E1, E6), on both databases.
struct CatalogueIdentityTests {
    private static let orders = [false, true]

    @Test(
        "A9, E1: a code that one agency gave up and another got moves nobody's identity, whichever line comes first",
        arguments: DatabaseKind.available, orders)
    func usedAgain(_ kind: DatabaseKind, _ reversed: Bool) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.5,Sở A\n")
            let first = try await world.byCode("H31.5")
            try await world.takeUp("code,name,oldCode\nH31.50,Sở A,H31.5\n")
            #expect(try await world.byCode("H31.50").id == first.id)
            let lines = ["H31.5,Sở B mới,", "H31.50,Sở A,"]
            let report = try await world.takeUp(Self.list(lines, reversed))
            #expect((report.added, report.ended) == (1, 0))
            let kept = try await world.byCode("H31.50"), new = try await world.byCode("H31.5")
            #expect((kept.id, kept.name) == (first.id, "Sở A"))
            #expect((new.id == first.id, new.name) == (false, "Sở B mới"))
            let again = try await world.takeUp(Self.list(lines, !reversed))
            #expect((again.added, again.changed, again.ended) == (0, 0, 0))
        }
    }

    @Test(
        "A9, E1: nor where the agency that gave the code up gets a third one in the same list",
        arguments: DatabaseKind.available, orders)
    func movedOn(_ kind: DatabaseKind, _ reversed: Bool) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.5,Sở A\n")
            let first = try await world.byCode("H31.5")
            try await world.takeUp("code,name,oldCode\nH31.50,Sở A,H31.5\n")
            let report = try await world.takeUp(
                Self.list(["H31.5,Sở B mới,", "H31.60,Sở A,H31.50"], reversed))
            #expect((report.added, report.ended) == (1, 0))
            #expect(try await world.byCode("H31.60").id == first.id)
            #expect(try await world.byCode("H31.5").name == "Sở B mới")
            #expect(try await world.byCode("H31.5").id != first.id)
        }
    }

    @Test(
        "A9, E1: an agency that goes by its former code again is still itself",
        arguments: DatabaseKind.available)
    func back(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp("code,name\nH31.5,Sở A\n")
            let first = try await world.byCode("H31.5")
            try await world.takeUp("code,name,oldCode\nH31.50,Sở A,H31.5\n")
            let report = try await world.takeUp("code,name\nH31.5,Sở A\n")
            #expect((report.added, report.ended) == (0, 0))
            #expect(try await world.byCode("H31.5").id == first.id)
        }
    }

    private static func list(_ lines: [String], _ reversed: Bool) -> String {
        (["code,name,oldCode"] + (reversed ? lines.reversed() : lines)).joined(separator: "\n") + "\n"
    }

    @Test(
        "E1: moments no calendar has are no days; the list is taken, and a first day like that refuses its line",
        arguments: DatabaseKind.available)
    func moments(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let report = try await world.takeUp(
                """
                [{"code":"H31.1","name":"Sở A","modifydate":"-9223372036854775808"},
                 {"code":"H31.2","name":"Sở B","modifydate":9223372036854775807},
                 {"code":"H31.3","name":"Sở C","modifydate":"1125899906842623"},
                 {"code":"H31.4","name":"Sở D","validfrom":"-9223372036854775808"},
                 {"code":"H31.5","name":"Sở E","validfrom":"253402214400000"},
                 {"code":"H31.6","name":"Sở G","validfrom":"253402214399999"}]
                """)
            #expect(report.added == 4)
            #expect(
                report.refused.map(\.fault) == [
                    .badDay("-9223372036854775808"), .badDay("253402214400000"),
                ])
            #expect(try await world.byCode("H31.6").validFrom?.year == 9999)
        }
    }

    @Test(
        "E1: new agencies go by no way that leads nowhere: VanThu without its partner, mail without an address",
        arguments: DatabaseKind.available)
    func ways(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let content = try CatalogueFile(
                Data("code,name,mail\nH31.1,Sở A,vt@so-a.example\nH31.2,Sở B,\n".utf8))
            await #expect(throws: Refused(.missing(.partner))) {
                try await world.runner.run(
                    RefreshCatalogue(content.entries, list: "tinh", route: Route(.vanthu)),
                    as: CatalogueWorld.commandLine)
            }
            let report = try await world.runner.run(
                RefreshCatalogue(content.entries, list: "tinh", route: Route(.mail)),
                as: CatalogueWorld.commandLine)
            #expect(report.added == 1)
            #expect(report.refused.map(\.fault) == [.noMail])
            #expect(report.refused.map(\.line) == [3])
        }
    }

    @Test(
        "E6: an address is known however it is written, in the list and in the letter, and goes on following its list",
        arguments: DatabaseKind.available)
    func mail(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let today = world.office.clock.now.officeDate
            func known(_ mail: String) async throws -> [String] {
                try await world.office.read { try $0.correspondents.find(mail: mail, on: today).map(\.name) }
            }
            try await world.takeUp("code,name,mail\nH31.1,Sở A,VanThu@SoA.Example\n")
            #expect(try await known("vanthu@soa.example") == ["Sở A"])
            #expect(try await known("VANTHU@SOA.EXAMPLE") == ["Sở A"])
            let agency = try await world.byCode("H31.1")
            try await world.runner.run(
                RouteCorrespondent(agency.id, channel: .mail), as: CatalogueWorld.commandLine)
            try await world.takeUp("code,name,mail\nH31.1,Sở A,HopThu@SoA.Example\n")
            #expect(try await world.byCode("H31.1").mail == "hopthu@soa.example")
        }
    }

    @Test(
        "E6: addresses from before stand in small letters after the migration",
        arguments: DatabaseKind.available)
    func migration(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let today = world.office.clock.now.officeDate, database = world.office.database
            try await world.takeUp("code,name,mail\nH31.1,Sở A,a@soa.example\nH31.2,Sở B,b@sob.example\n")
            try await database.write { connection in
                try connection.execute(
                    """
                    UPDATE correspondent SET mail = 'A@SoA.Example', listed_mail = 'A@SoA.Example'
                    WHERE code = 'H31.1'
                    """)
                try connection.execute("DELETE FROM schema_migration WHERE number >= 26")
            }
            #expect(
                try await world.office.read { try $0.correspondents.find(mail: "a@soa.example", on: today) }
                    .isEmpty)
            try Migrator(OfficeSchema.migrations.filter { $0.number <= 26 }).migrate(database)
            let found = try await world.office.read { tables in
                try ["a@soa.example", "b@sob.example"].flatMap {
                    try tables.correspondents.find(mail: $0, on: today).map(\.name)
                }
            }
            #expect(found == ["Sở A", "Sở B"])
            try await world.takeUp("code,name,mail\nH31.1,Sở A,moi@soa.example\nH31.2,Sở B,b@sob.example\n")
            #expect(try await world.byCode("H31.1").mail == "moi@soa.example", "it follows its list")
        }
    }
}
