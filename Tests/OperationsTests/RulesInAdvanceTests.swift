import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Lists of rules that are entered before they are in force, and lists about types nobody here knows, on both databases.
struct RulesInAdvanceTests {
    private static let commandLine = Actor.system(name: "Dòng lệnh", agency: nil)
    private static let newYear = OfficeDate("2027-01-01")!
    private static let lastDay = OfficeDate("2026-12-31")!

    private func enter(_ text: String, _ world: StoryWorld) async throws -> ImportedRules {
        let lines = try RuleCatalogue.read(
            Array(("ten_loai,hinh_thuc,gui,nhan,tu_ngay\n" + text).utf8), basis: "Danh mục mới")
        return try await world.runner.run(ImportRules("luc-nam", for: nil, lines), as: Self.commandLine)
    }

    private func rule(_ type: String, on day: OfficeDate, _ world: StoryWorld) async throws -> MediumRule? {
        let agency = try await world.agency("phong-tu-phap").id
        let rules = try await world.office.read { try $0.mediumRules.known(to: agency) }
        return MediumRules(rules).strongest(
            MediumQuestion(agency: agency, type: type, day: day), MediumParty(id: ID(UUID())))
    }

    @Test(
        "D14: a list entered in advance takes over on its first day, and no day before is without its rule",
        arguments: DatabaseKind.available)
    func inAdvance(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.importRules(.lucNam)
            let imported = try await enter("Hợp đồng,dien_tu_va_giay,x,x,01/01/2027\n", world)
            #expect((imported.entered, imported.ended) == (2, 64))
            #expect(imported.lastDays == Self.lastDay...Self.lastDay)
            let today = world.office.clock.now.officeDate
            for day in [today.adding(days: -1), today, Self.lastDay] {
                let rule = try #require(try await rule("hop-dong", on: day, world))
                #expect(rule.medium == .paper && rule.basis.contains("648/QĐ-UBND"), "\(day.iso)")
                #expect(try await self.rule("cong-van", on: day, world) != nil)
            }
            #expect(try await rule("hop-dong", on: Self.newYear, world)?.basis == "Danh mục mới")
            #expect(try await rule("cong-van", on: Self.newYear, world) == nil, "the new list lacks it")
        }
    }

    @Test(
        "D14: where only some lines begin later, each old rule holds until the new list speaks of the same",
        arguments: DatabaseKind.available)
    func lineByLine(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.importRules(.lucNam)
            let today = world.office.clock.now.officeDate, yesterday = today.adding(days: -1)
            let imported = try await enter(
                "Công văn,dien_tu,x,x,26/4/2019\nHợp đồng,dien_tu_va_giay,x,,01/01/2027\n", world)
            #expect(imported.lastDays == yesterday...Self.lastDay)
            #expect(try await rule("hop-dong", on: Self.lastDay, world)?.medium == .paper)
            #expect(try await rule("hop-dong", on: Self.newYear, world)?.medium == .electronicAndPaper)
            #expect(try await rule("cong-van", on: today, world)?.basis == "Danh mục mới")
            #expect(try await rule("bien-ban", on: yesterday, world)?.medium == .paper)
            #expect(try await rule("bien-ban", on: today, world) == nil)
        }
    }

    @Test(
        "D14: a list that is put right before it begins leaves no trace of its first form in any day's answer",
        arguments: DatabaseKind.available)
    func putRight(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.importRules(.lucNam)
            _ = try await enter("Hợp đồng,dien_tu,x,x,01/01/2027\n", world)
            let again = try await enter("Hợp đồng,dien_tu_va_giay,x,x,01/01/2027\n", world)
            #expect((again.ended, again.lastDays) == (2, nil), "what ends already ends no second time")
            #expect(try await rule("hop-dong", on: Self.lastDay, world)?.medium == .paper)
            #expect(try await rule("hop-dong", on: Self.newYear, world)?.medium == .electronicAndPaper)
            let third = try await enter("Hợp đồng,dien_tu,x,x,01/12/2026\n", world)
            #expect(third.ended == 66)
            #expect(try await rule("hop-dong", on: OfficeDate("2026-11-30")!, world)?.medium == .paper)
            for day in [OfficeDate("2026-12-01")!, Self.newYear] {
                #expect(try await rule("hop-dong", on: day, world)?.medium == .electronic)
            }
        }
    }

    @Test(
        "D7: lines about types that are no types of document here are named; the two lists of the seeds",
        arguments: DatabaseKind.available)
    func unknownTypes(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let lucNam = try await world.importRules(.lucNam)
            let kienGiang = try await world.importRules(.kienGiang)
            #expect(
                lucNam.unknownTypes == [
                    "Giấy chứng nhận", "Giấy biên nhận hồ sơ", "Bản cam kết", "Giấy đi đường",
                ])
            #expect(kienGiang.unknownTypes == [])
        }
    }
}
