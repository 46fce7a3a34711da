import Domain
import DualSQL
import Foundation
import Operations
import Store
import TestKit
import Testing

/// Finding an agency among very many (A9), on both databases.
struct CatalogueSearchTests {
    @Test(
        "A9: found by name without strokes, by either code, by the superior; the exact code first",
        arguments: DatabaseKind.available)
    func finding(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp(Self.list)
            #expect(try await world.names("uy ban nhan dan xa hoa b") == ["Ủy ban nhân dân xã Hòa Bình"])
            #expect(try await world.names("H26.2") == ["Sở Đất đai", "Ủy ban nhân dân xã Hòa Bình"])
            #expect(try await world.names("000.00.31.H26") == ["Sở An toàn thực phẩm"])
            #expect(try await world.names("h26.31").first == "Sở An toàn thực phẩm")
            let first = try await world.office.read {
                try $0.catalogueLists.page(CatalogueQuestion("H26.2"), limit: 1)
            }
            #expect(first.map(\.agency.name) == ["Sở Đất đai"])
            let rest = try await world.office.read {
                try $0.catalogueLists.page(CatalogueQuestion("H26.2"), after: first.last?.place, limit: 5)
            }
            #expect(
                rest.map(\.agency.name) == ["Ủy ban nhân dân xã Hòa Bình"],
                "nothing before the exact one is lost")
            #expect(try await world.names("hoa binh ubnd huyen") == ["Ủy ban nhân dân xã Hòa Bình"])
            #expect(try await world.names("khong co dau") == [])
            #expect(try await world.names("?!") == [])
            #expect(try await world.names("\"so\" OR *") == [])
            #expect(
                try await world.names("sở") == [
                    "Sở An toàn thực phẩm", "Sở Ánh sáng", "Sở Đất đai", "Sở Cũ",
                ],
                "as a dictionary has them, ended ones last")
            #expect(try await world.names("", kind: .party) == ["Đảng ủy xã Hòa Bình"])
            #expect(try await world.names("hoa binh", kind: .party) == ["Đảng ủy xã Hòa Bình"])
        }
    }

    @Test(
        "A9, E1: whoever chooses recipients is not shown wires between systems and agencies that have ended",
        arguments: DatabaseKind.available)
    func choosing(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp(Self.list)
            let today = world.office.clock.now.officeDate
            #expect(
                try await world.names("sở", toSendOn: today)
                    == ["Sở An toàn thực phẩm", "Sở Ánh sáng", "Sở Đất đai"])
            #expect(try await world.names("truc", toSendOn: today) == [])
            #expect(try await world.names("00.22.W00", toSendOn: today) == [])
            #expect(try await world.names("truc") == ["Trục kết nối tỉnh"])
            let ended = try await world.office.read {
                try $0.catalogueLists.page(CatalogueQuestion("H26.90", toSendOn: today))
            }
            #expect(
                ended.map(\.successorName) == ["Sở Đất đai"], "asked for by its code, it says who follows it")
        }
    }

    @Test(
        "A9: pages go on by place, miss nothing and repeat nothing, also after names were added between",
        arguments: DatabaseKind.available)
    func paging(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            let lines = (1...130).map { "H20.\($0),Trường Tiểu học số \(1000 + $0)" }.joined(separator: "\n")
            try await world.takeUp("code,name\n" + lines)
            let clerk = try await world.actor("vt.tuphap")
            for number in 0..<40 {
                try await world.runner.run(
                    AddCorrespondent(
                        name: "Trường Tiểu học số \(1050)\(number + 10)", kind: .outside,
                        reach: Reach(channel: .paper, address: "1 Lê Lợi")), as: clerk)
            }
            var seen: [String] = []
            var after: Int?
            repeat {
                let last = after
                let page = try await world.office.read {
                    try $0.catalogueLists.page(CatalogueQuestion("truong tieu h"), after: last, limit: 23)
                }
                seen += page.map(\.agency.name)
                after = page.count == 23 ? page.last?.place : nil
            } while after != nil
            #expect(seen.count == 170)
            #expect(Set(seen).count == 170)
            #expect(seen == seen.sorted { Folding.sortKey($0) < Folding.sortKey($1) })
        }
    }

    @Test("A9: the index made anew finds the same in the same order", arguments: DatabaseKind.available)
    func anew(_ kind: DatabaseKind) async throws {
        try await TemporaryOffice.with(kind) { world in
            try await world.takeUp(Self.list)
            let before = try await world.names("")
            try await world.office.database.write { try Tables($0).catalogueIndex.makeAnew() }
            #expect(try await world.names("") == before)
            #expect(try await world.names("uy ban nhan dan xa hoa b") == ["Ủy ban nhân dân xã Hòa Bình"])
        }
    }

    private static let list = """
        code,code102,name,superior,valid to,kind,successor
        H26.31,000.00.31.H26,Sở An toàn thực phẩm,UBND tỉnh,,,
        H26.2,,Sở Đất đai,UBND tỉnh,,,
        H26.32,,Sở Ánh sáng,UBND tỉnh,,,
        H26.90,,Sở Cũ,UBND tỉnh,30/06/2025,,H26.2
        H26.2.14,,Ủy ban nhân dân xã Hòa Bình,UBND huyện,,,
        A09.14,,Đảng ủy xã Hòa Bình,Huyện ủy,,,
        00.22.W00,,Trục kết nối tỉnh,,,,
        """
}

extension StoryWorld {
    /// Of the list, not of the agencies here.
    fileprivate func names(
        _ text: String, kind: CorrespondentKind? = nil, toSendOn: OfficeDate? = nil
    ) async throws -> [String] {
        try await office.read {
            try $0.catalogueLists.page(CatalogueQuestion(text, kind: kind, toSendOn: toSendOn))
        }.filter { !$0.agency.isHosted }.map(\.agency.name)
    }
}
